"""The acts of an opinion: asked of another office, given by it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier
from motcua.kernel import schedule
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.ui import writing

ADVISE = "give-opinion"


def _ask(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    said = form.cleaned_data
    return services.ask_opinion(
        dossier=dossier,
        office=said["office"],
        by=by,
        at=at,
        question=said["question"],
        due_at=form.due_at,
        file=desk_forms.kept(said["file"]),
    )


def _advise(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    said = form.cleaned_data
    file = desk_forms.kept(said["file"])
    return services.give_opinion(dossier=dossier, by=by, at=at, answer=said["answer"], file=file)


def _may_ask(seen: Seen) -> bool:
    if seen.dossier.state not in rules.UNDER_WAY or seen.item is None:
        return False
    return any(map(seen.may, policies.capabilities_around(seen.item)))


def _asked(seen: Seen) -> WorkItem | None:
    """What this person may answer, the most urgent first."""
    mine = (each for each in seen.items if each.act == rules.ADVISE)
    return next((each for each in mine if policies.can_advise(seen.person, each, seen.day)), None)


_GROUPS: Mapping[str, str | Promise] = {
    "own": _("In this commune"),
    "departments": _("Departments of the province"),
    "communes": _("Other communes"),
}


def _whom(seen: Seen) -> Mapping[str, Any]:
    competent = seen.dossier.competent_office
    groups = queries.offices_to_ask(competent, seen.item.office if seen.item else competent, seen.day)
    named = [(str(_GROUPS[name]), offices) for name, offices in groups]
    return {"offices": named, "calendar": schedule.calendar_for(competent), "now": seen.now}


def _the_time_runs_on(seen: Seen) -> Iterator[str]:
    if seen.dossier.due_at is not None:
        words = gettext("The time limit runs on while the other office answers; the result is due %(due)s.")
        yield words % {"due": writing.moment(seen.dossier.due_at)}


OPINIONS: Mapping[str, Act] = {
    ADVISE: Act(
        _("Give the opinion"),
        "Alt+Y",
        desk_forms.AdviceForm,
        _advise,
        _("The opinion is with the office that asked."),
        offered=lambda seen: _asked(seen) is not None,
    ),
    rules.ASK_OPINION: Act(
        _("Ask another office for its opinion"),
        "Alt+I",
        desk_forms.OpinionForm,
        _ask,
        _("The other office was asked; it sees the dossier and is reminded."),
        "secondary",
        offered=_may_ask,
        rare=True,
        options=_whom,
        notes=_the_time_runs_on,
    ),
}
