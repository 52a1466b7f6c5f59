"""The acts of the straight road: receive, refuse, hand over, settle, return; and what may be done at any time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import rules, services
from motcua.dossiers.acts.act import Act
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person

TAKE, GIVE, REMARK, REISSUE = "take", "give", "remark", "reissue"


def _receive(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    limit = form.limit() if isinstance(form, desk_forms.LimitForm) else None
    return services.receive_dossier(dossier=dossier, by=by, at=at, limit=limit)


def _refuse(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.refuse_dossier(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _hand_over(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.complete_step(dossier=dossier, by=by, at=at)


def _settle(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    given = dict(form.cleaned_data)
    file = desk_forms.kept(given.pop("file"))
    return services.settle_dossier(dossier=dossier, by=by, at=at, file=file, **given)


def _return(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.return_result(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _take(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.take_work(dossier=dossier, by=by, at=at)


def _give(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.take_work(dossier=dossier, by=by, at=at, assignee=form.cleaned_data["colleague"])


def _remark(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.leave_remark(dossier=dossier, by=by, at=at, text=form.cleaned_data["text"])


def _reissue(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.reissue_claim_code(dossier=dossier, by=by, at=at, **form.cleaned_data)


_NONE = desk_forms.NothingToSay
STRAIGHT: Mapping[str, Act] = {
    rules.RECEIVE: Act(_("Receive"), "F9", _NONE, _receive, _("The dossier is received; its time limit runs.")),
    rules.REFUSE: Act(
        _("Refuse to receive"),
        "Alt+K",
        desk_forms.RefuseForm,
        _refuse,
        _("The dossier was not received; Form 03 can be printed."),
        "warning",
    ),
    rules.ADVANCE: Act(_("Hand over"), "F9", _NONE, _hand_over, _("The dossier was handed over to the next step.")),
    rules.SETTLE: Act(_("Settle"), "F10", desk_forms.SettleForm, _settle, _("The result is ready to be returned.")),
    rules.RETURN: Act(_("Return the result"), "F9", desk_forms.ReturnForm, _return, _("The result was returned.")),
    TAKE: Act(_("Take this work"), "Alt+T", _NONE, _take, _("This work is now yours."), "secondary"),
    GIVE: Act(
        _("Give to a colleague"),
        "Alt+C",
        desk_forms.GiveForm,
        _give,
        _("The work now lies with the colleague."),
        "secondary",
    ),
    REMARK: Act(_("Leave a remark"), "Alt+G", desk_forms.RemarkForm, _remark, _("The remark was saved."), "secondary"),
    REISSUE: Act(
        _("New claim code"), "Alt+M", desk_forms.ReissueForm, _reissue, _("The claim code was replaced."), "secondary"
    ),
}
