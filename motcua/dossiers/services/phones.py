"""A phone is paired with one sheet of the counter: a page behind an unguessable address that soon closes.

Only a digest of the token is kept. No matter exists yet; the filing records the digests of what was sent.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from motcua.dossiers import queries
from motcua.dossiers.models import PhoneLink
from motcua.dossiers.services import scans
from motcua.dossiers.services.uploads import UploadRefused
from motcua.kernel import keyring
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office

LASTS = timedelta(minutes=15)
# So many photos one sheet takes from phones.
MOST = 30


def pair_phone(*, op_id: str, title: str, office: Office, by: Person, at: datetime) -> PhoneLink:
    """The page for this sheet: the one that is open, else a new one."""
    found = queries.phone_link_of(op_id, at)
    if found is not None:
        return found
    link = PhoneLink(office=office, by=by, op_id=op_id, title=title[:300], made_at=at, expires_at=at + LASTS)
    link.token_hash = _hash(token_of(link))
    link.save(force_insert=True)
    return link


def close_phone(*, op_id: str, at: datetime) -> None:
    """The page takes nothing more."""
    PhoneLink.objects.filter(op_id=op_id, closed_at=None).update(closed_at=at)


def remove_expired(*, at: datetime) -> int:
    """Forget the pages whose time is over; how many."""
    return PhoneLink.objects.filter(expires_at__lte=at - timedelta(days=1)).delete()[0]


def token_of(link: PhoneLink) -> str:
    """The unguessable end of the page's address, made again from the server's key whenever it is shown."""
    made = [_token(key, link) for key in keyring.every()]
    return next((token for token in made if _hash(token) == link.token_hash), made[0])


def _token(key: str, link: PhoneLink) -> str:
    digest = hmac.new(key.encode(), b"phone:" + link.pk.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def open_link(token: str, at: datetime) -> PhoneLink | None:
    """The page of this token while it is open."""
    return queries.phone_link(_hash(token), at)


def take_photo(*, link: PhoneLink, content: bytes, name: str, at: datetime) -> None:
    """Keep a photo for the sheet of this page. Raises UploadRefused."""
    if len(queries.sent_by_phone(link)) >= MOST:
        raise UploadRefused("quota")
    scans.keep_scan(content=content, name=name, office=link.office, source="phone", op_id=link.op_id, at=at)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
