"""What another system sends is a dossier of the same inbox, or somebody's visible work; never lost, never twice."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers import queries, services
from motcua.dossiers.models import Arrival, CodeMeaning, Dossier, ExternalRef
from motcua.dossiers.services import exchange
from motcua.dossiers.services.exchange import Whereto
from motcua.kernel import ledger, watch
from motcua.kernel.matters import WorkItem
from tests.cast import BIRTH, NOW, Cast
from tests.dossiers import foreign
from tests.dossiers.foreign import NUMBER, message, send, system

LATER = NOW + timedelta(minutes=5)
ADDRESS = "/api/exchange/dvcqg/dossiers"


def desk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.here.intake.account)
    return client


def test_a_dossier_of_the_portal_lies_in_the_same_inbox_with_its_number_there(cast: Cast, client: Client) -> None:
    arrived = send(system(cast), message(cast))
    dossier = Dossier.objects.get(matter__reference=arrived.number)
    ref = ExternalRef.objects.get(dossier=dossier)
    assert (ref.system, ref.number, ref.owner) == ("dvcqg", NUMBER, "here")
    assert (dossier.state, dossier.procedure_code, dossier.channel) == ("submitted", BIRTH, "online")
    assert dossier.applicant.full_name == "Nguyễn Thị Mẫu Cổng"
    item = queries.open_item(dossier)
    assert item is not None
    assert (item.act, item.office) == ("receive", cast.here.centre)
    assert "Nguyễn Thị Mẫu Cổng" in desk(client, cast).get("/desk/").content.decode()
    page = client.get(f"/desk/dossiers/{dossier.number}/").content.decode()
    assert NUMBER in page
    assert "Khai sinh cho con" in page
    assert client.get("/desk/find/", {"q": NUMBER}).url == f"/desk/dossiers/{dossier.number}/"
    assert watch.look_at_all(LATER) == {}


def test_it_is_received_and_settled_as_every_other(cast: Cast) -> None:
    arrived = send(system(cast), message(cast))
    dossier = services.receive_dossier(
        dossier=Dossier.objects.get(matter__reference=arrived.number), by=cast.here.intake, at=LATER
    )
    assert dossier.due_at is not None


def test_the_same_message_is_one_arrival_and_one_dossier_however_it_is_written(cast: Cast) -> None:
    portal = system(cast)
    first, again = send(portal, message(cast)), send(portal, dict(reversed(message(cast).items())))
    assert (first.repeated, again.repeated, again.number) == (False, True, first.number)
    assert (Arrival.objects.count(), Dossier.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"MaTTHC": "9.999999"}, "procedure"),
        ({"DonViXuLy": "H99.01"}, "office"),
        ({"DonViXuLy": None}, "office"),
        ({"ChuHoSo": " "}, "applicant"),
        ({"MaHoSo": None}, "number"),
        ({"PhienBan": "77"}, "version"),
        ({"TrangThaiHoSo": "4"}, "status"),
        ({"TrangThaiHoSo": "khong-ro"}, "status"),
    ],
)
def test_what_fits_nothing_is_visible_work_with_an_office_and_a_moment(
    cast: Cast, client: Client, changes: dict[str, Any], fault: str
) -> None:
    arrived = send(system(cast), message(cast, **changes))
    assert (arrived.number, arrived.arrival.outcome) == ("", "waiting")
    assert fault in arrived.arrival.faults
    item = WorkItem.objects.get(matter=arrived.arrival.matter, closed_by=None)
    assert item.office == cast.here.centre
    assert item.due_at > NOW
    inbox = desk(client, cast).get("/desk/?queue=to_match").content.decode()
    assert f"/desk/arrivals/{arrived.arrival.pk}/" in inbox
    assert client.get(f"/desk/arrivals/{arrived.arrival.pk}/").status_code == 200


def test_values_of_a_wrong_kind_and_far_too_long_are_kept_and_harm_nothing(cast: Cast) -> None:
    odd = {"ChuHoSo": "x" * 5000, "Email": "nobody", "TaiLieuNop": [1, {"TenTepDinhKem": "a"}], "GhiChu": {"a": 1}}
    arrived = send(system(cast), message(cast, **odd))
    dossier = Dossier.objects.get(matter__reference=arrived.number)
    assert (len(dossier.applicant.full_name), dossier.applicant.email) == (200, "")
    assert json.loads(arrived.arrival.content)["Email"] == "nobody"


def test_an_officer_says_what_is_meant_and_the_codes_are_remembered(cast: Cast, client: Client) -> None:
    portal = system(cast)
    arrived = send(portal, message(cast, MaTTHC="KS-01", DonViXuLy="Xã Mẫu"))
    address = f"/desk/arrivals/{arrived.arrival.pk}/"
    form = desk(client, cast).get(address).context["form"]
    said = {"commune": form["commune"].value(), "full_name": form["full_name"].value(), "remember": "on"}
    wrong = client.post(f"{address}take/", said | {"procedure": "1.999999"})
    assert (wrong.status_code, "procedure" in wrong.context["form"].errors) == (422, True)
    done = client.post(f"{address}take/", said | {"procedure": BIRTH})
    dossier = Dossier.objects.get()
    assert done.url == f"/desk/dossiers/{dossier.number}/"
    assert set(CodeMeaning.objects.values_list("theirs", flat=True)) == {"KS-01", "Xã Mẫu"}
    assert not WorkItem.objects.filter(matter=arrived.arrival.matter, closed_by=None).exists()
    second = send(portal, message(cast, MaHoSo="G15-2", MaTTHC="KS-01", DonViXuLy="Xã Mẫu"))
    assert second.number
    assert client.post(f"{address}take/", said | {"procedure": BIRTH}).status_code == 409


def test_what_is_not_ours_is_set_aside_with_its_reason_and_stays_readable(cast: Cast, client: Client) -> None:
    arrived = send(system(cast), message(cast, MaTTHC="9.999999"))
    address = f"/desk/arrivals/{arrived.arrival.pk}/"
    assert desk(client, cast).post(f"{address}aside/", {"aside-reason": ""}).status_code == 422
    client.post(f"{address}aside/", {"aside-reason": "Hồ sơ gửi thử"})
    page = client.get(address).content.decode()
    assert "Hồ sơ gửi thử" in page
    assert "Nguyễn Thị Mẫu Cổng" in page
    assert [event.type for event in ledger.history(arrived.arrival.matter)][-1] == "dossiers.arrival_set_aside"


def test_another_towns_officer_does_not_see_it(cast: Cast, client: Client) -> None:
    arrived = send(system(cast), message(cast, MaTTHC="9.999999"))
    client.force_login(cast.there.intake.account)
    assert client.get(f"/desk/arrivals/{arrived.arrival.pk}/").status_code == 404


def test_a_better_message_takes_the_place_of_the_one_that_waited(cast: Cast) -> None:
    portal = system(cast)
    first = send(portal, message(cast, MaTTHC="9.999999")).arrival
    assert send(portal, message(cast), at=LATER).number
    first.refresh_from_db()
    assert first.outcome == "replaced"
    assert not WorkItem.objects.filter(matter=first.matter, closed_by=None).exists()


def test_something_new_about_a_dossier_is_read_by_somebody_and_changes_nothing_filed(
    cast: Cast, client: Client
) -> None:
    portal = system(cast)
    dossier = Dossier.objects.get(matter__reference=send(portal, message(cast)).number)
    before = queries.filing_content(dossier)
    news = send(portal, message(cast, TrangThaiHoSo="7"), at=LATER).arrival
    assert (news.outcome, news.faults, news.dossier) == ("waiting", ["changed"], dossier)
    assert queries.filing_content(dossier) == before
    page = desk(client, cast).get(f"/desk/dossiers/{dossier.number}/").content.decode()
    assert f"/desk/arrivals/{news.pk}/" in page
    client.post(f"/desk/arrivals/{news.pk}/note/")
    news.refresh_from_db()
    assert news.outcome == "noted"


def test_two_officers_at_once_and_the_second_hears_of_it(cast: Cast) -> None:
    arrived = send(system(cast), message(cast, MaTTHC="KS-01"))
    said = Whereto(procedure=BIRTH)
    exchange.take_arrival(arrival=arrived.arrival, said=said, by=cast.here.intake, at=LATER)
    with pytest.raises(services.NothingOpen):
        exchange.set_arrival_aside(arrival=arrived.arrival, reason="khác", by=cast.here.intake, at=LATER)
    other = send(system(cast), message(cast, MaHoSo="G15-3", MaTTHC="KS-01")).arrival
    with pytest.raises(exchange.Unfit):
        exchange.take_arrival(arrival=other, said=Whereto(), by=cast.here.intake, at=LATER)


def test_the_door_asks_for_the_key_and_says_what_it_takes(cast: Cast, client: Client) -> None:
    key = exchange.give_key(system=system(cast), by=cast.here.administrator, at=NOW)
    shown = {"Authorization": f"Bearer {key}"}

    def post(body: Any, headers: dict[str, str] = shown) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(ADDRESS, content, content_type="application/json", headers=headers)

    assert post(message(cast), {}).status_code == 401
    assert post(message(cast), {"Authorization": "Bearer " + "x" * 43}).status_code == 401
    assert post(b"{").status_code == 400
    assert post([]).status_code == 400
    assert post(b"x" * (1024 * 1024 + 1)).status_code == 413
    assert client.get(ADDRESS).status_code == 405
    assert Arrival.objects.count() == 0
    first = post(message(cast)).json()
    assert first == {
        "error_code": "00", "MaHoSo": NUMBER, "SoHoSoNoiXuLy": Dossier.objects.get().number, "KetQua": "da_tao_ho_so",
    }  # fmt: skip
    several = post([message(cast), message(cast, MaHoSo="G15-2", MaTTHC="?")]).json()["DanhSach"]
    assert [each["KetQua"] for each in several] == ["da_nhan_truoc", "cho_doi_chieu"]
    assert key not in str(list(Arrival.objects.values()))


def test_a_new_key_closes_the_door_for_the_old_one(cast: Cast, client: Client) -> None:
    portal = system(cast)
    old = exchange.give_key(system=portal, by=cast.here.administrator, at=NOW)
    exchange.give_key(system=portal, by=cast.here.administrator, at=NOW)
    answer = client.post(ADDRESS, "{}", content_type="application/json", headers={"Authorization": f"Bearer {old}"})
    assert answer.status_code == 401


def test_erasing_the_dossier_takes_the_message_with_it(cast: Cast) -> None:
    portal = system(cast)
    dossier = Dossier.objects.get(matter__reference=send(portal, message(cast)).number)
    services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=LATER, reason_code="other", reason="Mẫu")
    services.erase_personal_data(
        dossier=Dossier.objects.get(), by=cast.here.administrator, at=LATER, legal_source="Luật mẫu"
    )
    assert Arrival.objects.get().content == ""
    assert send(portal, message(cast)).repeated
    assert ExternalRef.objects.get().number == foreign.NUMBER
