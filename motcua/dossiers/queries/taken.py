"""Which dossiers a pack is made of: those of a period, or those of one person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier, Restriction
from motcua.kernel.organisation import Office


def filed_between(office: Office, first: date, last: date, limit: int) -> tuple[list[Dossier], set[UUID]]:
    """What was filed at this commune from the first to the last day, at most so many; and whose use is restricted."""
    begin = timezone.make_aware(datetime.combine(first, time()))
    end = timezone.make_aware(datetime.combine(last, time())) + timedelta(days=1)
    within = Dossier.objects.filter(competent_office=office, filed_at__gte=begin, filed_at__lt=end)
    found = list(within.select_related(*policies.RELATED).order_by("filed_at", "pk")[:limit])
    held = Restriction.objects.filter(dossier__in=[each.pk for each in found], lifted_at=None)
    return found, set(held.values_list("dossier_id", flat=True))


def of_citizen(offices: Iterable[Office], citizen_id: str) -> list[Dossier]:
    """Every dossier under this citizen id that these communes settle or received."""
    here = Q(pk__in=[])
    for office in offices:
        here |= Q(competent_office__path__startswith=office.path) | Q(receiving_office__path__startswith=office.path)
    found = Dossier.objects.filter(here, applicant__citizen_id=citizen_id) if citizen_id else Dossier.objects.none()
    return list(found.select_related(*policies.RELATED).order_by("filed_at", "pk"))
