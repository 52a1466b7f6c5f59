"""Planned pauses: shown on every page from two weeks before until they are over, unless they are called off."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel import downtime, identity
from motcua.kernel.downtime import Downtime

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
BEGIN = NOW + timedelta(days=20)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    downtime._announced.clear()


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


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (BEGIN - timedelta(days=15), False),
        (BEGIN - timedelta(days=14), True),
        (BEGIN + timedelta(hours=1), True),
        (BEGIN + timedelta(hours=2), False),
    ],
)
def test_it_is_shown_from_two_weeks_before_until_it_is_over(at: datetime, shown: bool) -> None:
    announce()
    downtime.refresh(NOW)
    assert bool(downtime.shown(at)) is shown


def test_what_is_called_off_is_shown_no_longer_and_kept() -> None:
    announce()
    Downtime.objects.update(called_off_at=NOW)
    downtime.refresh(NOW)
    assert downtime.shown(BEGIN) is None
    assert Downtime.objects.past(NOW).count() == 1


def test_of_several_the_nearest_is_shown() -> None:
    announce(BEGIN + timedelta(days=1))
    nearest = announce()
    downtime.refresh(NOW)
    assert downtime.shown(BEGIN) == nearest


@pytest.mark.parametrize("changed", [{"hours": -1}, {"from_at": NOW - timedelta(days=1)}])
def test_an_impossible_pause_cannot_be_written(changed: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        announce(**changed)  # type: ignore[arg-type]
