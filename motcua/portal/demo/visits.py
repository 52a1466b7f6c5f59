"""The visits of the demonstration and what came of them, told act by act in working time (data/demo_visits.yaml).

Nouns: Journey (one visit with its conclusion and directives). Whoever did something is named by a town's number or by a
department's code; the province's leader gives and judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight import services
from motcua.oversight.services import Asked, Delegate, Period, Plan, Seen, Written
from motcua.portal.demo.offices import Places
from motcua.portal.demo.stories import Stage, Step

LOOKED_AFTER = 22  # working days, each morning


def length(script: Mapping[str, Any]) -> int:
    """How many courses the script makes."""
    return sum(1 + sum(len(task["to"]) for task in row.get("tasks", ())) for row in script["visits"]) + LOOKED_AFTER


def courses(script: Mapping[str, Any], places: Places, stage: Stage) -> list[Iterator[Step]]:
    """Every visit, what became of each directive, and the mornings."""
    found: list[Iterator[Step]] = []
    for row in script["visits"]:
        journey = Journey(row, places, stage)
        found += [
            journey.told(),
            *(journey.followed(n, who) for n, task in enumerate(journey.tasks) for who in task["to"]),
        ]
    mornings = (stage.calendar.at(stage.day(days), time(7, 32)) for days in range(LOOKED_AFTER))
    return [*found, *(iter([(moment, _looked_after)]) for moment in mornings)]


def _looked_after(at: datetime) -> None:
    services.follow_directives(at=at)


@dataclass
class Journey:
    """One visit: planned, held, concluded; each directive goes its own way."""

    row: Mapping[str, Any]
    places: Places
    stage: Stage
    visit: Any = None
    conclusion: Any = None
    given: dict[int, Any] = field(default_factory=dict)

    @property
    def tasks(self) -> list[Mapping[str, Any]]:
        return list(self.row.get("tasks", ()))

    @property
    def leader(self) -> Person:
        return self.places.departments[""].people[0]

    def told(self) -> Iterator[Step]:
        """Planned the day before; held, concluded and issued where the row says so."""
        days = self.row["days"]
        yield self._at(days + 1 if "checks" in self.row else days, "08:00"), self._plan
        if "checks" not in self.row:
            return
        yield self._at(days, "08:30"), self._look
        yield self._at(days, "15:00"), self._note
        yield self._at(days, "16:40"), self._close
        yield self._at(days - 1, "10:00"), self._conclude
        yield self._at(days - 2, "09:00"), self._issue
        for n in range(len(self.tasks)):
            yield self._at(days - 2, f"09:{10 + n}"), self._giving(n)

    def followed(self, n: int, who: int | str) -> Iterator[Step]:
        """What became of the directive that this office was given."""
        for act in self.tasks[n]["then"]:
            if act["who"] == who:
                yield self._at(act["days"], act["clock"]), self._act(n, who, act)

    # --- where, when, who --------------------------------------------------------------------------------------------
    def _at(self, days: int, clock: str) -> datetime:
        return self.stage.calendar.at(self.stage.day(days), time.fromisoformat(clock))

    def _day(self, days: int) -> date:
        """So many working days before the making; after it for a negative number."""
        today = self.stage.day(0)
        return self.stage.day(days) if days >= 0 else self.stage.calendar.add_working_days(today, -days)

    def _office(self, who: int | str) -> Office:
        return self.places.towns[who - 1].commune if isinstance(who, int) else self.places.departments[who].office

    def _person(self, who: int | str) -> Person:
        if isinstance(who, int):
            return self.places.towns[who - 1].one_of("leader", 0)
        return self.places.departments[who].people[0]

    # --- what --------------------------------------------------------------------------------------------------------
    def _plan(self, at: datetime) -> None:
        day = self._day(-self.row["ahead"]) if "ahead" in self.row else self.stage.day(self.row["days"])
        begins = self.stage.calendar.at(day, time(8))
        plan = Plan(
            title=self.row["title"],
            begins_at=begins,
            ends_at=begins + timedelta(hours=8),
            hosts=[town.commune for town in self.places.towns],
            delegates=[Delegate(name, position) for name, position in self.row["delegates"]],
            agenda=self.row["agenda"],
            taking_part=[self._office(code) for code in self.row["taking_part"]],
            purpose=self.row["purpose"],
            place=self.row["place"],
        )
        self.visit = services.plan_visit(plan=plan, office=self._office(""), by=self.leader, at=at)

    def _look(self, at: datetime) -> None:
        hosts = {host.commune_id: host for host in self.visit.hosts.select_related("commune", "visit__matter")}
        for row in self.row["checks"]:
            photos = [self.stage.result] if row.get("photo") else []
            seen = {row["what"]: Seen(row["mark"], row["words"], photos)}
            services.check_host(host=hosts[self._office(row["town"]).pk], seen=seen, by=self._person("vp"), at=at)

    def _note(self, at: datetime) -> None:
        hosts = {host.commune_id: host for host in self.visit.hosts.all()}
        for row in self.row["findings"]:
            host = hosts[self._office(row["town"]).pk] if "town" in row else None
            said: dict[str, Any] = {"kind": row["kind"], "text": row["text"], "host": host}
            services.note_finding(visit=self.visit, by=self._person("vp"), at=at, **said)

    def _close(self, at: datetime) -> None:
        self.visit = services.close_visit(visit=self.visit, minutes=self.row["minutes"], by=self.leader, at=at)

    def _conclude(self, at: datetime) -> None:
        said = self.row["conclusion"]
        written = Written(**said, dated=self.stage.day(self.row["days"] - 2))
        self.conclusion = services.conclude_visit(visit=self.visit, written=written, by=self.leader, at=at)

    def _issue(self, at: datetime) -> None:
        self.conclusion = services.issue_conclusion(conclusion=self.conclusion, by=self.leader, at=at)

    def _giving(self, n: int) -> Callable[[datetime], object]:
        def give(at: datetime) -> None:
            row = self.tasks[n]
            asked = Asked(
                result=row["result"],
                offices=[self._office(who) for who in row["to"]],
                due_date=self._day(row["due"]),
                period=Period(row["every"], row["unit"]) if "every" in row else None,
                co_offices=[self._office(code) for code in row.get("help", ())],
            )
            paragraph = self.conclusion.paragraphs.select_related("conclusion__matter", "conclusion__office").get(
                no=row["paragraph"]
            )
            self.given[n] = services.give_directives(paragraph=paragraph, asked=asked, by=self.leader, at=at)

        return give

    def _act(self, n: int, who: int | str, act: Mapping[str, Any]) -> Callable[[datetime], object]:
        def done(at: datetime) -> None:
            directive = self.given[n].directives.get(office=self._office(who))
            text = act.get("text", "")
            theirs: dict[str, Any] = {"by": self._person(who), "at": at}
            ours: dict[str, Any] = {"by": self.leader, "at": at}
            if act["act"] == "take_on":
                services.take_on(directive=directive, **theirs)
            elif act["act"] == "report":
                services.report_on(directive=directive, text=text, **theirs)
            elif act["act"] == "ask_change":
                services.ask_change(directive=directive, due_date=self._day(act["due"]), reason=text, **theirs)
            elif act["act"] == "send_back":
                services.send_back(directive=directive, missing=text, **ours)
            else:
                services.approve_report(directive=directive, text=text, **ours)

        return done
