"""Requests to agencies outside, as steps of the route: asked, then answered, both noted by hand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import OutsideAnswered, OutsideAsked
from motcua.dossiers.models import Dossier, OutsideRequest
from motcua.dossiers.services import course, steps
from motcua.kernel.files import File
from motcua.kernel.identity import Person


def ask_outside(*, dossier: Dossier, by: Person, at: datetime, reference: str = "", step: str = "") -> OutsideRequest:
    """Note that the agency of the open step was asked, under which number. Raises course.NothingOpen,
    workflow.Refused, NotAllowed.
    """
    with transaction.atomic():
        dossier, item = course.locked(dossier, step, by, at)
        rules.MACHINE.next(dossier.state, rules.ADVANCE)
        if item.act != "request" or queries.outside_request(dossier, item.step):
            raise course.NothingOpen(item.step)
        post = policies.post_for_step(by, item, item.act, course.day_of(at))
        agency = queries.edition_of(dossier).definition.step(item.step).agency
        asked = OutsideRequest.objects.create(
            dossier=dossier, step=item.step, agency=agency.vi if agency else "", asked_by=by, asked_at=at,
            reference=reference.strip(),
        )  # fmt: skip
        course.record(OutsideAsked(asked.pk, item.step), dossier, by, post, at)
    return asked


def note_outside_answer(
    *,
    dossier: Dossier,
    by: Person,
    at: datetime,
    answer: str,
    reference: str = "",
    file: File | None = None,
    step: str = "",
) -> Dossier:
    """Note what the agency answered, and go on along the route. Raises course.NothingOpen
    when it was not asked before, NotAllowed."""
    with transaction.atomic():
        dossier, item = course.locked(dossier, step, by, at)
        asked = queries.outside_request(dossier, item.step)
        if item.act != "request" or asked is None:
            raise course.NothingOpen(item.step)
        post = policies.post_for_step(by, item, item.act, course.day_of(at))
        asked.answer, asked.answer_reference, asked.answer_file = answer.strip(), reference.strip(), file
        asked.answered_by, asked.answered_at = by, at
        asked.save()
        course.record(OutsideAnswered(asked.pk, item.step), dossier, by, post, at)
        steps.pass_step(dossier=dossier, item=item, by=by, post=post, at=at)
    return dossier
