"""Acts about money at the counter: say what it costs, note what came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import queries, rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.procedures import queries as procedures

CHARGE, PAY = "charge", "pay"


def _charge(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    label = queries.edition_of(dossier).definition.short_name.vi
    return services.charge_dossier(dossier=dossier, lines=form.lines(label), by=by, at=at)


def _pay(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.take_payment(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _at_counter(seen: Seen) -> bool:
    return seen.may(identity.INTAKE, seen.dossier.receiving_office or seen.dossier.competent_office)


def _to_charge(seen: Seen) -> bool:
    return seen.dossier.state not in rules.FINISHED and _at_counter(seen)


def _to_pay(seen: Seen) -> bool:
    return seen.money.open > 0 and _at_counter(seen)


def _open_amount(seen: Seen) -> Mapping[str, Any]:
    return {"open_amount": seen.money.open}


def _said_fees(seen: Seen) -> Iterable[str | Promise]:
    """What the version says about money, for whoever types the amount."""
    definition = queries.edition_of(seen.dossier).definition
    return [each.words for each in procedures.fee_lines(definition, seen.dossier.channel)]


MONEY: Mapping[str, Act] = {
    PAY: Act(
        _("Take the fee"),
        "Alt+P",
        desk_forms.PayForm,
        _pay,
        _("The payment was noted."),
        "secondary",
        offered=_to_pay,
        options=_open_amount,
    ),
    CHARGE: Act(
        _("Set fee or exemption"),
        "Alt+S",
        desk_forms.ChargeForm,
        _charge,
        _("What the dossier costs was noted."),
        "secondary",
        offered=_to_charge,
        rare=True,
        notes=_said_fees,
    ),
}
