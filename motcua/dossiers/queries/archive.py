"""How long dossiers are kept, which closed ones are not handed to the archive yet, and which wait for a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from motcua.dossiers import rules
from motcua.dossiers.models import ArchiveItem, ArchiveList, DisposalItem, Dossier, Paper, Restriction
from motcua.dossiers.rules import retention
from motcua.dossiers.rules.retention import Kept
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Retention

AT_MOST = 500


def retention_of(dossier: Dossier, day: date | None = None) -> Kept:
    """How long this dossier is kept: by the edition that it pins, else by the one in force today at its office."""
    day = day or timezone.localdate(dossier.filed_at)
    found = _said(dossier.version_id, tuple(dossier.overlay_ids), dossier.competent_office, dossier.procedure_code, day)
    if found is None:
        return Kept()
    closed, until = dossier.matter.closed_at, None
    if closed is not None and found.years is not None:
        until = retention.last_day(timezone.localdate(closed), found.years)
    return Kept(found.legal_source, found.years, found.permanent, until)


def _said(version: int, overlays: tuple[int, ...], office: Office, code: str, day: date | None) -> Retention | None:
    pinned = procedures.edition(version, overlays).definition.retention
    if pinned is not None or day is None:
        return pinned
    try:
        return procedures.edition_for(office, code, day).definition.retention
    except procedures.NotInForce:
        return None


def over(office: Office, on: date) -> Iterator[tuple[UUID, date, str]]:
    """Closed dossiers of this commune whose time is over, with its last day and the text; at most AT_MOST at once.

    Not those that are erased, that wait for a decision, that are kept on, or whose use is restricted.
    """
    closed = Dossier.objects.filter(competent_office=office, state__in=rules.FINISHED)
    kinds = closed.order_by().values_list("version_id", "overlay_ids", "procedure_code").distinct()
    for version, overlays, code in kinds:
        found = _said(version, tuple(overlays), office, code, on)
        if found is not None and found.years is not None:
            of_kind = closed.filter(version=version, overlay_ids=overlays)
            for pk, closed_at in _over(of_kind, found.years, on)[:AT_MOST]:
                yield pk, retention.last_day(timezone.localdate(closed_at), found.years), found.legal_source


def _over(closed: QuerySet[Dossier], years: int, on: date) -> QuerySet[Any, Any]:
    of_it = {"dossier": OuterRef("pk")}
    settled = DisposalItem.objects.filter(Q(decision="") | Q(keep_until__gte=on), **of_it)
    restricted = Restriction.objects.filter(lifted_at=None, **of_it)
    ended = closed.filter(matter__closed_at__date__lte=retention.ended_by(on, years)).exclude(applicant__full_name="")
    waiting = ended.exclude(Exists(settled)).exclude(Exists(restricted))
    return waiting.order_by("pk").values_list("pk", "matter__closed_at")


def undecided(office: Office) -> QuerySet[DisposalItem]:
    """What waits for a decision here, what was proposed first first."""
    found = DisposalItem.objects.filter(office=office, decision="")
    return found.select_related("dossier__matter").order_by("id")


def not_archived(office: Office) -> QuerySet[Dossier]:
    """Closed dossiers of this commune that no list has handed over, in the order in which they were filed."""
    handed = ArchiveItem.objects.filter(dossier=OuterRef("pk"))
    found = Dossier.objects.filter(competent_office=office, state__in=rules.FINISHED).exclude(Exists(handed))
    return found.select_related("matter").order_by("matter_id")


def number_of_papers(ids: Collection[UUID]) -> Counter[UUID]:
    """How many files lie in each of these dossiers."""
    papers = Paper.objects.filter(filing__dossier__in=ids).exclude(name="")
    return Counter(papers.values_list("filing__dossier_id", flat=True))


def archive_lists(office: Office) -> QuerySet[ArchiveList]:
    """The lists of this commune, the newest first."""
    return ArchiveList.objects.filter(office=office).select_related("by").order_by("-pk")
