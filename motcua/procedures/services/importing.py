"""Records of the national portal, as JSON, into new versions of procedures: first shown as differences, then applied.

Nouns: ImportFault (which record and field, what is wrong), Planned (one procedure's document after the import, and how
it differs). What people wrote by hand stays: short names, labels, forms, keywords and everything else the portal does
not say. A portal's zero is quoted as the portal's, amounts for missions abroad and bare numbers are left open.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from motcua.kernel.identity import Person
from motcua.procedures import definition, portal_records
from motcua.procedures.definition import DefinitionFaults
from motcua.procedures.models import Version
from motcua.procedures.portal_records import ImportFault
from motcua.procedures.services.comparing import differences
from motcua.procedures.services.publishing import publish_version

Difference = tuple[str, str, Any, Any]


class ImportRefused(ValueError):
    """Nothing was imported; `faults` says each record and field and why."""

    def __init__(self, faults: Sequence[ImportFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one record would make of its procedure."""

    code: str
    doc: Mapping[str, Any]
    differences: tuple[Difference, ...]


def plan_import(source: Path) -> list[Planned]:
    """What the records of this file, or of every .json file of this folder, would change. It writes nothing.

    Raises ImportRefused, naming file, record and field, for a record of a shape that is not known.
    """
    faults: list[ImportFault] = []
    planned: dict[str, Planned] = {}
    paths = sorted(source.rglob("*.json")) if source.is_dir() else [source]
    for path in paths:
        for index, record in enumerate(_records(path, faults)):
            _plan(record, f"{path.name}[{index}]", planned, faults)
    if faults:
        raise ImportRefused(faults)
    return [each for each in planned.values() if each.differences]


def apply_import(*, planned: Sequence[Planned], at: datetime, by: Person | None, effective_from: date) -> int:
    """Publish what was planned, all of it or nothing; how many versions that made."""
    with transaction.atomic():
        made = [publish_version(doc=each.doc, at=at, by=by, effective_from=effective_from) for each in planned]
    return sum(version is not None for version in made)


def _records(path: Path, faults: list[ImportFault]) -> list[Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        faults.append(ImportFault(path.name, "the file", f"cannot be read as JSON: {error}"))
        return []
    return said if isinstance(said, list) else [said]


def _plan(record: Any, name: str, planned: dict[str, Planned], faults: list[ImportFault]) -> None:
    read = portal_records.read(record, name)
    if read.faults:
        faults.extend(read.faults)
        return
    code = read.facts["code"]
    if code in planned:
        faults.append(ImportFault(name, "code", f"{code} stands in another record as well"))
        return
    version = Version.objects.filter(procedure=code).order_by("-no").first()
    if version is None:
        faults.append(ImportFault(name, "code", f"{code} is in no file of the catalogue yet: add one with its sector"))
        return
    doc = portal_records.laid_over(version.doc, read.facts)
    try:
        definition.parse(doc)
    except DefinitionFaults as error:
        faults.extend(ImportFault(name, fault.path, fault.message) for fault in error.faults)
        return
    planned[code] = Planned(code, doc, tuple(differences(version.doc, doc)))
