"""Planned pauses: shown on every page from two weeks before until they are over, unless they are called off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.kernel import downtime, freshness, identity
from motcua.kernel.downtime import Downtime

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
BEGIN = NOW + timedelta(days=20)


def announce(from_at: datetime = BEGIN, hours: int = 2) -> Downtime:
    pause = Downtime(
        from_at=from_at,
        until_at=from_at + timedelta(hours=hours),
        advice="Xin nộp tại quầy.",
        announced_at=NOW,
        announced_by=identity.system_person(),
    )
    pause.save()
    return pause


@pytest.mark.parametrize(("days", "shown"), [(-15, False), (-14, True), (0, True), (1, False)])
def test_it_is_shown_from_two_weeks_before_to_its_last_day(days: int, shown: bool) -> None:
    announce()
    assert bool(downtime.shown(BEGIN.date() + timedelta(days=days))) is shown


def test_what_is_called_off_is_shown_no_longer_and_kept() -> None:
    announce()
    assert downtime.shown(BEGIN.date()) is not None
    Downtime.objects.update(called_off_at=NOW)
    assert downtime.shown(BEGIN.date()) is None
    assert Downtime.objects.past(NOW).count() == 1


def test_of_several_the_nearest_is_shown() -> None:
    announce(BEGIN + timedelta(days=1))
    nearest = announce()
    assert downtime.shown(BEGIN.date()) == nearest


def test_asked_again_it_costs_the_stamps_only(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    announce()
    downtime.shown(BEGIN.date())
    with django_assert_num_queries(1):
        downtime.shown(BEGIN.date())
    with freshness.held(), django_assert_num_queries(0):
        downtime.shown(BEGIN.date())


@pytest.mark.parametrize("changed", [{"hours": -1}, {"from_at": NOW - timedelta(days=1)}])
def test_an_impossible_pause_cannot_be_written(changed: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        announce(**changed)  # type: ignore[arg-type]
