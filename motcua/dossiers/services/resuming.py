"""The short code with which a draft is gone on with in another browser, without an account.

It is made from the draft's own op_id, like a claim code, so that every page can show it again and only a digest of it
is stored. What it gives to the other browser is a key of full length; the code itself opens nothing but that door.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.dossiers import rules
from motcua.dossiers.events import DraftCodeAsked
from motcua.dossiers.models import Draft
from motcua.kernel import keyring, ledger, matters, outbox
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.kernel.outbox import Delivery

KIND, MAIL = "drafts", "dossiers.draft-code"
MOST_MAILS = 3


@dataclass(frozen=True, slots=True)
class Resumed:
    """A draft that somebody goes on with, and the key for that browser."""

    draft: Draft
    key: str


def code_of(op_id: str, resume_hash: str | None = None) -> str:
    """Ten characters; another seed than the claim code's, so that neither tells the other. Of a draft that is there,
    with the key whose code has this hash.
    """
    made = (_code(key, op_id) for key in keyring.every())
    return next((code for code in made if resume_hash in hashes(code)), _code(keyring.newest(), op_id))


def _code(key: str, op_id: str) -> str:
    return rules.claim_code(key, f"resume:{op_id}")


def code_hash(code: str) -> str:
    """What is stored, whatever case, blanks and hyphens were typed."""
    return hashes(code)[0]


def hashes(code: str) -> list[str]:
    """What may be stored of this code: under the key in use, and under each before it."""
    typed = f"resume:{rules.normal_claim_code(code)}"
    return [rules.claim_code_hash(key, typed) for key in keyring.every()]


def key_of(op_id: str, again_hash: str | None = None) -> str:
    """The key that another browser gets; of a draft that is there, the one with this hash."""
    made = [hmac.digest(key.encode(), b"draft-again:" + op_id.encode(), "sha256").hex() for key in keyring.every()]
    return next((key for key in made if hashlib.sha256(key.encode()).hexdigest() == again_hash), made[0])


def resume(*, code: str, at: datetime) -> Resumed:
    """The draft that this code opens. Raises Draft.DoesNotExist for a wrong code, one that is over, or one sent.

    Reads only: going on is no act, and nothing of the draft changes.
    """
    related = ("commune", "version")
    found = Draft.objects.select_related(*related).get(
        resume_hash__in=hashes(code), expires_at__gt=at, dossier__isnull=True
    )
    if not secrets.compare_digest(rules.normal_claim_code(code), code_of(found.send_op_id, found.resume_hash)):
        raise Draft.DoesNotExist
    return Resumed(found, key_of(found.send_op_id, found.again_hash))


def mail_code(*, draft: Draft, at: datetime) -> bool:
    """Send the code to the e-mail address on the applicant's page, if there is one; so many times and no more.

    There is no matter yet, so it is recorded with the drafts of the commune; the event names the draft and no person.
    """
    if not draft.applicant.get("email"):
        return False
    with transaction.atomic():
        held = Draft.objects.select_for_update(of=("self",)).select_related("commune").get(pk=draft.pk)
        times = len(mails_of(held))
        if held.is_sent or times >= MOST_MAILS:
            return False
        event = ledger.record(DraftCodeAsked(str(held.pk)), matter=_drafts_of(held.commune, at), at=at)
        key = f"{MAIL}:{held.pk}:{times + 1}"
        outbox.enqueue(event=event, target=MAIL, key=key, at=at, payload={"draft": str(held.pk)})
    return True


def mails_of(draft: Draft) -> list[Delivery]:
    """Every sending of the code that was asked for, the oldest first."""
    return list(Delivery.objects.filter(key__startswith=f"{MAIL}:{draft.pk}:").order_by("pk"))


def _drafts_of(commune: Office, at: datetime) -> Matter:
    """The matter that carries what is told about the drafts of a commune."""
    reference = f"{KIND}/{commune.code}"
    found = Matter.objects.filter(reference=reference).first()
    return found or matters.open_matter(
        kind=KIND, reference=reference, title=commune.name, at=at, parties=[(commune, matters.OWNER)]
    )
