"""The acts that correct a dossier on its way: another office is competent, another procedure is the right one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier
from motcua.kernel import identity
from motcua.kernel.identity import Person

DOUBT, COMPETENCE = "doubt", "competence"


def _transfer(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    to, reason = form.cleaned_data["office"], form.cleaned_data["reason"]
    return services.transfer_dossier(dossier=dossier, to=to, by=by, at=at, reason=reason)


def _doubt(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.doubt_competence(dossier=dossier, by=by, at=at, reason=form.cleaned_data["reason"])


def _settle(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    office, reason = form.cleaned_data["office"], form.cleaned_data["reason"]
    return services.settle_competence(dossier=dossier, office=office, by=by, at=at, reason=reason)


def _change(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    said = form.cleaned_data
    return services.change_edition(
        dossier=dossier,
        procedure=said["edition"].code,
        by=by,
        at=at,
        reason_code=said["reason_code"],
        reason=said["reason"],
        limit=form.limit(),
    )


def _may_correct(seen: Seen) -> bool:
    """Before the result, while nothing is awaited, by whoever may say so for the office that has the step."""
    dossier = seen.dossier
    if dossier.state not in rules.MOVABLE or seen.item is None:
        return False
    capabilities = policies.CORRECT_BEFORE if dossier.received_at is None else policies.CORRECT_AFTER
    if dossier.competence_open:
        capabilities = (*capabilities, identity.INTAKE)
    return any(seen.may(capability) for capability in capabilities)


def _others(seen: Seen) -> Mapping[str, Any]:
    competent = seen.dossier.competent_office
    return {"offices": queries.offices_that_settle(competent, seen.day).exclude(pk=competent.pk)}


def _all(seen: Seen) -> Mapping[str, Any]:
    return {"offices": queries.offices_that_settle(seen.dossier.competent_office, seen.day)}


def _of_the_dossier(seen: Seen) -> Mapping[str, Any]:
    return {"dossier": seen.dossier, "day": seen.day}


CORRECTIONS: Mapping[str, Act] = {
    COMPETENCE: Act(
        _("Say who is competent"),
        "Alt+A",
        desk_forms.TransferForm,
        _settle,
        _("It is known now which office is competent."),
        offered=lambda seen: seen.dossier.competence_open and _may_correct(seen),
        options=_all,
    ),
    rules.TRANSFER: Act(
        _("Hand to another competent office"),
        "Alt+J",
        desk_forms.TransferForm,
        _transfer,
        _("The dossier lies with the other office now. Number and day of receipt stay."),
        "secondary",
        offered=lambda seen: not seen.dossier.competence_open and _may_correct(seen),
        rare=True,
        options=_others,
    ),
    DOUBT: Act(
        _("It is not clear who is competent"),
        "Alt+A",
        desk_forms.DoubtForm,
        _doubt,
        _("The dossier waits in a queue of its own until it is known who is competent."),
        "secondary",
        offered=lambda seen: not seen.dossier.competence_open and _may_correct(seen),
        rare=True,
    ),
    rules.CHANGE_EDITION: Act(
        _("Correct the procedure"),
        "Alt+E",
        desk_forms.EditionForm,
        _change,
        _("The dossier is under the right procedure now; its time was counted again from the same receipt."),
        "secondary",
        offered=lambda seen: not seen.dossier.competence_open and _may_correct(seen),
        rare=True,
        options=_of_the_dossier,
    ),
}
