"""What a device kept while there was no line, brought to the centre: put to the draft, and sent if that was asked.

Nouns: Brought (what a device says), outcome (what it is told). It may be brought again and again: a page is saved
whole, a file is known by its handle, and sending is once for each op_id.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.http import QueryDict

from motcua.dossiers import applicant
from motcua.dossiers.online import application, device, sending
from motcua.dossiers.online.application import Application
from motcua.dossiers.online.way import CHECK, SENT, paper_of
from motcua.dossiers.services import drafts, filing, uploads
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Page
from motcua.ui import signs

LARGEST = 1024 * 1024
LONGEST_KEY = 100


class NotUnderstood(ValueError):
    """This is nothing that a page of ours sends."""


class Elsewhere(LookupError):
    """A draft of this name exists, and whoever asks has nothing that opens it."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a device has of one application."""

    op_id: str
    # Made by the device when it began by itself; empty when the centre began the draft.
    key: str
    edition: str
    pages: Mapping[str, tuple[QueryDict, str]]
    papers: Mapping[str, list[str]]
    send: bool


def read(body: bytes) -> Brought:
    """What was sent. Raises NotUnderstood."""
    try:
        said = json.loads(body)
        pages = {
            str(sid): (_form(each["fields"]), signs.plain(str(each.get("mark", ""))))
            for sid, each in said["pages"].items()
        }
        papers = {str(sid): [signs.plain(str(handle)) for handle in handles] for sid, handles in said["papers"].items()}
        op_id, key = signs.plain(str(said["op_id"])), signs.plain(str(said.get("key", "")))
        brought = Brought(op_id, key, signs.plain(str(said["edition"])), pages, papers, said.get("send") is True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotUnderstood from None
    if not op_id.startswith("draft-") or len(op_id) > LONGEST_KEY or (key and not 32 <= len(key) <= LONGEST_KEY):
        raise NotUnderstood
    return brought


def _form(pairs: Any) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, value in pairs:
        form.appendlist(signs.plain(str(name)), signs.plain(str(value)))
    return form


def opened(keys: str, commune: Office, code: str, brought: Brought, now: datetime, today: date) -> Application:
    """The draft that this is about, begun if the device began it by itself. Raises Elsewhere, device.NotOurs."""
    known = application.keys_with(keys, brought.key) if brought.key else keys
    found = _named(known, commune, code, brought.op_id, now, today)
    if found is not None:
        return found
    if not brought.key:
        raise Elsewhere(brought.op_id)
    edition = device.edition_of(brought.edition, code)
    # Refused: the same, brought twice at once, or a name that somebody else has.
    with contextlib.suppress(IntegrityError), transaction.atomic():
        drafts.start_draft(commune=commune, edition=edition, at=now, key=brought.key, op_id=brought.op_id)
    found = _named(known, commune, code, brought.op_id, now, today)
    if found is None:
        raise Elsewhere(brought.op_id)
    return found


def _named(keys: str, commune: Office, code: str, op_id: str, now: datetime, today: date) -> Application | None:
    try:
        return application.find(keys, commune, code, now, today, op_id=op_id)
    except application.Absent:
        return None


def take(own: Application, brought: Brought, at: datetime) -> Application:
    """Put everything to the draft: a page that was saved elsewhere meanwhile beside what stands there."""
    if own.draft.is_sent:
        return own
    for page in (applicant.PAGE, *own.definition.pages):
        if page.sid in brought.pages:
            own = _taken(own, page, *brought.pages[page.sid], at)
    known = uploads.described([handle for handles in brought.papers.values() for handle in handles], at)
    for sid, handle in ((sid, handle) for sid, handles in brought.papers.items() for handle in handles):
        if handle in known and handle not in own.names_of_files:
            drafts.keep_paper(draft=own.draft, sid=sid, paper=paper_of(known[handle]), at=at)
    return _again(own)


def _taken(own: Application, page: Page, form: QueryDict, mark: str, at: datetime) -> Application:
    raw = eforms.read_page(page, form)
    cleaned = own.cleaned(page, raw)
    # A device that knows of nothing saved comes from another state than one in which something is.
    if own.is_beside(page, cleaned, mark or "none"):
        drafts.keep_beside(draft=own.draft, page=page, raw=raw, at=at)
    else:
        starting = own.starting(cleaned.values) if page.sid == applicant.SID else None
        drafts.save_page(draft=own.draft, page=page, cleaned=cleaned, raw=raw, at=at, starting=starting)
    return _again(own)


def _again(own: Application) -> Application:
    """With what is stored now; what was worked out before does not count any more."""
    own.draft.refresh_from_db()
    return Application(own.draft, own.today, own.lang)


def outcome(own: Application, brought: Brought, at: datetime) -> dict[str, Any]:
    """What the device is told: kept, or not sent and why, or sent under a number."""
    if not own.draft.is_sent and not brought.send:
        return {"state": "kept", "address": own.first_undone, "marks": device.marks(own), "seq": own.draft.seq}
    problems = [] if own.draft.is_sent else own.problems()
    if not problems and not own.draft.is_sent:
        try:
            problems = sending.send(own, at)
        except filing.KeyUsedForAnotherRequest:
            return _sent_before(own)
        own.draft.refresh_from_db()
    if problems:
        said = [str(message) for _anchor, message in problems]
        return {"state": "incomplete", "address": own.address(CHECK), "problems": said, "marks": device.marks(own)}
    told = sending.receipt(own.draft, own.lang)
    number = told["dossier"].number
    return {"state": "sent", "number": number, "claim_code": told["claim_code"], "address": own.address(SENT)}


def _sent_before(own: Application) -> dict[str, Any]:
    """It was sent long ago, and other words stood in it: what was kept of it here is of no use any more."""
    number = filing.number_of(own.draft.send_op_id)
    drafts.drop_draft(draft=own.draft)
    return {"state": "sent", "number": number, "claim_code": "", "address": ""}
