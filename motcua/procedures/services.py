"""The only writers of the catalogue: publish a version, retire it, load files, lay an overlay over a procedure."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.kernel import ledger, matters, search
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.procedures import definition, files, rules
from motcua.procedures.definition import Definition
from motcua.procedures.events import OverlayMade, VersionPublished, VersionRetired
from motcua.procedures.files import SHIPPED, FileFault, faults_of
from motcua.procedures.models import Overlay, Procedure, Sector, Version

__all__ = [
    "SHIPPED",
    "FileFault",
    "OverlayRefused",
    "differences",
    "digest",
    "faults_of",
    "load_catalogue",
    "make_overlay",
    "publish_version",
    "retire_version",
]


class OverlayRefused(ValueError):
    """The overlay sets what this office may not set; `refusals` says each key and why."""

    def __init__(self, refusals: tuple[rules.Refusal, ...]) -> None:
        super().__init__(", ".join(f"{refusal.key}: {refusal.reason}" for refusal in refusals))
        self.refusals = refusals


def digest(doc: Mapping[str, Any]) -> str:
    """SHA-256 of the document in canonical form: the same content gives the same digest, whatever the key order."""
    return hashlib.sha256(
        json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()


def publish_version(*, doc: Mapping[str, Any], at: datetime, by: Person | None, effective_from: date) -> Version | None:
    """Publish this document as the procedure's next version, in force from that day; None when nothing changed.

    The version before it ends on that day. Raises definition.DefinitionFaults for a document with faults.
    """
    parsed = definition.parse(doc)
    sha256 = digest(doc)
    with transaction.atomic():
        procedure = _procedure(parsed, at)
        newest = procedure.versions.order_by("-no").first()
        if newest is not None and newest.status == "published" and newest.sha256 == sha256:
            return None
        _retire(newest, at=at, by=by, effective_to=effective_from)
        version = Version.objects.create(
            procedure=procedure,
            no=newest.no + 1 if newest else 1,
            status="published",
            mode=parsed.mode,
            doc=dict(doc),
            sha256=sha256,
            legal_basis=" · ".join(parsed.legal_basis)[:1000],
            announcement_decision=parsed.announcement_decision or "",
            effective_from=effective_from,
        )
        _name(procedure, parsed)
        published = VersionPublished(version.pk, version.no, sha256, effective_from)
        ledger.record(published, matter=procedure.matter, at=at, by=by)
    return version


def load_catalogue(
    *, folder: Path, at: datetime, progress: Callable[[int, int], None] = lambda _done, _all: None
) -> int:
    """Publish every file whose content is new; how many were. The folder must be without faults (faults_of)."""
    paths = files.files_in(folder)
    made = 0
    with transaction.atomic():
        for number, path in enumerate(paths, start=1):
            doc, begins = files.document(path)
            made += publish_version(doc=doc, at=at, by=None, effective_from=begins) is not None
            progress(number, len(paths))
    return made


def _procedure(parsed: Definition, at: datetime) -> Procedure:
    found = Procedure.objects.select_related("matter").filter(pk=parsed.code).first()
    if found is not None:
        return found
    matter = matters.open_matter(kind="procedure", reference=parsed.code, title=_short(parsed), at=at, parties=[])
    return Procedure(code=parsed.code, matter=matter, name=parsed.name.vi, short_name=_short(parsed), **_sector(parsed))


def _sector(parsed: Definition) -> dict[str, Any]:
    sector, _ = Sector.objects.get_or_create(
        slug=parsed.sector, defaults={"name_vi": parsed.sector_name.vi, "name_en": parsed.sector_name.en}
    )
    return {"sector": sector}


def _short(parsed: Definition) -> str:
    return (parsed.short_name or parsed.name).vi[:200]


def _name(procedure: Procedure, parsed: Definition) -> None:
    """Repeat the newest words where lists and search read them."""
    procedure.name, procedure.short_name = parsed.name.vi, _short(parsed)
    procedure.short_name_en = parsed.short_name.en[:200] if parsed.short_name else ""
    procedure.save()
    words = (procedure.code, procedure.name, procedure.short_name, procedure.short_name_en, *parsed.keywords)
    search.index("procedure", procedure.code, *words)


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


def make_overlay(
    *,
    office: Office,
    procedure: Procedure,
    doc: Mapping[str, Any],
    legal_source: str,
    at: datetime,
    by: Person | None,
    effective_from: date,
) -> Overlay:
    """Lay this over the procedure at this office from that day; the office's earlier overlay ends then.

    Raises OverlayRefused where the law leaves the office no such choice.
    """
    version = Version.objects.in_force(effective_from).filter(procedure=procedure).order_by("-no").first()
    refusals = tuple(rules.overlay_refusals(version.doc if version else {}, doc, legal_source))
    if refusals:
        raise OverlayRefused(refusals)
    with transaction.atomic():
        last = Overlay.objects.filter(office=office, procedure=procedure).order_by("-no").first()
        _end_overlay(last, effective_from)
        overlay = Overlay.objects.create(
            office=office,
            procedure=procedure,
            no=last.no + 1 if last else 1,
            mode=doc.get("mode", ""),
            doc=dict(doc),
            legal_source=legal_source,
            effective_from=effective_from,
        )
        made = OverlayMade(overlay.pk, overlay.no, office.code, tuple(sorted(doc)), effective_from)
        ledger.record(made, matter=_matter(procedure), at=at, by=by, office=office)
    return overlay


def _end_overlay(overlay: Overlay | None, on: date) -> None:
    if overlay is not None and overlay.effective_to is None:
        overlay.effective_to = max(on, overlay.effective_from)
        overlay.save(update_fields=["effective_to"])


def _matter(procedure: Procedure) -> Matter:
    return procedure.matter


def differences(old: Mapping[str, Any], new: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str, Any, Any]]:
    """Typed differences between two documents: (path, "added" | "removed" | "changed", old value, new value).

    Lists of things with a sid or oid are compared by that id, so that moving a field is not a hundred changes.
    """
    for key in [*old, *(key for key in new if key not in old)]:
        path = f"{at}/{key}"
        if key not in new:
            yield path, "removed", old[key], None
        elif key not in old:
            yield path, "added", None, new[key]
        else:
            yield from _difference(path, old[key], new[key])


def _difference(path: str, old: Any, new: Any) -> Iterator[tuple[str, str, Any, Any]]:
    old_by_id, new_by_id = _by_id(old), _by_id(new)
    if old_by_id is not None and new_by_id is not None:
        yield from differences(old_by_id, new_by_id, path)
    elif old != new:
        yield path, "changed", old, new


def _by_id(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        ids = [item.get("sid") or item.get("oid") or item.get("kind") for item in value]
        if all(ids) and len(set(ids)) == len(ids):
            return dict(zip(map(str, ids), value, strict=True))
    return None
