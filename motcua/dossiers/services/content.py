"""What a filing says: the request as the caller gives it, and the record of it that can be read alone in twenty years.

Nouns: Request, ApplicantData, ComponentData, FileData. It writes no row.
"""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.models import Filing, Paper, SupplementRequest
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Definition, Text
from motcua.procedures.queries import Edition


@dataclass(frozen=True, slots=True)
class ApplicantData:
    """Who asks, as checked by the caller's form."""

    full_name: str
    birth_date: str = ""
    citizen_id: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class FileData:
    """A kept file and the name it came with."""

    sha256: str
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class ComponentData:
    """A paper of the dossier: files of it, or what lay on the counter (kind: original | certified | copy)."""

    sid: str
    files: tuple[FileData, ...] = ()
    kind: str = ""
    quantity: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """Everything that one filing is made of."""

    commune: Office
    edition: Edition
    channel: str
    applicant: ApplicantData
    answers: Mapping[str, Any]
    components: Sequence[ComponentData]
    op_id: str
    request_sha256: str
    file_names: Mapping[str, FileData]
    # What another system's record says, where it comes from one: it stands in place of what a form would say.
    said: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    # The number that it has already; else the office gives the next one.
    number: str = ""
    # The applicant is told by somebody else.
    quiet: bool = False


def filing_content(request: Request, at: datetime) -> dict[str, Any]:
    """What was asked and answered, with the labels of that day, but for the number, which is given last; the salt keeps
    its digest from being guessed.
    """
    return _said(request, request.answers, at) | {"applicant": asdict(request.applicant)} | dict(request.said)


def supplement_content(
    request: Request, values: Mapping[str, Any], asked: SupplementRequest, at: datetime
) -> dict[str, Any]:
    """The same of a supplement: only what was asked for, beside why it was."""
    of_definition = request.edition.definition
    wanted = [
        {
            "kind": item.kind,
            "sid": item.sid,
            "title": title_of(of_definition, item.kind, item.sid).vi,
            "reason_code": item.reason_code,
            "note": item.note,
            "remedy": item.remedy,
        }
        for item in asked.items.all()
    ]
    return _said(request, values, at) | {"supplement": asked.n, "asked": wanted}


def title_of(definition: Definition, kind: str, sid: str) -> Text:
    """What the field or paper is called; its bare name where the edition no longer has it."""
    try:
        return definition.field(sid).label if kind == "field" else definition.component(sid).title
    except KeyError:
        return Text(sid)


def _said(request: Request, values: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    definition = request.edition.definition
    names = {handle: file.name for handle, file in request.file_names.items()}
    sections = eforms.readback(definition, values, "vi", names)
    return {
        "filed_at": at.isoformat(),
        "procedure": {"code": definition.code, "name": definition.name.vi, "version": request.edition.version_no},
        "overlays": list(request.edition.overlay_ids),
        "channel": request.channel,
        "answers": dict(values),
        "readback": [{"title": section.title, "rows": [list(row) for row in section.rows]} for section in sections],
        "components": [_component(request, component) for component in request.components],
        "salt": secrets.token_hex(16),
    }


def _component(request: Request, component: ComponentData) -> dict[str, Any]:
    return {
        "sid": component.sid,
        "title": request.edition.definition.component(component.sid).title.vi,
        "kind": component.kind,
        "quantity": component.quantity,
        "files": [asdict(file) for file in component.files],
    }


def papers(request: Request, filing: Filing, values: Mapping[str, Any] | None = None) -> Iterable[Paper]:
    """The files of the request as rows still to be written, each on its component or file field."""
    answers = request.answers if values is None else values
    files = [
        (component.sid, number, file) for component in request.components for number, file in enumerate(component.files)
    ]
    for field in request.edition.definition.fields:
        if field.type == "file":
            handles = answers.get(field.sid, ())
            files += [(field.sid, number, request.file_names[handle]) for number, handle in enumerate(handles)]
    return [
        Paper(filing=filing, sid=sid, position=number, file_id=file.sha256, name=file.name[:200])
        for sid, number, file in files
    ]
