"""Everyday words as an office hears them: the shipped list with what the office, and those above it, say instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motcua.kernel.organisation import Office
from motcua.kernel.search import fold
from motcua.procedures import everyday
from motcua.procedures.models import Synonym


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase with its meaning. `own` is the office's row, `above` says that an office above it said so."""

    phrase: str
    folded: str
    codes: tuple[str, ...]
    words: str
    own: int | None
    above: bool = False

    @property
    def silent(self) -> bool:
        """Whether the phrase was given no meaning on purpose."""
        return not self.codes and not self.words


def said_at(office: Office, text: str = "") -> list[Said]:
    """Every phrase that counts at this office, by its words; only those that contain the text, or mean that code."""
    folded = fold(text)
    heard = {
        one.folded: Said(one.phrase, one.folded, one.codes, one.words, None) for one in everyday.shipped().values()
    }
    for row in Synonym.objects.filter(office__code__in=office.codes).order_by("office__path"):
        own = row.pk if row.office_id == office.pk else None
        heard[row.folded] = Said(row.phrase, row.folded, tuple(row.codes), row.words, own, own is None)
    return sorted(_that_say(heard.values(), folded, text.strip()), key=lambda one: one.folded)


def _that_say(heard: Iterable[Said], folded: str, code: str) -> Iterator[Said]:
    for one in heard:
        if not folded or folded in one.folded or code in one.codes or folded in fold(one.words):
            yield one


def said_row(office: Office, pk: int) -> Synonym:
    """The office's own row; Synonym.DoesNotExist for every other."""
    return Synonym.objects.get(office=office, pk=pk)
