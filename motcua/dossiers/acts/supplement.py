"""The acts around a supplement request: made and entered on pages of their own, decided on, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import queries, rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.words import mending
from motcua.kernel import identity, schedule
from motcua.kernel.identity import Person
from motcua.procedures.definition import Definition

ASK, ENTER = rules.ASK_SUPPLEMENT, "enter-supplement"
DECIDE, CANCEL = "decide-supplement", "cancel-supplement"


def _nowhere(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    """It has a page of its own; sent here it only says whether it would be possible."""
    rules.MACHINE.next(dossier.state, rules.ASK_SUPPLEMENT)
    raise services.NothingOpen(dossier.number)


def _decide(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    request = queries.undecided_supplement(dossier)
    if request is None:
        raise services.NothingOpen(dossier.number)
    given = form.cleaned_data
    until = end_of(dossier, given["answer_by"]) if given.get("answer_by") else None
    return services.decide_supplement(
        dossier=dossier,
        n=request.n,
        by=by,
        at=at,
        accept=given["accept"] == "yes",
        note=given["note"],
        answer_by=until,
    )


def end_of(dossier: Dossier, day: Any) -> datetime:
    """The end of that day's work at the office."""
    return schedule.calendar_for(dossier.competent_office).end_of_day(day)


def _cancel(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.cancel_supplement(dossier=dossier, by=by, at=at)


def _to_ask(seen: Seen) -> bool:
    """Whoever may do the open step may find that something is missing for it."""
    if seen.item is None or rules.ASK_SUPPLEMENT not in rules.MACHINE.allowed(seen.dossier.state):
        return False
    capability = rules.CAPABILITY_OF_ACT.get(seen.item.act)
    return capability is not None and seen.may(capability)


def _to_enter(seen: Seen) -> bool:
    office = seen.dossier.receiving_office or seen.dossier.competent_office
    return seen.dossier.state == "supplement_requested" and (seen.may(identity.INTAKE, office) or _to_cancel(seen))


def _to_cancel(seen: Seen) -> bool:
    """Whoever could have asked for it."""
    if seen.dossier.state != "supplement_requested" or seen.item is None:
        return False
    steps = queries.edition_of(seen.dossier).definition.steps
    acts = {step.act for step in steps if step.act in rules.CAPABILITY_OF_ACT}
    return any(seen.may(rules.CAPABILITY_OF_ACT[act]) for act in acts)


def _to_decide(seen: Seen) -> bool:
    item = _decision(seen)
    return item is not None and seen.may(rules.CAPABILITY_OF_ACT[rules.DECIDE], item.office)


def _decision(seen: Seen) -> Any:
    return next((item for item in seen.items if item.step.startswith("~decide-supplement-")), None)


def _options(seen: Seen) -> Mapping[str, Any]:
    request = queries.undecided_supplement(seen.dossier)
    until = timezone.localtime(request.answer_by).date() if request else None
    return {"now": timezone.localtime(seen.now), "until": until}


def _proposed(seen: Seen) -> Iterable[str | Promise]:
    request = queries.undecided_supplement(seen.dossier)
    if request is None:
        return
    definition = queries.edition_of(seen.dossier).definition
    yield gettext("%(who)s proposes a further request: %(why)s") % {
        "who": request.proposed_by.full_name,
        "why": request.repeat_reason,
    }
    yield from told(request, definition)


def told(request: SupplementRequest, definition: Definition) -> Iterable[str]:
    """Each item in one line."""
    lang = get_language() or "vi"
    for item in request.items.all():
        title = mending.title(definition, item.kind, item.sid).get(lang)
        words = [mending.label(definition, item.reason_code, lang), item.note, item.remedy]
        yield f"{title}: {'; '.join(part for part in words if part)}"


SUPPLEMENT: Mapping[str, Act] = {
    ASK: Act(
        _("Ask for a supplement"),
        "F7",
        desk_forms.NothingToSay,
        _nowhere,
        _("The request was sent; the time limit stands still until the answer comes."),
        "secondary",
        offered=_to_ask,
        page="desk-supplement",
    ),
    ENTER: Act(
        _("Enter the supplement"),
        "Alt+B",
        desk_forms.NothingToSay,
        _nowhere,
        _("The supplement was filed; the dossier goes on."),
        offered=_to_enter,
        page="desk-supplement-enter",
    ),
    DECIDE: Act(
        _("Decide on the further request"),
        "Alt+Q",
        desk_forms.DecisionForm,
        _decide,
        _("The decision was saved."),
        offered=_to_decide,
        options=_options,
        notes=_proposed,
    ),
    CANCEL: Act(
        _("The supplement is no longer needed"),
        "Alt+U",
        desk_forms.NothingToSay,
        _cancel,
        _("The request was taken back; the time limit runs again."),
        "secondary",
        offered=_to_cancel,
        rare=True,
    ),
}
