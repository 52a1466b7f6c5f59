"""One dossier of the quarter and what anybody can do with it, each act by somebody who may, in working time.

Nouns: Case (a dossier with its people, its moments and its acts). Which act follows which is a road (roads.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from motcua.dossiers import queries, services
from motcua.dossiers.services import ApplicantData, ComponentData, GivenLimit, Need
from motcua.kernel import schedule
from motcua.kernel.calendar import Calendar
from motcua.kernel.identity import Person
from motcua.portal.demo import papers
from motcua.portal.demo.offices import Town
from motcua.portal.demo.stories import Stage
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition

Act = Callable[[datetime], object]
# What an applicant can be asked to write anew: one line.
PLAIN = ("text", "name", "long_text")


@dataclass
class Case:
    """A dossier before it is filed, and afterwards."""

    n: int
    code: str
    channel: str
    filed_at: datetime
    settled: str
    town: Town
    other: Town
    applicant: ApplicantData
    stage: Stage
    words: Mapping[str, str]
    wrong: Mapping[str, str]
    dossier: Any = None
    # Where it was received: its counter stays there, whoever becomes competent.
    counter: Town | None = None
    # Who asked for papers last.
    asker: Person | None = None

    # --- moments -----------------------------------------------------------------------------------------------------
    @property
    def calendar(self) -> Calendar:
        """The commune's working time as it is now: a day off may have been set since."""
        return schedule.calendar_for(self.town.commune)

    def later(self, moment: datetime, minutes: int) -> datetime:
        """So many minutes of working time later, and a little different for each."""
        return self.calendar.add_working_minutes(moment, minutes + self.n % 7)

    def days_later(self, moment: datetime, days: int) -> datetime:
        """In the morning so many working days later."""
        day = self.calendar.add_working_days(timezone.localdate(moment), days)
        return self.calendar.at(day, time(8, 5)) + timedelta(minutes=self.n % 90)

    def settling(self, moment: datetime) -> datetime:
        """When it is signed: before, on or after the day on which it is due, and never before this moment."""
        due = timezone.localtime(self.fresh().due_at or moment)
        if self.settled == "late":
            return self.days_later(due, 1 + self.n % 3)
        if self.settled == "early":
            day = self.stage.day_before(due.date())
            return max(self.calendar.at(day, time(13, 30)) + timedelta(minutes=self.n % 150), moment)
        return max(due - timedelta(minutes=20 + self.n % 60), moment)

    # --- what is there -----------------------------------------------------------------------------------------------
    def fresh(self) -> Any:
        """The dossier as it is now."""
        self.dossier.refresh_from_db()
        return self.dossier

    @property
    def act(self) -> str:
        """What its open step does."""
        item = queries.open_item(self.dossier)
        return item.act if item else ""

    # --- who ---------------------------------------------------------------------------------------------------------
    def one(self, role: str) -> Person:
        """Somebody with this role in the commune that has it."""
        return self.town.one_of(role, self.n)

    @property
    def intake(self) -> Person:
        """Somebody at its counter."""
        return (self.counter or self.town).one_of("intake_officer", self.n)

    @property
    def officer(self) -> Person:
        """Whoever works on the open step."""
        return self.one("case_officer" if self.act in ("process", "request") else "approver")

    # --- acts --------------------------------------------------------------------------------------------------------
    def does(self, service: Callable[..., Any], **given: Any) -> Act:
        """An act as a service has it, at a moment that is told later; people and values that are functions are asked
        for then.
        """

        def act(at: datetime) -> object:
            known = {key: value() if callable(value) else value for key, value in given.items()}
            return service(dossier=self.fresh(), at=at, **known)

        return act

    def file(self, at: datetime) -> None:
        """Sent by the citizen, or taken in by the centre from the counter or the post."""
        edition = procedures.edition_for(self.town.commune, self.code, timezone.localdate(at))
        definition, today = edition.definition, timezone.localdate(at)
        answers = papers.answers(definition, self.applicant, today)
        request: dict[str, Any] = {"commune": self.town.commune, "edition": edition, "applicant": self.applicant}
        request |= {"answers": answers, "at": at, **self._key("filed")}
        if self.channel == "online":
            sent = papers.components(definition, answers, today, self.stage.photo)
            self.dossier = services.file_dossier(channel="online", components=sent, **request).dossier
            return
        brought = papers.originals(definition, answers, today)
        request |= {"channel": self.channel, "limit": self.limit(definition), "by": self.intake}
        self.dossier = services.take_in_dossier(components=brought, **request).dossier
        self.counter = self.town

    def receive(self, at: datetime) -> None:
        """Found valid at the centre; from then on its counter is there."""
        edition = queries.edition_of(self.fresh())
        services.receive_dossier(dossier=self.dossier, by=self.intake, at=at, limit=self.limit(edition.definition))
        self.counter = self.town

    def settle(self, at: datetime) -> None:
        """Signed; whoever filed online gets a file."""
        file = self.stage.result if self.channel == "online" else None
        by = self.one("leader" if self.n % 5 == 0 else "approver")
        name = self.stage.script["result_name"]
        services.settle_dossier(dossier=self.dossier, by=by, at=at, result_name=name, file=file)

    def hand_over(self, at: datetime) -> None:
        """The result reaches the person, in the way in which it was filed."""
        method = {"online": ("counter", "electronic"), "postal": ("post",), "direct": ("counter",)}[self.channel]
        way = {"method": method[self.n % len(method)], "receiver": self.applicant.full_name}
        services.return_result(dossier=self.dossier, by=self.intake, at=at, **way)

    def ask(self, at: datetime) -> None:
        """Ask for one answer or one paper to be mended."""
        self.asker = self.intake if self.act == "receive" else self.officer
        services.request_supplement(
            dossier=self.dossier,
            by=self.asker,
            at=at,
            items=self._needs(at),
            contact=self.words["contact"],
            answer_by=self.days_later(at, 8),
            repeat_reason=self.words["repeat"],
        )

    def decide(self, at: datetime, *, accept: bool) -> None:
        """The leader agrees to a second request, or does not."""
        asked = queries.undecided_supplement(self.dossier)
        assert asked is not None
        note = "" if accept else self.words["no_repeat"]
        said = {"accept": accept, "note": note, "answer_by": self.days_later(at, 8)}
        services.decide_supplement(dossier=self.dossier, n=asked.n, by=self.one("leader"), at=at, **said)  # type: ignore[arg-type]

    def mend(self, at: datetime, *, at_the_counter: bool = False) -> None:
        """What was asked for comes."""
        dossier, today = self.fresh(), timezone.localdate(at)
        asked = queries.open_supplement(dossier)
        assert asked is not None
        wanted = list(asked.items.all())
        answers = papers.answers(queries.edition_of(dossier).definition, self.applicant, today)
        photo = (self.stage.photo,)
        services.file_supplement(
            dossier=dossier,
            answers={each.sid: answers[each.sid] for each in wanted if each.kind == "field"},
            components=[ComponentData(each.sid, files=photo) for each in wanted if each.kind == "component"],
            at=at,
            by=self.intake if at_the_counter else None,
            **self._key(f"mended-{asked.n}"),  # type: ignore[arg-type]
        )

    # --- parts -------------------------------------------------------------------------------------------------------
    def _key(self, what: str) -> dict[str, str]:
        key = f"quarter-{self.n}-{what}"
        return {"op_id": key, "request_sha256": hashlib.sha256(key.encode()).hexdigest()}

    def key(self, what: str) -> str:
        """A key for something that comes from outside."""
        return self._key(what)["op_id"]

    def limit(self, definition: Definition) -> GivenLimit:
        """What the officer names where the law's text leaves the limit or its unit open."""
        open_limit = self.stage.script["given_limit"]
        known = (each.limit.value for each in definition.channels if each.limit)
        value = next((number for number in known if number), open_limit["value"])
        return GivenLimit(value, open_limit["unit"], self.stage.legal_source)

    def _needs(self, at: datetime) -> list[Need]:
        """A paper, or else one line of the form."""
        dossier = self.fresh()
        definition = queries.edition_of(dossier).definition
        shown = eforms.shown(definition, queries.answers_of(dossier), timezone.localdate(at))
        component = [("component", each.sid, "unreadable") for each in shown.components if each.handed_in]
        field = [("field", each.sid, "contradicts") for each in shown.fields if each.type in PLAIN and each.required]
        return [Need(*each, self.words["remedy"]) for each in [*component, *field][:1]]
