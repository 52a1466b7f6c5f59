"""Chains of events: each follows from the one before it, and a changed byte is found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.kernel import ledger, matters
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from tests.harm import unprotected

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Noted:
    type: ClassVar[str] = "tests.noted"
    word: str
    day: date | None = None
    thing: UUID | None = None
    moment: datetime | None = None


def matter(reference: str = "M-1") -> Matter:
    return matters.open_matter(kind="test", reference=reference, title="Việc mẫu", at=NOW, parties=[])


def note(word: str, about: Matter, **more: Any) -> Event:
    return ledger.record(Noted(word), matter=about, at=NOW, **more)


@pytest.fixture
def subscribed() -> Any:
    """Subscribe for one test."""
    before = {name: list(listeners) for name, listeners in ledger._subscribers.items()}
    yield ledger.subscribe
    ledger._subscribers.clear()
    ledger._subscribers.update(before)


def test_events_follow_from_each_other_in_each_matter() -> None:
    one, other = matter(), matter("M-2")
    first, second, alone = note("a", one), note("b", one), note("c", other)
    assert (first.seq, second.seq, alone.seq) == (1, 2, 1)
    assert second.prev_hash == first.hash
    assert alone.prev_hash == ""
    assert list(ledger.history(one)) == [first, second]
    assert list(ledger.breaks()) == []


def test_a_matter_read_again_goes_on_where_its_chain_ended() -> None:
    first = note("a", matter())
    again = Matter.objects.get()
    assert note("b", again).prev_hash == first.hash
    assert note("c", Matter.objects.get()).seq == 3
    assert list(ledger.breaks()) == []


def test_a_payload_is_plain_and_says_nothing_of_what_is_absent() -> None:
    thing = UUID(int=7)
    said = Noted("chữ", date(2026, 11, 23), thing, NOW + timedelta(hours=7))
    ledger.record(said, matter=matter(), at=NOW)
    note("b", Matter.objects.get())
    payloads = list(Event.objects.values_list("payload", flat=True))
    assert payloads[0] == {
        "word": "chữ",
        "day": "2026-11-23",
        "thing": str(thing),
        "moment": "2026-11-23T09:00:00+00:00",
    }
    assert payloads[1] == {"word": "b"}
    assert list(ledger.breaks()) == []


def change(change: Callable[[Any], None], position: int) -> None:
    """Write around the protection, as whoever may drop triggers could."""
    with unprotected():
        change(Event.objects.filter(position=position))


@pytest.mark.parametrize(
    "changed",
    [
        {"payload": {"word": "B"}},
        {"at": NOW + timedelta(microseconds=1)},
        {"type": "tests.other"},
        {"seq": 9},
        {"prev_hash": ""},
        {"hash": "0" * 64},
        {"op_id": "x"},
    ],
)
def test_a_changed_byte_is_found(changed: dict[str, Any]) -> None:
    about = matter()
    note("a", about)
    second = note("b", about)
    note("c", about)
    change(lambda rows: rows.update(**changed), second.position)
    assert any(broken.position == second.position for broken in ledger.breaks())


def test_a_missing_event_in_the_middle_is_found() -> None:
    about = matter()
    note("a", about)
    second, third = note("b", about), note("c", about)
    change(lambda rows: rows.delete(), second.position)
    assert [broken.position for broken in ledger.breaks()] == [third.position]


def test_the_database_refuses_to_change_an_event() -> None:
    note("a", matter())
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(type="other")


def test_a_subscriber_hears_in_the_same_transaction(subscribed: Callable[..., None]) -> None:
    heard: list[tuple[str, bool]] = []
    subscribed("tests.noted", lambda event: heard.append((event.payload["word"], connection.in_atomic_block)))
    note("a", matter())
    assert heard == [("a", True)]


def test_what_a_subscriber_cannot_do_takes_the_event_back(subscribed: Callable[..., None]) -> None:
    def fail(event: Event) -> None:
        raise RuntimeError("no")

    subscribed("tests.noted", fail)
    about = matter()
    with pytest.raises(RuntimeError, match="no"), transaction.atomic():
        note("a", about)
    assert not Event.objects.exists()


def test_a_second_event_with_the_same_key_is_refused() -> None:
    about = matter()
    note("a", about, op_id="once")
    with pytest.raises(IntegrityError), transaction.atomic():
        note("b", about, op_id="once")


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_of_a_transaction_is_refused() -> None:
    with transaction.atomic():
        about = matter()
    with pytest.raises(RuntimeError, match="transaction"):
        note("a", about)


def test_only_a_happening_can_be_recorded() -> None:
    class Bare:
        type = "tests.bare"

    with pytest.raises(TypeError):
        ledger.record(Bare(), matter=matter(), at=NOW)


def test_the_last_moment_is_the_newest_events() -> None:
    assert ledger.last_moment() is None
    note("a", matter())
    assert ledger.last_moment() == NOW
