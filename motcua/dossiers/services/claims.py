"""A lost claim code: a new one is given at the desk after an identity check; the earlier one then opens nothing."""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import ClaimCodeReissued
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import course
from motcua.kernel import identity, ledger
from motcua.kernel.identity import Person


def reissue_claim_code(*, dossier: Dossier, by: Person, at: datetime, identity_checked_by: str) -> str:
    """Give a new claim code and return it; it is shown once. Raises policies.NotAllowed, ValueError for an unknown
    check.
    """
    if identity_checked_by not in rules.IDENTITY_CHECKS:
        raise ValueError("a new claim code needs an identity check")
    seed, key_id = secrets.token_hex(16), settings.CLAIM_KEY_ID
    code = rules.claim_code(settings.CLAIM_KEYS[key_id], seed)
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        office = dossier.receiving_office or dossier.competent_office
        post = policies.post_for(by, identity.INTAKE, office, course.day_of(at))
        dossier.claim_seed, dossier.claim_key_id = seed, key_id
        dossier.claim_code_hash = rules.claim_code_hash(settings.CLAIM_KEYS[key_id], code)
        dossier.save(update_fields=["claim_seed", "claim_key_id", "claim_code_hash"])
        reissued = ClaimCodeReissued(identity_checked_by)
        ledger.record(reissued, matter=dossier.matter, at=at, by=by, post=post, office=post.office)
    return code
