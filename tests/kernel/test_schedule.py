from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.kernel import clock, ledger, matters, organisation, schedule
from motcua.kernel.calendar import WORKDAY, Day, Session
from motcua.kernel.clock import Entry, Limit
from motcua.kernel.identity import Person
from motcua.kernel.organisation import COMMUNE, DIVISION, PROVINCE, Office
from motcua.kernel.schedule import CalendarDay, CalendarVersion
from tests.kernel.working_time import at

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
MORNING = (Session(time(7, 30), time(11, 30)),)
SATURDAY = date(2026, 11, 28)
CULTURE_DAY = date(2026, 11, 24)


@pytest.fixture
def by() -> Person:
    return Person.objects.create(full_name="Nguyễn Thị Mẫu")


@pytest.fixture
def province() -> Office:
    return organisation.open_office(code="T1", kind=PROVINCE, name="Tỉnh Mẫu", valid_from=date(2025, 7, 1))


@pytest.fixture
def commune(province: Office) -> Office:
    return _commune(province, "X1")


@pytest.fixture
def neighbour(province: Office) -> Office:
    return _commune(province, "X2")


@pytest.fixture
def centre(commune: Office) -> Office:
    return organisation.open_office(
        code="X1-TT", kind=DIVISION, name="Trung tâm Mẫu", valid_from=date(2025, 7, 1), parent=commune
    )


def _commune(province: Office, code: str) -> Office:
    return organisation.open_office(
        code=code, kind=COMMUNE, name=f"Xã {code}", valid_from=date(2025, 7, 1), parent=province, slug=code.lower()
    )


def test_the_shipped_days_are_loaded_once(centre: Office) -> None:
    assert schedule.load_holidays(NOW) == 44
    assert schedule.load_holidays(NOW) == 0
    assert CalendarVersion.objects.count() == 1
    assert CalendarDay.objects.count() == 44


def test_an_office_s_calendar_knows_the_shipped_days_and_how_far_they_are_official(centre: Office) -> None:
    schedule.load_holidays(NOW)
    calendar = schedule.calendar_for(centre)
    assert calendar.name_of(CULTURE_DAY) == "Ngày Văn hóa Việt Nam"
    assert calendar.official_until == date(2026, 12, 31)
    due = clock.due(calendar, Limit(1, "working_day"), [Entry("start", at("2026-11-23 09:12"))])
    assert due.at == at("2026-11-25 17:00")


def test_without_any_calendar_the_week_is_the_standard_week(centre: Office) -> None:
    calendar = schedule.calendar_for(centre)
    assert (calendar.version, calendar.sessions(CULTURE_DAY)) == (0, WORKDAY)


def test_a_calendar_costs_one_query_when_it_is_known(centre: Office, neighbour: Office) -> None:
    schedule.load_holidays(NOW)
    schedule.calendar_for(centre)
    with CaptureQueriesContext(connection) as queries:
        again = schedule.calendar_for(centre)
    assert len(queries) == 1
    assert again is schedule.calendar_for(neighbour)


def test_hours_hold_for_the_office_and_all_below_it_and_for_nobody_else(
    commune: Office, centre: Office, neighbour: Office, by: Person
) -> None:
    schedule.set_hours(office=commune, week={5: MORNING}, valid_from=date(2026, 11, 23), at=NOW, by=by)
    assert schedule.calendar_for(centre).sessions(SATURDAY) == MORNING
    assert schedule.calendar_for(commune).sessions(date(2026, 11, 21)) == ()
    assert schedule.calendar_for(neighbour).sessions(SATURDAY) == ()


def test_the_nearer_office_and_the_later_word_win(commune: Office, centre: Office, by: Person) -> None:
    start = date(2026, 11, 23)
    schedule.set_hours(office=centre, week={0: MORNING}, valid_from=start, at=NOW, by=by)
    schedule.set_hours(office=commune, week={0: WORKDAY, 1: MORNING}, valid_from=start, at=NOW, by=by)
    assert schedule.calendar_for(centre).sessions(date(2026, 11, 30)) == MORNING
    assert schedule.calendar_for(centre).sessions(date(2026, 12, 1)) == MORNING
    schedule.set_hours(office=centre, week={0: WORKDAY}, valid_from=start, at=NOW, by=by)
    assert schedule.calendar_for(centre).sessions(date(2026, 11, 30)) == WORKDAY


def test_a_day_for_one_office_leaves_the_others_as_they_are(commune: Office, neighbour: Office, by: Person) -> None:
    half = Day(date(2026, 11, 23), "half", "Tổng kết", sessions=MORNING)
    schedule.set_day(office=commune, day=half, source="TB 01", at=NOW, by=by)
    assert schedule.calendar_for(commune).day(half.date) == half
    assert schedule.calendar_for(neighbour).day(half.date) is None


def test_a_day_for_everyone_is_everyone_s(province: Office, neighbour: Office, by: Person) -> None:
    schedule.load_holidays(NOW)
    confirmed = Day(date(2027, 1, 1), "off", "Tết Dương lịch", "official")
    schedule.set_day(office=province, day=confirmed, at=NOW, by=by, for_everyone=True)
    assert schedule.calendar_for(neighbour).official_until == date(2027, 2, 4)


def test_what_was_entered_here_is_not_overwritten_by_what_is_shipped(province: Office, by: Person) -> None:
    schedule.load_holidays(NOW)
    ordinary = Day(CULTURE_DAY, "ordinary", "")
    schedule.set_day(office=province, day=ordinary, at=NOW, by=by, for_everyone=True)
    assert schedule.load_holidays(NOW) == 0
    assert schedule.calendar_for(province).is_working_day(CULTURE_DAY)


def test_a_newer_shipped_day_replaces_an_older_shipped_one(province: Office) -> None:
    older = CalendarVersion.objects.create(no=1, made_at=NOW, reason=schedule.SHIPPED)
    CalendarDay.objects.create(version=older, date=CULTURE_DAY, kind="ordinary", status="estimated")
    assert schedule.load_holidays(NOW) == 44
    assert not schedule.calendar_for(province).is_working_day(CULTURE_DAY)


def test_an_earlier_version_can_be_asked_again(commune: Office, by: Person) -> None:
    schedule.load_holidays(NOW)
    before = schedule.calendar_for(commune)
    schedule.set_day(office=commune, day=Day(CULTURE_DAY, "swap_work", "Trực"), at=NOW, by=by)
    now = schedule.calendar_for(commune)
    assert (before.version, now.version) == (1, 2)
    assert now.is_working_day(CULTURE_DAY)
    assert schedule.calendar_for(commune, version=1) == before


def test_a_change_that_is_taken_back_is_not_remembered(commune: Office, by: Person) -> None:
    schedule.load_holidays(NOW)

    with transaction.atomic():
        schedule.set_day(office=commune, day=Day(CULTURE_DAY, "swap_work", "Trực"), at=NOW, by=by)
        assert schedule.calendar_for(commune).is_working_day(CULTURE_DAY)
        transaction.set_rollback(True)
    schedule.set_day(office=commune, day=Day(date(2026, 11, 25), "off", "Nghỉ"), at=NOW, by=by)
    assert schedule.calendar_for(commune).version == 2
    assert not schedule.calendar_for(commune).is_working_day(CULTURE_DAY)


def test_every_change_leaves_an_event_of_the_office(commune: Office, by: Person) -> None:
    schedule.set_day(office=commune, day=Day(SATURDAY, "swap_work", "Làm bù"), at=NOW, by=by)
    schedule.set_hours(office=commune, week={5: MORNING, 6: ()}, valid_from=date(2026, 12, 1), at=NOW, by=by)
    events = list(ledger.history(matters.administration_of(commune, NOW)))
    assert [event.type for event in events] == ["kernel.calendar_day_set", "kernel.office_hours_set"]
    assert [event.payload["calendar_version"] for event in events] == [1, 2]
    assert events[1].payload["weekdays"] == [5, 6]
    assert {event.actor for event in events} == {by}


def test_overlapping_sessions_change_nothing(commune: Office, by: Person) -> None:
    twice = (*MORNING, *MORNING)
    with pytest.raises(ValueError):
        schedule.set_hours(office=commune, week={0: twice}, valid_from=date(2026, 12, 1), at=NOW, by=by)
    assert not CalendarVersion.objects.exists()


def test_the_table_knows_no_half_day_without_sessions(commune: Office) -> None:
    version = CalendarVersion.objects.create(no=1, made_at=NOW, reason="by hand")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(version=version, date=SATURDAY, kind="half", status="official", office=commune)


def test_a_weekday_beyond_sunday_is_refused(commune: Office, by: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        schedule.set_hours(office=commune, week={7: MORNING}, valid_from=date(2026, 12, 1), at=NOW, by=by)


@pytest.mark.parametrize("pairs", [[["07:30", "07:30"]], [["07:30", "soon"]], [["13:00", "17:00"], ["07:30", "11:30"]]])
def test_what_are_no_sessions_is_said(pairs: list[list[str]]) -> None:
    with pytest.raises(ValueError):
        schedule.parse_sessions(pairs)
