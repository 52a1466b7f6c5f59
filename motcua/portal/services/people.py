"""People who work here: they come, hold posts for a time, and leave; nobody is ever removed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.kernel.identity import Person, Post, Role
from motcua.kernel.organisation import Office
from motcua.portal import policies
from motcua.portal.events import PersonAdded, PersonChanged, PostEnded, PostGiven, PostWithdrawn
from motcua.portal.services import accounts
from motcua.portal.services.record import CannotChange, record


def add_person(*, full_name: str, office: Office, by: Person, at: datetime, email: str = "", phone: str = "") -> Person:
    """Somebody begins to work at this office. Raises policies.NotAllowed, ValueError for an empty name."""
    full_name = " ".join(full_name.split())
    if not full_name:
        raise ValueError("a person has a name")
    with transaction.atomic():
        person = Person.objects.create(full_name=full_name, email=email, phone=phone)
        record(PersonAdded(person.pk), office, by, at)
    return person


def employ_person(
    *,
    full_name: str,
    username: str,
    office: Office,
    role: str,
    valid_from: date,
    by: Person,
    at: datetime,
    email: str = "",
    phone: str = "",
    valid_to: date | None = None,
    kind: str = "regular",
) -> tuple[Person, str]:
    """A new colleague with an account and the first post, all or nothing; the secret of the link is told once.

    Raises AccountRefused, CannotChange, policies.NotAllowed.
    """
    with transaction.atomic():
        person = add_person(full_name=full_name, office=office, by=by, at=at, email=email, phone=phone)
        accounts.make_account(person=person, username=username, password=None, office=office, by=by, at=at)
        give_post(
            person=person,
            office=office,
            role=role,
            kind=kind,
            valid_from=valid_from,
            valid_to=valid_to,
            by=by,
            at=at,
        )
        secret = accounts.give_password_link(person=person, office=office, by=by, at=at)
    return person, secret


def change_person(
    *, person: Person, office: Office, full_name: str, email: str, phone: str, by: Person, at: datetime
) -> Person:
    """Put a name or a way to reach somebody right. Raises CannotChange when it is somebody else's to do."""
    given = {"full_name": " ".join(full_name.split()), "email": email, "phone": phone}
    changed = tuple(key for key, value in given.items() if getattr(person, key) != value)
    accounts.refuse_unless_ones_own(by, person, at)
    with transaction.atomic():
        for key in changed:
            setattr(person, key, given[key])
        person.save(update_fields=list(given))
        record(PersonChanged(person.pk, changed), office, by, at)
    return person


def give_post(
    *,
    person: Person,
    office: Office,
    role: str,
    valid_from: date,
    by: Person,
    at: datetime,
    valid_to: date | None = None,
    kind: str = "regular",
) -> Post:
    """The person holds this role in the office from a day to before a day.

    Raises policies.NotAllowed, Role.DoesNotExist, CannotChange for a post that is held in that time already.
    """
    _refuse_a_second(person, office, role, valid_from, valid_to)
    with transaction.atomic():
        post = Post.objects.create(
            person=person,
            office=office,
            role=Role.objects.get(code=role),
            kind=kind,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        record(PostGiven(post.pk, person.pk, role, kind, valid_from, valid_to), office, by, at)
    forget_posts(person)
    return post


def _refuse_a_second(person: Person, office: Office, role: str, valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to <= valid_from:
        raise CannotChange(_("The last day cannot be before the first day."), "last_date")
    held = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=valid_from), person=person, office=office)
    held = held.filter(role__code=role, in_place_of=None)
    if (held.filter(valid_from__lt=valid_to) if valid_to else held).exists():
        raise CannotChange(_("This person holds this post already in that time: choose another role, office or day."))


def end_post(*, post: Post, valid_to: date, by: Person, at: datetime) -> Post:
    """The post is held until before this day.

    Raises policies.NotAllowed, CannotChange when nobody could administer the office afterwards, ValueError for a day
    before it began.
    """
    if valid_to <= post.valid_from:
        raise ValueError("a post ends after it begins")
    with transaction.atomic():
        _keep_an_administrator(by, [post], valid_to)
        _end(post, valid_to, by, at)
    forget_posts(post.person, by)
    return post


def withdraw_post(*, post: Post, by: Person, at: datetime) -> None:
    """A post that has not begun will not begin. Raises policies.NotAllowed, ValueError for one that has begun."""
    if post.valid_from <= timezone.localdate(at):
        raise ValueError("only a post that has not begun is withdrawn")
    withdrawn = PostWithdrawn(post.pk, post.person_id, post.role.code, post.valid_from)
    with transaction.atomic():
        post.delete()
        record(withdrawn, post.office, by, at)


def end_person(*, person: Person, office: Office, last_date: date, by: Person, at: datetime) -> None:
    """Somebody leaves: every post in this office and below ends after that day, and what had not begun is withdrawn.

    The account closes with it when the day is over and no post elsewhere is left. Raises CannotChange,
    policies.NotAllowed.
    """
    end, today = last_date + timedelta(days=1), timezone.localdate(at)
    unended = Q(valid_to=None) | Q(valid_to__gt=end)
    posts = list(person.posts.filter(unended, office__path__startswith=office.path).select_related("office", "role"))
    begun = [post for post in posts if post.valid_from <= today]
    if any(end <= post.valid_from for post in begun):
        raise CannotChange(_("A post began after this day: choose a later day."), "last_date")
    with transaction.atomic():
        _keep_an_administrator(by, posts, end)
        for post in posts:
            if post in begun or post.valid_from < end:
                _end(post, end, by, at)
            else:
                withdraw_post(post=post, by=by, at=at)
        if end <= today:
            accounts.close_if_nothing_is_left(person=person, office=office, by=by, at=at)
    forget_posts(person, by)


def _end(post: Post, valid_to: date, by: Person, at: datetime) -> None:
    """The event first: whoever ends the own post still holds it."""
    record(PostEnded(post.pk, post.person_id, valid_to), post.office, by, at)
    post.valid_to = valid_to
    post.save(update_fields=["valid_to"])


def forget_posts(*people: Person) -> None:
    for person in people:
        person.__dict__.pop("_held_posts", None)


def _keep_an_administrator(by: Person, ending: Collection[Post], day: date) -> None:
    # Two who end each other's post at once: the second waits here and then sees that the first is gone.
    list(Office.objects.select_for_update().filter(pk__in={post.office_id for post in ending}).order_by("pk"))
    if office := policies.office_left_alone(by, ending, day):
        raise CannotChange(
            _(
                "Nobody could change the settings of {office} any more. Give somebody else a post as administrator "
                "without an end first, and wait until that person has chosen a password."
            ).format(office=office.name)
        )
