"""Rooms speak through their faces, and every arrow can be seen at the top of a file."""

import subprocess
import sys

from tests.house import tree

FACE = {"services", "queries", "events"}
# What a room shows besides: the nouns of a definition and the engine over them are what `procedures` is there for, and
# asking for them through `queries` would only repeat every name.
ALSO_SHOWN: dict[str, set[str]] = {"procedures": {"definition", "eforms"}}
# All of these rooms' modules are there for everybody below whom they stand.
OPEN_ROOMS = {"kernel", "ui"}
# What only the composition root names: addresses and the machine's door.
FOR_CONFIG = FACE | {"urls", "api", "views", "apps", "demo", "reports", "https"}


def test_a_room_shows_others_its_services_queries_and_events_only() -> None:
    found = []
    for module in tree.modules():
        face = FOR_CONFIG if module.room == "config" else FACE
        for node, name in tree.imports(module.tree):
            package, room, part = [*name.split("."), "", ""][:3]
            foreign = package == "motcua" and room in tree.ROOMS and room not in {module.room, *OPEN_ROOMS}
            if foreign and part not in face | ALSO_SHOWN.get(room, set()):
                found.append(f"{module.at(node)} reaches into {name}")
    assert not found, "\n".join(found)


def test_nothing_of_ours_is_imported_inside_a_function() -> None:
    found = [
        f"{module.at(node)} imports {name} late"
        for module in tree.modules()
        # Django calls apps.py before tables may be imported, and says when they may: inside `ready`.
        if module.path.name != "apps.py"
        for function in module.functions()
        for node, name in tree.imports(function)
        if name.startswith("motcua")
    ]
    assert not found, "\n".join(found)


def test_imports_only_go_down() -> None:
    result = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-cache"],
        cwd=tree.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
