"""Where directives stand: their due moment, who may be directed, lists, counts for other pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from motcua.kernel import clock, ledger, matters, organisation, schedule
from motcua.kernel.clock import Due
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.oversight import policies
from motcua.oversight.models import Conclusion, Directive
from motcua.oversight.rules import directives as rules
from motcua.oversight.rules.directives import Outcome
from motcua.oversight.words import wording

PAGE = 50
OPEN = tuple(state for state in rules.STATES if state not in rules.FINISHED)


@dataclass(frozen=True, slots=True)
class GivenDirective:
    """One line of a list of directives."""

    id: UUID
    reference: str
    result: str
    state: str
    office_id: int
    office: str
    issuer: str
    due_at: datetime
    reported_at: datetime | None
    every: int | None
    unit: str
    conclusion: str
    given_at: datetime

    def outcome(self, now: datetime) -> Outcome:
        """Done or not × in time or late; never stored."""
        return rules.outcome(self.state, self.due_at, self.reported_at, now)


_COLUMNS = (
    "matter_id",
    "matter__reference",
    "task__result",
    "state",
    "office_id",
    "office__name",
    "issuer__name",
    "due_at",
    "reported_at",
    "task__every",
    "task__unit",
    "task__conclusion__matter__reference",
    "task__given_at",
)


def directives_of(offices: Sequence[Office], *, only_open: bool = True) -> list[GivenDirective]:
    """What these offices have been given, the most urgent first: for the pages of other rooms and of a visit. One
    query. Who asks has seen to it that the reader may see these offices' directives.
    """
    found = Directive.objects.filter(office__in=offices).order_by("due_at", "matter_id")
    return directive_lines(found.filter(state__in=OPEN) if only_open else found)


def directive_lines(found: QuerySet[Directive]) -> list[GivenDirective]:
    """These as lines."""
    return [GivenDirective(*row) for row in found.values_list(*_COLUMNS)]


def overdue(now: datetime) -> Q:
    """Of directives: not done and late. What was reported in time waits for the issuer and is not late."""
    lies = Q(state__in=("given", "taken_on", "change_asked", "sent_back"), due_at__lt=now)
    return lies | Q(state="reported", reported_at__gt=F("due_at"))


@dataclass(frozen=True, slots=True)
class DirectiveCount:
    """How many directives of an office are open, and how many of those are late."""

    open: int = 0
    late: int = 0


def directive_counts(province: Office, now: datetime) -> dict[int, DirectiveCount]:
    """Open and overdue directives by the id of the office that has them, everywhere in the province; one query. An
    office that has none is not named.
    """
    found = Directive.objects.filter(state__in=OPEN, office__path__startswith=province.path)
    counted = (
        found.order_by().values_list("office_id").annotate(number=Count("pk"), late=Count("pk", filter=overdue(now)))
    )
    return {office: DirectiveCount(number, late) for office, number, late in counted}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which directives a list shows."""

    outcome: str = ""
    office: str = ""
    conclusion: str = ""


def directives_listed(
    person: Person, day: date, now: datetime, wanted: Wanted, after: UUID | None = None
) -> list[GivenDirective]:
    """One page of what this person may read, the newest first, with one line more when there is a next page."""
    found = policies.visible_directives(person, day).order_by("-matter_id")
    if wanted.outcome:
        found = found.filter(_with_outcome(wanted.outcome, now))
    if wanted.office:
        found = found.filter(office__code=wanted.office)
    if wanted.conclusion:
        found = found.filter(task__conclusion__matter__reference=wanted.conclusion)
    if after is not None:
        found = found.filter(matter_id__lt=after)
    return directive_lines(found[: PAGE + 1])


def _with_outcome(name: str, now: datetime) -> Q:
    late_done = Q(reported_at__gt=F("due_at"))
    return {
        "open": Q(state__in=OPEN) & ~overdue(now),
        "open_late": Q(state__in=OPEN) & overdue(now),
        "done": Q(state="done") & ~late_done,
        "done_late": Q(state="done") & late_done,
        "withdrawn": Q(state="withdrawn"),
    }[name]


def directive_due(directive: Directive) -> Due:
    """When it is due, computed again from the stored clock: the conclusion's day, or the last one that was allowed."""
    stored = list(directive.matter.clock_entries.order_by("seq"))
    entries = [clock.Entry(cast("clock.EntryKind", each.kind), each.at, each.reason, "", each.until) for each in stored]
    version = stored[0].calendar_version if stored else None
    return clock.due(schedule.calendar_for(directive.office, version), None, entries)


def directive_outcome(directive: Directive, now: datetime) -> Outcome:
    """Done or not × in time or late; never stored."""
    return rules.outcome(directive.state, directive.due_at, directive.reported_at, now)


def outcome_words(outcome: Outcome | str) -> str:
    """Done or not × in time or late, in words."""
    return str(wording.OUTCOMES[outcome].word)


def addressable(issuer: Office, day: date) -> QuerySet[Office]:
    """Whom this office can direct: a commune its own parts; everybody else the communes and departments."""
    if issuer.kind == organisation.COMMUNE:
        return Office.objects.on(day).filter(parent=issuer).order_by("name")
    kinds = (organisation.COMMUNE, organisation.DEPARTMENT)
    below = Office.objects.on(day).filter(path__startswith=f"{issuer.codes[0]}/", kind__in=kinds)
    return below.exclude(pk=issuer.pk).order_by("-kind", "name")


def helping(directive: Directive) -> list[Office]:
    """The offices that help with it."""
    parties = directive.matter.parties.current().filter(capacity=matters.HELPING).select_related("office")
    return [party.office for party in parties]


def open_steps(directive: Directive) -> list[WorkItem]:
    """What is to be done on it now: its own step first, then that of whoever sees to it because it is late."""
    items = WorkItem.objects.filter(matter=directive.matter, closed_by=None).select_related("office", "assignee")
    return sorted(items, key=lambda item: item.step == rules.OVERSEE)


def people_below(office: Office, day: date) -> QuerySet[Person]:
    """Everybody with a post in the office or below it, by name."""
    posts = Q(posts__office__path__startswith=office.path, posts__valid_from__lte=day)
    held = posts & (Q(posts__valid_to=None) | Q(posts__valid_to__gt=day))
    return Person.objects.filter(held).distinct().order_by("full_name", "pk")


def history_of_directive(directive: Directive) -> list[Event]:
    """Everything recorded about it, in order."""
    return list(ledger.history(directive.matter))


BY_THE_OFFICE = (rules.REPORT, rules.TAKE_ON, rules.ASK_CHANGE)
BY_THE_ISSUER = (
    rules.APPROVE,
    rules.APPROVE_PERIOD,
    rules.SEND_BACK,
    rules.ALLOW,
    rules.REFUSE,
    rules.END,
    rules.WITHDRAW,
)


def possible_directive_acts(person: Person, directive: Directive, day: date) -> tuple[str, ...]:
    """The acts this person may do on it now, in the order of the work."""
    allowed = list(rules.MACHINE.allowed(directive.state))
    other = rules.APPROVE if directive.task.every is not None else rules.APPROVE_PERIOD
    acts: list[str] = []
    if policies.may_carry_out(person, directive, day):
        acts += [act for act in BY_THE_OFFICE if act in allowed]
    if policies.may_direct(person, directive.issuer, day):
        acts += [act for act in BY_THE_ISSUER if act in allowed and act != other]
    return tuple(acts)


# --- conclusions -----------------------------------------------------------------------------------------------------
def conclusions_listed(person: Person, day: date, after: UUID | None = None) -> list[Conclusion]:
    """One page of what this person may read, the newest first, with one more when there is a next page."""
    found = policies.visible_conclusions(person, day).select_related("matter", "office").order_by("-matter_id")
    if after is not None:
        found = found.filter(matter_id__lt=after)
    return list(found[: PAGE + 1])


def directive_faults() -> Iterator[str]:
    """Every directive that is not exactly one office's open step until it is over or rests; as sentences."""
    step_of_its_own = Q(matter__work_items__closed_by=None) & ~Q(matter__work_items__step=rules.OVERSEE)
    own = Count("matter__work_items", filter=step_of_its_own)
    counted = Directive.objects.order_by("pk").annotate(own=own)
    for reference, state, work in counted.values_list("matter__reference", "state", "own").iterator():
        if work != (1 if state in rules.STEP_OF_STATE else 0):
            yield f"{reference} is {state} and has {work} open steps"
