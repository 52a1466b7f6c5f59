"""The leader's board: every number is the length of the list that it opens, and nobody else's dossiers are in it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import services
from motcua.dossiers.queries import situation
from motcua.kernel.identity import Person
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, NOW, Cast

Lead = Callable[[Person], Client]
BOARD, LIST = "/desk/board/", "/desk/board/list/"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: casting.TODAY)


@pytest.fixture
def lead(client: Client) -> Lead:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def some(cast: Cast) -> dict[str, Any]:
    """One of each kind at this commune, and one that lies at the other."""
    last_month = NOW - timedelta(days=30)
    return {
        "waiting": cast.file(BIRTH).dossier,
        "today": cast.take_in(BIRTH).dossier,
        "old": cast.take_in(BIRTH, at=last_month).dossier,
        "settled": cast.settled(CERTIFY),
        "late": late(cast, last_month),
        "returned": cast.returned(CERTIFY),
        "elsewhere": cast.take_in(BIRTH, cast.there, at=last_month).dossier,
    }


def late(cast: Cast, begun: Any) -> Any:
    dossier = cast.take_in(CERTIFY, at=begun).dossier
    return services.settle_dossier(dossier=dossier, by=cast.here.approver, at=NOW, result_name="Mẫu")


def links(page: str) -> list[tuple[str, int]]:
    """Every address of a list with the number that leads there."""
    found = re.findall(rf'href="({LIST}[^"]*)"[^>]*>\s*([\d.]+)', page)
    return [(unescape(address), int(number)) for address, number in found]


def test_every_number_is_the_length_of_the_list_that_it_opens(cast: Cast, lead: Lead) -> None:
    some(cast)
    client = lead(cast.here.leader)
    numbers = sorted(set(links(client.get(BOARD).content.decode())))
    assert len(numbers) > 20
    for address, number in numbers:
        page = client.get(address)
        assert (page.context["number"], len(page.context["rows"])) == (number, number), address


def test_the_board_says_what_is_late_and_whose(cast: Cast, lead: Lead) -> None:
    made = some(cast)
    services.take_work(dossier=made["old"], by=cast.here.case, at=NOW)
    context = lead(cast.here.leader).get(BOARD).context
    assert context["late"]["number"] == 1
    assert [(part.label, part.number) for part in context["late"]["parts"]] == [(cast.here.case.full_name, 1)]
    assert context["late"]["worst"].fact.id == made["old"].pk
    assert {str(part.label): (part.number, part.beside) for part in context["done"]} == {
        "Đã gửi": (4, 4),
        "Đã tiếp nhận": (3, 3),
        "Giải quyết trước hạn": (0, 0),
        "Giải quyết đúng hạn": (2, 2),
        "Giải quyết quá hạn": (1, 1),
        "Dừng giải quyết": (0, 0),
        "Đã rút": (0, 0),
        "Từ chối tiếp nhận": (0, 0),
    }


def test_a_leader_sees_his_own_commune_and_the_province_both(cast: Cast, lead: Lead) -> None:
    made = some(cast)
    own = lead(cast.there.leader).get(LIST, {"what": "in_progress"}).content.decode()
    assert made["elsewhere"].number in own
    assert made["old"].number not in own
    assert lead(cast.there.leader).get(BOARD, {"office": cast.here.commune.code}).status_code == 404
    client = lead(casting.leader_of(cast.province))
    every = client.get(LIST, {"what": "in_progress"}).content.decode()
    assert made["old"].number in every
    assert made["elsewhere"].number in every
    # A province counts what lies in its communes; the people in it are the communes' affair.
    assert casting.applicant().full_name not in every
    # A dossier's page asks there what for it is opened.
    asked = client.get(f"/desk/dossiers/{made['old'].number}/")
    assert asked.headers["Location"].endswith("/purpose/")
    board = client.get(BOARD).context
    assert board["groups"][0]["name"] == "commune"
    assert {part.label for part in board["late"]["parts"]} == {cast.here.commune.name, cast.there.commune.name}


def test_a_list_is_narrowed_by_field_officer_place_channel_and_commune(cast: Cast, lead: Lead) -> None:
    made = some(cast)
    client = lead(casting.leader_of(cast.province))
    base = {"what": "in_progress"}

    def numbers(**filters: Any) -> set[str]:
        return {line.row.number for line in client.get(LIST, base | filters).context["rows"]}

    everything = {made[name].number for name in ("today", "old", "elsewhere")}
    assert numbers() == numbers(sector="ho-tich") == numbers(channel="direct") == numbers(procedure=BIRTH) == everything
    assert numbers(commune=cast.there.commune.pk) == {made["elsewhere"].number}
    assert numbers(officer=f"o{cast.there.civil_status.pk}") == {made["elsewhere"].number}
    assert numbers(place=f"{cast.there.civil_status.pk}.process") == {made["elsewhere"].number}
    assert numbers(channel="postal") == set()


def test_a_long_list_goes_on_where_the_page_ended(cast: Cast, lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.dossiers.at_desk.listing.PAGE", 2)
    wanted = {cast.take_in(BIRTH).number for _n in range(5)}
    client, address, seen = lead(cast.here.leader), f"{LIST}?what=in_progress", []
    while address:
        page = client.get(address)
        seen += [line.row.number for line in page.context["rows"]]
        address = page.context["next"] and LIST + page.context["next"]
    assert (len(seen), set(seen)) == (5, wanted)


@pytest.mark.parametrize(
    "said", ["what=nonsense", "from=nonsense&to=2026-13-01", "from=2027-01-01&to=2026-01-01", "from=0001-01-01",
             "after=nonsense", "officer=999999", "place=&sector=%00"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_opens_a_list_all_the_same(cast: Cast, lead: Lead, said: str) -> None:
    cast.take_in(BIRTH)
    assert lead(cast.here.leader).get(f"{LIST}?{said}").status_code == 200


def test_an_empty_commune_has_a_board(cast: Cast, lead: Lead) -> None:
    page = lead(cast.here.leader).get(BOARD)
    assert page.context["late"]["number"] == 0
    assert not links(page.content.decode())
    assert lead(cast.here.leader).get(LIST).context["number"] == 0


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize(("address", "most"), [(BOARD, 12), (f"{LIST}?what=at_work", 13)])
def test_the_pages_ask_as_little_for_many_as_for_one(cast: Cast, lead: Lead, address: str, most: int) -> None:
    some(cast)
    client = lead(cast.here.leader)
    few = _queries(client, address)
    for _n in range(4):
        some(cast)
    assert _queries(client, address) == few <= most


def test_who_does_not_lead_has_no_board(cast: Cast, lead: Lead, client: Client) -> None:
    assert "/accounts/login" in client.get(BOARD).headers["Location"]
    for person in (cast.here.intake, cast.here.case, cast.here.administrator):
        assert [lead(person).get(address).status_code for address in (BOARD, LIST)] == [403, 403]
    assert "Bảng điều hành" in lead(cast.here.leader).get("/desk/").content.decode()
    assert "Bảng điều hành" not in lead(cast.here.intake).get("/desk/").content.decode()


def test_a_number_that_does_not_exist_cannot_be_asked_for(cast: Cast) -> None:
    found = situation.Situation(cast.here.commune, None, [], NOW, NOW)  # type: ignore[arg-type]
    with pytest.raises(ValueError):
        found.chosen("nonsense")
