"""Somebody is away for a time and somebody else stands in: acting posts, one for each post of the absent person.

What is done by an acting post is recorded with it and on the absent person's behalf; the absent person's open work
stands in the inbox of whoever stands in.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.portal.events import PersonAbsent, PostGiven
from motcua.portal.services import people
from motcua.portal.services.record import CannotChange, record


def record_absence(
    *, person: Person, acting: Person, office: Office, first_date: date, last_date: date, by: Person, at: datetime
) -> list[Post]:
    """The person is away on these days and the other one stands in, in every post held here in that time.

    Raises CannotChange, policies.NotAllowed.
    """
    until = last_date + timedelta(days=1)
    _refuse(person, acting, first_date, last_date, timezone.localdate(at))
    posts = _held(person, office, first_date, until)
    if not posts:
        raise CannotChange(_("This person holds no post here on these days."), "first_date")
    if _stood_in_for(person, office, first_date, until).exists():
        raise CannotChange(_("Somebody stands in on some of these days already. Choose other days."), "first_date")
    with transaction.atomic():
        record(PersonAbsent(person.pk, acting.pk, first_date, until), office, by, at)
        made = [_stand_in(post, acting, first_date, until, by, at) for post in posts]
    people.forget_posts(acting)
    return made


def _refuse(person: Person, acting: Person, first_date: date, last_date: date, today: date) -> None:
    if acting.pk == person.pk:
        raise CannotChange(_("Choose somebody else: nobody stands in for himself."), "acting")
    if first_date < today:
        raise CannotChange(_("Choose today or a later day."), "first_date")
    if last_date < first_date:
        raise CannotChange(_("The last day cannot be before the first day."), "last_date")


def _held(person: Person, office: Office, first: date, until: date) -> list[Post]:
    """The posts in which somebody has to stand in; what the person does in somebody else's place is not among them."""
    ends = Q(valid_to=None) | Q(valid_to__gt=first)
    posts = person.posts.filter(ends, valid_from__lt=until, office__path__startswith=office.path, in_place_of=None)
    return list(posts.select_related("office", "role"))


def _stood_in_for(person: Person, office: Office, first: date, until: date) -> Any:
    return Post.objects.filter(
        in_place_of=person, office__path__startswith=office.path, valid_from__lt=until, valid_to__gt=first
    )


def _stand_in(post: Post, acting: Person, first: date, until: date, by: Person, at: datetime) -> Post:
    """The acting post lasts no longer than the post itself."""
    made = Post.objects.create(
        person=acting,
        office=post.office,
        role=post.role,
        kind="acting",
        in_place_of=post.person,
        valid_from=max(first, post.valid_from),
        valid_to=min(until, post.valid_to) if post.valid_to else until,
    )
    given = PostGiven(
        made.pk, acting.pk, post.role.code, "acting", made.valid_from, made.valid_to, in_place_of_id=post.person_id
    )
    record(given, post.office, by, at)
    return made


def end_absence(*, person: Person, office: Office, last_date: date, by: Person, at: datetime) -> None:
    """The person is back after this day: whoever stands in here stands in no longer.

    Raises CannotChange when nobody stands in, policies.NotAllowed.
    """
    until = last_date + timedelta(days=1)
    if last_date < timezone.localdate(at) - timedelta(days=1):
        raise CannotChange(_("Choose yesterday or a later day."), "last_date")
    posts = list(_stood_in_for(person, office, until, date.max).select_related("office", "role", "person"))
    if not posts:
        raise CannotChange(_("Nobody stands in for this person after that day."), "last_date")
    with transaction.atomic():
        for post in posts:
            if post.valid_from >= until:
                people.withdraw_post(post=post, by=by, at=at)
            else:
                people.end_post(post=post, valid_to=until, by=by, at=at)
