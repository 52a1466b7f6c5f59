"""One dossier of the demonstration on its way: acts and moments, each by somebody of the town, in working time.

Nouns: Story (a row of data/demo_dossiers.yaml), Stage (what all stories share), Step (a moment and what is done then).
What comes next is decided when what was before has been done: the due moment is known only at receipt. It does not
put several stories in order (dossiers.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from motcua.dossiers import services
from motcua.dossiers.services import ApplicantData, FileData, GivenLimit, drafts, satisfaction
from motcua.kernel.calendar import Calendar
from motcua.kernel.files import File
from motcua.kernel.identity import Person
from motcua.portal.demo import papers
from motcua.portal.demo.offices import Town
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition, Page, Text
from motcua.procedures.queries import Edition

Step = tuple[datetime, Callable[[datetime], object]]
OPENS = time(7, 35)
# Who has a right to a person's data may ask some days later to be forgotten.
FORGOTTEN_AFTER = 3
# What people say of how they were served, in turn; all of it is made up.
RATINGS = ((5, ""), (4, ""), (5, "Cán bộ nhiệt tình."), (3, ""), (5, ""), (2, "Chờ lâu, phải đi hai lần."), (4, ""))


@dataclass(frozen=True)
class Stage:
    """What all stories share: the script, the calendar, the moment of the making, the pictures."""

    script: Mapping[str, Any]
    legal_source: str
    calendar: Calendar
    now: datetime
    photo: FileData
    result: File

    def day(self, days: int) -> date:
        """The working day so many working days before today; for none, today or the last before it."""
        day = timezone.localdate(self.now)
        while not self.calendar.is_working_day(day):
            day -= timedelta(days=1)
        for _ in range(days):
            day = self.day_before(day)
        return day

    def day_before(self, day: date) -> date:
        """The working day before this one."""
        day -= timedelta(days=1)
        return day if self.calendar.is_working_day(day) else self.day_before(day)


@dataclass
class Story:
    """One dossier, or a draft that has not become one."""

    row: Mapping[str, Any]
    n: int
    town: Town
    applicant: ApplicantData
    stage: Stage
    dossier: Any = field(default=None)

    def told(self) -> Iterator[Step]:
        """Its acts, each with its moment, from the filing to where the row says that it has come."""
        moment, reached = self._begun(), self.row["reached"]
        yield moment, self.draft if reached == "draft" else self.file
        if self.row["channel"] == "online" and reached not in ("draft", "submitted"):
            moment = self._later(moment, 45)
            yield moment, self.refuse if reached == "refused" else self.receive
        if reached not in ("draft", "submitted", "refused"):
            yield from self._worked_on(moment)

    def _worked_on(self, received: datetime) -> Iterator[Step]:
        reached, settled = self.row["reached"], self._settled(received)
        if reached != "received" or self.row.get("claimed"):
            yield self._later(received, 20), self.take
        if "remark" in self.row:
            yield self._later(received, 35), self.remark
        if reached == "processing":
            yield self._later(received, 150), self.complete
        if reached in ("result_ready", "returned"):
            if self._is_processed:
                half = self.stage.calendar.working_minutes_between(received, settled) // 2
                yield self._later(received, half), self.complete
            yield settled, self.settle
        if reached == "returned":
            yield from self._handed_over(settled)

    def _handed_over(self, settled: datetime) -> Iterator[Step]:
        day = self.stage.calendar.add_working_days(timezone.localdate(settled), self.row.get("collect", 1))
        moment = self.stage.calendar.at(day, time(8, 10)) + timedelta(minutes=self.n)
        yield moment, self.hand_over
        if self.n % 3 == 0:
            yield self._later(moment, 30), self.rate
        if self.row.get("erased"):
            later = self.stage.calendar.add_working_days(day, FORGOTTEN_AFTER)
            yield self.stage.calendar.at(later, time(15)), self.erase

    # --- moments ---------------------------------------------------------------------------------------------------
    def _begun(self) -> datetime:
        if "minutes" in self.row:
            return self.stage.now - timedelta(minutes=self.row["minutes"])
        day = self.stage.day(self.row["days"])
        if "clock" in self.row:
            return self.stage.calendar.at(day, time.fromisoformat(self.row["clock"]))
        # What is told of today has to lie before a making in the morning.
        return self.stage.calendar.at(day, OPENS) + timedelta(minutes=self.n * 11 % (170 if self.row["days"] else 20))

    def _later(self, moment: datetime, minutes: int) -> datetime:
        """So many minutes of working time later, and a little different for each."""
        return self.stage.calendar.add_working_minutes(moment, minutes + self.n % 7)

    def _settled(self, received: datetime) -> datetime:
        """When it was signed: by the row's word before, on or after the day on which it was due."""
        due = timezone.localtime(self.dossier.due_at)
        if self.row.get("settled") == "late":
            day = self.stage.calendar.add_working_days(due.date(), self.row["by"])
            return self.stage.calendar.at(day, time(9)) + timedelta(minutes=self.n)
        if self.row.get("settled") == "early":
            day = self.stage.day_before(due.date())
            return max(self.stage.calendar.at(day, time(13, 30)) + timedelta(minutes=self.n), self._later(received, 90))
        return due - timedelta(minutes=30 + self.n % 40)

    # --- who ---------------------------------------------------------------------------------------------------------
    @property
    def _intake(self) -> Person:
        return self.town.one_of("intake_officer", self.n)

    @property
    def _signer(self) -> Person:
        return self.town.one_of("leader" if self.n % 5 == 0 else "approver", self.n)

    @property
    def _officer(self) -> Person:
        """Whoever works on it: where the route knows no processing, whoever signs."""
        return self.town.one_of("case_officer", self.n) if self._is_processed else self._signer

    # --- acts --------------------------------------------------------------------------------------------------------
    def draft(self, at: datetime) -> None:
        """Begun on a telephone and left lying."""
        edition = self._edition(at)
        draft = drafts.start_draft(commune=self.town.commune, edition=edition, at=at).draft
        known = {"full_name": self.applicant.full_name, "phone": self.applicant.phone}
        own = eforms.Cleaned(known, (), ())
        drafts.save_page(draft=draft, page=Page("applicant", Text(""), ()), cleaned=own, raw=known, at=at)

    def file(self, at: datetime) -> None:
        """Sent by the citizen, or taken in by the centre from the counter or the post."""
        edition, today = self._edition(at), timezone.localdate(at)
        definition, key = edition.definition, f"demo-{self.n}"
        answers = papers.answers(definition, self.applicant, today)
        request: dict[str, Any] = {"commune": self.town.commune, "edition": edition, "applicant": self.applicant}
        request |= {"answers": answers, "op_id": key, "request_sha256": hashlib.sha256(key.encode()).hexdigest()}
        if self.row["channel"] == "online":
            sent = papers.components(definition, answers, today, self.stage.photo)
            self.dossier = services.file_dossier(channel="online", components=sent, at=at, **request).dossier
            return
        brought = papers.originals(definition, answers, today)
        request |= {"channel": self.row["channel"], "limit": self._limit(definition), "by": self._intake}
        self.dossier = services.take_in_dossier(components=brought, at=at, **request).dossier

    def receive(self, at: datetime) -> None:
        """Found valid at the centre."""
        limit = self._limit(self._edition(self.dossier.filed_at).definition)
        self.dossier = services.receive_dossier(dossier=self.dossier, by=self._intake, at=at, limit=limit)

    def refuse(self, at: datetime) -> None:
        """Not accepted, with words that say what to do."""
        reasons = self.stage.script["refusals"][self.row["refusal"]]
        self.dossier = services.refuse_dossier(dossier=self.dossier, by=self._intake, at=at, **reasons)

    def take(self, at: datetime) -> None:
        """Somebody takes the open step upon himself."""
        self.dossier = services.take_work(dossier=self.dossier, by=self._officer, at=at)

    def remark(self, at: datetime) -> None:
        """A sentence for the colleagues."""
        text = self.stage.script["remarks"][self.row["remark"]]
        services.leave_remark(dossier=self.dossier, by=self._officer, text=text, at=at)

    def complete(self, at: datetime) -> None:
        """Handed on for signing."""
        self.dossier = services.complete_step(dossier=self.dossier, by=self._officer, at=at)

    def settle(self, at: datetime) -> None:
        """Signed; whoever filed online also gets a file, with a code by which anybody checks it."""
        given: dict[str, Any] = {}
        if self.row["channel"] == "online":
            given = {"file": self.stage.result, "verify_code": services.new_verify_code()}
        name = self.stage.script["result_name"]
        self.dossier = services.settle_dossier(dossier=self.dossier, by=self._signer, at=at, result_name=name, **given)

    def hand_over(self, at: datetime) -> None:
        """The result reaches the person."""
        way = {"method": self.row.get("method", "counter"), "receiver": self.applicant.full_name}
        self.dossier = services.return_result(dossier=self.dossier, by=self._intake, at=at, **way)

    def rate(self, at: datetime) -> None:
        """One tap: five faces."""
        score, sentence = RATINGS[self.n // 3 % len(RATINGS)]
        place = "online" if self.row["channel"] == "online" else "counter"
        satisfaction.rate_dossier(dossier=self.dossier, score=score, sentence=sentence, place=place, at=at)

    def erase(self, at: datetime) -> None:
        """Personal data leave, the record stays."""
        by, source = self.town.one_of("administrator", self.n), self.stage.script["erasure_source"]
        services.erase_personal_data(dossier=self.dossier, by=by, at=at, legal_source=source)

    # --- what the catalogue says -----------------------------------------------------------------------------------
    def _edition(self, at: datetime) -> Edition:
        return procedures.edition_for(self.town.commune, self.row["code"], timezone.localdate(at))

    @property
    def _is_processed(self) -> bool:
        steps = self._edition(self.dossier.filed_at).definition.steps
        return any(step.act == "process" for step in steps)

    def _limit(self, definition: Definition) -> GivenLimit:
        """What the officer names where the law's text leaves the limit or its unit open."""
        open_limit = self.stage.script["given_limit"]
        known = (each.limit.value for each in definition.channels if each.limit)
        value = next((number for number in known if number), open_limit["value"])
        return GivenLimit(value, open_limit["unit"], self.stage.legal_source)
