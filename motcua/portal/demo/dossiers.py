"""The dossiers of the demonstration: each row of the data is a story, and all stories are told in the order of time.

The same seed gives the same people and answers; moments lie in working time of the days before the making.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from motcua.dossiers import services
from motcua.dossiers.services import ApplicantData, ComponentData, Filed, FileData
from motcua.kernel import files, localities, schedule
from motcua.kernel.calendar import Calendar
from motcua.portal.demo.offices import Town
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition
from motcua.procedures.queries import Edition

Act = Callable[[datetime], object]
# How far each state is from the filing: the acts that have been done.
ACTS = {
    "submitted": (),
    "refused": ("refuse",),
    "received": ("receive",),
    "processing": ("receive", "process"),
    "result_ready": ("receive", "process", "settle"),
    "returned": ("receive", "process", "settle", "return"),
}
CLOCK = {"receive": time(9, 20), "refuse": time(9, 40), "process": time(10, 30), "settle": time(13, 50)}
RETURN_AT = time(14, 40)


@dataclass
class Story:
    """One dossier on its way."""

    row: dict[str, Any]
    town: Town
    n: int
    data: dict[str, Any]
    chance: random.Random
    sent: Filed | None = field(default=None)
    online: bool = False

    def steps(self, calendar: Calendar, today: date) -> Iterator[tuple[datetime, Act]]:
        """Its acts, each with its moment, from the filing on."""
        day = _working_day_before(calendar, today, self.row["ago"])
        late = calendar.add_working_days(day, self.row["late"]) if "late" in self.row else day
        yield calendar.at(day, time(7, 40 + self.n % 18)), self.file
        for act in ACTS[self.row["reached"]]:
            if act == "process" and self.row["code"] not in self._with_processing(day):
                continue
            on = late if act in ("settle", "return") else day
            moment = calendar.at(on, CLOCK.get(act, RETURN_AT)) + timedelta(minutes=self.n)
            yield moment, getattr(self, f"{act}_it")

    def _with_processing(self, day: date) -> set[str]:
        """Procedures whose route has a step of processing."""
        steps = self._edition(day).definition.steps
        return {self.row["code"]} if any(step.act == "process" for step in steps) else set()

    def _edition(self, day: date) -> Edition:
        return procedures.edition_for(self.town.commune, self.row["code"], day)

    def file(self, at: datetime) -> None:
        """Sent online where the procedure can be, else brought to the counter."""
        edition = self._edition(timezone.localdate(at))
        online = self.online = edition.filed_here
        applicant = _applicant(self.data["applicants"], self.chance, self.town, self.n)
        request: dict[str, Any] = {
            "commune": self.town.commune,
            "edition": edition,
            "applicant": applicant,
            "answers": _answers(edition.definition, applicant, timezone.localdate(at)),
            "components": _components(edition.definition, online),
            "op_id": f"demo-{self.n}",
            "request_sha256": hashlib.sha256(f"demo-{self.n}".encode()).hexdigest(),
            "at": at,
        }
        if online:
            self.sent = services.file_dossier(channel="online", **request)
        else:
            self.sent = services.take_in_dossier(by=self.town.people["intake_officer"], **request)

    def receive_it(self, at: datetime) -> None:
        """At the counter this was done with the filing."""
        if self.online:
            services.receive_dossier(dossier=self._filed, by=self.town.people["intake_officer"], at=at)

    def refuse_it(self, at: datetime) -> None:
        services.refuse_dossier(
            dossier=self._filed, by=self.town.people["intake_officer"], at=at, **self.data["refusal"]
        )

    def process_it(self, at: datetime) -> None:
        by = self.town.people["case_officer"]
        services.take_work(dossier=self._filed, by=by, at=at)
        services.complete_step(dossier=self._filed, by=by, at=at)

    def settle_it(self, at: datetime) -> None:
        services.settle_dossier(
            dossier=self._filed, by=self.town.people["approver"], at=at, result_name=self.data["result_name"]
        )

    def return_it(self, at: datetime) -> None:
        receiver = self._filed.applicant.full_name
        services.return_result(
            dossier=self._filed, by=self.town.people["intake_officer"], at=at, method="counter", receiver=receiver
        )

    @property
    def _filed(self) -> Any:
        """The dossier as it was filed; services look at it as it is now."""
        if self.sent is None:
            raise RuntimeError("a story begins with its filing")
        return self.sent.dossier


def make(data: dict[str, Any], towns: list[Town], at: datetime, progress: Callable[[int], None]) -> None:
    """Tell every story, all acts in the order of time."""
    chance = random.Random(data["applicants"]["seed"])  # noqa: S311 - made-up people, no secrets
    rows = enumerate(data["dossiers"], 1)
    stories = [Story(row, towns[row["town"] - 1], n, data, chance) for n, row in rows]
    calendar, today = schedule.calendar_for(towns[0].commune), timezone.localdate(at)
    acts = [step for story in stories for step in story.steps(calendar, today)]
    for number, (moment, act) in enumerate(sorted(acts, key=lambda step: step[0])):
        act(moment)
        progress(len(stories) * number // len(acts))


def _working_day_before(calendar: Calendar, today: date, count: int) -> date:
    day = today
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_working_day(day)
    return day


def _applicant(data: dict[str, Any], chance: random.Random, town: Town, n: int) -> ApplicantData:
    """Nobody: number and telephone begin as nobody's can."""
    parts = [chance.choice(data[part]) for part in ("family", "given", "last")]
    name = chance.choice(data["minority"]) if n % 4 == 0 else " ".join(parts)
    born = date(chance.randint(1962, 2003), chance.randint(1, 12), chance.randint(1, 28))
    sex_and_century = chance.randint(0, 1) + (2 if born.year >= 2000 else 0)
    codes = [code for code in town.commune.codes if code.isdigit()]
    return ApplicantData(
        full_name=name,
        birth_date=born.isoformat(),
        citizen_id=f"{chance.choice(data['id_prefixes'])}{sex_and_century}{born:%y}{n:06d}",
        phone=f"{chance.choice(data['phone_prefixes'])}{n:07d}",
        address=localities.full_address(codes, data["street"].format(n=1 + n % 5)),
    )


def _answers(definition: Definition, applicant: ApplicantData, today: date) -> dict[str, Any]:
    """A complete set of answers, in which the applicant says who he is."""
    known = {"applicant.full_name": applicant.full_name, "applicant.citizen_id": applicant.citizen_id}
    known |= {"applicant.phone": applicant.phone, "applicant.birth_date": applicant.birth_date}
    answers = dict(eforms.example(definition, today))
    answers |= {f.sid: known[f.prefill] for f in definition.fields if f.prefill in known and f.sid in answers}
    # An example's dates are fixed, and this filing may be of an earlier day.
    dates = {f.sid for f in definition.fields if f.type == "date"} & set(answers)
    answers |= {sid: min(answers[sid], today.isoformat()) for sid in dates}
    cleaned = eforms.clean(definition, answers, eforms.Context(today, demo=True))
    if cleaned.problems:
        raise ValueError(f"{definition.code}: {cleaned.problems[0].pointer} {cleaned.problems[0].message}")
    return dict(cleaned.values)


def _components(definition: Definition, online: bool) -> list[ComponentData]:
    if not online:
        return [ComponentData(each.sid, kind="original", quantity=1) for each in definition.components]
    return [ComponentData(each.sid, files=(_photo(),)) for each in definition.components]


def _photo() -> FileData:
    """A picture of a paper that says it is none; kept once."""
    image, content = Image.new("RGB", (600, 420), "#f4f1e8"), BytesIO()
    draw = ImageDraw.Draw(image)
    draw.rectangle((20, 20, 580, 400), outline="#8a7f66", width=3)
    draw.text((170, 195), "MẪU - SAMPLE - MẪU", fill="#8a1f1f", font_size=26)
    image.save(content, "PNG")
    file = files.keep(content.getvalue(), type="image/png")
    return FileData(sha256=file.sha256, size=file.size, name="giay-to-mau.png")
