"""The acts between the office and the applicant: messages both ways, and giving a dossier back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier, Message
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem

REPLY, WRITE, CONFIRM, WITHDRAW = "reply", "write", "confirm-withdrawal", "withdraw"


def _write(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    given = dict(form.cleaned_data)
    given["op_id"] = given["op_id"] or _key()["initial"]["op_id"]
    return services.answer_applicant(dossier=dossier, by=by, at=at, **given)


def _key() -> Mapping[str, Any]:
    return {"initial": {"op_id": f"desk-{uuid.uuid4().hex}"}}


def _confirm(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.confirm_withdrawal(dossier=dossier, by=by, at=at)


def _withdraw(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.withdraw_dossier(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _open(seen: Seen, act: str) -> WorkItem | None:
    return next((item for item in seen.items if item.act == act), None)


def _at_counter(seen: Seen) -> bool:
    return seen.may(identity.INTAKE, seen.dossier.receiving_office or seen.dossier.competent_office)


def _may_write(seen: Seen) -> bool:
    """Whoever has the dossier now, else whoever receives here."""
    own = (item for item in seen.items if item.act in rules.CAPABILITY_OF_ACT)
    return any(seen.may(rules.CAPABILITY_OF_ACT[item.act], item.office) for item in own) or _at_counter(seen)


def _to_reply(seen: Seen) -> bool:
    return _open(seen, rules.ANSWER) is not None and _may_write(seen)


def _to_write(seen: Seen) -> bool:
    return _open(seen, rules.ANSWER) is None and _may_write(seen)


def _to_confirm(seen: Seen) -> bool:
    return _open(seen, rules.CONFIRM_WITHDRAWAL) is not None and _at_counter(seen)


def _to_withdraw(seen: Seen) -> bool:
    return rules.WITHDRAW in rules.MACHINE.allowed(seen.dossier.state) and _at_counter(seen)


def _unanswered(seen: Seen) -> Iterable[str | Promise]:
    """What the applicant wrote since the office wrote last."""
    of_dossier = list(Message.objects.filter(dossier=seen.dossier).order_by("-id")[:20])
    waiting: list[str] = []
    for message in of_dossier:
        if message.by_id is not None:
            break
        waiting.append(message.text)
    return reversed(waiting)


APPLICANT: Mapping[str, Act] = {
    REPLY: Act(
        _("Answer the applicant"),
        "F6",
        desk_forms.MessageForm,
        _write,
        _("The message was sent."),
        offered=_to_reply,
        options=lambda _seen: _key(),
        notes=_unanswered,
    ),
    CONFIRM: Act(
        _("Confirm the withdrawal"),
        "Alt+X",
        desk_forms.NothingToSay,
        _confirm,
        _("The dossier was given back to the applicant."),
        "warning",
        offered=_to_confirm,
    ),
    WRITE: Act(
        _("Write to the applicant"),
        "F6",
        desk_forms.MessageForm,
        _write,
        _("The message was sent."),
        "secondary",
        offered=_to_write,
        rare=True,
        options=lambda _seen: _key(),
    ),
    WITHDRAW: Act(
        _("Withdraw at the applicant's wish"),
        "Alt+W",
        desk_forms.WithdrawForm,
        _withdraw,
        _("The dossier was given back to the applicant."),
        "warning",
        offered=_to_withdraw,
        rare=True,
    ),
}
