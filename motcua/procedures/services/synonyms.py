"""What an office says that everyday words mean: its own word on a phrase, and that word taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.kernel import ledger, matters
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.kernel.search import fold
from motcua.procedures import policies
from motcua.procedures.events import SynonymSet, SynonymTakenBack
from motcua.procedures.models import Procedure, Synonym


class SynonymRefused(ValueError):
    """The phrase or its meaning cannot stand; `reason` is no_words or unknown_codes, `codes` those that are unknown."""

    def __init__(self, reason: str, codes: tuple[str, ...] = ()) -> None:
        super().__init__(f"{reason} {', '.join(codes)}")
        self.reason = reason
        self.codes = codes


def set_synonym(
    *, office: Office, phrase: str, codes: Sequence[str], words: str, by: Person, at: datetime
) -> Synonym | None:
    """At this office and below, the phrase means these procedures, or is read as these words; None if it did already.

    Without both it means nothing there, whatever the shipped list says. Raises SynonymRefused; policies.NotAllowed
    when `by` has no post that manages procedures in this office.
    """
    _must_manage(by, office, at)
    folded, codes = fold(phrase), tuple(dict.fromkeys(codes))
    if not folded:
        raise SynonymRefused("no_words")
    known = set(Procedure.objects.filter(pk__in=codes).values_list("pk", flat=True))
    if unknown := tuple(code for code in codes if code not in known):
        raise SynonymRefused("unknown_codes", unknown)
    with transaction.atomic():
        before = Synonym.objects.select_for_update().filter(office=office, folded=folded).first()
        if before is not None and (tuple(before.codes), before.words, before.phrase) == (codes, words, phrase):
            return None
        if before is not None:
            before.delete()
        # A new row, never a changed one: a higher id is how every process learns of it (queries.finding).
        made = Synonym.objects.create(office=office, phrase=phrase, folded=folded, codes=list(codes), words=words)
        _record(SynonymSet(folded, codes, words), office, by, at)
    return made


def take_synonym_back(*, synonym: Synonym, by: Person, at: datetime) -> None:
    """The office has no word of its own on this phrase any more. Raises policies.NotAllowed like set_synonym."""
    _must_manage(by, synonym.office, at)
    with transaction.atomic():
        synonym.delete()
        _record(SynonymTakenBack(synonym.folded), synonym.office, by, at)


def _must_manage(by: Person, office: Office, at: datetime) -> None:
    if not policies.can_manage(by, office, timezone.localdate(at)):
        raise policies.NotAllowed(office)


def _record(happening: SynonymSet | SynonymTakenBack, office: Office, by: Person, at: datetime) -> None:
    ledger.record(happening, matter=matters.administration_of(office, at), at=at, by=by, office=office)
