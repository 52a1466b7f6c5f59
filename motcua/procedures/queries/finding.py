"""What everyday words find: the catalogue's phrases held ready in memory, made anew when what can be found has changed.

Nouns: Held (the ranking of one state of the index and of the synonyms). Both databases hold the same lines and rows,
and everything after reading them is plain Python, so both give the same answer in the same order.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.kernel import freshness, search
from motcua.kernel.organisation import Office
from motcua.procedures import accents, everyday
from motcua.procedures.models import Procedure, Synonym
from motcua.procedures.ranking import Ear, Phrase, Ranking

KIND = "procedure"
# How much a line of an entry counts, in the order in which services.publishing writes them; the rest are keywords.
_LINES = (0.9, 1.0, 0.95, 0.9, 0.55, 0.3)
_KEYWORD, _SYNONYM = 0.97, 1.0
_LONGEST, _MOST = 2000, 60
# What an office says itself: its code, the folded phrase, the codes meant, the words meant, the phrase.
Row = tuple[str, str, tuple[str, ...], str, str]


@dataclass(frozen=True, slots=True)
class Held:
    """One state of everything that can be found."""

    stamp: str
    ranking: Ranking
    rows: tuple[Row, ...]


_held: Held | None = None


def ranked_codes(office: Office, text: str) -> list[str]:
    """Codes of the procedures that these words mean at this office, the likeliest first."""
    held, asked = _now(), text[:_LONGEST]
    found = held.ranking.ranked(search.fold(asked), _ear(held, office.codes, asked))
    return [one.code for one in found[:_MOST]]


def meant(office: Office, text: str) -> str | None:
    """The one procedure that these words name outright at this office; None where they name several, or none."""
    held, asked = _now(), text[:_LONGEST]
    codes = held.ranking.named(search.fold(asked), _ear(held, office.codes, asked))
    return codes.pop() if len(codes) == 1 else None


def nearest(text: str, most: int = 3) -> list[str]:
    """Short names of procedures that are written most like this text, for somebody who found nothing."""
    wanted = _parts(search.fold(text[:100]))
    if not wanted:
        return []
    names = {name: _parts(search.fold(name)) for name in Procedure.objects.values_list("short_name", flat=True)}
    alike = {name: len(wanted & parts) / len(wanted | parts) for name, parts in names.items() if parts}
    near = [name for name, share in alike.items() if share >= 0.12]
    return sorted(near, key=lambda name: (-alike[name], name))[:most]


def _parts(folded: str) -> set[str]:
    """Every three neighbouring letters."""
    whole = f" {folded} "
    return {whole[n : n + 3] for n in range(len(whole) - 2)} if folded else set()


def forget() -> None:
    """For whoever has just made or replaced the database in this process."""
    global _held
    _held = None


def _now() -> Held:
    """The ranking of today's index: nothing is read when nothing changed. A version and its lines are written in one
    transaction, so that the catalogue's stamp tells of both.
    """
    global _held
    stamp = freshness.stamps().catalogue
    if _held is None or _held.stamp != stamp:
        _held = _made(stamp)
    return _held


def _made(stamp: str) -> Held:
    found = Synonym.objects.order_by("office__path").values_list("office__code", "folded", "codes", "words", "phrase")
    rows = tuple((office, folded, tuple(codes), words, phrase) for office, folded, codes, words, phrase in found)
    entries = search.lines(KIND)
    phrases = [*_named(entries), *_said(entries, rows)]
    also = [one.folded for one in everyday.shipped().values()] + [folded for _, folded, *_ in rows]
    return Held(stamp, Ranking(phrases, also), rows)


def _named(entries: Mapping[str, list[str]]) -> Iterator[Phrase]:
    for code, lines in entries.items():
        for place, words in enumerate(lines):
            if words:
                yield Phrase(code, words, _LINES[place] if place < len(_LINES) else _KEYWORD)


def _said(entries: Mapping[str, list[str]], rows: tuple[Row, ...]) -> Iterator[Phrase]:
    for one in everyday.shipped().values():
        yield from (Phrase(code, one.folded, _SYNONYM) for code in one.codes if code in entries)
    for office, folded, codes, *_ in rows:
        yield from (Phrase(code, folded, _SYNONYM, office) for code in codes if code in entries)


@functools.lru_cache(maxsize=1)
def _shipped_words() -> dict[str, tuple[str, str]]:
    return {one.folded: (one.phrase, search.fold(one.words)) for one in everyday.shipped().values() if one.words}


def _ear(held: Held, codes: tuple[str, ...], asked: str) -> Ear:
    """What counts at the office whose ancestors' and own codes these are: the lowest office's word on each phrase."""
    said, typed = dict(_shipped_words()), accents.written(asked)
    latest: dict[str, str] = {}
    silent: set[tuple[str, str]] = set()
    for office, folded, _codes, words, phrase in held.rows:
        if office in codes:
            silent.add((folded, latest.get(folded, "")))
            latest[folded] = office
            said[folded] = (phrase, search.fold(words))
    heard = {folded: words for folded, (phrase, words) in said.items() if accents.agrees(phrase, typed)}
    return Ear(frozenset(codes), frozenset(silent), heard)
