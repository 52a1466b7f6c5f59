"""`motcua keys`: the public keys and the roots of days, for keeping elsewhere; a new key or secret for the old one."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from motcua.config import secret_keys
from motcua.config.cli import database
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers.queries import sealed
from motcua.portal.services import keys

SECRET, CODES, SEALS = "secret", "codes", "seals"
# What can be renewed, as it is typed.
ROTATED = (SECRET, CODES, SEALS)


def run(options: Options) -> int:
    with database.alone():
        database.prepare(timezone.now())
    if options.act == "show":
        print(sealed.roots_exported())
        return 0
    what = SEALS if options.act == "renew" else options.what
    return {SEALS: _seals, CODES: _codes, SECRET: _secret}[what](options, timezone.now())


def _seals(_options: Options, at: datetime) -> int:
    key = keys.renew_seal_key(at=at)
    print(_("From now on receipts are sealed with key {key}. Older receipts go on being valid.").format(key=key.pk))
    return 0


def _folder() -> Path:
    return Path(settings.KEYS_FOLDER)


def _codes(_options: Options, at: datetime) -> int:
    key_id = secret_keys.renew_codes(_folder(), settings.CLAIM_KEYS)
    keys.note_secret_renewed(what=CODES, at=at)
    print(_("New claim codes are made with key {key} once motcua serve was started again.").format(key=key_id))
    print(_("Every code that was given goes on working. Keep a copy now: motcua backup."))
    return 0


def _secret(options: Options, at: datetime) -> int:
    if settings.SECRET_IS_GIVEN:
        return _secret_of_elsewhere()
    secret_keys.renew_secret(settings.SECRET_FILE, _folder(), settings.CLAIM_KEYS, at, at_once=options.at_once)
    keys.note_secret_renewed(what=SECRET, at_once=options.at_once, at=at)
    print(_("Another secret signs once motcua serve was started again. Claim codes and resume codes go on working."))
    if options.at_once:
        print(
            _("What the old one signed is void then: everybody signs in anew, and links for passwords are given anew.")
        )
    else:
        print(_("What the old one signed is accepted for 90 days: nobody is signed out."))
    print(_("Keep a copy now: motcua backup."))
    return 0


def _secret_of_elsewhere() -> int:
    """The secret is in a variable that no command can change: its codes are made safe, and what to write is said."""
    secret_keys.pin_codes(_folder(), settings.CLAIM_KEYS)
    print(_("The secret is in the variable MOTCUA_SECRET_KEY. Put a new one there, for example:"))
    print(f"    {secrets.token_urlsafe(48)}")
    print(
        _("and the old one into MOTCUA_SECRET_KEY_FALLBACKS for 90 days. Claim codes go on working: their key is kept.")
    )
    return 0
