"""What happens to a result beside the way: it gets its number in the records, it is revoked, it lies on a shelf."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import PapersPlaced, ResultNumbered, ResultRevoked
from motcua.dossiers.models import Dossier, Result, Shelf
from motcua.dossiers.services import course, messages
from motcua.kernel import identity, numbering
from motcua.kernel.identity import Person


class NoResult(LookupError):
    """There is no result of which this could be said: none yet, or it holds no longer."""


def new_verify_code() -> str:
    """What a stranger types to check a result: unguessable, in letters that nobody mistakes."""
    return "".join(secrets.choice(rules.CLAIM_ALPHABET) for _ in range(rules.VERIFY_LENGTH))


def number_result(*, dossier: Dossier, by: Person, at: datetime, symbol: str = "") -> Result:
    """Give the result its number in the records of the office and year: "15/UBND". Raises course.NothingOpen,
    policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item = course.locked_beside(dossier, rules.side_step(rules.NUMBER))
        post = policies.post_for_step(by, item, rules.NUMBER, course.day_of(at))
        result = _standing(dossier)
        office = dossier.competent_office
        symbol = symbol.strip() or rules.RECORDS_SYMBOL
        scope = f"{office.agency_code or office.code}/records-{symbol}/{course.day_of(at).year}"
        result.document_number = f"{numbering.next_in(scope)}/{symbol}"[:60]
        result.save(update_fields=["document_number"])
        course.close_step(item, course.record(ResultNumbered(result.pk, result.document_number), dossier, by, post, at))
    return result


def revoke_result(*, dossier: Dossier, by: Person, at: datetime, reason: str) -> Result:
    """The result holds no longer, and whoever checks it reads so. Raises NoResult, policies.NotAllowed, ValueError."""
    if not reason.strip():
        raise ValueError("a revocation says why")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        post = policies.post_for(by, identity.APPROVE, dossier.competent_office, course.day_of(at))
        result = _standing(dossier)
        result.revoked_at, result.revoked_by, result.revoke_reason = at, by, reason.strip()
        result.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
        event = course.record(ResultRevoked(result.pk), dossier, by, post, at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return result


def place_papers(*, dossier: Dossier, what: str, place: str, by: Person, at: datetime) -> Shelf:
    """Note where the paper file or the result lies. Raises policies.NotAllowed, ValueError without a place."""
    if what not in ("papers", "result") or not place.strip():
        raise ValueError("a place has a name")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        office = dossier.receiving_office or dossier.competent_office
        post = policies.post_with_any(
            by, (identity.INTAKE, identity.PROCESS, identity.RECORDS), office, course.day_of(at)
        )
        shelf = Shelf.objects.create(dossier=dossier, what=what, place=place.strip(), by=by, at=at)
        course.record(PapersPlaced(shelf.pk, what), dossier, by, post, at)
    return shelf


def _standing(dossier: Dossier) -> Result:
    """The newest result that holds; NoResult when there is none."""
    result = Result.objects.filter(dossier=dossier, revoked_at=None).order_by("-pk").first()
    if result is None:
        raise NoResult(dossier.number)
    return result
