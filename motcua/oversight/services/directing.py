"""What every act on a directive has in common: it is held, one step closes and the next opens, the clock is written.

It decides nothing by itself and tells nobody.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from motcua.kernel import ledger, matters, rows, schedule
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.models import Directive, Turn
from motcua.oversight.rules import directives as rules
from motcua.oversight.services import course
from motcua.oversight.services.course import Given


class Incomplete(ValueError):
    """Something that must be said is missing; `field` names what."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def held(directive: Directive) -> Directive:
    """The directive as it is now, held until the transaction ends. Held first and read then, as difficulties are."""
    if connection.features.has_select_for_update:
        Directive.objects.select_for_update().values_list("pk").get(pk=directive.pk)
    return Directive.objects.select_related(*policies.OF_DIRECTIVE).get(pk=directive.pk)


def begun_by_office(directive: Directive, act: str, by: Person, at: datetime) -> tuple[Directive, Post]:
    """Held, moved to the state after this act, and the post by which the office that must do it acts."""
    directive = held(directive)
    directive.state = rules.MACHINE.next(directive.state, act)
    return directive, policies.post_to_carry_out(by, directive, course.day_of(at))


def begun_by_issuer(directive: Directive, act: str, by: Person, at: datetime) -> tuple[Directive, Post]:
    """Held, moved to the state after this act, and the post by which the office that gave it acts."""
    directive = held(directive)
    directive.state = rules.MACHINE.next(directive.state, act)
    return directive, policies.post_to_direct(by, directive.issuer, course.day_of(at))


def said(
    directive: Directive,
    kind: str,
    text: str,
    by: Person,
    post: Post,
    at: datetime,
    *,
    due_at: datetime | None = None,
    file: Given | None = None,
    may_be_silent: bool = False,
) -> Turn:
    """The words beside an act, written. Raises Incomplete where words are needed and there are none."""
    if not text.strip() and not may_be_silent:
        raise Incomplete("text")
    turn = Turn(
        directive=directive,
        kind=kind,
        text=text.strip(),
        due_at=due_at,
        by=by,
        office=post.office,
        at=at,
        file=file.file if file else None,
        file_name=file.name if file else "",
    )
    turn.save()
    return turn


def move(
    happening: Happening,
    directive: Directive,
    by: Person,
    post: Post | None,
    at: datetime,
    *,
    assignee: Person | None = None,
) -> Event:
    """Close what is open with this event; the state says which step opens and in whose office, if any."""
    event = record(happening, directive, by, post, at)
    WorkItem.objects.filter(matter=directive.matter, closed_by=None).update(closed_by=event)
    if directive.state in rules.STEP_OF_STATE:
        rows.insert(next_step(directive, event, at, assignee))
    if directive.state in rules.FINISHED:
        directive.matter.closed_at = at
        directive.matter.save(update_fields=["closed_at"])
    return event


def record(happening: Happening, directive: Directive, by: Person, post: Post | None, at: datetime) -> Event:
    """The event of an act, by this post and for its office."""
    office = post.office if post else None
    return ledger.record(happening, matter=directive.matter, at=at, by=by, post=post, office=office)


def next_step(directive: Directive, event: Event, at: datetime, assignee: Person | None = None) -> WorkItem:
    """The work that this state asks for, not written yet."""
    step = rules.STEP_OF_STATE[directive.state]
    office = directive.issuer if directive.state in rules.WITH_THE_ISSUER else directive.office
    due_at = directive.due_at if step == "carry_out" else queries.due_from(f"directive.{step}", office, at)
    return WorkItem(
        matter=directive.matter,
        step=step,
        act=step,
        office=office,
        assignee=assignee,
        due_at=due_at,
        opened_by=event,
    )


def last_assignee(directive: Directive) -> Person | None:
    """Who had it in hand last in the office that must do it."""
    mine = WorkItem.objects.filter(matter=directive.matter, step="carry_out", assignee__isnull=False)
    found = mine.select_related("assignee").order_by("-id").first()
    return found.assignee if found else None


def end_of(office: Office, day: date) -> datetime:
    """The due moment of a day: the end of its last session, or of the next working day's."""
    return schedule.calendar_for(office).end_of_day(day)


def run_clock(directive: Directive, at: datetime) -> None:
    """The clock goes on where it stood still; the due moment follows from it."""
    entries = directive.matter.clock_entries.order_by("-seq")
    if entries.values_list("kind", flat=True).first() == "pause":
        enter(directive, "resume", at)
    directive.due_at = queries.directive_due(directive).at or directive.due_at


def enter(directive: Directive, kind: str, at: datetime, until: datetime | None = None, reason: str = "") -> None:
    """One more line of the clock."""
    version = schedule.calendar_for(directive.office).version
    matters.enter_clock(directive.matter, kind, at, version, until=until, reason=reason)
