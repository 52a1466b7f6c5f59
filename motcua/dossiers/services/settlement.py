"""The end of the way: settled, returned.

Each act checks the state machine and the person's post, closes the open work item and opens the next, and tells the
applicant. Returning a late result is never blocked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import DossierSettled, RemarkLeft, ResultReturned
from motcua.dossiers.models import Dossier, Result, Returning
from motcua.dossiers.services import course, messages, steps, timing
from motcua.kernel import ledger
from motcua.kernel.files import File
from motcua.kernel.identity import Person
from motcua.kernel.matters import Remark, WorkItem
from motcua.procedures.definition import Definition


@dataclass(frozen=True, slots=True)
class Signed:
    """What was signed."""

    name: str
    file: File | None
    document_number: str
    verify_code: str


def settle_dossier(
    *,
    dossier: Dossier,
    by: Person,
    at: datetime,
    result_name: str,
    file: File | None = None,
    document_number: str = "",
    verify_code: str = "",
    step: str = "",
) -> Dossier:
    """The result exists: signed by this person, as a file or on paper. Whoever holds an electronic one checks it under
    its `verify_code`.

    Steps before the signature that the same person may do are done in the same act. Late or not, this is never blocked.
    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        dossier, item = course.locked(dossier, step, by, at)
        definition = queries.edition_of(dossier).definition
        rules.MACHINE.next(dossier.state, rules.SETTLE)
        way = queries.way_to(dossier, definition, item, "settle")
        if not way:
            raise course.NothingOpen(item.step)
        for each in way[:-1]:
            post = policies.post_for_step(by, item, each.act, course.day_of(at))
            (item,) = steps.pass_step(dossier=dossier, item=item, by=by, post=post, at=at)
        return _settle(dossier, definition, item, by, at, Signed(result_name, file, document_number, verify_code))


def _settle(
    dossier: Dossier,
    definition: Definition,
    item: WorkItem,
    by: Person,
    at: datetime,
    signed: Signed,
) -> Dossier:
    post = policies.post_for_step(by, item, "settle", course.day_of(at))
    dossier.state, dossier.settled_at = rules.MACHINE.next(dossier.state, rules.SETTLE), at
    dossier.save(update_fields=["state", "settled_at"])
    result = Result.objects.create(
        dossier=dossier,
        file=signed.file,
        name=signed.name,
        document_number=signed.document_number,
        verify_code=signed.verify_code or None,
        signed_by=by,
        signed_at=at,
    )
    timing.note(dossier, "stop", at)
    event, _ = course.pass_on(
        happening=DossierSettled(result.pk, signed.file.sha256 if signed.file else None),
        dossier=dossier,
        item=item,
        to=course.following(dossier, definition, item, at),
        by=by,
        post=post,
        at=at,
    )
    course.lapse(dossier, rules.CONFIRM_WITHDRAWAL, event)
    messages.announce(event, dossier, dossier.applicant.email, at)
    if not signed.document_number:
        course.ask_for_number(dossier=dossier, event=event, at=at)
    return dossier


def return_result(*, dossier: Dossier, by: Person, at: datetime, method: str, receiver: str, note: str = "") -> Dossier:
    """The result reached the person: to whom, when, how. Raises workflow.Refused, policies.NotAllowed, ValueError."""
    if method not in rules.RETURN_METHODS or not receiver.strip():
        raise ValueError("a return says how and to whom")
    with transaction.atomic():
        dossier, item = course.locked(dossier)
        dossier.state, dossier.returned_at = rules.MACHINE.next(dossier.state, rules.RETURN), at
        post = policies.post_for_step(by, item, "return", course.day_of(at))
        dossier.save(update_fields=["state", "returned_at"])
        Returning.objects.create(dossier=dossier, method=method, receiver=receiver.strip(), note=note, by=by, at=at)
        returned = ResultReturned(method)
        event = course.finish(happening=returned, dossier=dossier, by=by, post=post, at=at)
        messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def leave_remark(*, dossier: Dossier, by: Person, text: str, at: datetime) -> Remark:
    """Leave a sentence for the colleagues who see this dossier."""
    with transaction.atomic():
        remark = Remark.objects.create(matter=dossier.matter, author=by, at=at, text=text.strip())
        ledger.record(RemarkLeft(remark.pk), matter=dossier.matter, at=at, by=by)
    return remark
