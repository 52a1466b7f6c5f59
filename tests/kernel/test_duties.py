"""Regular work: one of several processes does it, and a clock that was set back holds nobody up."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.kernel import duties

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


def taken(at: datetime) -> bool:
    return duties.take("look", at=at, since=at - A_MINUTE)


def test_of_two_that_ask_one_does_it() -> None:
    assert [taken(NOW), taken(NOW + timedelta(seconds=1))] == [True, False]
    assert taken(NOW + A_MINUTE + timedelta(seconds=1))


def test_it_runs_until_its_end_is_said_and_a_failure_stands_until_it_ends_well() -> None:
    assert not duties.duty("look").is_running
    taken(NOW)
    assert duties.duty("look").is_running
    duties.end("look", at=NOW + A_MINUTE, failure="OSError: full")
    assert (duties.duty("look").is_running, duties.duty("look").failure) == (False, "OSError: full")
    duties.end("look", at=NOW + A_MINUTE)
    assert duties.duty("look").failure == ""


def test_a_beginning_far_ahead_comes_from_a_wrong_clock_and_counts_for_nothing() -> None:
    taken(NOW + timedelta(days=400))
    assert taken(NOW)
    assert not taken(NOW + timedelta(seconds=1))
