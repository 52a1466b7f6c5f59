"""The centre's own authority for https is founded, and given up, with a command; its certificate renews itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import identity, ledger, matters, organisation
from motcua.kernel.ledger import Happening
from motcua.portal.events import AuthorityForgotten, AuthorityFounded, CertificateRenewed
from motcua.portal.https import kept

TITLE = "Mot Cua"


def found_authority(*, at: datetime) -> str:
    """Make it, with a certificate; its fingerprint. Devices that trusted an earlier one must be told anew. OSError."""
    centre = organisation.installation()
    title = f"{TITLE}: {centre.province}" if centre else TITLE
    with transaction.atomic():
        kept.found(title, at)
        _record(AuthorityFounded(kept.fingerprint(), kept.root().not_valid_after_utc), at)
    return kept.fingerprint()


def forget_authority(*, at: datetime) -> None:
    """No https by it any more."""
    with transaction.atomic():
        kept.forget()
        _record(AuthorityForgotten(), at)


def renew_certificate(*, at: datetime) -> bool:
    """Renew what ends soon, or was made for other addresses than the machine has now; whether it was. OSError."""
    if not kept.is_on() or not kept.is_due(at):
        return False
    with transaction.atomic():
        _record(CertificateRenewed(kept.renew(at).not_valid_after_utc), at)
    return True


def _record(happening: Happening, at: datetime) -> None:
    """On the province's administration matter; the machine's own hand, which signs in nowhere."""
    centre = organisation.installation()
    if centre is not None:
        matter = matters.administration_of(centre.province, at)
        ledger.record(happening, matter=matter, at=at, by=identity.system_person(), office=centre.province)
