"""A machine answers a supplement request: only what was asked for is taken, and each fault names its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries, services
from motcua.dossiers.api.problems import Fault, Refused
from motcua.dossiers.api.shapes import NewSupplement, SupplementFiled
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import ComponentData, FileData, SupplementIncomplete
from motcua.dossiers.services.uploads import known_uploads
from motcua.dossiers.words.asked import asked_for
from motcua.kernel import workflow

_NOT_ASKED = _("This was not asked for. Leave it out.")
_MISSING = _("“%(sid)s” was asked for. Add it.")
_NO_UPLOAD = _("There is no such upload, or it has expired. Upload the file again.")


def file(dossier: Dossier, key: str, body: NewSupplement, at: datetime) -> SupplementFiled:
    """The supplement as it was filed; the same however often it is asked under one key. Raises Refused."""
    handles = {handle for each in body.components for handle in each.files} | _in_answers(dossier, body)
    files = known_uploads(handles, at)
    try:
        done = services.file_supplement(
            dossier=dossier,
            answers=body.answers,
            components=[_component(each.sid, each.files, files) for each in body.components],
            op_id="api-" + hashlib.sha256(f"{dossier.number} {key}".encode()).hexdigest(),
            request_sha256=hashlib.sha256(json.dumps(body.model_dump(), sort_keys=True).encode()).hexdigest(),
            at=at,
            file_names=files,
        )
    except services.KeyUsedForAnotherRequest:
        raise Refused(422, "key_reused") from None
    except workflow.Refused:
        raise Refused(409, "not_asked") from None
    except SupplementIncomplete as wrong:
        raise Refused(422, "invalid", [*_lost(body, files), *_faults(body, wrong)]) from None
    return answer(done)


def _in_answers(dossier: Dossier, body: NewSupplement) -> set[str]:
    """The handles that the answers of file questions name."""
    fields = [field.sid for field in queries.edition_of(dossier).definition.fields if field.type == "file"]
    named = [body.answers.get(sid) for sid in fields]
    return {handle for value in named if isinstance(value, list) for handle in value if isinstance(handle, str)}


def _component(sid: str, handles: list[str], files: dict[str, FileData]) -> ComponentData:
    """A paper with the files that are known; one without any counts as missing."""
    known = tuple(files[handle] for handle in dict.fromkeys(handles) if handle in files)
    return ComponentData(sid, known, kind="copy", quantity=1 if known else 0)


def _lost(body: NewSupplement, files: dict[str, FileData]) -> Iterator[Fault]:
    for n, each in enumerate(body.components):
        for m, handle in enumerate(each.files):
            if handle not in files:
                yield f"/components/{n}/files/{m}", _NO_UPLOAD


def _faults(body: NewSupplement, wrong: SupplementIncomplete) -> Iterator[Fault]:
    yield from ((each.pointer, each.message) for each in wrong.problems)
    places = {each.sid: n for n, each in enumerate(body.components)}
    for sid in wrong.not_asked:
        spelt = sid.replace("~", "~0").replace("/", "~1")
        yield (f"/components/{places[sid]}/sid" if sid in places else f"/answers/{spelt}"), _NOT_ASKED
    for sid in wrong.missing:
        if sid not in places:
            yield "/components", _MISSING % {"sid": sid}


def answer(done: services.Supplemented) -> SupplementFiled:
    """What is said of a supplement, the first time and every time after."""
    asked = done.filing.supplement_request
    return SupplementFiled(
        number=done.dossier.number,
        supplement=asked.n if asked else 0,
        filed_at=timezone.localtime(done.filing.filed_at),
        digest=done.filing.sha256,
    )


def open_request(dossier: Dossier) -> dict[str, Any] | None:
    """What is asked for now, as it is told to machines; None when nothing is."""
    request = queries.open_supplement(dossier)
    if request is None:
        return None
    return {
        "n": request.n,
        "asked_at": timezone.localtime(request.sent_at) if request.sent_at else None,
        "answer_by": timezone.localtime(request.answer_by),
        "contact": request.contact,
        "items": [
            {
                "kind": each.kind,
                "sid": each.sid,
                "title": each.title,
                "reason_code": each.reason_code,
                "reason": each.reason,
                "note": each.note,
                "remedy": each.remedy,
            }
            for each in asked_for(request, dossier, "vi").items
        ],
    }
