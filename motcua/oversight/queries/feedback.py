"""Where feedback stands: its clocks and why they end then, what may be done, lists, and what everybody may read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, UUIDField
from django.db.models.functions import Cast

from motcua.kernel import clock, organisation, schedule, search
from motcua.kernel.clock import Due, Entry, EntryKind, Limit, Standing, Unit
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.oversight.models import Feedback, FeedbackClock, Publication
from motcua.oversight.policies import feedback as policies
from motcua.oversight.policies import may_erase
from motcua.oversight.rules import feedback as rules
from motcua.oversight.rules.difficulties import ERASE, ERASED

PAGE = 50
CLOCK_ORDER = rules.CLOCKS


def office_of_state(feedback: Feedback, state: str) -> Office:
    """Whose the next step is: the office that has it; to make an answer public, the body of which that is a part."""
    return policies.body_of(feedback.holder) if state == "answered" else feedback.holder


# --- clocks ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ClockShown:
    """One of its clocks: when it is due and why, and how and when it ended."""

    clock: str
    due: Due
    standing: Standing | None
    ended: tuple[datetime, str] | None

    def is_late(self, now: datetime) -> bool:
        """Whether it was not kept."""
        return self.due.at is not None and rules.is_late(self.clock, self.due.at, now, self.ended)


def due_of_clock(feedback: Feedback, name: str) -> Due:
    """When this clock of its present round ends, computed again from its lines."""
    lines = list(feedback.clock_lines.filter(round=feedback.round, clock=name).select_related("office"))
    return _due(lines)


def clocks_of(feedback: Feedback, now: datetime) -> list[ClockShown]:
    """Its clocks in the order of rounds and of the work."""
    lines = feedback.clock_lines.select_related("office").order_by("round", "seq", "id")
    return clocks_from(list(lines), now)


def clocks_from(lines: list[FeedbackClock], now: datetime) -> list[ClockShown]:
    """The same from lines that are read already."""
    by_clock: dict[tuple[int, str], list[FeedbackClock]] = {}
    for line in lines:
        by_clock.setdefault((line.round, line.clock), []).append(line)
    ordered = sorted(by_clock, key=lambda key: (key[0], CLOCK_ORDER.index(key[1])))
    return [_one(key[1], by_clock[key], now) for key in ordered]


def _one(name: str, lines: list[FeedbackClock], now: datetime) -> ClockShown:
    due, last = _due(lines), lines[-1]
    ended = (last.at, last.reason) if last.kind == "stop" else None
    calendar = schedule.calendar_for(lines[0].office)
    return ClockShown(name, due, clock.standing(calendar, due.at, now, ended[0] if ended else None), ended)


def _due(lines: list[FeedbackClock]) -> Due:
    last = lines[-1]
    told = [line for line in lines if line.kind != "recount"]
    entries = [Entry(cast("EntryKind", line.kind), line.at, line.reason) for line in told]
    limit = Limit(last.value, cast("Unit", last.unit))
    return clock.due(schedule.calendar_for(last.office, last.calendar_version), limit, entries)


def clocks_by_older(newest: int, most: int) -> list[tuple[UUID, str]]:
    """Feedback and clock for clocks that run, of what is not over, and that a newer calendar has not been tried on."""
    own = FeedbackClock.objects.filter(feedback=OuterRef("feedback"), round=OuterRef("round"), clock=OuterRef("clock"))
    done = Exists(own.filter(Q(kind="stop") | Q(calendar_version__gte=newest)))
    running = FeedbackClock.objects.filter(
        seq=1, calendar_version__lt=newest, round=F("feedback__round"), feedback__matter__closed_at=None
    ).exclude(done)
    return list(running.order_by("id").values_list("feedback_id", "clock")[:most])


# --- what may be done ------------------------------------------------------------------------------------------------
FEEDBACK_ACTS = (
    rules.ACCEPT,
    rules.ANSWER,
    rules.PUBLISH,
    rules.ASK,
    rules.PASS_ON,
    rules.GUIDE,
    rules.REFUSE,
    rules.KEEP,
)


def possible_feedback_acts(person: Person, feedback: Feedback, day: date) -> tuple[str, ...]:
    """The acts this person may do on it now, in the order of the work."""
    if feedback.text != ERASED and may_erase(person, feedback.matter, (feedback.commune, feedback.holder), day):
        return (ERASE,)
    allowed = rules.MACHINE.allowed(feedback.state)
    office = office_of_state(feedback, feedback.state)
    if not policies.may_handle(person, feedback, office, day):
        return ()
    return tuple(act for act in FEEDBACK_ACTS if act in allowed)


def offices_inside(feedback: Feedback, day: date) -> QuerySet[Office]:
    """The parts of the body that has it which may answer: itself and its divisions."""
    body = policies.body_of(feedback.holder)
    parts = Q(pk=body.pk) | Q(parent=body, kind=organisation.DIVISION)
    return Office.objects.on(day).filter(parts).order_by("path")


def offices_to_pass_to(feedback: Feedback, day: date) -> QuerySet[Office]:
    """Other bodies of the province: departments, communes, the province itself."""
    body, province = policies.body_of(feedback.holder), feedback.holder.codes[0]
    kinds = (organisation.DEPARTMENT, organisation.COMMUNE, organisation.PROVINCE)
    found = Office.objects.on(day).filter(path__startswith=f"{province}/", kind__in=kinds)
    return found.exclude(pk=body.pk).order_by("kind", "name")


def feedback_of(number: str) -> Feedback:
    """The feedback of this number, for whoever names it beside another; else Feedback.DoesNotExist."""
    return Feedback.objects.select_related(*policies.RELATED).get(matter__reference=number.strip().upper())


# --- lists -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One line of a list."""

    id: UUID
    number: str
    title: str
    state: str
    topic: str
    kind: str
    channel: str
    holder: str
    commune: str
    sent_at: datetime
    helped: bool | None


@dataclass(frozen=True, slots=True)
class AskedFeedback:
    """Which feedback a list shows."""

    state: str = ""
    text: str = ""


def feedback_listed(person: Person, day: date, asked: AskedFeedback, after: UUID | None = None) -> list[FeedbackLine]:
    """One page of what this person may read, the newest first, with one line more when there is a next page."""
    found = policies.visible_feedback(person, day).order_by("-matter_id")
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.text.strip():
        keys = search.matching("feedback", asked.text).annotate(matter=Cast("key", UUIDField())).values("matter")
        found = found.filter(Q(pk__in=keys) | Q(matter__reference=asked.text.strip().upper()))
    if after is not None:
        found = found.filter(matter_id__lt=after)
    return lines(found[: PAGE + 1])


def lines(found: QuerySet[Feedback]) -> list[FeedbackLine]:
    """These as lines of a list."""
    rows = found.values_list(
        "matter_id",
        "matter__reference",
        "matter__title",
        "state",
        "topic",
        "kind",
        "channel",
        "holder__name",
        "commune__name",
        "matter__opened_at",
        "helped",
    )
    return [FeedbackLine(*row) for row in rows]


def publications(commune: Office, after: UUID | None = None) -> list[Publication]:
    """One page of what everybody may read at this commune, the newest feedback first, with one more if it goes on."""
    found = Publication.objects.filter(commune=commune).select_related("feedback__matter", "office")
    if after is not None:
        found = found.filter(feedback_id__lt=after)
    return list(found.order_by("-feedback_id")[: PAGE + 1])


def faults_of_feedback() -> Iterator[str]:
    """Every feedback that is not exactly one office's open step until it is over; as sentences."""
    own = Count("work_items", filter=Q(work_items__closed_by=None) & ~Q(work_items__step=rules.OVERSEE))
    found = Matter.objects.filter(kind="feedback").order_by("id").annotate(own=own)
    for number, state, work in found.values_list("reference", "feedback__state", "own").iterator():
        if work != (0 if state in rules.FINISHED else 1):
            yield f"{number} is {state} and has {work} open steps"
