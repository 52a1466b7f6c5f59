"""Which office is competent: the dossier is handed to another one, or that office is still being looked for.

Filing ignores boundaries inside the province (Decree 118/2025/NĐ-CP, Article 14), so a dossier goes to whoever is
competent. Number, day of receipt, filing and the time that counts stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import CompetenceDoubted, CompetenceSettled, DossierTransferred
from motcua.dossiers.models import Dossier, Transfer
from motcua.dossiers.services import course, messages
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel import identity, matters, organisation, workflow
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event
from motcua.kernel.matters import MatterParty, Remark, WorkItem
from motcua.kernel.organisation import Office


def transfer_dossier(*, dossier: Dossier, to: Office, by: Person, at: datetime, reason: str) -> Dossier:
    """Hand the dossier to the office that is competent; the applicant is told, nothing has to be sent again.

    Raises workflow.Refused, NotPossible, policies.NotAllowed, ValueError without a reason or for an office that cannot
    be competent.
    """
    if not reason.strip():
        raise ValueError("a transfer says its reason")
    with transaction.atomic():
        dossier, items, post = _held(dossier, by, at)
        return _hand_over(dossier, items, to, by, post, at, reason.strip())


def doubt_competence(*, dossier: Dossier, by: Person, at: datetime, reason: str) -> Dossier:
    """Say that nobody knows yet which office is competent: the dossier lies in a queue of its own until it is known.

    Raises workflow.Refused, NotPossible, policies.NotAllowed, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a doubt says its reason")
    with transaction.atomic():
        dossier, items, post = _held(dossier, by, at)
        if dossier.competence_open:
            raise NotPossible("already_in_doubt")
        if len(main := [item for item in items if item.act not in rules.SIDE_ACTS]) > 1:
            raise NotPossible("steps_side_by_side")
        dossier.competence_open = True
        dossier.save(update_fields=["competence_open"])
        remark = Remark.objects.create(matter=dossier.matter, author=by, at=at, text=reason.strip())
        event = course.record(CompetenceDoubted(remark.pk), dossier, by, post, at)
        office = dossier.receiving_office or dossier.competent_office
        _move(dossier, main[0], rules.DETERMINE, office, event)
    return dossier


def settle_competence(*, dossier: Dossier, office: Office, by: Person, at: datetime, reason: str) -> Dossier:
    """Now it is known: the office that has the dossier, or another one, to which it is handed.

    Raises as `transfer_dossier`, NotPossible when nobody doubted.
    """
    if not reason.strip():
        raise ValueError("it is said why this office is competent")
    with transaction.atomic():
        dossier, items, post = _held(dossier, by, at)
        if not dossier.competence_open:
            raise NotPossible("not_in_doubt")
        dossier.competence_open = False
        if office.pk != dossier.competent_office_id:
            return _hand_over(dossier, items, office, by, post, at, reason.strip())
        dossier.save(update_fields=["competence_open"])
        event = course.record(CompetenceSettled(office.code), dossier, by, post, at)
        _move_work(dossier, items, event)
    return dossier


def _held(dossier: Dossier, by: Person, at: datetime) -> tuple[Dossier, list[WorkItem], Post]:
    """The dossier while it may still go elsewhere, and the post by which this person may say where."""
    held, items = course.locked_whole(dossier)
    course.is_ours(items)
    refuse_unless_movable(held, rules.TRANSFER)
    main = queries.main_item(items)
    if main is None:
        raise course.NothingOpen(held.number)
    capabilities = policies.CORRECT_BEFORE if held.received_at is None else policies.CORRECT_AFTER
    if held.competence_open:
        capabilities = (*capabilities, identity.INTAKE)
    return held, items, policies.post_with_any(by, capabilities, main.office, course.day_of(at))


def refuse_unless_movable(dossier: Dossier, act: str) -> None:
    """Where a dossier goes and under which procedure is corrected before its result, and while nothing is awaited."""
    if dossier.state in rules.WAITING:
        raise NotPossible("papers_awaited")
    if dossier.state not in rules.MOVABLE:
        raise workflow.Refused(act, dossier.state, "not_from_here", rules.MACHINE.allowed(dossier.state))


def _hand_over(
    dossier: Dossier, items: Iterable[WorkItem], to: Office, by: Person, post: Post, at: datetime, reason: str
) -> Dossier:
    before = dossier.competent_office
    if to.pk == before.pk:
        raise NotPossible("already_there")
    if not policies.can_be_competent(to, before, course.day_of(at)):
        raise ValueError(f"{to.code} cannot be competent")
    transfer = Transfer.objects.create(dossier=dossier, from_office=before, to_office=to, reason=reason, by=by, at=at)
    happening = DossierTransferred(transfer.pk, before.code, to.code)
    event = course.record(happening, dossier, by, post, at)
    _change_rows(dossier, to, at)
    _change_parties(dossier, before, post.office, at)
    _move_work(dossier, items, event)
    messages.announce(event, dossier, dossier.applicant.email, at)
    return dossier


def _change_rows(dossier: Dossier, to: Office, at: datetime) -> None:
    """After receipt the counter where it was received stays its counter, and its working time still counts."""
    if dossier.received_at is None:
        dossier.receiving_office = organisation.division_for(to, "receive", course.day_of(at))
    elif dossier.calendar_office is None:
        dossier.calendar_office = dossier.competent_office
    dossier.competent_office, dossier.competence_open = to, False
    dossier.save(update_fields=["receiving_office", "calendar_office", "competent_office", "competence_open"])


def _change_parties(dossier: Dossier, before: Office, of_post: Office, at: datetime) -> None:
    """The parts of the earlier office have nothing more to do with it; it itself and whoever handed it over may look
    where it has gone.
    """
    receiving = dossier.receiving_office_id
    parties = MatterParty.objects.current().filter(matter=dossier.matter, office__path__startswith=before.path)
    ended = parties.filter(capacity__in=(matters.OWNER, matters.HELPING, matters.RECEIVING))
    ended.exclude(capacity=matters.RECEIVING, office=receiving).update(to_at=at)
    matters.join(dossier.matter, dossier.competent_office, matters.OWNER, at)
    if dossier.receiving_office is not None:
        matters.join(dossier.matter, dossier.receiving_office, matters.RECEIVING, at)
    for office in {before, of_post}:
        matters.join(dossier.matter, office, matters.INFORMED, at)


def _move_work(dossier: Dossier, items: Iterable[WorkItem], event: Event) -> None:
    """Every open step goes to the office that does it now, a decision to whoever decides there, what has to be said to
    the applicant to the counter of now. What others were asked stays with them.
    """
    definition = queries.edition_of(dossier).definition
    counter = dossier.receiving_office or dossier.competent_office
    for item in items:
        if item.act == rules.OVERSEE:
            course.close_step(item, event)
        elif item.act == rules.DECIDE:
            _move(dossier, item, item.act, dossier.competent_office, event)
        elif item.act in _AT_THE_COUNTER and item.office_id != counter.pk:
            _move(dossier, item, item.act, counter, event)
        elif item.act not in rules.SIDE_ACTS:
            step = definition.step(item.step)
            _move(dossier, item, step.act, course.office_of_step(dossier, step, event.at), event)


_AT_THE_COUNTER = frozenset({rules.ANSWER, rules.TELL, rules.CONFIRM_WITHDRAWAL})


def _move(dossier: Dossier, item: WorkItem, act: str, office: Office, event: Event) -> None:
    """The same step, somewhere else."""
    course.close_step(item, event)
    course.open_step(dossier=dossier, step=item.step, act=act, office=office, due_at=item.due_at, event=event)
