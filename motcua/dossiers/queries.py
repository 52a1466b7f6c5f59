"""What is: a dossier's edition and due moment, the inbox, look-ups at the desk, and what a citizen may read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, cast

from django.db import connection
from django.db.models import Count, Q, QuerySet, UUIDField
from django.db.models.functions import Cast

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Applicant, Dossier, Filing
from motcua.kernel import clock, identity, ledger, schedule, search
from motcua.kernel.calendar import Calendar
from motcua.kernel.clock import Due, Standing
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter, WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Edition

PAGE = 50
# A queue's number is counted this far; beyond it the page says "1.000+". No count may grow with the archive.
COUNT_LIMIT = 1000
ACT_OF_QUEUE = {"to_receive": "receive", "to_return": "return"}
QUEUES = ("mine", "office", "due_soon", "overdue", "to_receive", "to_return")


def edition_of(dossier: Dossier) -> Edition:
    """The edition that the dossier pins."""
    return procedures.edition(dossier.version_id, tuple(dossier.overlay_ids))


def due_of(dossier: Dossier) -> Due:
    """The due moment and its explanation, computed again from the stored clock; not started before receipt.

    By the calendar as it was at receipt: what was promised on paper does not move when a day is entered later.
    """
    stored = list(dossier.matter.clock_entries.order_by("seq"))
    entries = [
        clock.Entry(cast("clock.EntryKind", entry.kind), entry.at, entry.reason, entry.evidence, entry.until)
        for entry in stored
    ]
    limit = _limit(dossier.limit) if dossier.limit else None
    version = stored[0].calendar_version if stored else None
    return clock.due(schedule.calendar_for(dossier.competent_office, version), limit, entries)


def _limit(data: dict[str, Any]) -> clock.Limit:
    cutoff = time.fromisoformat(data["cutoff"]) if data.get("cutoff") else None
    return clock.Limit(data["value"], data["unit"], cutoff)


def standing_of(dossier: Dossier, now: datetime) -> Standing | None:
    """Within, due soon, overdue; when settled: early, on time, late. Never stored."""
    calendar = schedule.calendar_for(dossier.competent_office)
    return clock.standing(calendar, dossier.due_at, now, dossier.settled_at)


def open_item(dossier: Dossier) -> WorkItem | None:
    """The step that is open, with its office and whoever took it."""
    return WorkItem.objects.select_related("office", "assignee").filter(matter=dossier.matter, closed_by=None).first()


def colleagues(dossier: Dossier, day: date) -> QuerySet[Person]:
    """Who may do the open step besides the one who has it, by name; nobody when no step is open."""
    item = open_item(dossier)
    if item is None:
        return Person.objects.none()
    act = edition_of(dossier).definition.step(item.step).act
    may = identity.holding(rules.CAPABILITY_OF_ACT[act], item.office.path, day)
    others = may.exclude(pk=item.assignee_id) if item.assignee_id else may
    return others.order_by("full_name", "pk")


def possible_acts(person: Person, dossier: Dossier, item: WorkItem | None, day: date) -> tuple[str, ...]:
    """The acts this person may do on the dossier now, in the order of the work."""
    if item is None:
        return ()
    return tuple(_acts(person, dossier, item, day))


def _acts(person: Person, dossier: Dossier, item: WorkItem, day: date) -> Iterator[str]:
    steps = edition_of(dossier).definition.steps
    current = next(step for step in steps if step.sid == item.step)
    may = policies.can_do(person, item, [current.act], day)
    if may and current.act == "receive":
        yield from (rules.RECEIVE, rules.REFUSE)
    if may and current.act == "process":
        yield rules.ADVANCE
    ahead = rules.steps_until(steps, item.step, "settle")
    if ahead and current.act != "receive" and policies.can_do(person, item, [step.act for step in ahead], day):
        yield rules.SETTLE
    if may and current.act == "return":
        yield rules.RETURN


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list at the desk."""

    item_id: int
    number: str
    title: str
    applicant: str
    state: str
    step: str
    version_id: int
    office: str
    assignee: str
    due_at: datetime
    dossier_due_at: datetime | None
    settled_at: datetime | None
    standing: str


def queue(person: Person, name: str, now: datetime, day: date) -> QuerySet[WorkItem]:
    """The open work of this queue that is this person's to see, the most urgent first."""
    offices = _offices(person, day)
    items = WorkItem.objects.filter(closed_by=None, matter__kind="dossier").order_by("due_at", "id")
    if name == "mine":
        return items.filter(assignee=person)
    items = items.filter(office__in=offices)
    if name in ACT_OF_QUEUE:
        return items.filter(act=ACT_OF_QUEUE[name])
    # What is settled only waits to be collected: its time ended with the settling, in time or not.
    if name == "overdue":
        return items.filter(due_at__lt=now).exclude(act="return")
    if name == "due_soon":
        return items.filter(due_at__gte=now, due_at__lte=_soon(person, now, day)).exclude(act="return")
    return items


def _offices(person: Person, day: date) -> list[int]:
    return list({post.office_id for post in identity.posts_of(person, day)})


def _soon(person: Person, now: datetime, day: date) -> datetime:
    posts = identity.posts_of(person, day)
    return clock.soon_until(schedule.calendar_for(posts[0].office), now) if posts else now


def lines(items: QuerySet[WorkItem], now: datetime, after: tuple[datetime, int] | None = None) -> list[Line]:
    """One page of a queue, with one line more when there is a next page. `after` is the last line's due moment and
    id.
    """
    if after is not None:
        items = items.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], id__gt=after[1]))
    rows = items.values_list(
        "id",
        "matter__reference",
        "matter__title",
        "matter__dossier__applicant__full_name",
        "matter__dossier__state",
        "step",
        "matter__dossier__version_id",
        "office__name",
        "assignee__full_name",
        "due_at",
        "matter__dossier__due_at",
        "matter__dossier__settled_at",
    )
    return [_line(row, now) for row in rows[: PAGE + 1]]


def _line(row: Sequence[Any], now: datetime) -> Line:
    item_id, number, title, applicant, state, step, version_id, office, assignee, *moments = row
    due_at, dossier_due_at, settled_at = moments
    return Line(
        item_id,
        number,
        title,
        applicant,
        state,
        step,
        version_id,
        office,
        assignee or "",
        due_at,
        dossier_due_at,
        settled_at,
        standing=_standing(now, due_at, dossier_due_at, settled_at),
    )


def _standing(now: datetime, due_at: datetime, dossier_due_at: datetime | None, settled_at: datetime | None) -> str:
    """Of open work: overdue or within. Of what is settled: early, on time, late; only the days of its two moments
    count, so any calendar serves.
    """
    if settled_at is None:
        return "overdue" if due_at < now else "within"
    return clock.standing(Calendar(), dossier_due_at, settled_at, settled_at) or ""


def queue_counts(person: Person, now: datetime, day: date) -> dict[str, int]:
    """How much work lies in each queue, counted up to COUNT_LIMIT; one statement."""
    counted = [queue(person, name, now, day).order_by().values("pk")[:COUNT_LIMIT] for name in QUEUES]
    parts = [each.query.sql_with_params() for each in counted]
    # The parts are what Django itself makes of the queues, with marks for every value.
    sql = ", ".join(f"(SELECT count(*) FROM ({part}) AS counted)" for part, _params in parts)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", [value for _part, params in parts for value in params])
        return dict(zip(QUEUES, cursor.fetchone(), strict=True))


def found(person: Person, text: str, day: date, limit: int = 50) -> list[Dossier]:
    """Dossiers that this person may see, by number, its tail, name, birth date, phone or citizen id; newest first."""
    text = text.strip()
    if not text:
        return []
    visible = Dossier.objects.filter(matter__in=Matter.objects.visible_to(person, day))
    matches = visible.filter(_matching(text)).select_related(*policies.RELATED)
    return list(matches.order_by("-matter_id")[:limit])


def _matching(text: str) -> Q:
    digits = "".join(character for character in text if character.isdigit())
    exact = Q(matter__reference=text.upper())
    if (day := _as_day(text)) is not None:
        return exact | Q(applicant__birth_date=day)
    if digits and len(digits) >= 9 and not any(character.isalpha() for character in text):
        phone = "0" + digits[2:] if digits.startswith("84") else digits
        return exact | Q(applicant__phone=phone) | Q(applicant__citizen_id=digits)
    # In the statement that asks what the person may see: nothing that matches is cut off before that is known.
    keys = search.matching("dossier", text).annotate(dossier=Cast("key", UUIDField())).values("dossier")
    return exact | Q(pk__in=keys)


def _as_day(text: str) -> str | None:
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
    except ValueError:
        return None


def open_alike(commune: Office, code: str, applicant: dict[str, str]) -> list[Dossier]:
    """Open dossiers of the same procedure that likely are the same person's: a warning at the counter, never a
    refusal.
    """
    same = Dossier.objects.filter(procedure_code=code, competent_office=commune).exclude(state__in=rules.FINISHED)
    who = Q(pk__in=[])
    if applicant.get("citizen_id"):
        who |= Q(applicant__citizen_id=applicant["citizen_id"])
    if applicant.get("full_name") and applicant.get("birth_date"):
        who |= Q(applicant__full_name__iexact=applicant["full_name"], applicant__birth_date=applicant["birth_date"])
    return list(same.filter(who).select_related(*policies.RELATED).order_by("-filed_at")[:5])


def filing_content(dossier: Dossier) -> dict[str, Any]:
    """The first filing as it was sent; empty when its content was erased by law."""
    text = Filing.objects.filter(dossier=dossier, n=1).values_list("content", flat=True).first()
    content: dict[str, Any] = json.loads(text) if text else {}
    return content


def history_of(dossier: Dossier) -> list[Event]:
    """Everything recorded about the dossier, in order."""
    return list(ledger.history(dossier.matter))


def is_erased(applicant: Applicant) -> bool:
    """Whether the personal values were blanked by law."""
    return not applicant.full_name


def inconsistencies() -> Iterator[str]:
    """Every number that does not have exactly its filing and, until it is finished, one open step; as sentences."""
    numbers = Matter.objects.filter(kind="dossier").order_by("id")
    for number in numbers.filter(dossier__filings=None).values_list("reference", flat=True):
        yield f"{number} has no filing"
    open_work = Count("work_items", filter=Q(work_items__closed_by=None))
    counted = numbers.annotate(open_work=open_work).values_list("reference", "dossier__state", "open_work")
    for number, state, work in counted.iterator():
        if work != (0 if state in rules.FINISHED else 1):
            yield f"{number} is {state} and has {work} open steps"
