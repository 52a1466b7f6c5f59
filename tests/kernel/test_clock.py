"""The legal clock: its due moments against a walker of days, how it stands, and what it costs."""

import time as stopwatch
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import clock
from motcua.kernel.calendar import Calendar, Day, Session
from motcua.kernel.clock import Entry, Limit
from motcua.kernel.workflow import Refused
from tests.kernel import working_time
from tests.kernel.working_time import CALENDAR, at

TEN_YEARS = st.dates(date(2022, 1, 1), date(2031, 12, 31))
CLOCK_TIMES = st.times().map(lambda clock_time: clock_time.replace(second=0, microsecond=0))
MOMENTS = st.builds(CALENDAR.at, TEN_YEARS, CLOCK_TIMES)
# Lengths of work and of pauses in days, three at most: longer ledgers say nothing new.
SPANS = st.lists(st.tuples(st.integers(0, 20 * 24 * 60), st.integers(0, 40 * 24 * 60)), max_size=3)
DAY_UNITS = st.sampled_from(["day", "month"])


def ledger(start: datetime, spans: list[tuple[int, int]]) -> tuple[list[Entry], list[tuple[datetime, datetime]]]:
    """A start, and after so many minutes a pause of so many minutes, as entries and as pairs of moments."""
    entries, pauses, now = [Entry("start", start)], [], start
    for work, rest in spans:
        begin = now + timedelta(minutes=work)
        now = begin + timedelta(minutes=rest)
        entries += [Entry("pause", begin, "supplement", "P-1"), Entry("resume", now)]
        pauses.append((begin, now))
    return entries, pauses


def walked_month(day: date, months: int) -> date:
    """The same date so many months later, or the last one before it that exists."""
    year, month = (day.year + (day.month - 1 + months) // 12), (day.month - 1 + months) % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def walked_count(after: date, until: date) -> int:
    return sum(CALENDAR.is_working_day(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))


# --- against the walker ----------------------------------------------------------------------------------------------
@given(MOMENTS, st.integers(1, 90), SPANS)
def test_a_working_day_limit_is_walked_and_each_pause_adds_its_working_days(
    start: datetime, count: int, spans: list[tuple[int, int]]
) -> None:
    entries, pauses = ledger(start, spans)
    added = sum(walked_count(begin.date(), end.date()) for begin, end in pauses)
    last = working_time.walked_working_days(start.date(), count + added)
    assert clock.due(CALENDAR, Limit(count, "working_day"), entries).at == working_time.walked_end(last)


@given(MOMENTS, st.integers(1, 24), DAY_UNITS, SPANS)
def test_days_and_months_follow_the_almanac_and_roll_to_a_working_day(
    start: datetime, count: int, unit: clock.Unit, spans: list[tuple[int, int]]
) -> None:
    entries, pauses = ledger(start, spans)
    day = start.date() + timedelta(days=count) if unit == "day" else walked_month(start.date(), count)
    day += sum(((end.date() - begin.date()) for begin, end in pauses), timedelta())
    assert clock.due(CALENDAR, Limit(count, unit), entries).at == working_time.walked_end(day)


@given(MOMENTS, st.integers(1, 40), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), max_size=2))
def test_working_hours_run_inside_sessions_and_each_pause_adds_its_own(
    start: datetime, hours: int, spans: list[tuple[int, int]]
) -> None:
    entries, pauses = ledger(start, spans)
    added = sum(working_time.walked_minutes(begin, end) for begin, end in pauses)
    expected = working_time.walked_add_minutes(start, hours * 60 + added)
    assert clock.due(CALENDAR, Limit(hours, "working_hour"), entries).at == expected


@given(MOMENTS, CLOCK_TIMES)
def test_a_same_day_limit_ends_with_the_day_or_with_the_next_after_the_cut_off(start: datetime, cutoff: time) -> None:
    sessions = CALENDAR.sessions(start.date())
    in_time = bool(sessions) and start.time() <= min(cutoff, sessions[-1].end)
    day = start.date() if in_time else working_time.walked_working_days(start.date(), 1)
    due = clock.due(CALENDAR, Limit(0, "working_day", cutoff), [Entry("start", start)])
    assert due.at == working_time.walked_end(day)


@given(MOMENTS, st.integers(1, 30), st.sampled_from(clock.UNITS), SPANS)
def test_every_due_moment_is_explained_in_one_sentence_of_each_language(
    start: datetime, count: int, unit: clock.Unit, spans: list[tuple[int, int]]
) -> None:
    due = clock.due(CALENDAR, Limit(count, unit), ledger(start, spans)[0])
    assert due.at is not None
    for language, pattern in (("vi", "%d/%m/%Y"), ("en", "%Y")):
        sentence = clock.explain(due.why, language)
        assert f"{due.at:{pattern}}" in sentence
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert due.estimated == ("lịch chưa công bố" in sentence or "not published yet" in sentence)


# --- no moment, other moments ----------------------------------------------------------------------------------------
FIVE = Limit(5, "working_day")
START = Entry("start", at("2026-06-01 09:20"))


@pytest.mark.parametrize(
    ("limit", "entries", "reason", "sentence"),
    [
        (FIVE, [], "not_started", "Chưa có ngày hẹn trả vì chưa tiếp nhận."),
        (
            None,
            [START],
            "limit_unknown",
            "Chưa có ngày hẹn trả: tiếp nhận lúc 09:20 thứ Hai, 01/06/2026, thời hạn giải quyết chưa được xác định.",
        ),
        (
            FIVE,
            [START, Entry("pause", at("2026-06-03 10:00"))],
            "paused",
            "Đang tạm dừng tính hạn từ 10:00 thứ Tư, 03/06/2026; ngày hẹn trả được tính lại khi hết tạm dừng.",
        ),
    ],
)
def test_without_a_moment_the_sentence_says_why(
    limit: Limit | None, entries: list[Entry], reason: str, sentence: str
) -> None:
    due = clock.due(CALENDAR, limit, entries)
    assert (due.at, due.reason) == (None, reason)
    assert clock.explain_vi(due.why) == sentence
    assert clock.explain_en(due.why).endswith(".")


def test_a_stopped_clock_keeps_its_moment_and_an_unfinished_pause_adds_nothing() -> None:
    entries = [START, Entry("pause", at("2026-06-03 10:00")), Entry("stop", at("2026-06-20 10:00"))]
    due = clock.due(CALENDAR, FIVE, entries)
    assert (due.at, due.reason) == (at("2026-06-08 17:00"), "stopped")


def test_an_extension_gives_a_new_moment_and_keeps_the_one_before() -> None:
    extended = [START, Entry("extend", at("2026-06-08 10:00"), until=at("2026-06-12 17:00"))]
    due = clock.due(CALENDAR, FIVE, extended)
    assert (due.at, due.original) == (at("2026-06-12 17:00"), at("2026-06-08 17:00"))


def test_only_what_is_paused_after_an_extension_moves_its_moment() -> None:
    entries = [
        START,
        Entry("pause", at("2026-06-02 10:00")),
        Entry("extend", at("2026-06-03 10:00"), until=at("2026-06-15 17:00")),
        Entry("resume", at("2026-06-05 10:00")),
    ]
    due = clock.due(CALENDAR, FIVE, entries)
    assert due.original == at("2026-06-11 17:00")
    assert due.at == at("2026-06-17 17:00")


@pytest.mark.parametrize(("unit", "moment"), [("working_hour", "2026-06-15 10:00"), ("day", "2026-06-16 17:00")])
def test_a_pause_after_an_extension_counts_in_the_limit_s_unit(unit: clock.Unit, moment: str) -> None:
    entries = [
        START,
        Entry("extend", at("2026-06-03 10:00"), until=at("2026-06-12 17:00")),
        Entry("pause", at("2026-06-04 09:00")),
        Entry("resume", at("2026-06-04 11:30" if unit == "working_hour" else "2026-06-08 11:30")),
    ]
    assert clock.due(CALENDAR, Limit(5, unit), entries).at == at(moment)


def test_a_set_moment_needs_no_limit_and_is_an_appointment_not_an_estimate() -> None:
    set_by_hand = [START, Entry("extend", at("2026-06-08 10:00"), until=at("2027-06-11 17:00"))]
    due = clock.due(CALENDAR, None, set_by_hand)
    assert due.at == at("2027-06-11 17:00")
    assert not due.estimated
    assert clock.explain_vi(due.why) == (
        "Hẹn trả lúc 17:00 thứ Sáu, 11/06/2027: hẹn lại khi gia hạn lúc 10:00 thứ Hai, 08/06/2026."
    )


@pytest.mark.parametrize(
    "entries",
    [
        [Entry("pause", at("2026-06-01 09:00"))],
        [START, START],
        [START, Entry("resume", at("2026-06-02 09:00"))],
        [START, Entry("stop", at("2026-06-02 09:00")), Entry("pause", at("2026-06-03 09:00"))],
    ],
)
def test_entries_that_no_clock_can_have_are_refused(entries: list[Entry]) -> None:
    with pytest.raises(Refused):
        clock.due(CALENDAR, FIVE, entries)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Limit(0, "day"),
        lambda: Limit(-1, "working_day"),
        lambda: Limit(1, "week"),  # type: ignore[arg-type]
        lambda: Limit(10_001, "month"),
        lambda: Entry("extend", START.at),
        lambda: Entry("start", START.at, until=START.at),
        lambda: clock.due(CALENDAR, FIVE, [START, Entry("pause", at("2026-05-01 09:00"))]),
    ],
)
def test_what_cannot_be_is_not_computed(make: object) -> None:
    with pytest.raises(ValueError):
        make()  # type: ignore[operator]


def test_a_same_day_limit_ends_with_a_half_day() -> None:
    morning = (Session(time(7, 30), time(11, 30)),)
    half = Calendar((Day(date(2026, 11, 23), "half", "Tổng kết", sessions=morning),))
    assert clock.due(half, clock.SAME_DAY, [Entry("start", at("2026-11-23 09:00"))]).at == at("2026-11-23 11:30")
    assert clock.due(half, clock.SAME_DAY, [Entry("start", at("2026-11-23 12:00"))]).at == at("2026-11-24 17:00")


# --- how it stands ---------------------------------------------------------------------------------------------------
DUE = at("2026-11-25 17:00")


@pytest.mark.parametrize(
    ("ended", "standing"),
    [
        ("2026-11-24 23:59", "early"),
        ("2026-11-25 00:00", "on_time"),
        ("2026-11-25 17:00", "on_time"),
        ("2026-11-25 17:01", "late"),
    ],
)
def test_what_ended_is_early_on_time_or_late(ended: str, standing: str) -> None:
    assert clock.standing(CALENDAR, DUE, at("2026-12-01 08:00"), at(ended)) == standing


@pytest.mark.parametrize(
    ("now", "standing"),
    [
        ("2026-11-20 16:00", "within"),
        ("2026-11-23 00:00", "due_soon"),
        ("2026-11-25 17:00", "due_soon"),
        ("2026-11-25 17:01", "overdue"),
    ],
)
def test_what_is_open_is_due_soon_from_the_working_day_before(now: str, standing: str) -> None:
    assert clock.standing(CALENDAR, DUE, at(now)) == standing


def test_without_a_due_moment_nothing_is_late() -> None:
    assert clock.standing(CALENDAR, None, at("2026-11-23 08:00")) is None


def test_soon_may_be_wider() -> None:
    assert clock.soon_until(CALENDAR, at("2026-11-23 08:00")) == DUE
    assert clock.standing(CALENDAR, DUE, at("2026-11-20 16:00"), soon=2) == "due_soon"


@pytest.mark.parametrize(
    ("now", "due", "vi", "en"),
    [
        ("2026-11-20 08:00", "2026-11-25 17:00", "còn 2 ngày làm việc", "2 working days left"),
        ("2026-11-23 16:00", "2026-11-25 17:00", "còn 1 ngày làm việc", "1 working day left"),
        ("2026-11-25 08:00", "2026-11-25 17:00", "còn 7 giờ làm việc", "7 working hours left"),
        ("2026-11-25 16:35", "2026-11-25 17:00", "còn 25 phút làm việc", "25 working minutes left"),
        ("2026-11-23 16:30", "2026-11-25 09:30", "còn 2 giờ làm việc", "2 working hours left"),
        ("2026-11-25 17:00", "2026-11-25 17:00", "đến hạn", "due now"),
        ("2026-11-25 18:00", "2026-11-25 17:00", "vừa quá hạn", "just overdue"),
        ("2026-11-26 10:30", "2026-11-25 17:00", "quá hạn 3 giờ làm việc", "3 working hours overdue"),
        ("2026-11-27 08:00", "2026-11-25 17:00", "quá hạn 1 ngày làm việc", "1 working day overdue"),
    ],
)
def test_what_is_left_is_said_in_working_time(now: str, due: str, vi: str, en: str) -> None:
    left = clock.remaining(CALENDAR, at(now), at(due))
    assert (left.words("vi"), left.words("en")) == (vi, en)


# --- what it costs ---------------------------------------------------------------------------------------------------
def test_a_due_moment_costs_less_than_a_fifth_of_a_millisecond() -> None:
    limit, entries = Limit(15, "working_day"), [Entry("start", at("2026-02-10 09:12"))]
    clock.due(CALENDAR, limit, entries)

    def once() -> float:
        begun = stopwatch.process_time()
        for _ in range(100):
            clock.due(CALENDAR, limit, entries)
        return (stopwatch.process_time() - begun) / 100

    assert min(once() for _ in range(5)) < 0.000_2
