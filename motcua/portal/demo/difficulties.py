"""What the communes of the demonstration find hard, told act by act in working time (data/demo_oversight.yaml).

Nouns: Tale (one difficulty with what came of it). What lies too long is looked after each morning, as in a real centre.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight import services
from motcua.oversight.services import Described, Place
from motcua.portal.demo.offices import Places, Town
from motcua.portal.demo.stories import Stage, Step
from motcua.procedures import queries as procedures
from motcua.ui.here import Here

LOOKED_AFTER = 40  # working days, each morning


def length(script: Mapping[str, Any]) -> int:
    """How many courses the script makes."""
    return len(script["documents"]) + len(script["difficulties"]) + len(script["reports"]) + LOOKED_AFTER + 1


@dataclass
class Stock:
    """What rows name by a word: difficulties and documents that have happened."""

    difficulties: dict[str, Any] = field(default_factory=dict)
    documents: dict[str, Any] = field(default_factory=dict)


def courses(script: Mapping[str, Any], places: Places, stage: Stage) -> list[Iterator[Step]]:
    """The routes, the documents, every difficulty, and the mornings."""
    stock = Stock()
    tales = [Tale(row, n, places, stage, stock).told() for n, row in enumerate(script["difficulties"], 1)]
    kept = [_document(row, places, stage, stock) for row in script["documents"]]
    mornings = [_morning(days, stage) for days in range(LOOKED_AFTER)]
    return [_routes(script["routes"], places, stage), *kept, *tales, *mornings]


def _routes(rows: list[Mapping[str, Any]], places: Places, stage: Stage) -> Iterator[Step]:
    def set_all(at: datetime) -> None:
        for row in rows:
            services.set_route(
                province=places.departments[""].office,
                scope=row["scope"],
                key=row.get("key", ""),
                department=places.departments[row["department"]].office,
                leader_first=row.get("leader_first", False),
                by=places.departments[""].people[0],
                at=at,
            )

    yield stage.calendar.at(stage.day(48), time(7, 40)), set_all


def _morning(days: int, stage: Stage) -> Iterator[Step]:
    yield stage.calendar.at(stage.day(days), time(7, 31)), lambda at: services.move_what_waits(at=at)


def _document(row: Mapping[str, Any], places: Places, stage: Stage, stock: Stock) -> Iterator[Step]:
    department = places.departments[row["department"]]
    moment = stage.calendar.at(stage.day(row["days"]), time(8, 5))

    def register(at: datetime) -> None:
        day = timezone.localdate(at)
        stock.documents[row["name"]] = services.register_document(
            described=Described(
                row["number"], row["kind"], row["issuer"], row["title"], day, day, places=(Place(sector=row["sector"]),)
            ),
            office=department.office,
            by=department.people[0],
            at=at,
            replaces=[stock.documents[row["replaces"]]] if "replaces" in row else [],
        )

    def read(at: datetime) -> None:
        for n in range(row["read"]):
            town = places.towns[n % len(places.towns)]
            person = town.one_of("intake_officer", n)
            post = identity.posts_of(person, timezone.localdate(at))[0]
            services.mark_read(document=stock.documents[row["name"]], by=person, post=post, at=at)

    yield moment, register
    yield stage.calendar.add_working_minutes(moment, 300), read


@dataclass
class Tale:
    """One difficulty: raised, and what was done then."""

    row: Mapping[str, Any]
    n: int
    places: Places
    stage: Stage
    stock: Stock
    difficulty: Any = None

    def told(self) -> Iterator[Step]:
        """Its acts, each with its moment."""
        day = self.stage.day(self.row["days"])
        moment = self.stage.calendar.at(day, time.fromisoformat(self.row["clock"])) + timedelta(seconds=self.n)
        yield moment, self.raised
        for act in self.row["then"]:
            moment = self.stage.calendar.add_working_minutes(moment, act["after"])
            yield moment, self._act(act)

    # --- who ---------------------------------------------------------------------------------------------------------
    @property
    def _town(self) -> Town:
        town: Town = self.places.towns[self.row["town"] - 1]
        return town

    def _asker(self) -> Person:
        return self._town.one_of(self.row["by"], self.n)

    def _holder(self) -> Person:
        """Somebody who answers where it lies now: of the department, or the commune's leader."""
        holder = self.difficulty.holder
        found = [each for each in self.places.departments.values() if each.office == holder]
        return found[0].people[self.n % len(found[0].people)] if found else self._town.one_of("leader", 0)

    def _office(self, person: Person, at: datetime) -> Office:
        return identity.posts_of(person, timezone.localdate(at))[0].office

    # --- what --------------------------------------------------------------------------------------------------------
    def raised(self, at: datetime) -> None:
        """By an officer at a step, or by somebody of the public."""
        by = self._asker() if "by" in self.row else None
        self.difficulty = services.raise_difficulty(
            text=self.row["text"],
            topic=self.row["topic"],
            here=self._here(at),
            office=self._office(by, at) if by else self._town.commune,
            by=by,
            at=at,
        )
        self.stock.difficulties[self.row.get("name", "")] = self.difficulty

    def _here(self, at: datetime) -> Here:
        code, step = self.row.get("code", ""), self.row.get("step", "")
        version = procedures.edition_for(self._town.commune, code, timezone.localdate(at)).version_id if code else ""
        page = "desk-dossier" if step else "citizen-page" if "field" in self.row else "desk-inbox"
        return Here(code, str(version), step, self.row.get("field", ""), page=page, error=self.row.get("error", ""))

    def _act(self, act: Mapping[str, Any]) -> Callable[[datetime], object]:
        return lambda at: getattr(self, f"_{act['act']}")(act, {"difficulty": self.difficulty, "at": at})

    def _take(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.difficulty = services.take_difficulty(by=self._holder(), **given)

    def _send_up(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.difficulty = services.send_up(by=self._holder(), **given)

    def _ask_back(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.difficulty = services.ask_back(question=act["text"], by=self._holder(), **given)

    def _clarify(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.difficulty = services.clarify(text=act["text"], by=self._asker(), **given)

    def _pass_on(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        to = self.places.departments[act["to"]].office
        self.difficulty = services.pass_on(to=to, reason=act["text"], by=self._holder(), **given)

    def _join(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        into = self.stock.difficulties[act["with"]]
        services.join_difficulties(into=into, reason=act["text"], by=self._holder(), **given)

    def _voice(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        person = self.places.towns[act["town"] - 1].one_of(act["by"], 0)
        services.add_voice(by=person, office=self._office(person, given["at"]), **given)

    def _answer(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        services.answer_difficulty(text=act["text"], by=self._holder(), **given)

    def _confirm(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        services.confirm_answer(by=self._asker(), **given)

    def _reopen(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.difficulty = services.reopen_difficulty(reason=act["text"], by=self._asker(), **given)

    def _withdraw(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        services.withdraw_difficulty(by=self._asker(), **given)

    def _publish(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.guidance = services.publish_answer(by=self._holder(), **given)

    def _rest(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        document = self.stock.documents[act["document"]]
        services.rest_on_document(guidance=self.guidance, document=document, by=self._holder(), at=given["at"])
