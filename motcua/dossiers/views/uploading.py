"""Files that arrive with a page: kept as uploads, put to the draft, and refused in words that say what to do."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise

from motcua.dossiers import limits
from motcua.dossiers.online.way import Way, paper_of
from motcua.dossiers.services import drafts, uploads
from motcua.procedures import eforms
from motcua.procedures.definition import Page

ACCEPT = "image/*,application/pdf"
Refused = list[tuple[str, str | Promise]]


def most_megabytes() -> int:
    """How large one file may be."""
    return uploads.LARGEST // (1024 * 1024)


def said(problem: Any) -> tuple[str, Any]:
    """The paper that a problem is about, and its words."""
    return problem if isinstance(problem, tuple) else (problem.sid, problem.message)


def typed(request: HttpRequest, own: Way, page: Page) -> tuple[dict[str, Any], Refused]:
    """What was typed on a page of questions, new files already kept under their handles."""
    raw, refused = eforms.read_page(page, request.POST), Refused()
    for field in page.fields:
        if field.type == "file":
            handles, wrong = _kept(request, own, field.sid, f"{field.sid}-file")
            refused += wrong
            if handles:
                raw[field.sid] = [*(raw.get(field.sid) or []), *handles]
    return raw, refused


def papers(request: HttpRequest, own: Way) -> Refused:
    """Keep the chosen files of every paper and take out the one whose button was pressed."""
    sid, _slash, handle = request.POST.get("remove", "").partition("/")
    if handle:
        drafts.remove_paper(draft=own.draft, sid=sid, handle=handle, at=timezone.now())
    return [wrong for each in own.components for wrong in _kept(request, own, each.sid, each.sid)[1]]


def _kept(request: HttpRequest, own: Way, sid: str, name: str) -> tuple[list[str], Refused]:
    handles, refused = [], Refused()
    for file in request.FILES.getlist(name):
        try:
            handles.append(_keep(file, own, sid, limits.address_of(request)))
        except uploads.UploadRefused as refusal:
            refused.append((sid, f"{file.name}: {refusal.message}"))
    return handles, refused


def _keep(file: UploadedFile[Any], own: Way, sid: str, network: str) -> str:
    """As long as the draft that names it."""
    at, name = timezone.now(), file.name or ""
    kept = uploads.keep_upload(content=file.read(), name=name, network=network, at=at, lasts=drafts.LASTS)
    drafts.keep_paper(draft=own.draft, sid=sid, paper=paper_of(kept), at=at)
    return kept.handle
