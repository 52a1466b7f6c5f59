"""The office stops settling a received dossier, with reason and legal basis (Circular 03/2025/TT-VPCP, Form 05)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import DossierStopped
from motcua.dossiers.models import Dossier, Ending
from motcua.dossiers.services import course, messages, timing
from motcua.kernel import identity, workflow
from motcua.kernel.identity import Person


def stop_dossier(
    *,
    dossier: Dossier,
    by: Person,
    at: datetime,
    reason_code: str,
    reason: str,
    legal_basis: str,
    money: str = "",
    advice: str = "",
) -> Dossier:
    """Stop a received dossier, by whoever may approve at the office that has it; the applicant is told why.

    Raises workflow.Refused, policies.NotAllowed, ValueError for an unknown reason, one without words or without a text
    that it rests on.
    """
    if reason_code not in rules.STOP_REASONS or not reason.strip() or not legal_basis.strip():
        raise ValueError("a stop says its reason in words and the text it rests on")
    with transaction.atomic():
        dossier, item = course.locked(dossier, "", by, at)
        dossier.state = _stopped(dossier)
        post = policies.post_for(by, identity.APPROVE, item.office, course.day_of(at))
        dossier.save(update_fields=["state"])
        timing.note(dossier, "stop", at, reason=reason_code)
        said = {"reason": reason, "advice": advice, "legal_basis": legal_basis, "money": money}
        ending = Ending.objects.create(
            dossier=dossier,
            kind="stopped",
            reason_code=reason_code,
            by=by,
            at=at,
            **{key: words.strip() for key, words in said.items()},
        )
        happening = DossierStopped(ending.pk, reason_code)
        event = course.finish(happening=happening, dossier=dossier, by=by, post=post, at=at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def _stopped(dossier: Dossier) -> str:
    """Papers may be awaited before receipt too; what is not received is refused, not stopped."""
    if dossier.received_at is None:
        allowed = tuple(act for act in rules.MACHINE.allowed(dossier.state) if act != rules.STOP)
        raise workflow.Refused(rules.STOP, dossier.state, "not_from_here", allowed)
    return rules.MACHINE.next(dossier.state, rules.STOP)
