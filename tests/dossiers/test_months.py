"""Reporting months follow each other without gap and overlap, whatever cut-off day holds from when on."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.months import CUT_OFFS, Months, later, number_of

MONTHS = st.tuples(st.integers(2025, 2027), st.integers(1, 12))
CHANGES = st.dictionaries(MONTHS, st.sampled_from(CUT_OFFS), max_size=4).map(lambda found: tuple(sorted(found.items())))


def test_without_a_cut_off_day_they_are_the_calendars() -> None:
    assert Months().span((2026, 6)) == (date(2026, 6, 1), date(2026, 6, 30))
    assert Months().span((2026, 12)) == (date(2026, 12, 1), date(2026, 12, 31))
    assert Months().of(date(2026, 2, 28)) == (2026, 2)


def test_with_one_a_month_begins_the_day_after_it() -> None:
    months = Months((((2025, 1), 14),))
    assert months.span((2026, 1)) == (date(2025, 12, 15), date(2026, 1, 14))
    assert months.of(date(2026, 1, 15)) == (2026, 2)
    assert months.of_kind("quarter", 2026, 1) == (date(2025, 12, 15), date(2026, 3, 14))
    assert Months((((2025, 1), 28),)).span((2027, 3)) == (date(2027, 3, 1), date(2027, 3, 28))


def test_a_cut_off_day_that_moves_makes_one_month_longer_or_shorter() -> None:
    months = Months((((2026, 3), 14), ((2026, 5), 0)))
    assert months.span((2026, 2)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert months.span((2026, 3)) == (date(2026, 3, 1), date(2026, 3, 14))
    assert months.span((2026, 4)) == (date(2026, 3, 15), date(2026, 4, 14))
    assert months.span((2026, 5)) == (date(2026, 4, 15), date(2026, 5, 31))


@given(CHANGES, st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_every_day_lies_in_exactly_one_month(changes: tuple[tuple[tuple[int, int], int], ...], day: date) -> None:
    months = Months(changes)
    first, last = months.span(months.of(day))
    assert first <= day <= last
    assert months.whole(first, last) == months.of(day)


@given(CHANGES)
def test_months_follow_each_other(changes: tuple[tuple[tuple[int, int], int], ...]) -> None:
    months = Months(changes)
    spans = [months.span(later((2025, 1), n)) for n in range(40)]
    assert all(one[1] + timedelta(days=1) == two[0] for one, two in pairwise(spans))
    assert all(first <= last for first, last in spans)


def test_quarters_halves_and_years_are_made_of_whole_months() -> None:
    months = Months()
    assert months.of_kind("quarter", 2026, 2) == (date(2026, 4, 1), date(2026, 6, 30))
    assert months.of_kind("half", 2026, 2) == (date(2026, 7, 1), date(2026, 12, 31))
    assert months.of_kind("year", 2026, 1) == (date(2026, 1, 1), date(2026, 12, 31))
    assert months.of_kind("month", 2026, 12) == (date(2026, 12, 1), date(2026, 12, 31))
    assert [number_of(kind, (2026, 11)) for kind in ("month", "quarter", "half", "year")] == [11, 4, 2, 1]
    for kind, number in (("quarter", 5), ("half", 0), ("year", 2)):
        with pytest.raises(ValueError):
            months.of_kind(kind, 2026, number)  # type: ignore[arg-type]


def test_months_that_were_over_come_newest_first() -> None:
    assert list(islice(Months().over(date(2026, 2, 15)), 3)) == [(2026, 1), (2025, 12), (2025, 11)]
    assert Months().whole(date(2026, 2, 1), date(2026, 2, 27)) is None


@pytest.mark.parametrize("wrong", [(((2026, 1), 29),), (((2026, 2), 1), ((2026, 1), 1))])
def test_cut_off_days_that_cannot_be_are_refused(wrong: tuple[tuple[tuple[int, int], int], ...]) -> None:
    with pytest.raises(ValueError):
        Months(wrong)
