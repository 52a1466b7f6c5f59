"""A commune is a row: no name of a place stands in code or in a template."""

import csv
import re

from tests.house import tree

# Names that are also ordinary words of the language or of code; a place is never meant by them here.
ORDINARY: set[str] = set()


def names() -> set[str]:
    with (tree.PACKAGE / "kernel" / "data" / "localities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {row["name"] for row in rows if " " in row["name"]} - ORDINARY


def test_no_place_is_named_in_code_or_templates() -> None:
    pattern = re.compile(r"(?<!\w)(" + "|".join(sorted(map(re.escape, names()), key=len, reverse=True)) + r")(?!\w)")
    files = [path for suffix in ("py", "html") for path in tree.PACKAGE.rglob(f"*.{suffix}")]
    found = [
        f"{path.relative_to(tree.ROOT)}:{number} names {match[1]}"
        for path in files
        if "data" not in path.parts and "catalogue" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert not found, "\n".join(found)
