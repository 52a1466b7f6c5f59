"""Opening a dossier at the desk: whose it is, that it was opened, and what for.

Every page, paper and print of a dossier comes from here, so that none is seen without a row in the record of who
opened it. A process remembers what it has noted, so that a page opened again asks nothing more of the database.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from motcua.dossiers import policies, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import accesses
from motcua.kernel.access import person_of

PURPOSES = "purposes"
MOST_REMEMBERED = 20_000
_noted: OrderedDict[tuple[Any, ...], None] = OrderedDict()


class PurposeNeeded(Http404):
    """The person may read it once it is said what for; every address but the page itself is not found until then."""


def dossier_of(request: HttpRequest, number: str, what: str = accesses.PAGE) -> Dossier:
    """The dossier of this number, if this person may work on it; else the page is not found."""
    try:
        found = policies.get_dossier(person_of(request), number, timezone.localdate())
    except Dossier.DoesNotExist:
        raise Http404 from None
    _note(request, found, what, accesses.WORK)
    return found


def to_read(request: HttpRequest, number: str, what: str = accesses.PAGE) -> Dossier:
    """The dossier of this number, if this person may work on it or has said what for he reads it."""
    try:
        return dossier_of(request, number, what)
    except Http404:
        found = overseen(request, number)
    purpose = request.session.get(PURPOSES, {}).get(number)
    if purpose is None:
        raise PurposeNeeded
    request.overseen = True  # type: ignore[attr-defined]
    _note(request, found, what, *purpose)
    return found


def overseen(request: HttpRequest, number: str) -> Dossier:
    """The dossier, if this person leads the province of the commune that has it."""
    try:
        return policies.get_overseen(person_of(request), number, timezone.localdate())
    except Dossier.DoesNotExist:
        raise Http404 from None


def is_overseen(request: HttpRequest) -> bool:
    """Whether this request only reads what is another office's."""
    return getattr(request, "overseen", False)


def say_purpose(request: HttpRequest, number: str, code: str, words: str) -> None:
    """Remembered for this session and dossier."""
    request.session[PURPOSES] = {**request.session.get(PURPOSES, {}), number: [code, words]}


def session_of(request: HttpRequest) -> str:
    """What names the session without being one."""
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:16]


def _note(request: HttpRequest, dossier: Dossier, what: str, purpose: str, words: str = "") -> None:
    by, now, session = person_of(request), timezone.now(), session_of(request)
    key = (dossier.pk, by.pk, session, what, purpose, words, _day(now))
    if key in _noted:
        return
    services.note_access(dossier=dossier, by=by, at=now, what=what, session=session, purpose=purpose, words=words)
    _noted[key] = None
    while len(_noted) > MOST_REMEMBERED:
        _noted.popitem(last=False)


def _day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()
