"""The visit pack: everything a delegation needs to know of a commune, on one page, for who goes along alone."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pdfua
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from motcua.kernel.identity import Person
from motcua.oversight import services
from motcua.portal import pack
from tests.cast import BIRTH, NOW, TODAY, Cast
from tests.oversight import departments, directing, visiting
from tests.oversight.departments import World

Desk = Callable[[Person], Client]


@pytest.fixture
def world(cast: Cast) -> World:
    return departments.make(cast)


@pytest.fixture
def desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: timezone.localtime(given[0]).date() if given else TODAY)

    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def visited_before(world: World) -> str:
    """A visit a month ago that asked the commune here for something; its number."""
    then = NOW - timedelta(days=30)
    plan = visiting.plan(world, begins_at=then, ends_at=then + timedelta(hours=2), title="Chuyến trước")
    visit = services.plan_visit(plan=plan, office=world.cast.province, by=world.governor, at=then)
    services.close_visit(visit=visit, minutes="Đã làm việc.", by=world.governor, at=then)
    written = directing.written(number="1/TB")
    conclusion = services.conclude_visit(visit=visit, written=written, by=world.governor, at=then)
    conclusion = services.issue_conclusion(conclusion=conclusion, by=world.governor, at=then)
    due = TODAY - timedelta(days=7)
    task = directing.given(world, [world.here.commune], conclusion, at=then, due_date=due)
    return task.reference


def test_last_visits_requests_come_first_and_other_directives_after(world: World) -> None:
    asked = visited_before(world)
    other = directing.directive(world).reference
    world.raised()
    world.cast.file(BIRTH)
    found = pack.packs([world.here.commune, world.there.commune], visiting.BEGINS, NOW, TODAY)
    here, there = found
    assert [(line.reference, outcome) for line, outcome in here.asked] == [(asked, "open_late")]
    assert [line.reference for line, _outcome in here.directives] == [other]
    assert here.last_visit == "Chuyến trước"
    assert len(here.difficulties) == 1
    assert (there.asked, there.directives, there.difficulties) == ([], [], [])


def test_the_numbers_are_those_of_the_dossiers_and_of_the_wall(world: World) -> None:
    world.cast.returned(at=NOW)
    world.cast.take_in()
    (found,) = pack.packs([world.here.commune], visiting.BEGINS, NOW + timedelta(days=10), TODAY + timedelta(days=10))
    numbers = {str(each.title): (each.number, each.weighs) for each in found.dossiers}
    assert numbers["Đã tiếp nhận"] == (2, False)
    assert numbers["Đang giải quyết, quá hạn"] == (1, True)
    wall = {str(each.title): each.number for each in found.wall}
    assert wall["Thủ tục chưa niêm yết"] == 3
    assert "3.3" in {line.code for line in found.index}


def test_each_commune_has_one_sheet_that_can_be_read_aloud(world: World, tmp_path: Path) -> None:
    visited_before(world)
    conclusion = directing.issued(world)
    for _ in range(9):
        directing.given(world, [world.here.commune], conclusion, result="Rà soát " * 40)
        world.raised()
    communes = directing.communes(world)
    made = pack.as_pdf("Kiểm tra", visiting.BEGINS, pack.packs(communes, visiting.BEGINS, NOW, TODAY), NOW)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    assert len(pages) == 2
    assert all(commune.name in page for commune, page in zip(communes, pages, strict=True))
    assert pages[0].index("Đoàn lần trước yêu cầu") < pages[0].index("Chỉ số phục vụ")
    (tmp_path / "pack.pdf").write_bytes(made)
    assert [finding.message for finding in pdfua.validate(str(tmp_path / "pack.pdf")).findings] == []


@pytest.mark.parametrize("part", ["", "paper/"])
def test_it_is_for_who_goes_along(world: World, desk: Desk, part: str) -> None:
    where = f"/desk/visits/{visiting.planned(world).reference}/pack/{part}"
    found = {
        who: desk(person).get(where).status_code
        for who, person in (
            ("governor", world.governor),
            ("department", world.justice.officer),
            ("host", world.here.leader),
            ("other", world.home.officer),
        )
    }
    assert found == {"governor": 200, "department": 200, "host": 404, "other": 404}
    desk(world.governor).logout()


def test_a_pack_costs_as_much_however_much_lies_there(world: World, desk: Desk) -> None:
    where = f"/desk/visits/{visiting.planned(world).reference}/pack/"
    client = desk(world.governor)

    def asked() -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as found:
            client.get(where)
        return len(found)

    world.cast.take_in()
    conclusion = directing.issued(world)
    directing.given(world, conclusion=conclusion)
    world.raised()
    few = asked()
    for _ in range(3):
        world.cast.take_in()
        directing.given(world, conclusion=conclusion)
        world.raised()
    assert asked() == few
