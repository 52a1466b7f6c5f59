"""Another office is asked for its opinion on a dossier, and answers; the clock runs on, waiting stops it for nobody."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import OpinionAsked, OpinionGiven
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.services import course
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel import matters, workflow
from motcua.kernel.files import File
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office


def ask_opinion(
    *,
    dossier: Dossier,
    office: Office,
    by: Person,
    at: datetime,
    question: str,
    due_at: datetime,
    file: File | None = None,
    step: str = "",
) -> Opinion:
    """Ask this office, which from now on sees the dossier; by whoever has to do with the open step.

    Raises workflow.Refused, NotPossible, policies.NotAllowed, ValueError without a question.
    """
    if not question.strip():
        raise ValueError("an opinion is asked with a question")
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        item = course.one_of(dossier, items, step, by, at)
        if dossier.state not in rules.UNDER_WAY:
            raise workflow.Refused(
                rules.ASK_OPINION, dossier.state, "not_from_here", rules.MACHINE.allowed(dossier.state)
            )
        post = policies.post_with_any(by, policies.capabilities_around(item), item.office, course.day_of(at))
        _check(office, item, items, due_at, at)
        opinion = Opinion.objects.create(
            dossier=dossier,
            office=office,
            question=question.strip(),
            question_file=file,
            due_at=due_at,
            asked_by=by,
            asked_at=at,
        )
        event = course.record(OpinionAsked(opinion.pk, office.code, due_at), dossier, by, post, at)
        course.open_step(
            dossier=dossier,
            step=rules.side_step(rules.ADVISE, opinion.pk),
            act=rules.ADVISE,
            office=office,
            due_at=due_at,
            event=event,
            capacity=matters.CONSULTED,
        )
    return opinion


def _check(office: Office, item: WorkItem, items: list[WorkItem], due_at: datetime, at: datetime) -> None:
    if office.pk == item.office_id:
        raise NotPossible("own_office")
    if any(each.act == rules.ADVISE and each.office_id == office.pk for each in items):
        raise NotPossible("asked_already")
    if due_at <= at:
        raise NotPossible("past")


def give_opinion(
    *, dossier: Dossier, by: Person, at: datetime, answer: str, file: File | None = None, step: str = ""
) -> Opinion:
    """Answer what one's office was asked: the named question, else the most urgent that this person may answer.

    Raises NothingOpen when nothing is asked of the person, policies.NotAllowed, ValueError without words.
    """
    if not answer.strip():
        raise ValueError("an opinion is in words; a file may go with it")
    with transaction.atomic():
        dossier, items = course.locked_whole(dossier)
        asked = [each for each in items if each.act == rules.ADVISE and step in ("", each.step)]
        day = course.day_of(at)
        item = next((each for each in asked if policies.can_advise(by, each, day)), next(iter(asked), None))
        if item is None:
            raise course.NothingOpen(dossier.number)
        post = policies.post_with_any(by, policies.ADVISERS, item.office, day)
        opinion = Opinion.objects.get(dossier=dossier, pk=int(item.step.rpartition("-")[2]))
        opinion.answer, opinion.answer_file = answer.strip(), file
        opinion.answered_by, opinion.answered_at = by, at
        opinion.save()
        course.close_step(item, course.record(OpinionGiven(opinion.pk), dossier, by, post, at))
    return opinion
