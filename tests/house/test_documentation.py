"""What has a name has a heading in docs/reference: settings, commands, events, field types."""

import ast
import re

from motcua.config.cli import parser
from tests.house import tree


def headings() -> set[str]:
    """Every heading of the reference, without its marks."""
    pages = sorted((tree.DOCS / "reference").glob("*.md"))
    lines = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    return {line.lstrip("#").strip().replace("`", "") for line in lines if line.startswith("#")}


def missing(names: set[str]) -> list[str]:
    return sorted(names - headings())


def test_every_setting_is_described() -> None:
    read = re.compile(r"""(?:env(?:iron)?\.\w+\(|environ\[|getenv\()\s*["'](MOTCUA_\w+)["']""")
    named = {name for module in tree.modules() for name in read.findall(module.text)}
    assert len(named) > 5
    assert not missing(named)


def test_no_setting_is_read_under_another_name() -> None:
    text = (tree.PACKAGE / "config" / "settings.py").read_text(encoding="utf-8")
    strange = [name for name in re.findall(r'env\.\w+\(\s*"(\w+)"', text) if not name.startswith("MOTCUA_")]
    assert not strange


def test_every_command_is_described() -> None:
    assert not missing({f"motcua {name}" for name in parser.COMMANDS})


def test_every_event_is_described() -> None:
    named = {
        node.name
        for module in tree.modules()
        if "events" in module.name.split(".")
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }
    assert not missing(named)


def test_every_field_type_is_described() -> None:
    folder = tree.PACKAGE / "procedures" / "fields"
    named = {path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")}
    assert not missing(named)
