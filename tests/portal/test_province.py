"""All communes at once: every number is what the rows say, counted another way; a commune reads only itself and the
median; each number opens a list of so many lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from motcua.dossiers import services
from motcua.dossiers.queries import situation as situations
from motcua.dossiers.rules import figures
from motcua.kernel import identity
from motcua.kernel.identity import Person, Role
from motcua.kernel.organisation import Office
from motcua.ui.here import Here
from tests.cast import BIRTH, CERTIFY, Cast, Town, leader_of, limit
from tests.dossiers import asked
from tests.oversight import departments
from tests.oversight.departments import World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PAGE = "/desk/province/"
TODAY = "2026-12-02"
NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}
Opened = Callable[..., Any]


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=ZONE)


@pytest.fixture
def world(cast: Cast) -> World:
    made = departments.make(cast)
    Role.objects.filter(code="province_leader").update(capabilities=[identity.LEAD, identity.OVERSEE])
    return made


@pytest.fixture
def opened(client: Client, monkeypatch: pytest.MonkeyPatch) -> Opened:
    monkeypatch.setattr(timezone, "now", lambda: at(TODAY))
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: (moment or at(TODAY)).astimezone(ZONE).date())

    def get(person: Person, address: str = PAGE, **given: Any) -> Any:
        client.force_login(person.account)
        return client.get(address, given)

    return get


def november(cast: Cast) -> None:
    """In both communes something of everything: settled in time and late, running, late, standing still before and
    after its time, refused, not received yet.
    """
    _some(cast, cast.there)
    _some(cast, cast.here)
    cast.take_in(CERTIFY, at=at("2026-11-09"))


def _some(cast: Cast, town: Town) -> None:
    signed = cast.take_in(CERTIFY, town, at=at("2026-11-02")).dossier
    services.settle_dossier(dossier=signed, by=town.approver, at=at("2026-11-02", 15), result_name="Mẫu")
    late = cast.take_in(CERTIFY, town, at=at("2026-11-03")).dossier
    services.settle_dossier(dossier=late, by=town.approver, at=at("2026-11-06"), result_name="Mẫu")
    cast.take_in(BIRTH, town, at=at("2026-11-20"))
    online = cast.file(BIRTH, town, components=[asked.photo()], at=at("2026-11-24")).dossier
    services.receive_dossier(dossier=online, by=town.intake, at=at("2026-11-24"), limit=limit(30))
    for received, paused in (("2026-11-10", "2026-11-10"), ("2026-11-11", "2026-11-13")):
        filed = cast.file(BIRTH, town, components=[asked.photo()], at=at(received)).dossier
        taken = services.receive_dossier(dossier=filed, by=town.intake, at=at(received, 10))
        asked.ask(taken, town.case, at(paused, 16))
    cast.file(BIRTH, town, at=at("2026-12-01"))
    cast.take_in(CERTIFY, town, at=at("2026-10-05"))


def number(answer: Any, office: Office, key: str) -> Any:
    """What the page shows of this commune."""
    line = next(line for line, one in answer.context["lines"] if one.office == office)
    return line.cells[[head.href.split("sort=")[1].split("&")[0] for head in answer.context["heads"]].index(key) - 1]


def independent(office: Office, first: str, last: str) -> situations.Situation:
    """The board's own count: one dossier after the other, by the pure rule."""
    days = datetime.fromisoformat(first).date(), datetime.fromisoformat(last).date()
    return situations.situation(office, figures.period(*days, ZONE, at(TODAY)))


def test_every_number_is_what_the_rule_counts_one_by_one(world: World, opened: Opened) -> None:
    november(world.cast)
    page = opened(world.governor, **NOVEMBER)
    for town in (world.here, world.there):
        of_period, of_now = (
            independent(town.commune, "2026-11-01", "2026-11-30"),
            independent(town.commune, "2026-11-01", TODAY),
        )
        received = of_period.chosen(figures.RECEIVED)
        settled = of_period.chosen("settled")
        online = [item for item in received if item.fact.channel == "online"]
        late = of_period.chosen("settled_late")
        one = next(one for _line, one in page.context["lines"] if one.office == town.commune)
        assert (one.counted.received, one.counted.online) == (len(received), len(online))
        assert (one.counted.settled, one.counted.settled_late) == (len(settled), len(late))
        assert one.counted.overdue == len(of_now.chosen(figures.OVERDUE)) > 0
        assert 0 < len(online) < len(received)
        assert 0 < len(late) < len(settled)


def test_a_dossier_that_stopped_after_its_time_is_late_and_one_that_stopped_before_is_not(
    world: World, opened: Opened
) -> None:
    for received, paused in (("2026-11-10", "2026-11-10"), ("2026-11-11", "2026-11-13")):
        filed = world.cast.file(BIRTH, components=[asked.photo()], at=at(received)).dossier
        taken = services.receive_dossier(dossier=filed, by=world.here.intake, at=at(received, 10))
        asked.ask(taken, world.here.case, at(paused, 16))
    page = opened(world.governor, **NOVEMBER)
    assert number(page, world.here.commune, "overdue").text == "1"


def test_a_number_opens_a_list_of_so_many_dossiers(world: World, opened: Opened) -> None:
    november(world.cast)
    page = opened(world.governor, **NOVEMBER)
    one = next(one for _line, one in page.context["lines"] if one.office == world.here.commune)
    for key, counted in (
        ("received", "received"),
        ("online", "online"),
        ("late", "settled_late"),
        ("overdue", "overdue"),
    ):
        listed = opened(world.governor, number(page, world.here.commune, key).href)
        assert (key, listed.context["number"]) == (key, getattr(one.counted, counted))
        # Figures and lists, not the people: of what the province is no party to, the names are hidden.
        assert "Đỗ Thị Mẫu" not in listed.content.decode()


def test_difficulties_are_counted_by_commune_and_field_and_open_their_list(world: World, opened: Opened) -> None:
    world.raised(at=at("2026-11-30"))
    world.raised(at=at("2026-11-30"), shared=False)
    world.raised(world.there, at=at("2026-12-02", 8))
    world.answered(at=at("2026-12-01"))
    page = opened(world.governor)
    cell = number(page, world.here.commune, "difficulties")
    assert cell.text == "2"
    listed = opened(world.governor, cell.href)
    assert len(listed.context["rows"]) + listed.context["hidden"] == 2
    assert listed.context["hidden"] == 1
    (row,) = page.context["fields"].rows
    assert [row[1].value, row[3]] == [3, 2]
    of_field = opened(world.governor, PAGE + row[0].href)
    assert number(of_field, world.there.commune, "difficulties").text == "1"
    other = opened(world.governor, f"{PAGE}?field=chung-thuc")
    assert number(other, world.there.commune, "difficulties").text == "0"


def test_a_commune_where_nobody_does_anything_is_silent_whatever_the_public_and_the_machine_do(
    world: World, opened: Opened
) -> None:
    world.cast.take_in(CERTIFY, at=at("2026-12-01"))
    world.cast.take_in(CERTIFY, world.there, at=at("2026-11-27"))
    world.cast.file(BIRTH, world.there, at=at("2026-12-02", 8))
    page = opened(world.governor)
    assert [one.office for _line, one in page.context["lines"] if one.silent] == [world.there.commune]
    only = opened(world.governor, silent="1")
    assert [one.office for _line, one in only.context["lines"]] == [world.there.commune]


def test_communes_stand_in_the_order_of_the_column_that_was_pressed(world: World, opened: Opened) -> None:
    november(world.cast)
    here, there = world.here.commune, world.there.commune

    def order(**given: str) -> list[Office]:
        return [one.office for _line, one in opened(world.governor, **NOVEMBER, **given).context["lines"]]

    assert order(sort="received") == [here, there]
    assert order(sort="received", order="up") == [there, here]
    assert order(sort="weather") == order(sort="overdue") == [here, there]
    by_name = sorted([here, there], key=lambda each: each.name)
    assert order(sort="commune") == by_name
    head = next(each for each in opened(world.governor, sort="received").context["heads"] if each.order)
    assert head.order == "descending"
    assert "order=up" in head.href


def test_a_commune_reads_itself_and_the_median_and_no_other_name(world: World, opened: Opened) -> None:
    november(world.cast)
    page = opened(world.here.leader, **NOVEMBER)
    own, middle = page.context["table"].rows
    assert own[0] == world.here.commune.name
    assert world.there.commune.name not in page.content.decode()
    whole = opened(world.governor, **NOVEMBER).context["lines"]
    received = sorted(one.counted.received for _line, one in whole)
    assert middle[1] == sum(received) / 2
    csv_file = opened(world.here.leader, f"{PAGE}figures.csv", **NOVEMBER).content.decode()
    assert world.there.commune.name not in csv_file
    assert len(list(csv.reader(io.StringIO(csv_file)))) == 3


def test_the_files_say_what_the_page_says(world: World, opened: Opened) -> None:
    november(world.cast)
    given = NOVEMBER | {"sort": "commune"}
    page = opened(world.governor, **given)
    shown = [(one.office.name, one.counted.received, one.counted.overdue) for _line, one in page.context["lines"]]
    table = list(csv.DictReader(io.StringIO(opened(world.governor, f"{PAGE}figures.csv", **given).content.decode())))
    assert [(row["commune"], int(row["received"]), int(row["overdue"])) for row in table] == shown
    book = CalamineWorkbook.from_filelike(io.BytesIO(opened(world.governor, f"{PAGE}figures.xlsx", **given).content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [(row[0], row[1], row[5]) for row in rows[1:]] == shown
    assert opened(world.governor, f"{PAGE}figures.exe").status_code == 404


def test_only_who_leads_is_let_in_and_a_commune_opens_no_others_list(world: World, opened: Opened) -> None:
    others = (world.here.intake, world.here.case, world.justice.officer, world.justice.leader)
    assert {opened(person).status_code for person in others} == {403}
    assert {opened(person, f"{PAGE}figures.csv").status_code for person in others} == {403}
    assert {opened(person).status_code for person in (world.governor, world.here.leader)} == {200}
    given = {"office": world.there.commune.code, "what": "received"}
    assert opened(world.here.leader, "/desk/board/list/", **given).status_code == 404
    assert opened(world.governor, "/desk/board/list/", **given).status_code == 200


def test_the_page_asks_as_much_however_much_there_is(world: World, opened: Opened) -> None:
    def questions() -> int:
        opened(world.governor, **NOVEMBER)
        with CaptureQueriesContext(connection) as queries:
            opened(world.governor, **NOVEMBER)
        return len(queries)

    _some(world.cast, world.here)
    world.raised(at=at("2026-11-30"))
    few = questions()
    _some(world.cast, world.there)
    world.raised(world.there, at=at("2026-11-30"), here=Here(procedure=CERTIFY, step="sign"))
    world.raised(at=at("2026-11-30"), here=Here())
    assert questions() == few


def test_what_an_address_says_that_makes_no_sense_counts_as_not_said(world: World, opened: Opened) -> None:
    for given in (
        {"from": "gestern", "sort": "x"},
        {"from": "2026-12-31", "to": "2026-01-01"},
        {"field": "?", "silent": "9"},
    ):
        assert opened(world.governor, **given).status_code == 200
    assert opened(leader_of(world.cast.province), **NOVEMBER).status_code == 200
