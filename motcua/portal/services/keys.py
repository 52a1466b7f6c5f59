"""Keys and secrets are renewed by whoever runs the machine, with a command: there is no page for it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import identity, ledger, matters, organisation, seals
from motcua.kernel.seals import SealKey
from motcua.portal.events import SealKeyRenewed, SecretRenewed


def renew_seal_key(*, at: datetime) -> SealKey:
    """Seal with a new key from now on; what the old one sealed goes on being proven, and nobody can seal with it any
    more. OSError when the new one cannot be kept.
    """
    installation = organisation.installation()
    assert installation is not None  # the command runs only in a centre that was opened
    province = installation.province
    with transaction.atomic():
        key = seals.rotate(at=at)
        matter = matters.administration_of(province, at)
        happening = SealKeyRenewed(key.pk, key.public)
        ledger.record(happening, matter=matter, at=at, by=identity.system_person(), office=province)
    seals.forget_old_private_keys()
    return key


def note_secret_renewed(*, what: str, at_once: bool = False, at: datetime) -> None:
    """On record, with the centre's other changes, that a secret was renewed; the secret itself is a file."""
    installation = organisation.installation()
    assert installation is not None  # the command runs only in a centre that was opened
    province = installation.province
    with transaction.atomic():
        matter = matters.administration_of(province, at)
        ledger.record(SecretRenewed(what, at_once), matter=matter, at=at, by=identity.system_person(), office=province)
