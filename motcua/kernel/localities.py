"""Where people live: provinces and communes by their official codes, and how an address is written.

Nouns: Locality (a province or a commune as the state lists it, from a day to a day), Place (the same, remembered in
this process for reading). Rows come from the shipped list, change only with it, and are never removed: an old paper
keeps its place, and an old district or commune still finds the new one. It does not know which office serves a place
(organisation).
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from motcua.kernel.search import fold

PROVINCE, COMMUNE = "province", "commune"
TYPES_EN = {
    "tinh": "Province",
    "thanh_pho_truc_thuoc_tw": "City",
    "xa": "Commune",
    "phuong": "Ward",
    "dac_khu": "Special Zone",
}


class Locality(models.Model):
    """A province or a commune under the code of the national list; codes are text and begin with zeros."""

    code = models.CharField(max_length=5, primary_key=True)
    level = models.CharField(max_length=8, choices=[(level, level) for level in (PROVINCE, COMMUNE)])
    name = models.CharField(max_length=80)
    full_name = models.CharField(max_length=100)
    type = models.CharField(max_length=24)
    name_en = models.CharField(max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="communes")
    # What it was made of: identity papers, land papers and memories still carry these names.
    former_units = models.TextField(blank=True)
    former_districts = models.TextField(blank=True)
    folded = models.TextField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    # Codes of what took its place.
    successors = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "localities"
        constraints = [
            models.CheckConstraint(
                name="commune_lies_in_a_province",
                condition=Q(level=PROVINCE, parent=None) | Q(level=COMMUNE, parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


@dataclass(frozen=True, slots=True)
class Place:
    """A locality for reading."""

    code: str
    level: str
    name: str
    full_name: str
    type: str
    name_en: str
    parent_code: str | None
    folded: str
    current: bool

    def in_language(self, language: str) -> str:
        """The full name as this language writes it."""
        if not language.startswith("en"):
            return self.full_name
        return f"{self.name_en} {TYPES_EN.get(self.type, '')}".strip()


# --- loading ---------------------------------------------------------------------------------------------------------
_LOADED = (
    *("code", "level", "name", "full_name", "type", "name_en", "parent_id", "former_units", "former_districts"),
    *("folded", "valid_from", "valid_to", "successors"),
)


def load(at: datetime) -> int:
    """Bring the table to the shipped list and say how many rows changed; a second time changes none.

    A row that the list does not date begins today.
    """
    stored = {row["code"]: row for row in Locality.objects.values(*_LOADED)}
    listed = [Locality(**row) for row in _listed(timezone.localdate(at), stored)]
    new = [row for row in listed if row.code not in stored]
    changed = [row for row in listed if row.code in stored and _values(row) != stored[row.code]]
    with transaction.atomic():
        Locality.objects.bulk_create(new, batch_size=500)
        Locality.objects.bulk_update(changed, [name for name in _LOADED if name != "code"], batch_size=200)
    forget()
    return len(new) + len(changed)


def _listed(today: date, stored: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    provinces: dict[str, str] = {}
    for row in _shipped():
        if row["level"] == PROVINCE:
            provinces[row["code"]] = row["name"]
        begun = stored.get(row["code"], {}).get("valid_from", today)
        yield {
            **{name: row[name] for name in _LOADED if name in row},
            "parent_id": row["parent_code"] or None,
            "folded": _folded(row, provinces.get(row["parent_code"], "")),
            "valid_from": date.fromisoformat(row["valid_from"]) if row["valid_from"] else begun,
            "valid_to": date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            "successors": row["successors"].split(),
        }


def _shipped() -> Iterator[dict[str, str]]:
    file = resources.files("motcua.kernel") / "data" / "localities.csv"
    with file.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _folded(row: dict[str, str], province: str) -> str:
    """The names of today first, then the province, then what it was: matches rank in this order."""
    return fold(" ".join((row["full_name"], province, row["former_units"], row["former_districts"])))


def _values(row: Locality) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _LOADED}


# --- reading ---------------------------------------------------------------------------------------------------------
@functools.lru_cache(maxsize=1)
def _remembered() -> dict[str, Place]:
    names = ("code", "level", "name", "full_name", "type", "name_en", "parent_id", "folded", "valid_to")
    rows = Locality.objects.order_by("code").values_list(*names)
    return {
        code: Place(code, level, name, full_name, kind, name_en, parent, folded, ended is None)
        for code, level, name, full_name, kind, name_en, parent, folded, ended in rows
    }


def _places() -> dict[str, Place]:
    places = _remembered()
    if not places:  # nothing loaded yet: ask again next time
        forget()
    return places


def forget() -> None:
    """For whoever has just changed the table in this process; other processes read it when they start."""
    _remembered.cache_clear()
    _current.cache_clear()


@functools.lru_cache(maxsize=64)
def _current(level: str, parent: str | None) -> tuple[Place, ...]:
    found = (place for place in _places().values() if place.current and place.level == level)
    return tuple(sorted((place for place in found if place.parent_code == parent), key=_by_name))


def _by_name(place: Place) -> tuple[str, str]:
    return fold(place.name), place.code


def provinces() -> tuple[Place, ...]:
    """The provinces of today, by name."""
    return _current(PROVINCE, None) if _places() else ()


def communes_of(code: str) -> tuple[Place, ...]:
    """The communes of today in this province, by name; none for a code that is no province's."""
    found = get(code)
    return _current(COMMUNE, code) if found and found.level == PROVINCE else ()


def get(code: str) -> Place | None:
    """The place with this code, also when it has ended."""
    return _places().get(code)


def full_address(codes: Iterable[str], street: str = "", lang: str = "vi") -> str:
    """Street, commune, province as one line, whatever the order of the codes; a code nobody knows is shown as it is."""
    known = sorted(filter(None, codes), key=len, reverse=True)
    places = (place.in_language(lang) if (place := get(code)) else code for code in known)
    return ", ".join(filter(None, (street.strip(), *places)))


def find(text: str, limit: int = 20) -> list[Place]:
    """Places of today in whose names, old ones too, every word of the text begins some word; best first."""
    words = fold(text).split()
    if not words:
        return []
    found = [place for place in _places().values() if place.current and _has(place, words)]
    return sorted(found, key=lambda place: _rank(place, " ".join(words)))[:limit]


def _has(place: Place, words: Sequence[str]) -> bool:
    text = f" {place.folded}"
    return all(f" {word}" in text for word in words)


def _rank(place: Place, wanted: str) -> tuple[int, str, str]:
    """The name itself, a name that begins so, one said with its province, one that has it inside, old names."""
    name, full = fold(place.name), fold(place.full_name)
    kinds = (
        wanted in (name, full),
        name.startswith(wanted) or full.startswith(wanted),
        wanted.startswith((f"{name} ", f"{full} ")),
        f" {wanted}" in f" {full}",
    )
    return kinds.index(True) if True in kinds else len(kinds), name, place.code
