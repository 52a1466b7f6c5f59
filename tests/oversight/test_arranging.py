"""A province says on pages who answers for what and how long a step may take; everybody else reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.kernel.ledger import Event
from motcua.oversight import queries
from motcua.oversight.models import Route, TimeLimit
from tests.cast import BIRTH, NOW, TODAY
from tests.oversight.departments import World


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def governor(world: World, client: Client) -> Client:
    client.force_login(world.governor.account)
    return client


def test_what_is_said_on_the_page_holds_for_the_next_difficulty(world: World, governor: Client) -> None:
    sent = {"what": "sector:ho-tich", "department": world.home.office.pk, "leader_first": "on"}
    assert governor.post("/desk/routing/route/", sent)["Location"] == "/desk/routing/"
    way = queries.way_for(world.here.civil_status, TODAY, procedure=BIRTH, sector="ho-tich")
    assert (way.department, way.leader_first) == (world.home.office, True)
    assert world.raised().holder == world.here.commune
    event = Event.objects.get(type="oversight.route_set", payload__scope="sector")
    assert (event.actor, event.payload["key"]) == (world.governor, "ho-tich")
    page = governor.get("/desk/routing/").content.decode()
    assert "Hộ tịch" in page
    assert world.home.office.name in page


def test_one_procedure_is_named_by_its_code_or_from_the_list(world: World, governor: Client) -> None:
    sent = {"what": "procedure:", "procedure": f"{BIRTH} Đăng ký khai sinh", "department": world.home.office.pk}
    assert governor.post("/desk/routing/route/", sent).status_code == 302
    assert queries.way_for(world.here.commune, TODAY, procedure=BIRTH).department == world.home.office


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("what", {"what": "weather"}),
        ("procedure", {"what": "procedure:"}),
        ("procedure", {"what": "procedure:", "procedure": "khai sinh"}),
        ("department", {"department": ""}),
    ],
)
def test_what_is_wrong_with_a_route_is_said_at_its_field(
    world: World, governor: Client, field: str, given: dict[str, Any]
) -> None:
    answer = governor.post("/desk/routing/route/", {"what": "all:", "department": world.justice.office.pk} | given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Route.objects.count() == 1


def test_a_time_set_on_the_page_holds_in_that_office_and_leaves_an_event(world: World, governor: Client) -> None:
    sent = {"name": "difficulty.answer", "office": world.justice.office.pk, "value": 5, "unit": "working_day"}
    assert governor.post("/desk/routing/limit/", sent | {"legal_source": "Quy chế mẫu"}).status_code == 302
    assert queries.limit_for("difficulty.answer", world.justice.office).value == 5
    assert queries.limit_for("difficulty.answer", world.home.office).value == 3
    assert Event.objects.get(type="oversight.time_limit_set").office == world.justice.office
    assert "5 ngày làm việc" in governor.get("/desk/routing/").content.decode()


@pytest.mark.parametrize(
    ("field", "given"), [("value", {"value": "0"}), ("value", {"value": "ba"}), ("office", {"office": "0"})]
)
def test_what_is_wrong_with_a_time_is_said_at_its_field(
    world: World, governor: Client, field: str, given: dict[str, Any]
) -> None:
    sent = {"name": "difficulty.answer", "office": world.cast.province.pk, "value": 5, "unit": "working_day"} | given
    answer = governor.post("/desk/routing/limit/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not TimeLimit.objects.exists()


def test_who_leads_a_commune_or_a_department_reads_and_does_not_set(world: World, client: Client) -> None:
    for person in (world.here.leader, world.justice.leader):
        client.force_login(person.account)
        page = client.get("/desk/routing/").content.decode()
        assert world.justice.office.name in page
        assert "/desk/routing/route/" not in page
        for name in ("route", "limit"):
            assert client.post(f"/desk/routing/{name}/", {}).status_code == 403
