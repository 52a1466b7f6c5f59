"""How people get in: accounts, the link by which a password is chosen once, closing and opening again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.kernel import ledger, matters
from motcua.kernel.identity import Account, Person, Post
from motcua.kernel.organisation import Office
from motcua.portal import password_links, policies
from motcua.portal.events import AccountClosed, AccountMade, AccountReopened, PasswordChosen, PasswordLinkGiven
from motcua.portal.services.record import CannotChange, record


class AccountRefused(ValueError):
    """The name or the password will not do; `sentences` say why."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


def make_account(
    *, person: Person, username: str, password: str | None, office: Office, by: Person, at: datetime
) -> Account:
    """The person can sign in under this name; without a password, once one is chosen by a link.

    Raises AccountRefused, policies.NotAllowed.
    """
    username = username.strip()
    if refusals := _name_refusals(person, username) or _password_refusals(Account(username=username), person, password):
        raise AccountRefused(refusals)
    with transaction.atomic():
        account = Account.objects.create_user(username, password, person=person, email=person.email)
        record(AccountMade(account.pk, person.pk), office, by, at)
    return account


def _name_refusals(person: Person, username: str) -> list[str]:
    if not username or len(username) > 80 or any(character.isspace() for character in username):
        return [_("A name for signing in is one word of at most 80 characters.")]
    if Account.objects.filter(username__iexact=username).exists():
        return [_("Somebody signs in under this name already: please choose another one.")]
    if Account.objects.filter(person=person).exists():
        return [_("This person has an account already.")]
    return []


def _password_refusals(account: Account, person: Person, password: str | None) -> list[str]:
    if password is None:
        return []
    try:
        validate_password(password, Account(username=account.username, person=person))
    except ValidationError as refused:
        return list(refused.messages)
    return []


def refuse_unless_ones_own(by: Person, person: Person, at: datetime) -> None:
    """Raise CannotChange when a post in another office would come within reach with the account."""
    if not policies.can_change_account(by, person, timezone.localdate(at)):
        raise CannotChange(
            _("This person also works at an office that is not yours to change: please ask the administrator there.")
        )


def _refuse_for_oneself(by: Person, person: Person) -> None:
    if by.pk == person.pk:
        raise CannotChange(_("Nobody does this to the own account. Change your password under “Sign-in and security”."))


def give_password_link(
    *, person: Person, office: Office, by: Person, at: datetime, remove_second_step: bool = False
) -> str:
    """The secret of a link by which the person chooses a password once; it is told now and never again.

    The old password and every open session end now. Raises CannotChange, policies.NotAllowed.
    """
    refuse_unless_ones_own(by, person, at)
    _refuse_for_oneself(by, person)
    account = person.account
    with transaction.atomic():
        account.set_unusable_password()
        account.save(update_fields=["password"])
        if remove_second_step:
            Authenticator.objects.filter(user=account).delete()
        record(PasswordLinkGiven(account.pk, person.pk, remove_second_step), office, by, at)
    return password_links.make(account, at)


def choose_password(*, secret: str, password: str, at: datetime) -> Account:
    """Whoever has the link chooses the password; the link is dead afterwards. Raises DeadLink, AccountRefused."""
    account = password_links.account_of(secret, at)
    if refusals := _password_refusals(account, account.person, password):
        raise AccountRefused(refusals)
    office = Post.objects.filter(person=account.person).select_related("office").latest("valid_from", "pk").office
    with transaction.atomic():
        account.set_password(password)
        account.save(update_fields=["password"])
        chosen = PasswordChosen(account.pk, account.person_id)
        ledger.record(chosen, matter=matters.administration_of(office, at), at=at, by=account.person, office=office)
    return account


def close_account(*, person: Person, office: Office, by: Person, at: datetime) -> None:
    """The person is out at once and cannot sign in; the posts stay. Raises CannotChange, policies.NotAllowed."""
    refuse_unless_ones_own(by, person, at)
    _refuse_for_oneself(by, person)
    with transaction.atomic():
        _close(person, office, by, at)


def close_if_nothing_is_left(*, person: Person, office: Office, by: Person, at: datetime) -> None:
    """Close the account of somebody without a post today or later; others keep theirs."""
    day = timezone.localdate(at)
    with transaction.atomic():
        if not person.posts.filter(Q(valid_to=None) | Q(valid_to__gt=day)).exists():
            _close(person, office, by, at)


def _close(person: Person, office: Office, by: Person, at: datetime) -> None:
    account = person.account
    account.is_active = False
    account.save(update_fields=["is_active"])
    record(AccountClosed(account.pk, person.pk), office, by, at)


def reopen_account(*, person: Person, office: Office, by: Person, at: datetime) -> None:
    """The person can sign in again, with the same password. Raises CannotChange, policies.NotAllowed."""
    refuse_unless_ones_own(by, person, at)
    account = person.account
    with transaction.atomic():
        account.is_active = True
        account.save(update_fields=["is_active"])
        record(AccountReopened(account.pk, person.pk), office, by, at)
