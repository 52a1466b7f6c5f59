"""What another system is told and what is fetched from it: by deliveries, visibly, with one owner of the status."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers import queries, rules, services
from motcua.dossiers.models import Dossier, OutsidePaper, Paper
from motcua.dossiers.rules import exchange as words
from motcua.dossiers.services import exchange
from motcua.kernel import files, ledger, outbox, outside, watch
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from tests.cast import BIRTH, NOW, Cast
from tests.dossiers.foreign import PDF, Recorded, message, other_side, send, system

LATER = NOW + timedelta(minutes=5)
TOLD = "dossiers.status.portal"


@pytest.fixture
def there() -> Iterator[Recorded]:
    with other_side() as recorded:
        yield recorded


def arrived(cast: Cast, there: Recorded, **changes: Any) -> Dossier:
    """A dossier of a portal that is told how far it has come."""
    number = send(system(cast, endpoint=f"{there.address}/status"), message(cast, **changes)).number
    return Dossier.objects.get(matter__reference=number)


def receive(cast: Cast, dossier: Dossier, at: datetime = LATER) -> Dossier:
    return services.receive_dossier(dossier=dossier, by=cast.here.intake, at=at)


def settle(cast: Cast, dossier: Dossier) -> Dossier:
    dossier = services.complete_step(dossier=dossier, by=cast.here.case, at=LATER)
    return services.settle_dossier(dossier=dossier, by=cast.here.approver, at=LATER, result_name="Mẫu")


def test_every_change_is_told_in_the_portals_numbers_and_with_our_key(
    cast: Cast, there: Recorded, settings: Any
) -> None:
    settings.EXCHANGE_TOKENS = {"dvcqg": "khoa-mau"}
    dossier = receive(cast, arrived(cast, there))
    settle(cast, dossier)
    outbox.run_due(LATER)
    assert [each["TrangThaiHoSo"] for each in there.told] == ["2", "4", "9"]
    assert there.told[0]["SoHoSoNoiXuLy"] == dossier.number
    assert there.told[0]["NgayTiepNhan"] == words.written(dossier.received_at)
    assert set(there.shown) == {"Bearer khoa-mau"}


def test_a_dossier_of_our_own_is_told_to_nobody(cast: Cast, there: Recorded) -> None:
    system(cast, endpoint=f"{there.address}/status")
    receive(cast, cast.file().dossier)
    assert not Delivery.objects.filter(target=TOLD).exists()


def test_another_systems_words_stand_in_its_table(cast: Cast, there: Recorded) -> None:
    dossier = arrived(cast, there)
    by = cast.here.administrator
    exchange.spell_status(system=system(cast, endpoint=there.address), state="received", code="TN", by=by, at=NOW)
    receive(cast, dossier)
    outbox.run_due(LATER)
    assert there.told[0]["TrangThaiHoSo"] == "TN"


@pytest.mark.parametrize("state", list(rules.PORTAL_STATUS))
def test_the_table_of_states_reads_back_what_it_writes(state: str) -> None:
    assert words.state_of(words.code_of(state, {"received": "TN"}), {"received": "TN"}) == state


def test_what_cannot_be_told_is_tried_again_and_then_told_once(cast: Cast, there: Recorded) -> None:
    dossier = receive(cast, arrived(cast, there))
    there.answer = (503, b"")
    outbox.run_due(LATER)
    delivery = Delivery.objects.get(target=TOLD)
    assert delivery.state == "retrying"
    there.answer = (200, b'{"error_code": "00"}')
    outbox.run_due(LATER + timedelta(minutes=2))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)
    assert not WorkItem.objects.filter(matter=dossier.matter, act=rules.EXCHANGE).exists()


@pytest.mark.parametrize("answer", [(400, b""), (200, b'{"error_code": "17"}'), (200, b"[]")])
def test_what_is_refused_is_somebodys_work_on_the_dossier(
    cast: Cast, there: Recorded, client: Client, answer: tuple[int, bytes]
) -> None:
    there.answer = answer
    dossier = receive(cast, arrived(cast, there))
    outbox.run_due(LATER)
    item = WorkItem.objects.get(matter=dossier.matter, act=rules.EXCHANGE)
    assert (item.office, item.closed_by) == (cast.here.centre, None)
    client.force_login(cast.here.intake.account)
    delivery = Delivery.objects.get(target=TOLD)
    address = f"/desk/dossiers/{dossier.number}/exchange/{delivery.pk}/"
    assert address in client.get(f"/desk/dossiers/{dossier.number}/").content.decode()
    there.answer = (200, b'{"error_code": "00"}')
    exchange.try_exchange_again(dossier=dossier, delivery=delivery, by=cast.here.intake, at=LATER)
    outbox.run_due(LATER)
    delivery.refresh_from_db()
    assert delivery.state == "delivered"
    with pytest.raises(services.NothingOpen):
        exchange.note_done_by_hand(dossier=dossier, delivery=delivery, by=cast.here.intake, at=LATER)
    assert watch.look_at_all(LATER) == {}


def test_the_work_may_outlive_the_dossier(cast: Cast, there: Recorded) -> None:
    dossier = arrived(cast, there)
    services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=LATER, reason_code="other", reason="Mẫu")
    there.answer = (400, b"")
    outbox.run_due(LATER)
    assert WorkItem.objects.get(matter=dossier.matter, closed_by=None).act == rules.EXCHANGE
    assert list(queries.inconsistencies()) == []


def test_an_older_status_never_follows_a_newer_one(cast: Cast, there: Recorded) -> None:
    dossier = receive(cast, arrived(cast, there))
    there.answer = (503, b"")
    outbox.run_due(LATER)
    there.answer = (200, b'{"error_code": "00"}')
    settle(cast, dossier)
    newest = Delivery.objects.filter(target=TOLD).latest("pk")
    Delivery.objects.filter(target=TOLD).exclude(pk=newest.pk).update(next_at=LATER + timedelta(hours=1))
    outbox.run_due(LATER)
    outbox.run_due(LATER + timedelta(hours=2))
    assert [each["TrangThaiHoSo"] for each in there.told][-1] == "9"
    assert not Delivery.objects.filter(target=TOLD, delivered_at=None).exists()


def test_papers_are_fetched_by_a_delivery_through_the_checks_of_uploads(cast: Cast, there: Recorded) -> None:
    there.files = {"/a.pdf": PDF, "/virus.exe": b"MZ"}
    named = [
        {"TepDinhKemId": "1", "TenTepDinhKem": "Giấy chứng sinh", "MaThanhPhanHoSo": "birth_paper",
         "DuongDanTaiTepTin": f"{there.address}/a.pdf"},
        {"TepDinhKemId": "2", "TenTepDinhKem": "la.exe", "DuongDanTaiTepTin": f"{there.address}/virus.exe"},
        {"TepDinhKemId": "3", "TenTepDinhKem": "xa.pdf", "DuongDanTaiTepTin": "http://192.0.2.1/xa.pdf"},
        {"TepDinhKemId": "4", "TenTepDinhKem": "khong.pdf"},
    ]  # fmt: skip
    dossier = arrived(cast, there, TaiLieuNop=named)
    assert not Paper.objects.exists()
    outbox.run_due(LATER)
    paper = Paper.objects.get(filing__dossier=dossier)
    assert (paper.sid, paper.name, files.read(paper.file_id)) == ("birth_paper", "Giấy chứng sinh.pdf", PDF)
    failures = OutsidePaper.objects.filter(dossier=dossier).order_by("pk").values_list("failure", flat=True)
    assert list(failures) == ["", "type", "elsewhere", "no_address"]
    assert WorkItem.objects.filter(matter=dossier.matter, act=rules.EXCHANGE, closed_by=None).count() == 2
    assert "dossiers.outside_paper_kept" in [event.type for event in ledger.history(dossier.matter)]
    assert watch.look_at_all(LATER) == {}


def test_an_officer_attaches_what_could_not_be_fetched(cast: Cast, there: Recorded, client: Client) -> None:
    dossier = arrived(cast, there, TaiLieuNop=[{"TepDinhKemId": "4", "TenTepDinhKem": "khong.pdf"}])
    paper = OutsidePaper.objects.get()
    with pytest.raises(ValueError, match="type"):
        exchange.attach_paper(paper=paper, content=b"MZ", by=cast.here.intake, at=LATER)
    exchange.attach_paper(paper=paper, content=PDF, by=cast.here.intake, at=LATER)
    exchange.attach_paper(paper=paper, content=PDF, by=cast.here.intake, at=LATER)
    assert Paper.objects.get(filing__dossier=dossier).name == "khong.pdf"


def test_a_redirect_leads_nowhere(cast: Cast, there: Recorded) -> None:
    there.answer = (302, b"")
    receive(cast, arrived(cast, there))
    outbox.run_due(LATER)
    assert Delivery.objects.get(target=TOLD).state in ("given_up", "retrying")
    assert len(there.told) == 1


def test_no_request_of_a_person_waits_for_the_other_system(cast: Cast, there: Recorded) -> None:
    dossier = arrived(cast, there)
    with outside.answering_a_request():
        receive(cast, dossier)
    assert there.told == []


def owned(cast: Cast, **changes: Any) -> Dossier:
    """A dossier of a version whose status the other system owns."""
    portal = system(cast, endpoint="http://127.0.0.1:9/never")
    version, by = cast.edition(BIRTH).version_id, cast.here.administrator
    exchange.own_status(version_id=version, system=portal, owner="there", by=by, at=NOW)
    return Dossier.objects.get(matter__reference=send(portal, message(cast, **changes)).number)


def test_where_the_other_system_owns_the_status_it_is_read_and_not_told(cast: Cast, client: Client) -> None:
    dossier = owned(cast, TrangThaiHoSo="2", NgayTiepNhan="20261123080000", NgayHenTra="20261127170000")
    assert (dossier.state, dossier.matter.closed_at) == ("received", None)
    assert words.written(dossier.due_at) == "20261127170000"
    assert queries.due_of(dossier).at == dossier.due_at
    item = queries.open_item(dossier)
    assert item is not None
    assert (item.act, item.due_at) == (rules.FOLLOW, dossier.due_at)
    client.force_login(cast.here.intake.account)
    page = client.get(f"/desk/dossiers/{dossier.number}/")
    assert {each.name for each in page.context["acts"]} <= {"remark", "write", "reply"}
    portal = system(cast)
    send(portal, message(cast, TrangThaiHoSo="9"), at=LATER)
    send(portal, message(cast, TrangThaiHoSo="10"), at=LATER)
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.matter.closed_at) == ("returned", LATER)
    assert rules.state_after(queries.happened(queries.history_of(dossier))) == "returned"
    assert not Delivery.objects.exists()
    assert watch.look_at_all(LATER) == {}


def test_what_the_other_system_owns_is_not_moved_here(cast: Cast) -> None:
    dossier = owned(cast, TrangThaiHoSo="1")
    with pytest.raises(services.NotPossible, match="status_owned_there"):
        receive(cast, dossier)
    with pytest.raises(services.NotPossible, match="status_owned_there"):
        services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=LATER, reason_code="other", reason="Mẫu")
    with pytest.raises(services.NotPossible, match="status_owned_there"):
        services.transfer_dossier(dossier=dossier, to=cast.there.commune, by=cast.here.leader, at=LATER, reason="Mẫu")


@pytest.mark.parametrize(("code", "state"), [("3", "refused"), ("7", "withdrawn"), ("8", "stopped")])
def test_an_ending_there_is_an_ending_here(cast: Cast, code: str, state: str) -> None:
    owned(cast, TrangThaiHoSo="2")
    send(system(cast), message(cast, TrangThaiHoSo=code, GhiChu="Lý do mẫu"), at=LATER)
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.endings.get().reason) == (state, "Lý do mẫu")
    assert watch.look_at_all(LATER) == {}


def test_the_owner_of_a_version_does_not_change_under_dossiers_that_came(cast: Cast) -> None:
    dossier = owned(cast, TrangThaiHoSo="1")
    for owner in ("there", "here"):
        about = {"version_id": dossier.version_id, "system": system(cast), "by": cast.here.administrator, "at": LATER}
        if owner == "here":
            with pytest.raises(exchange.NotPossibleNow):
                exchange.own_status(owner=owner, **about)
        else:
            exchange.own_status(owner=owner, **about)
