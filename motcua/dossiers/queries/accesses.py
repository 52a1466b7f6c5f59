"""Who opened a dossier: by post for the applicant, by name for whoever leads or administers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from motcua.dossiers.models import Access, Dossier

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Look:
    """One opening as the applicant reads it: which post of which office, when last that day, what for."""

    role_vi: str
    role_en: str
    office: str
    at: datetime
    purpose: str


def accesses_of(dossier: Dossier, before: int | None = None) -> QuerySet[Access]:
    """Every opening, the newest first; those older than this one."""
    found = Access.objects.filter(dossier=dossier).select_related("person", "post__role", "post__office")
    return (found if before is None else found.filter(pk__lt=before)).order_by("-pk")


def looks_at(dossier: Dossier) -> list[Look]:
    """The newest openings, each post once a day; no names."""
    columns = ("post__role__name_vi", "post__role__name_en", "post__office__name", "at", "purpose", "day")
    found = Access.objects.filter(dossier=dossier).order_by("-pk").values_list(*columns)[: SHOWN * 5]
    once: dict[tuple[object, ...], Look] = {}
    for vi, en, office, at, purpose, day in found:
        once.setdefault((vi, office, day, purpose), Look(vi or "", en or "", office or "", at, purpose))
    return list(once.values())[:SHOWN]
