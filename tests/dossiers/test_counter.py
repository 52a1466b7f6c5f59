"""The counter: a card is scanned, papers are ticked, one submit takes the dossier in, and a double press is one."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from motcua.dossiers.models import Dossier
from tests import cast as casting
from tests.cast import Cast

SHEET = f"/desk/counter/{casting.CERTIFY}/"
CARD = "003190000001|300000001|Đỗ Thị Mẫu|24111990|Nữ|Thôn Mẫu 1|02012022"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: casting.TODAY)


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.here.intake.account)
    return client


def _typed(**changes: Any) -> dict[str, Any]:
    return {
        "op_id": "counter-test",
        "who-full_name": "Đỗ Thị Mẫu",
        "who-birth_date": "24/11/1990",
        "who-citizen_id": "003190000001",
        "paper-original-there": "on",
        "paper-original-kind": "original",
        "paper-original-quantity": "2",
    } | changes


def test_an_everyday_word_leads_to_the_procedure(officer: Client) -> None:
    assert officer.get("/desk/counter/", {"q": "chứng thực bản sao"}).headers["Location"].startswith(SHEET)


def test_without_a_word_every_procedure_is_listed(officer: Client) -> None:
    assert SHEET in officer.get("/desk/counter/").content.decode()


def test_a_scan_fills_the_applicant_and_takes_nothing_in(officer: Client) -> None:
    answer = officer.post(SHEET, {"scan": CARD, "read_card": "1", "op_id": "counter-test"})
    page = answer.content.decode()
    assert 'value="Đỗ Thị Mẫu"' in page
    assert 'value="24/11/1990"' in page
    assert 'value="counter-test"' in page
    assert not Dossier.objects.exists()


def test_an_eaten_name_asks_for_a_look(officer: Client) -> None:
    eaten = officer.post(SHEET, {"scan": CARD.replace("Mẫu|2", "MâUx|2"), "read_card": "1"})
    assert eaten.context["sheet"].doubtful == ("full_name",)


def test_another_text_in_the_card_field_keeps_what_was_typed(officer: Client) -> None:
    answer = officer.post(SHEET, _typed(scan="xyz", read_card="1"))
    assert answer.status_code == 422
    assert 'value="Đỗ Thị Mẫu"' in answer.content.decode()


def test_one_submit_takes_the_dossier_in_and_shows_number_and_code(officer: Client) -> None:
    page = officer.post(SHEET, _typed()).content.decode()
    dossier = Dossier.objects.get()
    assert dossier.state == "received"
    assert dossier.number in page
    assert dossier.applicant.birth_date == "1990-11-24"


def test_a_double_press_is_one_dossier(officer: Client) -> None:
    first, second = officer.post(SHEET, _typed()), officer.post(SHEET, _typed())
    assert first.context["filed"].claim_code == second.context["filed"].claim_code
    assert Dossier.objects.count() == 1


def test_a_page_sent_again_with_other_words_is_refused(officer: Client) -> None:
    officer.post(SHEET, _typed())
    assert officer.post(SHEET, _typed(**{"who-full_name": "Lê Mẫu Khác"})).status_code == 409
    assert Dossier.objects.count() == 1


def test_a_missing_name_is_said_and_what_was_typed_stays(officer: Client) -> None:
    answer = officer.post(SHEET, _typed(**{"who-full_name": ""}))
    assert answer.status_code == 422
    assert 'value="24/11/1990"' in answer.content.decode()
    assert not Dossier.objects.exists()


def test_the_same_matter_open_is_a_warning(officer: Client, cast: Cast) -> None:
    filed = cast.take_in()
    answer = officer.post(SHEET, {"scan": CARD, "read_card": "1"})
    assert filed.number in answer.content.decode()


def test_the_same_matter_open_is_said_once_before_another_is_taken_in(officer: Client, cast: Cast) -> None:
    filed = cast.take_in()
    first = officer.post(SHEET, _typed())
    assert first.status_code == 409
    assert filed.number in first.content.decode()
    assert Dossier.objects.count() == 1
    again = officer.post(SHEET, _typed(seen=filed.number))
    assert again.context["filed"].number != filed.number
    assert officer.post(SHEET, _typed(seen=filed.number)).context["filed"].number == again.context["filed"].number
    assert Dossier.objects.count() == 2


def test_a_card_scanned_into_the_wrong_line_is_read_all_the_same(officer: Client) -> None:
    page = officer.post(SHEET, _typed(**{"who-full_name": CARD, "who-phone": "0300000001"}, read_card="1"))
    assert 'value="Đỗ Thị Mẫu"' in page.content.decode()
    assert 'value="0300000001"' in page.content.decode()


def test_enter_in_a_line_takes_nothing_in_and_finds_no_fault(officer: Client) -> None:
    answer = officer.post(f"/desk/counter/{casting.OPEN_LIMIT}/", _typed(scan="", read_card="1"))
    assert answer.status_code == 200
    assert answer.context["sheet"].waits
    assert "govuk-error-message" not in answer.content.decode()
    assert 'value="Đỗ Thị Mẫu"' in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_button_inside_a_question_takes_nothing_in(officer: Client) -> None:
    assert officer.post(SHEET, _typed(_add_row="anything")).status_code == 200
    assert not Dossier.objects.exists()


def test_an_everyday_word_can_still_show_the_list(officer: Client) -> None:
    answer = officer.get("/desk/counter/", {"q": "chứng thực bản sao", "list": "1"})
    assert SHEET in answer.content.decode()


def test_an_open_limit_is_asked_for_at_the_counter(officer: Client) -> None:
    sheet = f"/desk/counter/{casting.OPEN_LIMIT}/"
    limit = {"limit-value": "3", "limit-unit": "working_day", "limit-legal_source": ""}
    assert officer.post(sheet, _typed(**limit)).status_code == 422
    limit["limit-legal_source"] = casting.SAMPLE
    assert officer.post(sheet, _typed(**limit)).status_code == 200
    assert Dossier.objects.get().limit["legal_source"] == casting.SAMPLE


def test_form_01_is_printed_with_the_code_just_given(officer: Client, cast: Cast) -> None:
    filed = cast.take_in()
    good = {"number": filed.number, "claim_code": filed.claim_code}
    assert officer.post("/desk/counter/slip.pdf", good).content.startswith(b"%PDF")
    assert officer.post("/desk/counter/slip.pdf", good | {"claim_code": "WRONG"}).status_code == 404


def test_only_whoever_takes_in_sees_the_counter(client: Client, cast: Cast) -> None:
    client.force_login(cast.here.case.account)
    assert client.get("/desk/counter/").status_code == 403
