"""The table of who may use which address, and the addresses themselves, read from Django's own table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).parent / "table.txt"
EVERYBODY = "everybody"
_WORD = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """One address: its name, and its pattern without the language."""

    name: str
    pattern: str

    @property
    def words(self) -> list[str]:
        """What has to be put into it."""
        return _WORD.findall(self.pattern)

    def filled(self, words: Mapping[str, Any]) -> str:
        """An address of this route."""
        asked = f"?{words['?']}" if "?" in words else ""
        return "/" + _WORD.sub(lambda found: str(words[found[1]]), self.pattern) + asked


def routes() -> list[Route]:
    """Every address that is ours, in the order of Django's table; what a package brings asks for the session itself."""
    found = []
    for where, pattern in _patterns(get_resolver().url_patterns, ""):
        if not pattern.callback.__module__.startswith("allauth."):
            found.append(Route(str(pattern.name or where), where))
    return found


def _patterns(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        where = before + str(pattern.pattern).removeprefix("en/").removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, where)
        else:
            yield where, pattern


def read(staff: frozenset[str]) -> dict[str, dict[str, frozenset[str]]]:
    """The table: by name of the address and method, who is let in. Words in capitals stand for a line of the head."""
    groups: dict[str, frozenset[str]] = {"STAFF": staff, EVERYBODY: frozenset({EVERYBODY}), "-": frozenset()}
    rows: dict[str, dict[str, frozenset[str]]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        said, _sign, _remark = line.partition("#")
        if "=" in said:
            name, words = said.split("=")
            groups[name.strip()] = _who(words, groups)
        elif said.strip():
            name, method, words = said.split(maxsplit=2)
            rows.setdefault(name, {})[method.lower()] = _who(words, groups)
    return rows


def _who(words: str, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(groups.get(word, frozenset({word})) for word in words.split()))
