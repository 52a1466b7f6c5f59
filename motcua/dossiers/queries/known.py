"""What a person's earlier dossiers of this commune say that a new request asks again: offered, never filled in.

A question is the same only when name, words and type are the same: then the answer means the same. Nouns: Known (one
answer that could be put in, with the dossier it comes from).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier, Restriction
from motcua.dossiers.queries.dossiers import edition_of
from motcua.dossiers.queries.supplements import filed_contents, standing_answers
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Definition

# So many earlier dossiers are looked at, the newest first.
MOST = 5
APPLICANT = "applicant."
_LINES = ("phone", "email", "address")
# Files lie with their dossier; what is computed is computed anew.
_NEVER = ("file", "computed")


@dataclass(frozen=True, slots=True)
class Known:
    """An answer of an earlier dossier. `sid` is the question's, or "applicant." and the line's."""

    sid: str
    label: str
    text: str
    value: Any
    number: str
    filed_at: datetime


def sources(commune: Office, citizen_id: str, by: Person, day: date) -> list[Dossier]:
    """The newest dossiers of this citizen id that this commune settles or received and this person may see."""
    if not citizen_id:
        return []
    here = Q(competent_office=commune) | Q(receiving_office__path__startswith=commune.path)
    own = Dossier.objects.filter(here, applicant__citizen_id=citizen_id)
    # What is restricted by the person's wish or by law serves its own dossier only.
    own = own.exclude(Exists(Restriction.objects.filter(dossier=OuterRef("pk"), lifted_at=None)))
    seen = own.filter(matter__in=Matter.objects.visible_to(by, day)).select_related(*policies.RELATED)
    return list(seen.order_by("-filed_at", "-matter_id")[:MOST])


def reuse_key(op_id: str, dossier: Dossier) -> str:
    """The key of the event by which the person agreed, for this request and this dossier."""
    return f"reuse-{hashlib.sha256(f'{op_id}:{dossier.pk.hex}'.encode()).hexdigest()[:48]}"


def agreed(found: Sequence[Dossier], op_id: str, by: Person) -> list[Dossier]:
    """Those of them for which the person agreed in front of this officer."""
    keys = {reuse_key(op_id, each): each for each in found}
    said = set(Event.objects.filter(op_id__in=list(keys), actor=by).values_list("op_id", flat=True))
    return [dossier for key, dossier in keys.items() if key in said]


def known(found: Sequence[Dossier], definition: Definition, context: eforms.Context) -> list[Known]:
    """What could be put in, in the order of the page; of each question the newest answer."""
    offers: dict[str, Known] = {}
    for dossier in found:
        for each in (*_lines_of(dossier), *_answers_of(dossier, definition, context)):
            offers.setdefault(each.sid, each)
    order = [*(APPLICANT + name for name in _LINES), *(each.sid for each in definition.fields)]
    return sorted(offers.values(), key=lambda each: order.index(each.sid))


def _lines_of(dossier: Dossier) -> Iterator[Known]:
    for name in _LINES:
        if value := getattr(dossier.applicant, name):
            yield Known(APPLICANT + name, name, value, value, dossier.number, dossier.filed_at)


def _answers_of(dossier: Dossier, definition: Definition, context: eforms.Context) -> Iterator[Known]:
    answers = standing_answers(content for _filing, content in filed_contents(dossier))
    before = {each.sid: each for each in edition_of(dossier).definition.fields}
    same = {
        each.sid: answers[each.sid]
        for each in definition.fields
        if each.sid in answers
        and each.type not in _NEVER
        and each.sid in before
        and (before[each.sid].type, before[each.sid].label.vi) == (each.type, each.label.vi)
    }
    # What would not be taken today is not offered.
    wrong = {problem.sid for problem in eforms.clean(definition, same, context).problems}
    fit = {sid: value for sid, value in same.items() if sid not in wrong and value not in ("", None, [], {})}
    for section in eforms.readback(definition, fit, context.lang):
        for row in section.rows:
            if row.sid in fit:
                yield Known(row.sid, row.label, row.text, fit[row.sid], dossier.number, dossier.filed_at)
