from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import calendar
from motcua.kernel.calendar import WORKDAY, Calendar, Day, Hours, NoWorkingDay, Session
from tests.kernel import working_time
from tests.kernel.working_time import CALENDAR, at

MORNING = (Session(time(7, 30), time(11, 30)),)
TEN_YEARS = st.dates(date(2022, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("day", "sessions", "name"),
    [
        (date(2026, 11, 23), WORKDAY, ""),
        (date(2026, 11, 24), (), "Ngày Văn hóa Việt Nam"),
        (date(2026, 11, 28), (), ""),
        (date(2026, 1, 10), WORKDAY, "Làm bù cho 2026-01-02"),
        (date(2026, 1, 2), (), "Hoán đổi với 2026-01-10"),
        (date(2026, 8, 22), WORKDAY, "Làm bù cho 2026-08-31"),
        (date(2026, 4, 27), (), "Nghỉ bù Giỗ Tổ"),
        (date(2026, 4, 26), (), "Giỗ Tổ Hùng Vương (Chủ nhật)"),
    ],
)
def test_the_shipped_days_say_when_offices_work(day: date, sessions: tuple[Session, ...], name: str) -> None:
    assert CALENDAR.sessions(day) == sessions
    assert CALENDAR.is_working_day(day) == bool(sessions)
    assert CALENDAR.name_of(day) == name


def test_the_calendar_is_official_until_the_eve_of_the_first_unannounced_day() -> None:
    assert CALENDAR.official_until == date(2026, 12, 31)
    assert CALENDAR.is_published(date(2026, 12, 31))
    assert not CALENDAR.is_published(date(2027, 1, 1))
    announced = [Day(date(2026, 9, 2), "off", "", "official"), Day(date(2026, 11, 24), "off", "", "to_confirm")]
    assert calendar.official_until(announced) == date(2026, 12, 31)
    assert calendar.official_until([]) == date.max


def test_beyond_what_is_entered_the_yearly_holidays_are_off_by_rule() -> None:
    found = CALENDAR.day(date(2030, 9, 2))
    assert found == Day(date(2030, 9, 2), "off", "Quốc khánh", "rule")
    assert not CALENDAR.is_working_day(date(2030, 9, 2))


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2028, 9, 4), "Nghỉ bù"),  # for Saturday 2 September
        (date(2028, 9, 5), ""),
        (date(2033, 5, 2), "Nghỉ bù"),  # for Saturday 30 April
        (date(2033, 5, 3), "Nghỉ bù"),  # for Sunday 1 May
        (date(2033, 5, 4), ""),
        (date(2034, 5, 1), "Quốc tế Lao động"),
        (date(2034, 5, 2), "Nghỉ bù"),  # for Sunday 30 April
        (date(2029, 5, 2), ""),
        (date(2029, 9, 3), "Nghỉ bù"),  # for Sunday 2 September
    ],
)
def test_a_ruled_holiday_on_a_weekend_is_made_up_for_on_the_next_working_day(day: date, name: str) -> None:
    assert CALENDAR.name_of(day) == name
    assert CALENDAR.is_working_day(day) == (not name)


def test_an_ordinary_day_takes_back_what_was_ruled() -> None:
    taken_back = Calendar((*CALENDAR.days, Day(date(2030, 9, 2), "ordinary", "")), official_until=date(2026, 12, 31))
    assert taken_back.sessions(date(2030, 9, 2)) == WORKDAY


def test_a_half_day_ends_at_noon() -> None:
    half = Calendar((Day(date(2026, 11, 23), "half", "Tổng kết", sessions=MORNING),))
    assert half.is_working_day(date(2026, 11, 23))
    assert half.end_of_day(date(2026, 11, 23)) == half.at(date(2026, 11, 23), time(11, 30))
    assert half.working_minutes_between(at("2026-11-23 00:00"), at("2026-11-24 00:00")) == 240


def test_a_worked_saturday_may_have_hours_of_its_own() -> None:
    own = Calendar((Day(date(2026, 8, 22), "swap_work", "", sessions=MORNING),))
    assert own.sessions(date(2026, 8, 22)) == MORNING


def test_a_worked_saturday_takes_the_longest_day_of_its_week() -> None:
    hours = Hours({0: MORNING, 5: MORNING})
    office = Calendar((Day(date(2026, 8, 22), "swap_work", ""),), (hours,))
    assert office.sessions(date(2026, 8, 15)) == MORNING
    assert office.sessions(date(2026, 8, 22)) == WORKDAY


def test_later_hours_win_for_their_period_and_their_weekdays() -> None:
    summer = Hours({0: MORNING}, date(2026, 6, 1), date(2026, 9, 1))
    office = Calendar((), (Hours({5: MORNING}), summer))
    assert office.sessions(date(2026, 6, 1)) == MORNING
    assert office.sessions(date(2026, 5, 25)) == office.sessions(date(2026, 9, 7)) == WORKDAY
    assert office.sessions(date(2026, 6, 6)) == MORNING


@pytest.mark.parametrize(
    "make",
    [
        lambda: Session(time(11), time(11)),
        lambda: Day(date(2026, 1, 1), "off", "", sessions=MORNING),
        lambda: Day(date(2026, 1, 1), "half", ""),
        lambda: Hours({0: (WORKDAY[1], WORKDAY[0])}),
    ],
)
def test_impossible_hours_cannot_be_said(make: object) -> None:
    with pytest.raises(ValueError):
        make()  # type: ignore[operator]


def test_a_calendar_without_working_days_says_so() -> None:
    with pytest.raises(NoWorkingDay):
        Calendar((), (Hours(dict.fromkeys(range(7), ())),)).next_working_day(date(2026, 1, 1))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        CALENDAR.working_minutes_between(datetime(2026, 1, 1), at("2026-01-02 08:00"))


def test_a_moment_of_another_zone_is_read_as_the_office_reads_it() -> None:
    greenwich = datetime.fromisoformat("2026-11-23T01:00:00+00:00")
    assert CALENDAR.working_minutes_between(greenwich, at("2026-11-23 09:00")) == 60


def test_time_up_to_the_end_of_a_session_ends_there() -> None:
    assert CALENDAR.add_working_minutes(at("2026-11-23 07:30"), 240) == at("2026-11-23 11:30")
    assert CALENDAR.add_working_minutes(at("2026-11-23 07:30"), 241) == at("2026-11-23 13:01")


def test_days_off_are_named_only_where_they_would_have_been_worked() -> None:
    off = CALENDAR.days_off_between(date(2026, 4, 24), date(2026, 4, 28))
    assert [day.date for day in off] == [date(2026, 4, 27)]
    extra = CALENDAR.extra_days_between(date(2026, 8, 20), date(2026, 8, 24))
    assert [day.date for day in extra] == [date(2026, 8, 22)]


@given(TEN_YEARS, st.integers(0, 260))
def test_counting_working_days_is_walking_them(day: date, count: int) -> None:
    last = CALENDAR.add_working_days(day, count)
    assert last == working_time.walked_working_days(day, count)
    assert CALENDAR.working_days_between(day, last) == count


@given(TEN_YEARS, TEN_YEARS)
def test_working_days_between_two_dates_are_those_a_walker_meets(one: date, other: date) -> None:
    met = (one + timedelta(days=n) for n in range(1, (other - one).days + 1))
    assert CALENDAR.working_days_between(one, other) == sum(map(CALENDAR.is_working_day, met))


@given(TEN_YEARS, st.times(), st.integers(0, 3 * 24 * 60))
def test_working_minutes_are_those_a_walker_meets(day: date, clock: time, length: int) -> None:
    start = CALENDAR.at(day, clock.replace(second=0, microsecond=0))
    end = start + timedelta(minutes=length)
    assert CALENDAR.working_minutes_between(start, end) == working_time.walked_minutes(start, end)


@given(TEN_YEARS, st.times(), st.integers(1, 1500))
def test_adding_working_minutes_is_walking_them(day: date, clock: time, minutes: int) -> None:
    start = CALENDAR.at(day, clock.replace(second=0, microsecond=0))
    end = CALENDAR.add_working_minutes(start, minutes)
    assert end == working_time.walked_add_minutes(start, minutes)
    assert CALENDAR.working_minutes_between(start, end) == minutes
