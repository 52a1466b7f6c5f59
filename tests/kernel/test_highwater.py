"""A database that lacks what was committed is noticed, whoever put it there: by whoever records, and at the start."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from motcua.kernel import highwater, ledger, matters
from motcua.kernel.highwater import GoneBack, Mark
from motcua.kernel.ledger import Event
from motcua.portal.events import HelpContactSet
from tests.cast import NOW, Cast
from tests.harm import unprotected

AT = NOW


@pytest.fixture
def act(
    cast: Cast, settings: Settings, tmp_path: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> Iterator[object]:
    """Records one event of an office, as if its transaction had been committed."""
    settings.HIGH_WATER = tmp_path / "high-water"
    highwater.forget()
    matter = matters.administration_of(cast.here.commune, AT)

    def record() -> Event:
        with django_capture_on_commit_callbacks(execute=True):
            return ledger.record(HelpContactSet("keeper"), matter=matter, at=AT)

    yield record
    highwater.forget()


def taken_away(event: Event) -> None:
    """As an older copy of the database, which never had this event."""
    with unprotected(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_event WHERE position = %s", [event.position])


def test_what_was_committed_and_is_there_is_no_loss(act) -> None:
    assert highwater.marks() == []
    last = [act() for _ in range(3)][-1]
    assert highwater.marks()[-1] == Mark(last.position, last.hash, AT)
    assert len(highwater.marks()) == 3
    assert highwater.lost() is None


def test_a_process_that_begins_finds_what_is_missing(act) -> None:
    before, gone = act(), act()
    taken_away(gone)
    highwater.forget()
    lost = highwater.lost()
    assert lost is not None
    assert (lost.last.position, lost.last.hash, lost.events) == (gone.position, gone.hash, 1)
    assert lost.there is not None
    assert lost.there.position == before.position


def test_another_event_in_the_place_of_one_that_was_committed_is_a_loss(act) -> None:
    event = act()
    with unprotected(), connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_event SET hash = %s WHERE position = %s", ["0" * 64, event.position])
    highwater.forget()
    assert highwater.lost() is not None


def test_nothing_is_recorded_in_a_database_that_was_put_back(act) -> None:
    act()
    taken_away(act())
    highwater.compare_again()
    for _ in range(2):
        with pytest.raises(GoneBack), transaction.atomic():
            act()


def test_an_event_that_does_not_come_after_the_last_one_is_looked_into_at_once(act) -> None:
    gone = act()
    act()
    taken_away(gone)
    with pytest.raises(GoneBack):
        highwater.expect(gone.position)
    highwater.forget()


def test_a_place_below_the_last_one_is_no_loss_where_nothing_is_missing(act) -> None:
    """On PostgreSQL the one that took its place first may commit last."""
    first = act()
    act()
    highwater.expect(first.position)


def test_only_the_last_events_are_kept_and_a_mark_of_another_secret_is_none(
    act, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(highwater, "ROOM", 4)
    events = [act() for _ in range(6)]
    assert [mark.position for mark in highwater.marks()] == [event.position for event in events[-4:]]
    file = Path(str(settings.HIGH_WATER))
    file.write_bytes(file.read_bytes().replace(events[-1].hash[:8].encode(), b"00000000"))
    assert [mark.position for mark in highwater.marks()] == [event.position for event in events[2:5]]
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert len(highwater.marks()) == 3
    settings.SECRET_KEY_FALLBACKS = []
    assert highwater.marks() == []
    assert highwater.is_unreadable()


def test_a_file_of_marks_that_cannot_be_written_keeps_nobody_from_anything(act, settings: Settings) -> None:
    settings.HIGH_WATER = Path("/proc/nowhere/high-water")
    assert act().pk
    assert highwater.lost() is None


def test_who_has_decided_goes_on_from_what_is_there(act) -> None:
    before, gone = act(), act()
    taken_away(gone)
    highwater.forget()
    assert highwater.lost() is not None
    highwater.begin_anew()
    assert [mark.position for mark in highwater.marks()] == [before.position]
    assert act().pk
    assert highwater.lost() is None


def test_an_event_that_was_not_committed_leaves_no_mark(act, cast: Cast) -> None:
    act()
    before = highwater.marks()
    ledger.record(HelpContactSet("keeper"), matter=matters.administration_of(cast.here.commune, AT), at=AT)
    assert highwater.marks() == before


def test_a_mark_is_a_line_that_people_can_read() -> None:
    line = str(Mark(7, "a" * 64, AT))
    assert len(line) == highwater.LINE
    assert line.split()[:2] == ["7", "a" * 64]
