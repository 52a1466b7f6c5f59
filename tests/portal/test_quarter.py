"""A quarter of a commune over every road, made through services; each of its figures is added up again by
tests/portal/readding.py from what the commands print.

A smaller quarter than the command makes, with every road: `make quarter` does the same with all of it.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from motcua.config import cli
from motcua.dossiers import invariants, queries, rules
from motcua.dossiers.models import ClosedPeriod, Dossier
from motcua.kernel import ledger, organisation
from motcua.kernel.identity import Account
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.portal import demo, shipped
from motcua.portal.demo import quarter
from motcua.portal.demo.offices import Town
from motcua.portal.demo.quarter import plan
from tests.portal import readding

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
pytestmark = pytest.mark.long
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# `make quarter` sets as many as the command makes.
NUMBER = int(os.environ.get("MOTCUA_TEST_QUARTER", "60"))
COMMUNE = "24871"
MONTHS = [
    (date(2026, 8, 1), date(2026, 8, 31)),
    (date(2026, 9, 1), date(2026, 9, 30)),
    (date(2026, 10, 1), date(2026, 10, 31)),
]
SPANS = [
    *MONTHS,
    (MONTHS[0][0], MONTHS[2][1]),
    (date(2026, 8, 13), date(2026, 10, 6)),
    (MONTHS[0][0], date(2026, 11, 23)),
]
HOLIDAYS = Path(__file__).parents[2] / "motcua/kernel/data/holidays.csv"


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        organisation.forget_installation()
        demo.make(at=NOW, progress=lambda done, of: None, of_quarter=NUMBER)
        yield
        transaction.set_rollback(True)
    organisation.forget_installation()


@pytest.fixture(autouse=True)
def _in_the_made_database(made: None, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def told(capsys: pytest.CaptureFixture[str], name: str, first: date, last: date, form: str) -> str:
    """What the command prints."""
    words = ["report", name, "--commune", COMMUNE, "--from", str(first), "--to", str(last), "--format", form]
    assert cli.main(words) == 0
    return capsys.readouterr().out


def register(capsys: pytest.CaptureFixture[str], first: date, last: date) -> list[readding.Row]:
    return readding.rows(told(capsys, "register", first, last, "csv"))


def test_its_months_are_the_last_three_that_are_closed() -> None:
    assert quarter.quarter_before(NOW).months() == MONTHS
    closed = ClosedPeriod.objects.filter(office__code=COMMUNE).order_by("first")
    assert list(closed.values_list("first", "last"))[-3:] == MONTHS


def test_every_road_is_gone_and_the_whole_has_five_hundred_dossiers_of_forty_procedures() -> None:
    assert quarter.roads(NUMBER).keys() == quarter.roads().keys()
    assert quarter.length() >= 500
    assert len(Dossier.objects.values("procedure_code").distinct()) >= 40
    types = set(Event.objects.values_list("type", flat=True))
    assert not {f"dossiers.{name}" for name in GONE.split()} - types


def test_the_same_day_draws_the_same_quarter() -> None:
    towns = [Town(commune, {}) for commune in organisation.communes(NOW.date())]
    stage: Any = None

    def drawn(at: datetime) -> list[tuple[object, ...]]:
        over, data = quarter.quarter_before(at), shipped.read("demo")["applicants"]
        found = plan.cases(shipped.read(quarter.NAME), data, towns, stage, over, 100)
        return [(case.code, case.channel, case.filed_at, case.applicant, road.__name__) for case, road in found]

    assert drawn(NOW) == drawn(NOW)
    assert drawn(NOW) != drawn(NOW + timedelta(days=20))


def test_the_command_says_what_it_made() -> None:
    said = quarter.told(NOW)
    assert said is not None
    assert said.dossiers == len(set(Dossier.objects.filter(competent_office__code=COMMUNE)) - _after())
    assert [month for month, _figures in said.months] == [first for first, _last in MONTHS]


def _after() -> set[Dossier]:
    """What was filed after the quarter, or had ended before it."""
    begin, end = (datetime.combine(day, time(), ZONE) for day in (MONTHS[0][0], MONTHS[2][1] + timedelta(days=1)))
    own = Dossier.objects.filter(competent_office__code=COMMUNE)
    ended = own.filter(settled_at__lt=begin) | own.filter(
        settled_at=None, endings__undone_at=None, endings__at__lt=begin
    )
    return set(own.filter(filed_at__gte=end)) | set(ended)


GONE = """filed received refused withdrawn withdrawal_asked withdrawal_taken_back stopped step_completed settled
returned supplement_requested supplement_proposed supplement_decided supplement_filed supplement_cancelled
extension_proposed extension_decided transferred competence_doubted competence_settled edition_changed act_undone
opinion_asked opinion_given outside_asked outside_answered message_left result_numbered
result_revoked personal_data_erased due_recounted work_taken work_escalated"""


@pytest.mark.parametrize(("first", "last"), SPANS)
def test_the_figures_are_what_the_register_adds_up_to(
    capsys: pytest.CaptureFixture[str], first: date, last: date
) -> None:
    printed = json.loads(told(capsys, "figures", first, last, "json"))
    corrected = {key: printed[key] + printed["adjustments"].get(key, 0) for key in readding.KEYS}
    own = readding.figures(register(capsys, first, last), first, last, NOW.astimezone(ZONE))
    assert own == corrected
    ended = ("stopped", "refused", "withdrawn")
    became = sum(own[key] for key in own if key in ended or key.startswith(("settled", "in_progress")))
    assert own["carried_over"] + own["received"] == became > 0


def test_what_is_in_progress_at_the_end_of_a_month_is_carried_over_into_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = None
    for first, last in MONTHS:
        own = readding.figures(register(capsys, first, last), first, last, NOW.astimezone(ZONE))
        assert before in (None, own["carried_over"])
        before = own["in_progress_within"] + own["in_progress_overdue"]


@pytest.mark.parametrize(
    ("name", "by"), [("channels", "channel"), ("procedures", "procedure_code"), ("sectors", "sector")]
)
def test_the_groups_are_what_the_register_adds_up_to(capsys: pytest.CaptureFixture[str], name: str, by: str) -> None:
    first, last = MONTHS[0][0], MONTHS[2][1]
    lines = [dict(row) | {"sector": _sectors()[row["procedure_code"]]} for row in register(capsys, first, last)]
    own = readding.grouped(lines, by, first, last, NOW.astimezone(ZONE))
    printed = json.loads(told(capsys, name, first, last, "json"))
    assert _sorted(own.values()) == _sorted(printed)


def test_the_officers_figures_are_what_whoever_worked_adds_up_to(capsys: pytest.CaptureFixture[str]) -> None:
    first, last = MONTHS[1]
    lines = [dict(row) | {"officer": _officer(row)} for row in register(capsys, first, last)]
    own = readding.grouped(lines, "officer", first, last, NOW.astimezone(ZONE))
    assert _sorted(own.values()) == _sorted(json.loads(told(capsys, "officers", first, last, "json")))


def _sorted(groups: Any) -> list[tuple[int, ...]]:
    keys = [key for key in readding.KEYS if key != "filed"]
    numbers = [tuple(int(group[key]) for key in keys) for group in groups]
    return sorted(each for each in numbers if any(each))


def _sectors() -> dict[str, str]:
    folder = Path(__file__).parents[2] / "motcua/procedures/catalogue"
    return {file.stem: file.parent.name for file in folder.glob("*/*.yaml")}


def _officer(row: readding.Row) -> str:
    """Whoever has it, or had it last in processing or else in signing, once it is settled in the period."""
    items = WorkItem.objects.filter(matter__reference=row["number"]).order_by("closed_by", "id")
    if row["counts_as"].startswith("settled"):
        did = [item for item in items if item.closed_by and item.act in ("process", "settle")]
        last = [item for item in did if item.act == "process"][-1:] or did[-1:]
        return str(last[0].closed_by.actor_id)  # type: ignore[union-attr]
    held = [item for item in items if item.closed_by is None and item.act not in rules.SIDE_ACTS]
    first = min(held, key=lambda item: (item.due_at, item.pk), default=None)
    return str((first.assignee_id or f"o{first.office_id}") if first else "")


def test_a_plain_limit_is_due_on_the_day_that_a_calendar_of_ours_counts(capsys: pytest.CaptureFixture[str]) -> None:
    """Without pause, new appointment, correction: the limit in working days and the list of days off are enough."""
    with HOLIDAYS.open(encoding="utf-8") as file:
        days = list(csv.DictReader(file))
    off = [date.fromisoformat(each["date"]) for each in days if each["kind"].endswith("off")]
    own_day, version = _own_day_off()
    worked = [date.fromisoformat(each["date"]) for each in days if each["kind"].endswith("work")]
    crooked = ("supplement_requested", "extension_decided", "edition_changed", "transferred")
    wrong: list[tuple[str, ...]] = []
    right = 0
    for row in register(capsys, MONTHS[0][0], MONTHS[2][1]):
        dossier = Dossier.objects.get(matter__reference=row["number"])
        types = {event.type.removeprefix("dossiers.") for event in queries.history_of(dossier)}
        limit = dossier.limit or {}
        plain = limit.get("unit") == "working_day" and limit["value"] and not types.intersection(crooked)
        if not plain or not row["received_at"]:  # received after the quarter: in its register it only waits
            continue
        resting = [*off, own_day] if (dossier.calendar_version or 0) >= version else off
        due = readding.due_day(date.fromisoformat(row["received_at"][:10]), limit["value"], resting, worked)
        right += str(due) == row["due_at"][:10]
        if str(due) != row["due_at"][:10]:
            wrong.append((row["number"], row["received_at"], row["due_at"], str(due)))
    assert not wrong
    assert right > 20


def _own_day_off() -> tuple[date, int]:
    """The day on which the commune rested, and from which calendar on."""
    said = Event.objects.get(type="kernel.calendar_day_set").payload
    return date.fromisoformat(said["date"]), said["calendar_version"]


def test_all_of_it_holds_what_a_number_promises() -> None:
    ids = list(Dossier.objects.values_list("pk", flat=True))
    assert list(invariants.faults(ids)) == []
    assert list(ledger.breaks()) == []
    for dossier in Dossier.objects.select_related("matter"):
        assert dossier.state == rules.state_after(queries.happened(queries.history_of(dossier)))


@pytest.mark.parametrize("page", ["/desk/reports/", "/desk/index/", "/desk/board/"])
def test_its_leader_sees_the_quarter(client: Client, page: str) -> None:
    client.force_login(Account.objects.get(username="lanhdao1"))
    answer = client.get(page, {"from": str(MONTHS[0][0]), "to": str(MONTHS[2][1])})
    assert answer.status_code == 200
