"""A reader types the card's code: what is sure is filled in, what looks eaten is shown for confirmation."""

import pytest

from motcua.dossiers.rules import scan

CARD = "003190000001|300000001|Đỗ Thị Mẫu|24111990|Nữ|Thôn Mẫu 1, Xã Mẫu|02012022"


def test_a_card_fills_the_applicant() -> None:
    card = scan.read_card(CARD + "\r\n")
    assert card.citizen_id == "003190000001"
    assert card.full_name == "Đỗ Thị Mẫu"
    assert card.birth_date == "1990-11-24"
    assert card.address == "Thôn Mẫu 1, Xã Mẫu"
    assert card.issued_on == "2022-01-02"
    assert not card.doubtful


def test_a_card_without_an_old_number_is_a_card() -> None:
    assert scan.read_card("003190000001||Ka Să H'Oanh Niê Kdăm|24111990|Nữ|Buôn Mẫu|").doubtful == ()


@pytest.mark.parametrize("name", ["Đỗ Thị M?u", "ĐôX ThiJ MâUx", "Do64 Thi5", "�ỗ Mẫu", ""])
def test_a_name_that_an_input_method_ate_is_shown_for_confirmation(name: str) -> None:
    assert "full_name" in scan.read_card(f"003190000001||{name}|24111990|Nữ||").doubtful


def test_a_day_that_is_none_is_left_empty_and_named() -> None:
    card = scan.read_card("003190000001||Đỗ Thị Mẫu|31021990|Nữ||")
    assert (card.birth_date, card.doubtful) == ("", ("birth_date",))


@pytest.mark.parametrize("text", ["", "H36.24-261123-0001", "123|Đỗ Thị Mẫu|x|y", "0031900000aa||Đỗ Mẫu|24111990|Nữ||"])
def test_another_text_is_no_card(text: str) -> None:
    with pytest.raises(scan.NotACard):
        scan.read_card(text)


@pytest.mark.parametrize(
    ("scanned", "sought"),
    [
        ("https://motcua.example/status/?number=H36.24-261123-0001\n", "H36.24-261123-0001"),
        (CARD, "003190000001"),
        ("Đỗ Thị Mẫu", "Đỗ Thị Mẫu"),
        ("24/11/1990", "24/11/1990"),
    ],
)
def test_a_slip_or_a_card_scanned_into_the_search_box_says_what_is_sought(scanned: str, sought: str) -> None:
    assert scan.sought(scanned) == sought
