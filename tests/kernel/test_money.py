import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import money

WORDS = [
    (0, "không đồng"),
    (5, "năm đồng"),
    (10, "mười đồng"),
    (11, "mười một đồng"),
    (15, "mười lăm đồng"),
    (20, "hai mươi đồng"),
    (21, "hai mươi mốt đồng"),
    (24, "hai mươi bốn đồng"),
    (55, "năm mươi lăm đồng"),
    (100, "một trăm đồng"),
    (101, "một trăm linh một đồng"),
    (105, "một trăm linh năm đồng"),
    (110, "một trăm mười đồng"),
    (111, "một trăm mười một đồng"),
    (115, "một trăm mười lăm đồng"),
    (121, "một trăm hai mươi mốt đồng"),
    (1_000, "một nghìn đồng"),
    (1_005, "một nghìn không trăm linh năm đồng"),
    (1_050, "một nghìn không trăm năm mươi đồng"),
    (8_000, "tám nghìn đồng"),
    (21_000, "hai mươi mốt nghìn đồng"),
    (105_000, "một trăm linh năm nghìn đồng"),
    (1_000_005, "một triệu không trăm linh năm đồng"),
    (1_050_000, "một triệu không trăm năm mươi nghìn đồng"),
    (1_005_000_000, "một tỷ không trăm linh năm triệu đồng"),
    (1_234_567_891, "một tỷ hai trăm ba mươi bốn triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi mốt đồng"),
    (1_000_000_000_000, "một nghìn tỷ đồng"),
    (2_015_000_000_000, "hai nghìn không trăm mười lăm tỷ đồng"),
    (-8_000, "âm tám nghìn đồng"),
]
DIGITS = {word: str(digit) for digit, word in enumerate(money.UNITS)} | {"mốt": "1", "lăm": "5"}


@pytest.mark.parametrize(("amount", "words"), WORDS)
def test_an_amount_is_said_as_a_clerk_writes_it(amount: int, words: str) -> None:
    assert money.in_words_vi(amount) == words


@pytest.mark.parametrize(
    ("amount", "text"),
    [(8000, "8.000 đồng"), (0, "0 đồng"), (999, "999 đồng"), (1_234_567, "1.234.567 đồng"), (-500, "-500 đồng")],
)
def test_digits_are_grouped_by_points(amount: int, text: str) -> None:
    assert money.format_vnd(amount) == text


def test_a_number_below_zero_has_no_words_of_its_own() -> None:
    with pytest.raises(ValueError):
        money.number_in_words_vi(-1)


def heard(words: str) -> int:
    """The number that somebody writes down who hears these words."""
    total = billions = group = digit = 0
    for word in words.split():
        if word in DIGITS:
            digit = int(DIGITS[word])
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in {"nghìn", "triệu"}:
            total, group, digit = total + (group + digit) * {"nghìn": 1_000, "triệu": 1_000_000}[word], 0, 0
        elif word == "tỷ":
            billions, total, group, digit = total + group + digit, 0, 0, 0
    return billions * money.BILLION + total + group + digit


@given(st.integers(0, 999_999_999_999_999))
def test_whoever_hears_the_words_writes_the_same_number(number: int) -> None:
    assert heard(money.number_in_words_vi(number)) == number
