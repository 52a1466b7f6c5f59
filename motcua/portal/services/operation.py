"""What whoever runs the centre sets: planned pauses, whom to call, and what is to be tried once more.

It concerns the whole installation, so the right to it is that of the province's settings.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel import health, organisation, outbox, outside
from motcua.kernel.downtime import Downtime
from motcua.kernel.health import HelpContact
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.kernel.outbox import Delivery
from motcua.portal import queries
from motcua.portal.events import DeliveryTriedAgain, DowntimeAnnounced, DowntimeCalledOff, HelpContactSet
from motcua.portal.services.record import CannotChange, record


def announce_downtime(
    *,
    system: str,
    from_at: datetime,
    until_at: datetime,
    advice: str,
    late_reason: str,
    by: Person,
    at: datetime,
) -> Downtime:
    """Announce a pause, seven working days before it (Decree 224/2026, art. 13), or say why later.

    Raises CannotChange, policies.NotAllowed.
    """
    earliest = queries.earliest_downtime(at)
    late = from_at < earliest
    _refuse_impossible(system, from_at, until_at, at)
    if late and not late_reason.strip():
        raise CannotChange(
            _("The law wants seven working days' notice: choose a later day, or say why it cannot wait."), "late_reason"
        )
    with transaction.atomic():
        pause = Downtime.objects.create(
            system=system,
            from_at=from_at,
            until_at=until_at,
            advice=" ".join(advice.split()),
            late_reason=" ".join(late_reason.split()) if late else "",
            announced_at=at,
            announced_by=by,
        )
        record(DowntimeAnnounced(pause.pk, system, from_at, until_at, late), _province(), by, at)
    return pause


def _refuse_impossible(system: str, from_at: datetime, until_at: datetime, at: datetime) -> None:
    if system and system not in {each.name for each in outside.systems()}:
        raise CannotChange(_("Choose one of the systems in the list."), "system")
    if from_at <= at:
        raise CannotChange(_("Choose a moment that is still to come."), "from_day")
    if until_at <= from_at:
        raise CannotChange(_("The end must come after the beginning."), "until_day")


def call_off_downtime(*, pause: Downtime, by: Person, at: datetime) -> None:
    """The pause does not take place; that it was announced stays. Raises CannotChange, policies.NotAllowed."""
    with transaction.atomic():
        changed = Downtime.objects.filter(pk=pause.pk, called_off_at=None, until_at__gt=at).update(called_off_at=at)
        if not changed:
            raise CannotChange(_("This pause is over or was called off already."))
        record(DowntimeCalledOff(pause.pk), _province(), by, at)


def set_help_contact(*, duty: str, name: str, phone: str, by: Person, at: datetime) -> None:
    """Whom to call. Raises policies.NotAllowed."""
    if duty not in health.DUTIES:
        raise ValueError(duty)
    with transaction.atomic():
        said = {"name": " ".join(name.split()), "phone": " ".join(phone.split())}
        HelpContact.objects.update_or_create(duty=duty, defaults=said)
        record(HelpContactSet(duty), _province(), by, at)


def try_delivery_again(*, delivery: Delivery, by: Person, at: datetime) -> None:
    """Try once more what did not arrive. Raises CannotChange, policies.NotAllowed."""
    with transaction.atomic():
        if not outbox.try_again(delivery, at):
            raise CannotChange(_("It has arrived meanwhile, or is being tried."))
        record(DeliveryTriedAgain(delivery.pk), _province(), by, at)


def _province() -> Office:
    found = organisation.installation()
    assert found is not None  # pages exist only in a centre that was opened
    return found.province
