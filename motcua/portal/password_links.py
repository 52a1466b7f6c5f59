"""Links by which somebody chooses a password once: signed, for three days, nothing of them is stored.

A link carries a mark of the password and the last sign-in; when one of them changes, the link is dead. It does not
decide who may be given one (policies).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from motcua.kernel.identity import Account

SALT = "motcua.portal.password_links"
VALID_FOR = timedelta(days=3)


class DeadLink(ValueError):
    """The link was used, is too old, or never was one."""


def make(account: Account, at: datetime) -> str:
    """The secret part of a link that lives for three days from this moment."""
    until = int((at + VALID_FOR).timestamp())
    return signing.Signer(salt=SALT).sign_object({"a": account.pk, "u": until, "m": _mark(account)})


def account_of(secret: str, at: datetime) -> Account:
    """Whose link this is. Raises DeadLink."""
    try:
        said = signing.Signer(salt=SALT).unsign_object(secret)
        account = Account.objects.select_related("person").get(pk=said["a"], is_active=True)
    except (signing.BadSignature, Account.DoesNotExist) as dead:
        raise DeadLink from dead
    marks = [_mark(account, secret) for secret in (None, *settings.SECRET_KEY_FALLBACKS)]
    if at.timestamp() > said["u"] or not any(constant_time_compare(said["m"], mark) for mark in marks):
        raise DeadLink
    return account


def _mark(account: Account, secret: str | None = None) -> str:
    said = f"{account.pk}{account.password}{account.last_login}"
    return salted_hmac(SALT, said, secret, algorithm="sha256").hexdigest()[:32]
