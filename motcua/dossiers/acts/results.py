"""Acts about a result and the papers beside the way: number it, revoke it, note where things lie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier
from motcua.kernel import identity
from motcua.kernel.identity import Person

NUMBER, REVOKE, PLACE = "number", "revoke", "place"


def _number(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.number_result(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _revoke(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.revoke_result(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _place(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.place_papers(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _to_number(seen: Seen) -> bool:
    open_one = next((item for item in seen.items if item.act == rules.NUMBER), None)
    return open_one is not None and seen.may(identity.RECORDS, open_one.office)


def _to_revoke(seen: Seen) -> bool:
    settled = seen.dossier.state in ("result_ready", "returned")
    return settled and seen.may(identity.APPROVE, seen.dossier.competent_office)


def _to_place(seen: Seen) -> bool:
    office = seen.dossier.receiving_office or seen.dossier.competent_office
    return any(seen.may(each, office) for each in (identity.INTAKE, identity.PROCESS, identity.RECORDS))


RESULTS: Mapping[str, Act] = {
    NUMBER: Act(
        _("Number the result"),
        "Alt+O",
        desk_forms.NumberForm,
        _number,
        _("The result has its number."),
        offered=_to_number,
    ),
    PLACE: Act(
        _("Note where it lies"),
        "Alt+L",
        desk_forms.ShelfForm,
        _place,
        _("The place was noted."),
        "secondary",
        offered=_to_place,
        rare=True,
    ),
    REVOKE: Act(
        _("Revoke the result"),
        "Alt+F",
        desk_forms.RevokeForm,
        _revoke,
        _("The result is revoked; whoever checks it reads so."),
        "warning",
        offered=_to_revoke,
        rare=True,
    ),
}
