"""What an office handed over to others on a day: the daily list that both sides sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils import timezone

from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem


@dataclass(frozen=True, slots=True)
class Handover:
    """One dossier that went from one office to another."""

    number: str
    title: str
    applicant: str
    giver: str
    office: str
    at: datetime


def handed_over(person: Person, on: date, today: date) -> list[Handover]:
    """What the offices of this person handed to others that day, by the office that has it now and the moment."""
    offices = identity.offices_worked_for(person, today)
    begin = timezone.make_aware(datetime.combine(on, time()))
    items = WorkItem.objects.filter(
        matter__kind="dossier",
        opened_by__at__gte=begin,
        opened_by__at__lt=begin + timedelta(days=1),
        opened_by__office__in=offices,
    ).exclude(office=F("opened_by__office"))
    # What an undoing brought back was not handed over once more.
    rows = (
        items.order_by("office__name", "opened_by__at", "matter__reference")
        .distinct()
        .values_list(
            "matter__reference",
            "matter__title",
            "matter__dossier__applicant__full_name",
            "opened_by__actor__full_name",
            "office__name",
            "opened_by__at",
        )
    )
    return [Handover(number, title, who, giver or "", office, at) for number, title, who, giver, office, at in rows]
