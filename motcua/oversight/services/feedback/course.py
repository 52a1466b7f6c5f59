"""What every act on feedback has in common: it is held, its clocks are written, one step closes and the next opens, and
whoever gave an address is told.

It decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.db import connection

from motcua.kernel import ledger, matters, outbox, rows, schedule
from motcua.kernel.clock import Unit
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import queries
from motcua.oversight.models import Feedback, FeedbackClock, FeedbackFile, FeedbackNote
from motcua.oversight.policies import feedback as policies
from motcua.oversight.rules import feedback as rules
from motcua.oversight.services.course import Given, WordsNeeded, day_of, title

__all__ = ["Given", "WordsNeeded", "begun", "day_of", "held", "move", "noted", "title", "words"]

MAIL = "oversight.feedback_mail"


def held(feedback: Feedback) -> Feedback:
    """The feedback as it is now, held until the transaction ends: first held, then read."""
    if connection.features.has_select_for_update:
        Feedback.objects.select_for_update().values_list("pk").get(pk=feedback.pk)
    return Feedback.objects.select_related(*policies.RELATED).get(pk=feedback.pk)


def begun(feedback: Feedback, act: str, by: Person, at: datetime) -> tuple[Feedback, Post]:
    """The feedback held and moved to the state after this act, and the post by which it is done.

    Raises workflow.Refused, policies.NotAllowed.
    """
    feedback = held(feedback)
    before = feedback.state
    feedback.state = rules.MACHINE.next(before, act)
    capabilities = rules.capabilities(before, feedback.topic)
    return feedback, policies.post_with_any(by, capabilities, queries.office_of_state(feedback, before), day_of(at))


def words(text: str) -> str:
    """What somebody wrote. Raises WordsNeeded."""
    if not (said := text.strip()):
        raise WordsNeeded
    return said


def noted(
    feedback: Feedback, kind: str, text: str, at: datetime, by: Person | None = None, post: Post | None = None
) -> FeedbackNote:
    """Words beside an act, written."""
    office = post.office if post else None
    return FeedbackNote.objects.create(feedback=feedback, kind=kind, text=words(text), by=by, office=office, at=at)


def attach(
    feedback: Feedback, files: Sequence[Given], *, note: FeedbackNote | None = None, of_answer: bool = False
) -> None:
    """Files that came along with the feedback itself, with words or with the answer."""
    rows.insert_all(
        [
            FeedbackFile(feedback=feedback, note=note, of_answer=of_answer, file=each.file, name=each.name)
            for each in files
        ]
    )


# --- clocks ----------------------------------------------------------------------------------------------------------
def start_clocks(feedback: Feedback, clocks: Sequence[str], office: Office, at: datetime, act: str) -> None:
    """These clocks begin, with the limits that hold in that office now."""
    version = schedule.calendar_for(office).version
    for clock in clocks:
        limit = queries.limit_for(f"feedback.{clock}", office)
        _line(feedback, clock, 1, "start", at, act, limit.value, limit.unit, version, office)


def change_clock(feedback: Feedback, clock: str, kind: str, at: datetime, act: str) -> None:
    """A further line of a clock that has begun and not ended: it stands still, goes on or ends."""
    last = feedback.clock_lines.filter(round=feedback.round, clock=clock).order_by("-seq").first()
    if last is None or last.kind == "stop":
        return
    unit = cast("Unit", last.unit)
    _line(feedback, clock, last.seq + 1, kind, at, act, last.value, unit, last.calendar_version, last.office)


def recount_clock(feedback: Feedback, clock: str, version: int, at: datetime) -> None:
    """From now on this version of the calendar counts for a clock that runs."""
    last = feedback.clock_lines.filter(round=feedback.round, clock=clock).order_by("-seq").first()
    if last is not None and last.kind != "stop":
        unit = cast("Unit", last.unit)
        _line(feedback, clock, last.seq + 1, "recount", at, "", last.value, unit, version, last.office)


def end_clocks(feedback: Feedback, at: datetime, act: str) -> None:
    """Those clocks end that this act ends."""
    for clock in rules.ENDED_BY.get(act, ()):
        change_clock(feedback, clock, "stop", at, act)


def _line(
    feedback: Feedback,
    clock: str,
    seq: int,
    kind: str,
    at: datetime,
    act: str,
    value: int,
    unit: Unit,
    version: int,
    office: Office,
) -> None:
    line = FeedbackClock(feedback=feedback, round=feedback.round, clock=clock, seq=seq, kind=kind, at=at, reason=act)
    line.value, line.unit, line.calendar_version, line.office = value, unit, version, office
    rows.insert(line)


# --- steps -----------------------------------------------------------------------------------------------------------
def move(
    *,
    happening: Happening,
    feedback: Feedback,
    at: datetime,
    by: Person | None = None,
    post: Post | None = None,
    op_id: str | None = None,
) -> Event:
    """Close what is open with this event; the state says which step opens and where, or that it is over."""
    office = post.office if post else None
    event = ledger.record(happening, matter=feedback.matter, at=at, by=by, post=post, office=office, op_id=op_id)
    WorkItem.objects.filter(matter=feedback.matter, closed_by=None).update(closed_by=event)
    if feedback.state in rules.FINISHED:
        feedback.matter.closed_at = at
        feedback.matter.save(update_fields=["closed_at"])
    else:
        _open_step(feedback, event, at)
    _tell(feedback, event, at)
    return event


def _open_step(feedback: Feedback, event: Event, at: datetime) -> None:
    step, office = rules.STEP_OF_STATE[feedback.state], queries.office_of_state(feedback, feedback.state)
    matters.join(feedback.matter, office, matters.RECEIVING, at)
    clock = rules.CLOCK_OF_STEP.get(step)
    due_at = queries.due_of_clock(feedback, clock).at if clock else queries.due_from("feedback.clarify", office, at)
    assert due_at is not None  # of a clock that runs
    opened = WorkItem(matter=feedback.matter, step=step, act=step, office=office, due_at=due_at, opened_by=event)
    rows.insert(opened)


def _tell(feedback: Feedback, event: Event, at: datetime) -> None:
    """Queue a mail to whoever gave an address, about what an office did; not about one's own acts."""
    if feedback.email and event.post_id is not None:
        payload = {"feedback": feedback.number}
        outbox.enqueue(event=event, target=MAIL, key=f"{MAIL}:{event.position}", at=at, payload=payload)
