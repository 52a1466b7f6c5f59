"""The regular work beside the server: one process does it, a fault in one piece keeps no other from being done."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from motcua.config.cli import keeping
from motcua.config.cli.keeping import Regular
from motcua.kernel import duties
from motcua.kernel.watch import Watch

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two pieces of work, the first of which fails."""
    found: list[str] = []

    def fails(at: datetime) -> None:
        found.append("fails")
        raise OSError("no room")

    def regular() -> Iterator[Regular]:
        yield Regular("fails", lambda at: at - timedelta(hours=1), fails)
        yield Regular("works", lambda at: at - timedelta(hours=1), lambda at: found.append("works"))

    monkeypatch.setattr(keeping, "regular", regular)
    return found


def test_a_fault_is_noted_at_its_duty_and_the_rest_is_done(done: list[str]) -> None:
    keeping.once()
    assert done == ["fails", "works"]
    assert duties.duty("fails").failure == "no room"
    assert duties.duty("works").failure == ""
    assert not duties.duty("works").is_running


def test_what_was_begun_within_its_time_is_left_alone(done: list[str]) -> None:
    keeping.once()
    keeping.once()
    assert done == ["fails", "works"]


def test_every_minute_the_watch_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    # What takes long has a thread of its own, which would outlive this test.
    monkeypatch.setattr(keeping, "_apart", lambda each, at: None)
    keeping.once()
    assert Watch.objects.get().looked_at == duties.duty("watch").begun_at
