"""People who work here: they come, hold posts for a time, get an account; nobody is ever removed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.kernel import ledger, matters
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.ledger import Happening
from motcua.kernel.organisation import Office
from motcua.portal import policies
from motcua.portal.events import AccountMade, PersonAdded, PostEnded, PostGiven


class AccountRefused(ValueError):
    """The name or the password will not do; `sentences` say why."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


def add_person(*, full_name: str, office: Office, by: Person, at: datetime, email: str = "", phone: str = "") -> Person:
    """Somebody begins to work at this office. Raises policies.NotAllowed, ValueError for an empty name."""
    full_name = " ".join(full_name.split())
    if not full_name:
        raise ValueError("a person has a name")
    with transaction.atomic():
        person = Person.objects.create(full_name=full_name, email=email, phone=phone)
        _record(PersonAdded(person.pk), office, by, at)
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
    """The person holds this role in the office from a day on. Raises policies.NotAllowed, Role.DoesNotExist."""
    with transaction.atomic():
        post = Post.objects.create(
            person=person,
            office=office,
            role=Role.objects.get(code=role),
            kind=kind,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        _record(PostGiven(post.pk, person.pk, role, kind, valid_from, valid_to), office, by, at)
    person.__dict__.pop("_held_posts", None)
    return post


def end_post(*, post: Post, valid_to: date, by: Person, at: datetime) -> Post:
    """The post is held until before this day. Raises policies.NotAllowed, ValueError for a day before it began."""
    if valid_to <= post.valid_from:
        raise ValueError("a post ends after it begins")
    with transaction.atomic():
        post.valid_to = valid_to
        post.save(update_fields=["valid_to"])
        _record(PostEnded(post.pk, post.person_id, valid_to), post.office, by, at)
    post.person.__dict__.pop("_held_posts", None)
    return post


def make_account(*, person: Person, username: str, password: str, office: Office, by: Person, at: datetime) -> Account:
    """The person can sign in under this name. Raises AccountRefused, policies.NotAllowed."""
    username = username.strip()
    if refusals := _account_refusals(person, username, password):
        raise AccountRefused(refusals)
    with transaction.atomic():
        account = Account.objects.create_user(username, password, person=person, email=person.email)
        _record(AccountMade(account.pk, person.pk), office, by, at)
    return account


def _account_refusals(person: Person, username: str, password: str) -> list[str]:
    if not username or len(username) > 80 or any(character.isspace() for character in username):
        return [_("A name for signing in is one word of at most 80 characters.")]
    if Account.objects.filter(username__iexact=username).exists():
        return [_("Somebody signs in under this name already: please choose another one.")]
    if Account.objects.filter(person=person).exists():
        return [_("This person has an account already.")]
    try:
        validate_password(password, Account(username=username, person=person))
    except ValidationError as refused:
        return list(refused.messages)
    return []


def _record(happening: Happening, office: Office, by: Person, at: datetime) -> None:
    """The rule of access and the event of every change here, in the transaction of the change."""
    post = policies.post_to_change(by, office, timezone.localdate(at))
    matter = matters.administration_of(office, at)
    ledger.record(happening, matter=matter, at=at, by=by, post=post, office=office)
