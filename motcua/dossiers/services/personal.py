"""Acts of personal data on a dossier: restrict its use and release it, ask for erasure and decide on that."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries
from motcua.dossiers.events import ErasureAsked, ErasureDecided, ProcessingReleased, ProcessingRestricted
from motcua.dossiers.models import Dossier, ErasureRequest, Restriction
from motcua.dossiers.rules import personal as rules
from motcua.dossiers.rules import reasons
from motcua.dossiers.services import course, erasure, messages
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel import identity, schedule
from motcua.kernel.identity import Person, Post


def restrict_processing(
    *, dossier: Dossier, by: Person, at: datetime, reason_code: str, reason: str, legal_source: str
) -> Restriction:
    """Use the dossier for nothing but itself from now on; its settling goes on.

    Raises policies.NotAllowed, NotPossible when it is so already, ValueError without a reason or a legal source.
    """
    if reason_code not in rules.RESTRICTION_REASONS or not reason.strip() or not legal_source.strip():
        raise ValueError("a restriction says why and by which law")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        post = _leading(by, dossier, at)
        if Restriction.objects.filter(dossier=dossier, lifted_at=None).exists():
            raise NotPossible("restricted_already")
        words = {"reason": reason.strip(), "legal_source": legal_source.strip()}
        made = Restriction.objects.create(dossier=dossier, reason_code=reason_code, by=by, at=at, **words)
        event = course.record(ProcessingRestricted(made.pk, reason_code), dossier, by, post, at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return made


def release_processing(*, dossier: Dossier, by: Person, at: datetime, reason: str) -> Restriction:
    """Use the dossier as every other again. Raises policies.NotAllowed, NotPossible, ValueError without a reason."""
    if not reason.strip():
        raise ValueError("releasing says why")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        post = _leading(by, dossier, at)
        held = Restriction.objects.filter(dossier=dossier, lifted_at=None).first()
        if held is None:
            raise NotPossible("not_restricted")
        held.lifted_at, held.lifted_by, held.lift_reason = at, by, reason.strip()
        held.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
        event = course.record(ProcessingReleased(held.pk), dossier, by, post, at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return held


def ask_erasure(*, dossier: Dossier, by: Person, at: datetime, reason: str, identity_checked_by: str) -> ErasureRequest:
    """Note at the desk that the person asks for erasure. Raises policies.NotAllowed, NotPossible, ValueError."""
    if identity_checked_by not in reasons.IDENTITY_CHECKS or not reason.strip():
        raise ValueError("a request for erasure needs an identity check and a reason")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        office = dossier.receiving_office or dossier.competent_office
        post = policies.post_with_any(by, (identity.INTAKE, identity.LEAD), office, course.day_of(at))
        if queries.is_erased(dossier.applicant):
            raise NotPossible("erased")
        if ErasureRequest.objects.filter(dossier=dossier, decided_at=None).exists():
            raise NotPossible("undecided_before")
        said = {"reason": reason.strip(), "identity_checked_by": identity_checked_by}
        due = _answer_by(dossier, at)
        made = ErasureRequest.objects.create(dossier=dossier, proposed_by=by, proposed_at=at, answer_by=due, **said)
        course.record(ErasureAsked(made.pk, identity_checked_by), dossier, by, post, at)
    return made


def decide_erasure(
    *, dossier: Dossier, by: Person, at: datetime, accepted: bool, note: str = "", legal_source: str = ""
) -> ErasureRequest:
    """Answer the request; an agreed one erases at once. A dossier that is open, or that another law still keeps, is
    not erased: its use can be restricted instead.

    Raises policies.NotAllowed, NotPossible, ValueError without the reason or the law.
    """
    if not (legal_source if accepted else note).strip():
        raise ValueError("agreeing names the law, declining says why")
    with transaction.atomic():
        dossier, _items = course.locked_whole(dossier)
        post = _leading(by, dossier, at)
        asked = ErasureRequest.objects.filter(dossier=dossier, decided_at=None).first()
        if asked is None:
            raise NotPossible("nothing_asked")
        if accepted:
            _may_be_erased(dossier, at)
        asked.decided_at, asked.decided_by, asked.accepted = at, by, accepted
        asked.decision_note, asked.legal_source = note.strip(), legal_source.strip()
        asked.save(update_fields=["decided_at", "decided_by", "accepted", "decision_note", "legal_source"])
        event = course.record(ErasureDecided(asked.pk, accepted), dossier, by, post, at)
        # While the address is still there.
        messages.announce(event, dossier, dossier.applicant.email, at)
        if accepted:
            erasure.erase_personal_data(dossier=dossier, by=by, at=at, legal_source=legal_source.strip())
    return asked


def _may_be_erased(dossier: Dossier, at: datetime) -> None:
    if dossier.matter.closed_at is None:
        raise NotPossible("still_open")
    kept = queries.retention_of(dossier, course.day_of(at))
    if kept.permanent or (kept.until is not None and kept.until > course.day_of(at)):
        raise NotPossible("kept_by_law")


def _leading(by: Person, dossier: Dossier, at: datetime) -> Post:
    return policies.post_for(by, identity.LEAD, dossier.competent_office, course.day_of(at))


def _answer_by(dossier: Dossier, at: datetime) -> datetime:
    calendar = schedule.calendar_for(dossier.competent_office)
    day = calendar.add_working_days(course.day_of(at), rules.ANSWER_DAYS)
    return calendar.end_of_day(day)
