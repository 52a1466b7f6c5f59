"""The acts of the straight road: receive, refuse, hand over, settle, return; and what may be done at any time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import queries, rules, services
from motcua.dossiers.acts.act import Act, Seen, of_work
from motcua.dossiers.models import Dossier
from motcua.dossiers.slips import signing
from motcua.dossiers.words.labels import BESIDE
from motcua.kernel import files, gate, identity
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem

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
    code, sent, asked = services.new_verify_code(), given.pop("file"), given.pop("from_template", False)
    said = {"name": given["result_name"], "number": given["document_number"], "by": by, "at": at, "code": code}
    content = signing.made(dossier, sent.content if sent else b"", from_template=asked, **said)
    of_picture = sent is not None and content == sent.content
    file = files.keep(content, type=sent.type if of_picture else gate.PDF) if content else None
    verify_code = code if file else ""
    return services.settle_dossier(dossier=dossier, by=by, at=at, file=file, verify_code=verify_code, **given)


def _form_of_settling(dossier: Dossier) -> type[forms.Form]:
    """A template is offered where the version has one."""
    results = queries.edition_of(dossier).definition.results
    return desk_forms.SettleFromTemplateForm if any(each.template for each in results) else desk_forms.SettleForm


def _return(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.return_result(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _take(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.take_work(dossier=dossier, by=by, at=at)


def _give(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    colleague, step = form.cleaned_data["colleague"], form.cleaned_data.get("step", "")
    return services.take_work(dossier=dossier, by=by, at=at, assignee=colleague, step=step)


def _remark(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.leave_remark(dossier=dossier, by=by, at=at, text=form.cleaned_data["text"])


def _reissue(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.reissue_claim_code(dossier=dossier, by=by, at=at, **form.cleaned_data)


def limit_is_open(dossier: Dossier) -> bool:
    """Whether receiving must name a time limit, as services decide it."""
    return queries.edition_of(dossier).definition.limit_for(dossier.channel) is None


def _form_of_receiving(dossier: Dossier) -> type[forms.Form]:
    """Receiving asks for a limit only where the edition leaves it open."""
    return desk_forms.LimitForm if limit_is_open(dossier) else _NONE


def _colleagues(seen: Seen) -> Mapping[str, Any]:
    items = _to_give(seen)
    language, route = get_language() or "vi", queries.edition_of(seen.dossier).definition.steps
    names = {step.sid: step.name.get(language) for step in route}
    work = [(item.step, BESIDE.get(item.act) or names.get(item.step, item.step)) for item in items]
    return {"colleagues": queries.colleagues(items, seen.day), "work": work}


def _to_give(seen: Seen) -> list[WorkItem]:
    """What this person may give to a colleague: what he may do himself, and what he leads."""
    return [
        item
        for item in seen.items
        if item.act in rules.CAPABILITY_OF_ACT
        and (seen.may(rules.CAPABILITY_OF_ACT[item.act], item.office) or seen.may(identity.LEAD, item.office))
    ]


def _to_take(seen: Seen) -> bool:
    return bool(seen.work) and seen.item is not None and seen.item.assignee_id != seen.person.pk


def _to_reissue(seen: Seen) -> bool:
    office = seen.dossier.receiving_office or seen.dossier.competent_office
    return seen.dossier.state not in rules.FINISHED and seen.may(identity.INTAKE, office)


_NONE = desk_forms.NothingToSay
STRAIGHT: Mapping[str, Act] = {
    rules.RECEIVE: Act(
        _("Receive"),
        "F9",
        _NONE,
        _receive,
        _("The dossier is received; its time limit runs."),
        offered=of_work(rules.RECEIVE),
        form_of=_form_of_receiving,
    ),
    rules.REFUSE: Act(
        _("Refuse to receive"),
        "Alt+K",
        desk_forms.RefuseForm,
        _refuse,
        _("The dossier was not received; Form 03 can be printed."),
        "warning",
        offered=of_work(rules.REFUSE),
    ),
    rules.ADVANCE: Act(
        _("Hand over"),
        "F9",
        _NONE,
        _hand_over,
        _("The dossier was handed over to the next step."),
        offered=of_work(rules.ADVANCE),
    ),
    rules.SETTLE: Act(
        _("Settle"),
        "F10",
        desk_forms.SettleForm,
        _settle,
        _("The result is ready to be returned."),
        offered=of_work(rules.SETTLE),
        form_of=_form_of_settling,
    ),
    rules.RETURN: Act(
        _("Return the result"),
        "F9",
        desk_forms.ReturnForm,
        _return,
        _("The result was returned."),
        offered=of_work(rules.RETURN),
    ),
    TAKE: Act(_("Take this work"), "Alt+T", _NONE, _take, _("This work is now yours."), "secondary", offered=_to_take),
    GIVE: Act(
        _("Give to a colleague"),
        "Alt+C",
        desk_forms.GiveForm,
        _give,
        _("The work now lies with the colleague."),
        "secondary",
        offered=lambda seen: bool(_to_give(seen)),
        options=_colleagues,
    ),
    REMARK: Act(
        _("Leave a remark"),
        "Alt+G",
        desk_forms.RemarkForm,
        _remark,
        _("The remark was saved."),
        "secondary",
        offered=lambda _seen: True,
    ),
    REISSUE: Act(
        _("New claim code"),
        "Alt+M",
        desk_forms.ReissueForm,
        _reissue,
        _("The claim code was replaced."),
        "secondary",
        offered=_to_reissue,
        rare=True,
    ),
}
