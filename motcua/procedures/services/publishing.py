"""Versions of procedures: published, followed by the next one, retired."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.kernel import ledger, matters, search
from motcua.kernel.identity import Person
from motcua.procedures import definition
from motcua.procedures.definition import Definition
from motcua.procedures.events import VersionPublished, VersionRetired
from motcua.procedures.models import Procedure, Sector, Version
from motcua.procedures.services import proof


def digest(doc: Mapping[str, Any]) -> str:
    """SHA-256 of the document in canonical form: the same content gives the same digest, whatever the key order."""
    return hashlib.sha256(
        json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def publish_version(*, doc: Mapping[str, Any], at: datetime, by: Person | None, effective_from: date) -> Version | None:
    """Publish this document as the procedure's next version, in force from that day; None when nothing changed.

    The version before it ends on that day. Raises definition.DefinitionFaults for a document with faults, and for one
    that would hide what stands in an open dossier.
    """
    parsed = definition.parse(doc)
    sha256 = digest(doc)
    with transaction.atomic():
        found = Procedure.objects.select_related("matter", "sector").filter(pk=parsed.code).first()
        procedure = found or _procedure(parsed, _sector(parsed), at)
        newest = procedure.versions.order_by("-no").first() if found else None
        if newest is not None and newest.status == "published" and newest.sha256 == sha256:
            return None
        if newest is not None:
            proof.refuse_hiding(parsed)
        return _publish(procedure, newest, parsed, doc, sha256, at=at, by=by, effective_from=effective_from)


def publish_first(
    *, doc: Mapping[str, Any], sha256: str, sectors: dict[str, Sector], at: datetime, effective_from: date
) -> Version:
    """Publish the first version of a procedure that the caller knows to be new, in the caller's transaction.

    It asks the database for nothing but a sector that is not among `sectors` yet, so that a whole catalogue is quick.
    Raises DefinitionFaults like publish_version.
    """
    parsed = definition.parse(doc)
    if parsed.sector not in sectors:
        sectors[parsed.sector] = _sector(parsed)
    return _publish(
        _procedure(parsed, sectors[parsed.sector], at),
        None,
        parsed,
        doc,
        sha256,
        at=at,
        by=None,
        effective_from=effective_from,
    )


def _publish(
    procedure: Procedure,
    newest: Version | None,
    parsed: Definition,
    doc: Mapping[str, Any],
    sha256: str,
    *,
    at: datetime,
    by: Person | None,
    effective_from: date,
) -> Version:
    _retire(newest, at=at, by=by, effective_to=effective_from)
    _name(procedure, parsed, new=procedure._state.adding)
    version = _version(procedure, newest.no + 1 if newest else 1, parsed, doc, sha256, effective_from)
    published = VersionPublished(version.pk, version.no, sha256, effective_from)
    ledger.record(published, matter=procedure.matter, at=at, by=by)
    return version


def _version(
    procedure: Procedure, no: int, parsed: Definition, doc: Mapping[str, Any], sha256: str, effective_from: date
) -> Version:
    return Version.objects.create(
        procedure=procedure,
        no=no,
        status="published",
        mode=parsed.mode,
        doc=dict(doc),
        sha256=sha256,
        legal_basis=" · ".join(parsed.legal_basis)[:1000],
        announcement_decision=parsed.announcement_decision or "",
        effective_from=effective_from,
    )


def _procedure(parsed: Definition, sector: Sector, at: datetime) -> Procedure:
    """A new procedure with its matter; the procedure itself is not written yet."""
    matter = matters.open_matter(kind="procedure", reference=parsed.code, title=_short(parsed), at=at, parties=[])
    return Procedure(code=parsed.code, matter=matter, sector=sector)


def _sector(parsed: Definition) -> Sector:
    named = {"name_vi": parsed.sector_name.vi, "name_en": parsed.sector_name.en}
    return Sector.objects.get_or_create(slug=parsed.sector, defaults=named)[0]


def _short(parsed: Definition) -> str:
    return (parsed.short_name or parsed.name).vi[:200]


def _name(procedure: Procedure, parsed: Definition, *, new: bool) -> None:
    """Repeat the newest words where lists and search read them."""
    procedure.name, procedure.short_name = parsed.name.vi, _short(parsed)
    procedure.short_name_en = parsed.short_name.en[:200] if parsed.short_name else ""
    procedure.save(force_insert=new)
    # In the order that queries.finding weighs.
    named = (procedure.code, procedure.short_name, procedure.name, procedure.short_name_en)
    words = (*named, procedure.sector.name_vi, " ".join(parsed.legal_basis), *parsed.keywords)
    search.index("procedure", procedure.code, *words, new=new)


def retire_version(*, version: Version, at: datetime, by: Person | None, effective_to: date) -> None:
    """The procedure is no longer offered from that day; dossiers filed under the version stay on it."""
    with transaction.atomic():
        _retire(version, at=at, by=by, effective_to=effective_to)


def _retire(version: Version | None, *, at: datetime, by: Person | None, effective_to: date) -> None:
    if version is None or version.effective_to is not None:
        return
    # A version replaced on the very day it began was never in force: it ends where it starts.
    version.effective_to = max(effective_to, version.effective_from)
    version.status = "retired" if version.effective_to == version.effective_from else version.status
    version.save(update_fields=["effective_to", "status"])
    retired = VersionRetired(version.pk, version.no, version.effective_to)
    ledger.record(retired, matter=version.procedure.matter, at=at, by=by)
