"""Dates, amounts and durations as a reader meets them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from motcua.ui import marks, writing

DAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def test_a_date_says_its_day_of_the_week() -> None:
    assert writing.long_date(DAY) == "thứ Ba, 24/11/2026"
    assert writing.long_date(date(2026, 11, 29)) == "Chủ nhật, 29/11/2026"


def test_a_moment_is_told_in_the_time_of_the_country() -> None:
    assert writing.moment(AT) == "08:30 thứ Ba, 24/11/2026"
    assert writing.short_moment(AT) == "08:30 24/11/2026"
    assert writing.long_date(datetime(2026, 11, 23, 18, 0, tzinfo=UTC)) == "thứ Ba, 24/11/2026"


def test_in_english_no_date_can_be_read_as_another() -> None:
    with translation.override("en"):
        assert writing.long_date(DAY) == "Tuesday, 24 November 2026"
        assert writing.moment(AT) == "08:30 on Tuesday, 24 November 2026"
        assert writing.amount(8000) == "8,000 VND"


def test_money_and_limits_are_written_as_people_say_them() -> None:
    assert writing.amount(8000) == "8.000 đồng"
    assert writing.duration(2, "working_day") == "2 ngày làm việc"
    assert writing.duration(1, "month") == "1 tháng"


def test_a_masked_number_keeps_its_last_three_digits_and_a_short_one_nothing() -> None:
    assert writing.masked("0900 000 678") == "*******678"
    assert writing.masked("12") == "**"


def test_what_can_say_itself_is_asked_in_the_language_of_the_reader() -> None:
    class Both:
        def words(self, language: str) -> str:
            return f"in {language}"

    assert writing.in_words(Both()) == "in vi"
    assert writing.in_words("as it is") == "as it is"


@pytest.mark.parametrize("mark", [*marks.STATUSES.values(), *marks.STANDINGS.values()])
def test_every_mark_has_a_word_and_a_drawing(mark: marks.Mark) -> None:
    assert str(mark.word)
    assert mark.icon in marks.ICONS


def test_the_eleven_statuses_have_the_words_of_the_design() -> None:
    assert [str(mark.word) for mark in marks.STATUSES.values()] == [
        "Bản nháp",
        "Đã gửi",
        "Đã tiếp nhận",
        "Đang giải quyết",
        "Chờ bổ sung",
        "Chờ nộp phí, lệ phí",
        "Có kết quả",
        "Đã trả kết quả",
        "Từ chối tiếp nhận",
        "Đã rút",
        "Dừng giải quyết",
    ]
