"""What every act on a difficulty has in common: it is held, one step closes and the next opens, the clock is written.

It decides nothing by itself and tells nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from motcua.kernel import ledger, matters, rows, schedule
from motcua.kernel.files import File
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.models import Answer, Attachment, Difficulty, Note
from motcua.oversight.rules import difficulties as rules

TITLE = 200


class WordsNeeded(ValueError):
    """A difficulty, a question, a reason or an answer without words says nothing."""


class CannotJoin(ValueError):
    """These two cannot become one."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that came along, kept already."""

    file: File
    name: str


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(at).date()


def held(difficulty: Difficulty) -> Difficulty:
    """The difficulty as it is now, held until the transaction ends.

    Held first and read then: a row that is read with its relations while somebody else changes one of them would seem
    not to exist to PostgreSQL.
    """
    if connection.features.has_select_for_update:
        Difficulty.objects.select_for_update().values_list("pk").get(pk=difficulty.pk)
    return Difficulty.objects.select_related(*policies.RELATED).get(pk=difficulty.pk)


def words(text: str) -> str:
    """What somebody wrote, without numbers of persons. Raises WordsNeeded."""
    if not (said := text.strip()):
        raise WordsNeeded
    return rules.masked(said)


def title(text: str) -> str:
    """The beginning of what somebody wrote, for lists."""
    line = " ".join(text.split())
    return line if len(line) <= TITLE else line[: TITLE - 1] + "…"


def record(
    happening: Happening,
    difficulty: Difficulty,
    by: Person | None,
    post: Post | None,
    at: datetime,
    op_id: str | None = None,
) -> Event:
    """The event of an act, by this post and for its office."""
    office = post.office if post else None
    return ledger.record(happening, matter=difficulty.matter, at=at, by=by, post=post, office=office, op_id=op_id)


def noted(difficulty: Difficulty, kind: str, text: str, by: Person, post: Post, at: datetime) -> Note:
    """Words beside an act, not written yet."""
    return Note(difficulty=difficulty, kind=kind, text=words(text), by=by, office=post.office, at=at)


def attached(
    difficulty: Difficulty, files: Sequence[Given], *, note: Note | None = None, answer: Answer | None = None
) -> list[Attachment]:
    """Files that came along with the difficulty itself, with words or with an answer; not written yet."""
    return [
        Attachment(difficulty=difficulty, note=note, answer=answer, file=each.file, name=each.name) for each in files
    ]


def move(
    *,
    happening: Happening,
    difficulty: Difficulty,
    by: Person | None,
    post: Post | None,
    at: datetime,
    office: Office,
    assignee: Person | None = None,
    op_id: str | None = None,
) -> Event:
    """Close what is open with this event; the state says which step opens, in this office."""
    event = record(happening, difficulty, by, post, at, op_id)
    WorkItem.objects.filter(matter=difficulty.matter, closed_by=None).update(closed_by=event)
    step = rules.STEP_OF_STATE[difficulty.state]
    due_at = difficulty.due_at if step == "answer" else None
    opened = WorkItem(
        matter=difficulty.matter,
        step=step,
        act=step,
        office=office,
        assignee=assignee,
        due_at=due_at or queries.due_from(f"difficulty.{step}", office, at),
        opened_by=event,
    )
    rows.insert(opened)
    return event


def finish(*, happening: Happening, difficulty: Difficulty, by: Person, post: Post | None, at: datetime) -> Event:
    """Close what is open with this event; it is over."""
    event = record(happening, difficulty, by, post, at)
    WorkItem.objects.filter(matter=difficulty.matter, closed_by=None).update(closed_by=event)
    difficulty.matter.closed_at = at
    difficulty.matter.save(update_fields=["closed_at"])
    return event


def hand_to(difficulty: Difficulty, office: Office, at: datetime) -> None:
    """Another office has it; who had it still sees it."""
    if office != difficulty.holder:
        matters.leave(difficulty.matter, difficulty.holder, matters.RECEIVING, at)
        matters.join(difficulty.matter, difficulty.holder, matters.INFORMED, at)
    matters.join(difficulty.matter, office, matters.RECEIVING, at)
    difficulty.holder = office


def run_clock(difficulty: Difficulty, at: datetime) -> None:
    """The time to answer begins, or goes on where it stood still."""
    last = _last_entry(difficulty)
    if last in ("", "pause"):
        _enter(difficulty, "resume" if last else "start", at)
    difficulty.due_at = queries.due_of(difficulty).at


def pause_clock(difficulty: Difficulty, at: datetime, reason: str) -> None:
    """The time to answer stands still, if it runs at all."""
    if _last_entry(difficulty) in ("start", "resume"):
        _enter(difficulty, "pause", at, reason)


def stop_clock(difficulty: Difficulty, at: datetime) -> None:
    """The time to answer has ended, if it ever began."""
    if _last_entry(difficulty) not in ("", "stop"):
        _enter(difficulty, "stop", at)


def _last_entry(difficulty: Difficulty) -> str:
    entries = difficulty.matter.clock_entries.order_by("-seq")
    return entries.values_list("kind", flat=True).first() or ""


def _enter(difficulty: Difficulty, kind: str, at: datetime, reason: str = "") -> None:
    version = schedule.calendar_for(difficulty.holder).version
    matters.enter_clock(difficulty.matter, kind, at, version, reason=reason)
