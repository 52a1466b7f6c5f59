"""Bytes from outside come in by one gate and go out by one door (docs/explanation/files-from-outside.md)."""

import ast
from collections.abc import Iterator

from tests.house import tree

# Reads a list to carry over itself, by the gate for lists, and keeps none of it.
OWN_READER = {"motcua.ui.taking", "motcua.dossiers.forms.carrying"}
SENDER = "motcua.ui.sending"


def used(module: tree.Module) -> Iterator[tuple[ast.Attribute, str]]:
    """Every dotted name in it, as `owner.name`."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node, f"{node.value.id}.{node.attr}"


def test_a_field_for_files_is_one_that_asks_the_gate() -> None:
    bare = {"forms.FileField", "forms.ImageField", "models.FileField", "models.ImageField"}
    found = [
        module.at(node)
        for module in tree.modules()
        if module.name not in OWN_READER
        for node, name in used(module)
        if name in bare
    ]
    assert not found, f"take ui.taking's fields instead: {found}"


def test_what_was_sent_goes_out_by_one_door() -> None:
    found = [
        module.at(node)
        for module in tree.modules()
        if "views" in module.name.split(".") or (module.room == "ui" and module.name != SENDER)
        for node, name in used(module)
        if name == "files.read"
    ]
    assert not found, f"send it by ui.sending.bytes_of: {found}"
