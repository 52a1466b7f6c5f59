"""What is taken out of the centre as a file: packs for an inspection, and what is kept of one person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.dossiers import packs, policies, queries, services, slips
from motcua.dossiers.models import Dossier
from motcua.dossiers.packs import Pack
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.kernel.tables import Column, Table
from motcua.ui import marks

_COLUMNS = (
    Column("number", gettext_lazy("Number of the dossier"), width=22),
    Column("title", gettext_lazy("Procedure"), width=36),
    Column("office", gettext_lazy("Office"), width=26),
    Column("filed", gettext_lazy("Filed"), "date"),
    Column("state", gettext_lazy("Status"), width=16),
)


class TooMany(ValueError):
    """More dossiers than one pack holds."""


def pack(dossiers: Sequence[Dossier], *, by: Person, at: datetime, words: str, origin: str, **more: Any) -> Pack:
    """The inspection pack of these dossiers; that it was taken is recorded on each. Raises policies.NotAllowed."""
    session = more.pop("session", "")
    head = {"kind": "inspection", "made_at": at, "made_by": by.full_name, "purpose": words, **more}
    made = packs.written(dossiers, head, origin=origin)
    services.note_pack_taken(
        dossiers=dossiers, manifest_sha256=made.manifest_sha256, words=words, by=by, at=at, session=session
    )
    return made


def of_period(office: Office, first: date, last: date) -> tuple[list[Dossier], list[str]]:
    """What was filed in that time at this commune, and the numbers left out because their use is restricted.

    Raises TooMany.
    """
    found, restricted = queries.filed_between(office, first, last, packs.MOST + 1)
    if len(found) > packs.MOST:
        raise TooMany(len(found))
    return [each for each in found if each.pk not in restricted], [
        each.number for each in found if each.pk in restricted
    ]


def of_person(citizen_id: str, *, check: str, by: Person, at: datetime, session: str) -> Pack | None:
    """Everything of this person that lies with the officer's commune; None when nothing does.

    Raises policies.NotAllowed.
    """
    day = timezone.localdate(at)
    dossiers = queries.of_citizen(policies.offices_handing_out(by, day), citizen_id)
    if not dossiers:
        return None
    head = {"kind": "person", "made_at": at, "made_by": by.full_name, "identity_checked_by": check}
    made = packs.of_person(dossiers, head, _overview(dossiers, at))
    services.note_data_exported(
        dossiers=dossiers,
        manifest_sha256=made.manifest_sha256,
        identity_checked_by=check,
        by=by,
        at=at,
        session=session,
    )
    return made


def _overview(dossiers: Sequence[Dossier], at: datetime) -> bytes:
    """The list on paper: which dossiers, where, how far."""
    with translation.override("vi"):
        rows = [[*_cells(dossier)] for dossier in dossiers]
        table = Table(_("What we keep of you"), _COLUMNS, rows)
        return slips.person_list(table, dossiers[0].applicant.full_name, dossiers[0].competent_office, at)


def _cells(dossier: Dossier) -> list[Any]:
    mark = marks.mark_of(marks.STATUSES, dossier.state)
    state = str(mark.word) if mark else dossier.state
    filed = timezone.localdate(dossier.filed_at)
    return [dossier.number, dossier.matter.title, dossier.competent_office.name, filed, state]
