"""Who reads a commune's situation report, and who reports in its name."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight.models import SituationReport


def visible_reports(person: Person, day: date) -> QuerySet[SituationReport]:
    """Those of the communes that the person leads: in the commune itself drafts too, above it what was sent."""
    found = Q(pk__in=[])
    for post in identity.posts_of(person, day):
        if identity.OVERSEE in post.role.capabilities:
            sent = Q(sent_at__isnull=False, office__path__startswith=post.office.path)
            found |= sent | Q(office=post.office_id, matter__closed_at=None)
    return SituationReport.objects.filter(found)


def get_report(person: Person, reference: str, day: date) -> SituationReport:
    """The report of this number if the person may read it; else SituationReport.DoesNotExist."""
    found = visible_reports(person, day).select_related("matter", "office", "drafted_by", "sent__to", "sent__by")
    return found.get(matter__reference=reference)


def communes_to_report(person: Person, day: date) -> tuple[Office, ...]:
    """The communes in whose name the person reports upward."""
    posts = identity.posts_of(person, day)
    led = [post.office for post in posts if identity.OVERSEE in post.role.capabilities]
    return tuple(dict.fromkeys(office for office in led if office.kind == organisation.COMMUNE))
