"""What the desk shows of messages to the applicant: each with its state, and those that somebody has to see to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import messages
from motcua.dossiers.words import wording
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery

STATES: dict[str, str | Promise] = {
    "waiting": _("waits to be sent"),
    "sending": _("is being sent"),
    "delivered": _("was sent"),
    "retrying": _("could not be sent yet; it is tried again by itself"),
    "unknown": _("it is not known whether it was sent: the machine stopped in the middle"),
    "given_up": _("did not arrive"),
}
WAYS: dict[str, str | Promise] = {
    "phone": _("Told by telephone"),
    "person": _("Told in person"),
    "letter": _("A letter was sent"),
    "unreachable": _("Could not be reached"),
}
BY_MAIL, BY_HAND = _("E-mail"), _("Note for the counter: no e-mail address")


@dataclass(frozen=True, slots=True)
class Told:
    """One message."""

    delivery: Delivery
    what: str | Promise
    by: str | Promise
    state: str | Promise
    is_work: bool
    may: bool


def told(person: Person, dossier: Dossier, items: Iterable[WorkItem], day: date) -> list[Told]:
    """Every message about the dossier, oldest first."""
    open_steps = {item.step: item for item in items if item.act == rules.TELL}
    sent = Delivery.objects.filter(event__matter=dossier.matter, target__in=(messages.MAIL, messages.NOTE))
    return [_told(person, delivery, open_steps, day) for delivery in sent.select_related("event").order_by("id")]


def _told(person: Person, delivery: Delivery, open_steps: dict[str, WorkItem], day: date) -> Told:
    item = open_steps.get(rules.side_step(rules.TELL, delivery.pk))
    return Told(
        delivery,
        wording.sentence_of(delivery.event),
        BY_MAIL if delivery.target == messages.MAIL else BY_HAND,
        STATES[delivery.state],
        is_work=item is not None,
        may=item is not None and policies.can_do(person, item, [rules.TELL], day),
    )
