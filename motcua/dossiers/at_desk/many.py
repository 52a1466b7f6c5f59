"""One act on many dossiers: which ones this person could do it on now, and what came of each.

Every dossier is an act and a transaction of its own: one that is refused stops none of the others, and says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import acts, policies, queries, rules, services
from motcua.dossiers import forms as desk_forms
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem

MOST = 100


class ReturnManyForm(forms.Form):
    """How all of them were handed over; each to its applicant."""

    method = forms.ChoiceField(
        label=_("How"), choices=[(code, desk_forms.METHODS[code]) for code in rules.RETURN_METHODS]
    )
    note = forms.CharField(label=_("Note on the handing"), max_length=300, required=False)


@dataclass(frozen=True, slots=True)
class Kind:
    """An act that may be done on many: the act of the open step, its words, what is asked once for all."""

    of_step: str
    title: str | Promise
    button: str | Promise
    form: type[forms.Form]


KINDS: Mapping[str, Kind] = {
    rules.RECEIVE: Kind("receive", _("Receive several"), _("Receive the ticked ones"), desk_forms.NothingToSay),
    rules.ADVANCE: Kind("process", _("Hand over several"), _("Hand over the ticked ones"), desk_forms.NothingToSay),
    rules.SETTLE: Kind("settle", _("Sign several"), _("Sign the ticked ones"), desk_forms.NothingToSay),
    rules.RETURN: Kind("return", _("Return several"), _("Return the ticked ones"), ReturnManyForm),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one dossier; `why_not` is empty when it was done."""

    dossier: Dossier
    why_not: str = ""


def candidates(person: Person, kind: Kind, day: date) -> list[WorkItem]:
    """Open steps of this person's offices on which the act could be done, the most urgent first, at most MOST."""
    related = ("office", "matter__dossier__applicant", "assignee")
    items = queries.open_work(person, kind.of_step, day).select_related(*related)[:MOST]
    return [item for item in items if policies.can_do(person, item, [item.act], day)]


def do(
    name: str, numbers: Sequence[str], person: Person, at: datetime, day: date, said: Mapping[str, Any]
) -> list[Outcome]:
    """The act on each of these dossiers that the person may see."""
    return list(_each(name, numbers[:MOST], person, at, day, said))


def _each(
    name: str, numbers: Sequence[str], person: Person, at: datetime, day: date, said: Mapping[str, Any]
) -> Iterator[Outcome]:
    for number in dict.fromkeys(numbers):
        try:
            dossier = policies.get_dossier(person, number, day)
        except Dossier.DoesNotExist:
            continue
        try:
            _do(name, dossier, person, at, said)
        except acts.REFUSALS as refused:
            yield Outcome(dossier, acts.why_not(refused, dossier))
        else:
            yield Outcome(dossier)


def _do(name: str, dossier: Dossier, by: Person, at: datetime, said: Mapping[str, Any]) -> None:
    if name == rules.RECEIVE:
        services.receive_dossier(dossier=dossier, by=by, at=at)
    elif name == rules.ADVANCE:
        services.complete_step(dossier=dossier, by=by, at=at)
    elif name == rules.SETTLE:
        services.settle_dossier(dossier=dossier, by=by, at=at, result_name=_result_name(dossier))
    else:
        services.return_result(dossier=dossier, by=by, at=at, receiver=dossier.applicant.full_name, **said)


def _result_name(dossier: Dossier) -> str:
    """What the version calls its first result, else the procedure's own name."""
    definition = queries.edition_of(dossier).definition
    named = definition.results[0].name if definition.results else definition.short_name
    return named.vi[:200]
