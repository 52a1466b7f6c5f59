"""That a dossier was looked at, by whom and what for. No event: looking changes nothing of the matter."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError
from django.utils import timezone

from motcua.dossiers.models import Access, Dossier
from motcua.dossiers.rules import accesses as rules
from motcua.kernel import identity, protection, rows
from motcua.kernel.identity import Person, Post


def note_access(
    *,
    dossier: Dossier,
    by: Person,
    at: datetime,
    what: str,
    session: str = "",
    purpose: str = rules.WORK,
    words: str = "",
) -> None:
    """Note it once for a session and day, however often it is looked at again; one statement."""
    day = timezone.localdate(at)
    post = _post_of(by, dossier, day)
    note = Access(dossier=dossier, person=by, post=post, what=what, at=at, day=day, session=session, purpose=purpose)
    note.words = words[: rules.LONGEST]
    try:
        rows.insert(note, unless_there=True)
    except IntegrityError as refused:
        # SQLite's keeping refuses a key that is there before DO NOTHING is asked; it undoes this statement only.
        if protection.IS_KEPT not in str(refused):
            raise


def _post_of(person: Person, dossier: Dossier, day: date) -> Post | None:
    """By which post the person looks: one at the competent office or in one of its parts, one above it, or any."""
    posts, path = identity.posts_of(person, day), dossier.competent_office.path
    near = [post for post in posts if post.office.path.startswith(path) or path.startswith(post.office.path)]
    return next(iter([*near, *posts]), None)
