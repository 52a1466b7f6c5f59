"""Where a difficulty stands: its due moment and why, who asks, what may be done, and lists of difficulties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, QuerySet, UUIDField
from django.db.models.functions import Cast
from django.utils import timezone

from motcua.kernel import clock, identity, ledger, organisation, schedule, search
from motcua.kernel.clock import Due, Standing
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import policies
from motcua.oversight.models import Difficulty
from motcua.oversight.queries import routing
from motcua.oversight.rules import difficulties as rules

PAGE = 50
OPEN = "open"


def due_of(difficulty: Difficulty) -> Due:
    """When it must be answered and why, computed again from the stored clock; not started while the commune has it."""
    stored = list(difficulty.matter.clock_entries.order_by("seq"))
    entries = [clock.Entry(cast("clock.EntryKind", each.kind), each.at, each.reason) for each in stored]
    version = stored[0].calendar_version if stored else None
    limit = routing.limit_for("difficulty.answer", difficulty.holder)
    return clock.due(schedule.calendar_for(difficulty.holder, version), limit, entries)


def standing_of(difficulty: Difficulty, now: datetime) -> Standing | None:
    """Within, due soon, overdue; when answered: early, on time, late. Never stored."""
    calendar = schedule.calendar_for(difficulty.holder)
    return clock.standing(calendar, difficulty.due_at, now, difficulty.answered_at)


def askers(difficulty: Difficulty) -> list[Person]:
    """Everybody who waits for its answer: who raised it, who meets it too, who raised what was joined into it."""
    raised = Q(pk=difficulty.raised_by_id)
    met = Q(pk__in=difficulty.voices.values("person"))
    joined = Q(pk__in=Difficulty.objects.filter(merged_into=difficulty).values("raised_by"))
    return list(Person.objects.filter(raised | met | joined))


def communes_meeting(difficulty: Difficulty) -> int:
    """In how many communes it is met."""
    named = {difficulty.commune_id, *difficulty.voices.values_list("commune_id", flat=True)}
    return len(named - {None})


def open_items(difficulty: Difficulty) -> list[WorkItem]:
    """What is to be done on it now: its own step first, then that of whoever oversees it."""
    items = WorkItem.objects.filter(matter=difficulty.matter, closed_by=None).select_related("office", "assignee")
    return sorted(items, key=lambda item: item.step == rules.OVERSEE)


def colleagues(difficulty: Difficulty, day: date) -> QuerySet[Person]:
    """Who may answer it, by name."""
    return identity.holding(identity.ANSWER, difficulty.holder.path, day).order_by("full_name", "pk")


def offices_that_answer(difficulty: Difficulty, day: date) -> QuerySet[Office]:
    """The departments to which it can be passed on, and the province itself; not the one that has it."""
    province = difficulty.office.codes[0]
    answering = Q(kind=organisation.DEPARTMENT, parent__code=province) | Q(code=province)
    return Office.objects.on(day).filter(answering).exclude(pk=difficulty.holder_id).order_by("name")


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(at).date()


def history_of(difficulty: Difficulty) -> list[Event]:
    """Everything recorded about it, in order."""
    return list(ledger.history(difficulty.matter))


OF_THE_OFFICE = (rules.SEND_UP, rules.TAKE, rules.ANSWER, rules.ASK_BACK, rules.PASS_ON, rules.JOIN)
OF_THE_ASKER = (rules.CLARIFY, rules.CONFIRM, rules.REOPEN, rules.WITHDRAW)
VOICE = "voice"


def possible_acts(person: Person, difficulty: Difficulty, day: date) -> tuple[str, ...]:
    """The acts this person may do on it now, in the order of the work."""
    allowed, posts = rules.MACHINE.allowed(difficulty.state), identity.posts_of(person, day)
    acts: list[str] = []
    if policies.may_answer(person, difficulty, day):
        acts += [act for act in OF_THE_OFFICE if act in allowed]
    speaks = policies.may_speak(person, difficulty, day)
    if speaks:
        acts += [act for act in OF_THE_ASKER if act in allowed]
    works_in_commune = any(len(post.office.codes) > 1 and post.office.kind != organisation.DEPARTMENT for post in posts)
    if works_in_commune and not speaks and not acts and difficulty.state not in rules.FINISHED:
        acts.append(VOICE)
    if _may_be_erased(person, difficulty, day):
        acts.append(rules.ERASE)
    return tuple(acts)


def _may_be_erased(person: Person, difficulty: Difficulty, day: date) -> bool:
    keepers = (difficulty.commune or difficulty.office, difficulty.holder)
    return difficulty.text != rules.ERASED and policies.may_erase(person, difficulty.matter, keepers, day)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list of difficulties."""

    id: UUID
    number: str
    title: str
    state: str
    holder: str
    commune: str | None
    raised_at: datetime
    due_at: datetime | None
    voices: int
    answered_at: datetime | None

    def is_overdue(self, now: datetime) -> bool:
        """Whether its answer is late and not there yet."""
        return (
            self.answered_at is None
            and self.due_at is not None
            and self.due_at < now
            and self.state in rules.UNANSWERED
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Which difficulties a list shows."""

    # One of the states, or OPEN for all that wait for an answer.
    state: str = ""
    procedure: str = ""
    text: str = ""
    commune: str = ""
    # None: whatever the field; empty: what is about no procedure.
    sector: str | None = None


def difficulties_listed(person: Person, day: date, asked: Asked, after: UUID | None = None) -> list[Listed]:
    """One page of what this person may read, the newest first, with one line more when there is a next page."""
    found = policies.visible_difficulties(person, day).order_by("-matter_id")
    found = found.filter(_where_it_was_met(asked))
    if asked.text.strip():
        keys = search.matching("difficulty", asked.text).annotate(matter=Cast("key", UUIDField())).values("matter")
        found = found.filter(Q(pk__in=keys) | Q(matter__reference=asked.text.strip().upper()))
    if after is not None:
        found = found.filter(matter_id__lt=after)
    return lines(found[: PAGE + 1])


def unreadable(person: Person, day: date, asked: Asked) -> int:
    """How many more there are of a commune or field whose words are for their parties alone; a number says nothing of
    them. Only for whoever oversees the place.
    """
    if not asked.commune and asked.sector is None:
        return 0
    over = [each.office.path for each in identity.posts_of(person, day) if identity.OVERSEE in each.role.capabilities]
    within = reduce(or_, (Q(commune__path__startswith=path) for path in over), Q(pk=None))
    seen = policies.visible_difficulties(person, day).values("pk")
    return Difficulty.objects.filter(_where_it_was_met(asked), within).exclude(pk__in=seen).count()


def _where_it_was_met(asked: Asked) -> Q:
    wanted = Q()
    if asked.state:
        wanted &= Q(state__in=rules.UNANSWERED if asked.state == OPEN else (asked.state,))
    if asked.procedure:
        wanted &= Q(procedure_code=asked.procedure)
    if asked.commune:
        wanted &= Q(commune__code=asked.commune)
    return wanted if asked.sector is None else wanted & Q(sector=asked.sector)


def lines(found: QuerySet[Difficulty]) -> list[Listed]:
    """These as lines of a list."""
    rows = found.values_list(
        "matter_id",
        "matter__reference",
        "matter__title",
        "state",
        "holder__name",
        "commune__name",
        "matter__opened_at",
        "due_at",
        Count("voices"),
        "answered_at",
    )
    return [Listed(*row) for row in rows]
