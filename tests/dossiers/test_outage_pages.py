"""The pages of blank slips: reserved, printed, scanned at the counter, entered, asked about; refusals."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from motcua.config.checks import records
from motcua.dossiers import services
from motcua.dossiers.models import BlankSlip, Dossier, SlipBlock
from motcua.dossiers.queries import blanks
from motcua.dossiers.rules import blanks as rule
from tests import cast as casting
from tests.cast import CERTIFY, NOW, Cast

PAGE, COUNTER = "/desk/outage/", "/desk/counter/"
SHEET = f"{COUNTER}{CERTIFY}/"
PRINTED = NOW - timedelta(days=4)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: casting.TODAY)
    cache.clear()


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.here.intake.account)
    return client


@pytest.fixture
def block(cast: Cast) -> SlipBlock:
    here = cast.here
    made = services.reserve_slips(
        office=here.centre, counter="Quầy 1", count=4, by=here.intake, at=PRINTED, op_id="block-one"
    )
    return services.note_slips_printed(block=made, by=here.intake, at=PRINTED)


def slip_at(block: SlipBlock, place: int) -> BlankSlip:
    return BlankSlip.objects.select_related("block__office", "block__matter").get(block=block, place=place)


def of_block(block: SlipBlock, act: str = "") -> str:
    return f"{PAGE}{block.matter.reference}/{act}"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def typed(slip: BlankSlip, **changes: Any) -> dict[str, Any]:
    return {
        "op_id": "counter-slip",
        "who-full_name": "Đỗ Thị Mẫu",
        "who-birth_date": "24/11/1990",
        "who-citizen_id": "003190000001",
        "paper-original-there": "on",
        "slip-number": slip.number,
        "slip-day": "20/11/2026",
        "slip-time": "14:20",
        "take_in": "1",
    } | changes


# --- reserving and printing ----------------------------------------------------------------------------------------
def test_a_block_is_reserved_once_however_often_it_is_sent(officer: Client) -> None:
    sent = {"counter": "Quầy 1", "count": "3", "op_id": "abc"}
    first, again = officer.post(PAGE, sent), officer.post(PAGE, sent)
    assert first.headers["Location"] == again.headers["Location"] == of_block(SlipBlock.objects.get())
    assert "Chưa in" in text(officer.get(PAGE))


def test_too_many_slips_are_an_error_at_the_field_and_nothing_typed_is_lost(officer: Client) -> None:
    answer = officer.post(PAGE, {"counter": "Quầy Mẫu", "count": "101", "op_id": "abc"})
    assert answer.status_code == 422
    assert "một số từ 1 đến 100" in text(answer)
    assert 'value="Quầy Mẫu"' in text(answer)


def test_printing_gives_the_sheets_and_a_second_time_only_when_the_first_are_destroyed(officer: Client) -> None:
    officer.post(PAGE, {"counter": "Quầy 1", "count": "1", "op_id": "abc"})
    address = of_block(SlipBlock.objects.get(), "slips.pdf")
    assert len(PdfReader(io.BytesIO(officer.post(address).content)).pages) == 2
    assert officer.post(address).status_code == 302
    again = officer.post(address, {"torn_up": "on"})
    assert "in lần 2" in PdfReader(io.BytesIO(again.content)).pages[0].extract_text()


def test_only_the_counters_of_the_centre_and_its_leader_see_its_slips(
    client: Client, cast: Cast, block: SlipBlock
) -> None:
    seen = {}
    for person in (cast.here.intake, cast.here.leader, cast.here.case, cast.there.intake):
        client.force_login(person.account)
        seen[person.pk] = (client.get(PAGE).status_code, client.get(of_block(block)).status_code)
    assert list(seen.values()) == [(200, 200), (200, 200), (403, 403), (200, 404)]
    client.force_login(cast.here.leader.account)
    assert client.post(of_block(block, "slips.pdf")).status_code == 403


def test_a_longer_list_asks_the_database_no_more(officer: Client, cast: Cast, block: SlipBlock) -> None:
    officer.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        officer.get(PAGE)
    for n in range(3):
        services.reserve_slips(
            office=cast.here.centre, counter=f"Quầy {n}", count=2, by=cast.here.intake, at=PRINTED, op_id=f"more-{n}"
        )
    with CaptureQueriesContext(connection) as many:
        officer.get(PAGE)
    assert len(many) == len(few)


# --- entering ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scanned", ["status", "seal", "number"])
def test_a_slip_scanned_at_the_counter_leads_to_its_entering(officer: Client, block: SlipBlock, scanned: str) -> None:
    slip = slip_at(block, 1)
    codes = {
        "status": f"https://vidu.example/status/?number={slip.number}",
        "seal": f"https://vidu.example/verify/receipt/?r={blanks.line_of(slip)}",
        "number": slip.number.lower(),
    }
    answer = officer.get(COUNTER, {"q": codes[scanned]})
    assert answer.headers["Location"] == f"{COUNTER}?slip={slip.number}"
    page = text(officer.get(answer.headers["Location"]))
    assert f"Đang nhập phiếu {slip.number}" in page
    assert f"{SHEET}?slip={slip.number}" in page
    assert f'value="{slip.number}"' in text(officer.get(f"{SHEET}?slip={slip.number}"))


def test_the_code_read_into_the_sheet_fills_the_number(officer: Client, block: SlipBlock) -> None:
    code = f"https://vidu.example/status/?number={slip_at(block, 2).number}"
    answer = officer.post(
        SHEET, {"op_id": "counter-slip", "scan": code, "read_card": "1", "who-full_name": "Đỗ Thị Mẫu"}
    )
    assert f'value="{slip_at(block, 2).number}"' in text(answer)
    assert 'value="Đỗ Thị Mẫu"' in text(answer)


def test_a_slip_is_taken_in_with_the_moment_written_on_it(officer: Client, block: SlipBlock) -> None:
    slip = slip_at(block, 1)
    page = text(officer.post(SHEET, typed(slip)))
    dossier = Dossier.objects.get()
    assert dossier.number == slip.number
    assert timezone.localtime(dossier.received_at).strftime("%d/%m/%Y %H:%M") == "20/11/2026 14:20"
    assert "Nhập từ phiếu viết tay" in page
    assert "Nhận bằng phiếu viết tay" in text(officer.get(f"/desk/dossiers/{slip.number}/"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slip-day": ""}, "Xin nhập ngày ghi trên phiếu"),
        ({"slip-time": "25:70"}, "Xin ghi giờ như 09:15"),
        ({"slip-number": ""}, "Xin nhập số trên phiếu, hoặc xóa ngày và giờ"),
        ({"slip-number": "H36.24-260000-0777"}, "Không có phiếu nào in số này"),
        ({"slip-day": "24/11/2026"}, "Thời điểm này chưa tới"),
        ({"slip-day": "01/11/2026"}, "Phiếu được in sau thời điểm này"),
    ],
)
def test_what_is_wrong_with_a_slip_stands_at_its_field(
    officer: Client, block: SlipBlock, changes: dict[str, str], said: str
) -> None:
    answer = officer.post(SHEET, typed(slip_at(block, 1), **changes))
    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Đỗ Thị Mẫu"' in text(answer)
    assert not Dossier.objects.exists()


def test_a_slip_that_was_entered_is_refused_at_the_counter(officer: Client, cast: Cast, block: SlipBlock) -> None:
    slip = slip_at(block, 1)
    officer.post(SHEET, typed(slip))
    said = {"op_id": "counter-other", "who-full_name": "Người Mẫu Khác", "who-citizen_id": ""}
    assert "Phiếu này đã được nhập" in text(officer.post(SHEET, typed(slip, **said)))
    assert Dossier.objects.count() == 1


# --- after the outage ----------------------------------------------------------------------------------------------
def test_the_last_slip_is_said_by_its_place_its_number_or_its_code(officer: Client, block: SlipBlock) -> None:
    for last in ("2", slip_at(block, 3).number, f"https://x/status/?number={slip_at(block, 4).number}"):
        assert officer.post(of_block(block, "last/"), {"last": last}).status_code == 302
    page = text(officer.get(of_block(block)))
    assert "4 phiếu đã phát, cần nhập" in page
    assert "Nhập phiếu viết tay" in text(officer.get("/desk/?queue=to_enter"))
    answer = officer.post(of_block(block, "last/"), {"last": "9"})
    assert (answer.status_code, "Tập này không có phiếu đó" in text(answer)) == (422, True)


def test_a_void_slip_says_why_and_may_turn_up(officer: Client, cast: Cast, block: SlipBlock) -> None:
    said = {"slip": "1", "reason": "spoiled", "note": "Viết sai, đã xé"}
    assert officer.post(of_block(block, "void/"), said | {"note": ""}).status_code == 422
    assert officer.post(of_block(block, "void/"), said).status_code == 302
    assert "Viết sai, đã xé" in text(officer.get(of_block(block)))
    officer.force_login(cast.here.leader.account)
    officer.post(of_block(block, "restore/1/"))
    assert slip_at(block, 1).voided_at is None


# --- what whoever has the slip reads -------------------------------------------------------------------------------
def test_the_status_page_says_honestly_that_a_slip_is_not_entered(client: Client, block: SlipBlock) -> None:
    slip = slip_at(block, 3)
    asked = {"number": slip.number, "claim_code": blanks.claim_code_of(slip)}
    page = text(client.post("/status/", asked))
    assert "Hồ sơ của ông/bà chưa có trong hệ thống" in page
    assert "0300000000" in page
    assert [each.place for each in blanks.outstanding(block)] == [3]
    wrong = client.post("/status/", asked | {"claim_code": "ACDEFGHJKP"})
    assert (wrong.status_code, "chưa có trong hệ thống" in text(wrong)) == (422, False)


def test_after_the_entering_the_same_code_opens_the_dossier(officer: Client, block: SlipBlock) -> None:
    slip = slip_at(block, 1)
    officer.post(SHEET, typed(slip))
    page = text(officer.post("/status/", {"number": slip.number, "claim_code": blanks.claim_code_of(slip)}))
    assert f"Hồ sơ {slip.number}" in page
    assert "nhận bằng phiếu viết tay" in page


def test_a_stranger_verifies_the_number_on_a_slip(client: Client, block: SlipBlock) -> None:
    line = blanks.line_of(slip_at(block, 2))
    page = text(client.get("/verify/receipt/", {"r": line}))
    assert "Số này do chúng tôi cấp" in page
    assert slip_at(block, 2).number in page
    forged = line.replace(slip_at(block, 2).number, slip_at(block, 3).number)
    assert "Phiếu này không đúng" in text(client.get("/verify/receipt/", {"r": forged}))


# --- who is reminded -----------------------------------------------------------------------------------------------
def test_the_light_names_late_slips_and_few_ready_ones(
    cast: Cast, block: SlipBlock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said() -> str:
        return str(next(iter(records.blank_slips())).sentence)

    assert "còn trong hạn" in said()
    services.say_last_slip(block=block, place=1, by=cast.here.intake, at=NOW)
    assert f"{cast.here.commune.name} (3)" in said()
    assert rule.FEW > 3
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=7))
    assert slip_at(block, 1).number in said()
