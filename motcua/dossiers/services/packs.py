"""That everything of dossiers, or what is the person's own, was taken out as a file: an act with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies
from motcua.dossiers.events import PackTaken, PersonalDataExported
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import accesses, reasons
from motcua.dossiers.services import accesses as noting
from motcua.dossiers.services import course
from motcua.kernel import identity
from motcua.kernel.identity import Person


def note_pack_taken(
    *, dossiers: Sequence[Dossier], manifest_sha256: str, words: str, by: Person, at: datetime, session: str = ""
) -> None:
    """Record on each dossier that it was taken out whole, by whoever leads. Raises policies.NotAllowed, ValueError."""
    if len(words.strip()) < accesses.SHORTEST:
        raise ValueError("a pack is taken for a purpose that is said")
    said = {"what": accesses.PACK, "purpose": accesses.INSPECTION, "words": words.strip()}
    with transaction.atomic():
        for dossier in dossiers:
            post = policies.post_for(by, identity.LEAD, dossier.competent_office, course.day_of(at))
            course.record(PackTaken(manifest_sha256, len(dossiers)), dossier, by, post, at)
            noting.note_access(dossier=dossier, by=by, at=at, session=session, **said)


def note_data_exported(
    *,
    dossiers: Sequence[Dossier],
    manifest_sha256: str,
    identity_checked_by: str,
    by: Person,
    at: datetime,
    session: str = "",
) -> None:
    """Record on each dossier that the person got what is kept of him. Raises policies.NotAllowed, ValueError."""
    if identity_checked_by not in reasons.IDENTITY_CHECKS:
        raise ValueError("a person's data is handed out after an identity check")
    said = {"what": accesses.EXPORT, "purpose": accesses.REQUEST}
    with transaction.atomic():
        for dossier in dossiers:
            office = dossier.receiving_office or dossier.competent_office
            post = policies.post_with_any(by, (identity.LEAD, identity.INTAKE), office, course.day_of(at))
            course.record(PersonalDataExported(identity_checked_by, manifest_sha256), dossier, by, post, at)
            noting.note_access(dossier=dossier, by=by, at=at, session=session, **said)
