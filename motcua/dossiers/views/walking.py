"""Showing a page of a way, whoever goes it: its questions, its papers, and what is typed meanwhile.

A view says on which template and in which frame; where the way leads is told by the way itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.dossiers.online import cases
from motcua.dossiers.online.way import Way
from motcua.dossiers.services import drafts
from motcua.dossiers.views import uploading
from motcua.procedures import eforms
from motcua.procedures.definition import Page
from motcua.ui import given

Frame = Mapping[str, Any]


def see(address: str) -> HttpResponse:
    """Go there with GET: reloading then sends nothing again."""
    return HttpResponse(status=303, headers={"Location": address})


def question(
    request: HttpRequest, own: Way, asked: Page, template: str, frame: Frame, raw: Any = None, problems: Any = ()
) -> HttpResponse:
    """A page of questions with what was typed and what is wrong with it."""
    shown = {
        "own": own,
        "title": asked.title.get(own.lang),
        "questions": own.drawn(asked, raw, [each for each in problems if not isinstance(each, tuple)]),
        "problems": problems,
        "mark": own.mark(asked),
        "elsewhere": own.saved_elsewhere(asked),
        "has_files": any(field.type == "file" for field in asked.fields),
        **frame,
    }
    return render(request, template, shown, status=_status(request, problems, shown["elsewhere"]))


def _status(request: HttpRequest, problems: Any, elsewhere: Any) -> int:
    meanwhile = request.method == "POST" and elsewhere
    return 422 if problems else 409 if meanwhile else 200


def is_beside(request: HttpRequest, own: Way, asked: Page, raw: Mapping[str, Any]) -> bool:
    """Whether the page was saved elsewhere since it was drawn here; what was typed here is then kept beside it."""
    if not own.is_beside(asked, own.cleaned(asked, raw), request.POST.get("mark", "")):
        return False
    own.draft = drafts.keep_beside(draft=own.draft, page=asked, raw=raw, at=timezone.now())
    return True


def papers(request: HttpRequest, own: Way, frame: Frame, problems: Any = ()) -> HttpResponse:
    """The page of the papers with the files that are there."""
    listed = own.papers()
    for each in listed:
        each["errors"] = [said for sid, said in map(uploading.said, problems) if sid == each["sid"]]
    shown = {"own": own, "cases": cases.by_case(listed), "problems": problems, "kinds": uploading.ACCEPT}
    shown |= {"most": uploading.most_megabytes(), **frame}
    return render(request, "dossiers/citizen/papers.html", shown, status=422 if problems else 200)


def autosave(request: HttpRequest, own: Way, sid: str) -> HttpResponse:
    """Keep what is being typed; 409 where there is no such page, or a newer save of it."""
    asked, seq = own.page(sid), given.number(request.POST.get("seq", ""))
    if asked is None or seq is None or own.draft.is_sent:
        return HttpResponse(status=409)
    raw = eforms.read_page(asked, request.POST)
    kept = drafts.keep_typed(draft=own.draft, page=asked, raw=raw, seq=seq, at=timezone.now())
    return HttpResponse(status=204 if kept else 409)
