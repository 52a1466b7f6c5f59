"""The acts an officer does on a dossier from its page: words, key, form, and which service does it.

Says in words why an act was refused. Decides nothing: services and policies do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier
from motcua.kernel import files, identity, workflow
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.ui import marks

TAKE, GIVE, REMARK, REISSUE = "take", "give", "remark", "reissue"
REFUSALS = (workflow.Refused, policies.NotAllowed, services.LimitNeeded, services.NothingOpen, ValueError)
Do = Callable[[Dossier, Person, datetime, Any], Any]


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what its button says, its key, what is asked, what was done when it is done."""

    label: str | Promise
    key: str
    form: type[forms.Form]
    do: Do
    done: str | Promise
    kind: str = ""


def _receive(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    limit = form.limit() if isinstance(form, desk_forms.LimitForm) else None
    return services.receive_dossier(dossier=dossier, by=by, at=at, limit=limit)


def _refuse(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.refuse_dossier(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _hand_over(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.complete_step(dossier=dossier, by=by, at=at)


def _settle(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    given = dict(form.cleaned_data)
    content = sent.read() if (sent := given.pop("file")) else b""
    file = files.keep(content, type=desk_forms.type_of(content)) if content else None
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
ACTS: Mapping[str, Act] = {
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


def possible(
    person: Person, dossier: Dossier, item: WorkItem | None, capabilities: frozenset[str], day: Any
) -> list[str]:
    """The acts offered to this person, in the order of the work."""
    of_work = list(queries.possible_acts(person, dossier, item, day))
    if of_work and item is not None and item.assignee_id != person.pk:
        of_work.append(TAKE)
    if of_work:
        of_work.append(GIVE)
    reissue = [REISSUE] if identity.INTAKE in capabilities and dossier.state not in rules.FINISHED else []
    return [*of_work, REMARK, *reissue]


def asks(dossier: Dossier, name: str) -> bool:
    """Whether the act asks anything before it is done."""
    return bool(_form_of(dossier, name).base_fields)


def form_for(dossier: Dossier, name: str, day: date, *given: Any) -> forms.Form:
    """The form of this act on this dossier, as it is asked that day."""
    if name == GIVE:
        return desk_forms.GiveForm(*given, colleagues=queries.colleagues(dossier, day))
    return _form_of(dossier, name)(*given)


def _form_of(dossier: Dossier, name: str) -> type[forms.Form]:
    """Receiving asks for a limit only where the edition leaves it open."""
    if name == rules.RECEIVE and limit_is_open(dossier):
        return desk_forms.LimitForm
    return ACTS[name].form


def limit_is_open(dossier: Dossier) -> bool:
    """Whether receiving must name a time limit, as services decide it."""
    channels = queries.edition_of(dossier).definition.channels
    own = next((each.limit for each in channels if each.kind == dossier.channel), None)
    own = own or next((each.limit for each in channels if each.limit), None)
    return own is None or own.value is None or own.unit is None


def why_not(refused: Exception, dossier: Dossier) -> str:
    """Why the act was not done, and what to do about it."""
    mark = marks.mark_of(marks.STATUSES, getattr(refused, "state", dossier.state))
    status = str(mark.word) if mark else dossier.state
    if isinstance(refused, policies.NotAllowed):
        words = gettext(
            "This was not done: none of your posts allows it for %(office)s. Ask a colleague there to do it."
        )
        return words % {"office": refused.office.name}
    if isinstance(refused, workflow.Refused):
        words = gettext("This was not done: the dossier's status is “%(status)s”. The page shows what can be done now.")
        return words % {"status": status}
    if isinstance(refused, services.LimitNeeded):
        return gettext("This was not done: the time limit must be named, with its legal source.")
    if isinstance(refused, services.NothingOpen):
        return gettext(
            "This was not done: a colleague has already done this step. The page shows the dossier as it is now."
        )
    return gettext("This was not done: something that was typed is incomplete. Check it and try again.")
