"""The table of docs/reference/asvs.md is whole, and what it names exists."""

import re

from tests.house import tree

PAGE = tree.DOCS / "reference" / "asvs.md"
IDS = tree.DOCS.parent / "tests" / "house" / "asvs_ids.txt"
STATES = {"met", "partly", "not", "n/a"}
_ROW = re.compile(r"^\| (V[\d.]+) \| ([12]) \| (.+?) \| (.+?) \| (\S+) \|$", re.M)
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_every_row_of_levels_one_and_two_is_there_once_with_its_level() -> None:
    wanted = [tuple(line.split()) for line in IDS.read_text().splitlines() if not line.startswith("#")]
    assert [(row[0], row[1]) for row in _ROW.findall(page())] == wanted


def test_every_row_says_how_it_stands_and_the_sums_are_right() -> None:
    states = [row[4] for row in _ROW.findall(page())]
    assert set(states) <= STATES
    said = re.search(r"met: (\d+) · partly: (\d+) · not: (\d+) · n/a[^:]*: (\d+)", page())
    assert said
    assert [int(each) for each in said.groups()] == [states.count(each) for each in ("met", "partly", "not", "n/a")]


def test_every_test_that_it_names_exists() -> None:
    root = tree.DOCS.parent
    missing = []
    for file, name in _TEST.findall(page()):
        path = root / file
        if not path.exists() or (name and f"def {name}(" not in path.read_text(encoding="utf-8")):
            missing.append(f"{file}::{name}")
    assert not missing, "\n".join(missing)
