"""The scanned papers on one sheet of the counter: what lies there, to which paper each belongs, the phone that is
paired with it.

Nouns: Tray, Row (one scan with the paper that was chosen for it). It writes through services only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries, services
from motcua.dossiers.at_counter import forms_counter
from motcua.dossiers.models import PhoneLink, Scan
from motcua.dossiers.services import ComponentData, FileData, phones, uploads
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.procedures.definition import Definition
from motcua.ui import given

SOURCES: Mapping[str, str | Promise] = {
    "folder": _("Scanner"),
    "phone": _("Phone"),
    "counter": _("This computer"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One scan; `sid` names the paper that was chosen for it, `why` says why it was refused."""

    scan: Scan
    sid: str
    why: str | Promise

    @property
    def source(self) -> str | Promise:
        """Where it came from."""
        return SOURCES[self.scan.source]


class Tray:
    """What lies scanned for a sheet."""

    def __init__(self, office: Office, op_id: str, definition: Definition, data: QueryDict | None) -> None:
        self.office, self.op_id, self.definition = office, op_id, definition
        self.data = data or QueryDict()

    @cached_property
    def rows(self) -> list[Row]:
        """Everything that may be attached, and what was refused."""
        return [
            Row(scan, self._sid_of(scan), uploads.sentence(scan.refused))
            for scan in queries.tray(self.office, self.op_id)
        ]

    def _sid_of(self, scan: Scan) -> str:
        sid = self.data.get(f"scan-{scan.pk}", scan.sid)
        return sid if not scan.refused and sid in dict(self.options) else ""

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """The papers to which a scan can belong."""
        return [(each.sid, each.title.vi) for each in self.definition.components if each.handed_in]

    @property
    def watched(self) -> bool:
        """Whether a scanner's folder is watched for this counter."""
        return queries.scan_folder(self.office) is not None

    @property
    def attached(self) -> list[int]:
        """The scans for which a paper was chosen."""
        return [row.scan.pk for row in self.rows if row.sid]

    def papers(self, forms: Sequence[forms_counter.PaperForm]) -> list[ComponentData]:
        """The papers that lay on the counter, each with its scans; and those of which only a scan is there."""
        given = [(form.component.sid, form.paper()) for form in forms]
        found = [(sid, paper, self._files_of(sid)) for sid, paper in given]
        return [
            ComponentData(sid, files, kind=paper.kind if paper else "", quantity=paper.quantity if paper else 0)
            for sid, paper, files in found
            if paper or files
        ]

    def _files_of(self, sid: str) -> tuple[FileData, ...]:
        scans = (row.scan for row in self.rows if row.sid == sid)
        return tuple(FileData(scan.file.sha256, scan.file.size, scan.name) for scan in scans if scan.file)

    def keep(self, files: MultiValueDict[str, object], at: datetime) -> list[tuple[str, str]]:
        """Keep the files that came with the page, each for its paper; what was refused, at its place."""
        refused = []
        for sid, _title in self.options:
            for file in files.getlist(f"files-{sid}"):
                name = getattr(file, "name", "") or ""
                try:
                    self._keep(sid, name, file.read(), at)  # type: ignore[attr-defined]
                except uploads.UploadRefused as why:
                    refused.append((f"files-{sid}", f"{name}: {why.message}"))
        return refused

    def _keep(self, sid: str, name: str, content: bytes, at: datetime) -> None:
        services.keep_scan(
            content=content, name=name, office=self.office, source="counter", op_id=self.op_id, at=at, sid=sid
        )

    def look(self, at: datetime) -> None:
        """Take in what the scanner has put into its folder by now."""
        services.pick_up(at=at, office=self.office)

    def put_away(self, at: datetime) -> None:
        """The scan whose button was pressed is not needed."""
        pk = given.number(self.data.get("put_away", ""))
        if pk is not None:
            services.put_away(scan_id=pk, office=self.office, op_id=self.op_id, at=at)

    def pair(self, by: Person, at: datetime) -> None:
        """A phone may send photos to this sheet for a while."""
        title = (self.definition.short_name or self.definition.name).vi
        services.pair_phone(op_id=self.op_id, title=title, office=self.office, by=by, at=at)

    def unpair(self, at: datetime) -> None:
        """No longer."""
        services.close_phone(op_id=self.op_id, at=at)

    def phone(self, at: datetime) -> tuple[PhoneLink, str] | None:
        """The page that a phone may use now, with the end of its address."""
        link = queries.phone_link_of(self.op_id, at) if self.data else None
        return (link, phones.token_of(link)) if link else None
