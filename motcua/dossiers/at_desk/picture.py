"""The picture of a route: boxes in columns by how far a step is from the beginning, and lines between them.

Numbers only, for a template that draws them as SVG; what stands in a box is the caller's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from motcua.procedures.definition import Step, route

WIDTH, HEIGHT, ACROSS, DOWN, EDGE = 152, 64, 36, 22, 4


@dataclass(frozen=True, slots=True)
class Box:
    """A step's place; `of` is whatever the caller has to say about it."""

    x: int
    y: int
    of: Any


@dataclass(frozen=True, slots=True)
class Line:
    """From the right edge of one box to the left edge of another, as the path of an SVG."""

    path: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to draw."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def of_route(steps: Sequence[Step], said: Sequence[Any]) -> Picture:
    """The route with `said[n]` in the box of `steps[n]`."""
    columns, places = route.levels(steps), {}
    rows: dict[int, int] = {}
    for step in steps:
        column = columns[step.sid]
        row = rows[column] = rows.get(column, -1) + 1
        places[step.sid] = (EDGE + column * (WIDTH + ACROSS), EDGE + row * (HEIGHT + DOWN))
    boxes = tuple(Box(*places[step.sid], of) for step, of in zip(steps, said, strict=True))
    leads = route.onward(steps)
    lines = tuple(Line(_path(places[sid], places[each])) for sid, following in leads.items() for each in following)
    width = max(x for x, _y in places.values()) + WIDTH + EDGE
    return Picture(width, max(y for _x, y in places.values()) + HEIGHT + EDGE, boxes, lines)


def _path(start: tuple[int, int], end: tuple[int, int]) -> str:
    x1, y1, x2, y2 = start[0] + WIDTH, start[1] + HEIGHT // 2, end[0], end[1] + HEIGHT // 2
    middle = x2 - ACROSS // 2
    return f"M{x1} {y1}H{middle}V{y2}H{x2}"


def parts_of(name: str, letters: int = 17) -> tuple[str, str]:
    """A name on two lines of a box; what does not fit ends in an ellipsis, and stands whole in the table below."""
    words, first = name.split(), ""
    while words and len(f"{first} {words[0]}".strip()) <= letters:
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    if not first:
        first, rest = rest[:letters], rest[letters:]
    return first, rest if len(rest) <= letters else f"{rest[: letters - 1]}…"
