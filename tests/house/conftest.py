"""Prints how large the rooms are, so that growth is seen before it hurts."""

import statistics
from typing import Any

from tests.house import tree


def pytest_terminal_summary(terminalreporter: Any) -> None:
    terminalreporter.section("the house")
    terminalreporter.line(_line("room", "files", "lines", "longest file", "median", "longest function"))
    for room in tree.ROOMS:
        terminalreporter.line(_row(room))


def _line(*cells: object) -> str:
    return "{:<12}{:>6}{:>8}{:>34}{:>8}{:>40}".format(*map(str, cells))


def _row(room: str) -> str:
    mine = [module for module in tree.modules() if module.room == room]
    lines = sum(module.lines for module in mine)
    largest = max(mine, key=lambda module: module.lines)
    functions = [(tree.length(function), function.name) for module in mine for function in module.functions()]
    median = statistics.median(size for size, _ in functions) if functions else 0
    size, name = max(functions, default=(0, "–"))
    file = f"{largest.path.relative_to(tree.PACKAGE / room)} {largest.lines}"
    return _line(room, len(mine), lines, file, f"{median:.0f}", f"{name} {size}")
