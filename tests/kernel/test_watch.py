"""The watch: what was changed is looked at at once, all else in rounds, and a breach is a row until it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import pytest

from motcua.kernel import ledger, matters, watch
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.kernel.watch import Breach, Fault, Watch
from tests.harm import unprotected

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


@dataclass(frozen=True)
class Noted:
    type: ClassVar[str] = "tests.noted"


@pytest.fixture
def looked_at() -> Iterator[list[UUID]]:
    """A probe that finds fault with every matter of the kind "bad", and the ids it was asked about."""
    asked: list[UUID] = []

    def probe(ids: Sequence[UUID]) -> Iterator[Fault]:
        asked.extend(ids)
        yield from (Fault(pk, "bad", "as it is") for pk in ids)

    before = {kind: list(probes) for kind, probes in watch._probes.items()}
    watch.register("bad", probe, {"bad": "It is bad."})
    yield asked
    watch._probes.clear()
    watch._probes.update(before)


def matter(reference: str, kind: str = "good") -> Matter:
    made = matters.open_matter(kind=kind, reference=reference, title="Việc mẫu", at=NOW, parties=[])
    ledger.record(Noted(), matter=made, at=NOW)
    return made


def harm() -> None:
    with unprotected():
        Event.objects.update(payload={"changed": True})


def test_where_everything_holds_nothing_is_said() -> None:
    matter("M-1")
    assert watch.look(NOW) == {}
    assert Breach.objects.count() == 0
    assert Watch.objects.get().looked_at == NOW


def test_a_changed_event_breaks_the_chain_of_its_matter_and_of_no_other() -> None:
    whole, broken = matter("M-1"), matter("M-2")
    with unprotected():
        Event.objects.filter(matter=broken).update(payload={"changed": True})
    assert set(watch.look(NOW)) == {(broken.pk, watch.CHAIN)}
    assert watch.is_doubted(broken)
    assert not watch.is_doubted(whole)


def test_a_breach_keeps_its_beginning_until_it_is_mended_and_comes_again_as_another(looked_at: list[UUID]) -> None:
    bad = matter("M-1", "bad")
    watch.look(NOW)
    watch.look(LATER)
    breach = watch.open_breaches().get()
    assert (breach.since, breach.seen_at, breach.detail) == (NOW, LATER, "as it is")
    Matter.objects.filter(pk=bad.pk).update(kind="good")
    watch.look(LATER + timedelta(minutes=1))
    assert not watch.open_breaches().exists()
    assert Breach.objects.get().cleared_at == LATER + timedelta(minutes=1)
    Matter.objects.filter(pk=bad.pk).update(kind="bad")
    watch.look(LATER + timedelta(minutes=2))
    assert Breach.objects.count() == 2


def test_what_only_one_of_two_looks_sees_was_an_act_in_between(monkeypatch: pytest.MonkeyPatch) -> None:
    passing = matter("M-1", "passing")
    seen = iter([[Fault(passing.pk, "half")], []])
    watch.register("passing", lambda ids: next(seen), {})
    assert watch.look(NOW) == {}
    watch._probes.pop("passing")


def test_what_was_changed_is_looked_at_before_its_turn_in_the_round(
    looked_at: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "ROUND", 1)
    monkeypatch.setattr(watch, "LAG", 0)
    for n in range(5):
        matter(f"M-{n}")
    watch.look(NOW)
    newest = matter("M-9", "bad")
    assert set(watch.look(LATER)) == {(newest.pk, "bad")}


def test_the_round_reaches_everything_and_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "ROUND", 2)
    monkeypatch.setattr(watch, "LAG", 0)
    last = max((matter(f"M-{n}") for n in range(3)), key=lambda made: made.pk)
    watch.look(NOW)
    with unprotected():
        Event.objects.filter(matter=last).update(payload={"changed": True})
    assert set(watch.look(LATER)) == {(last.pk, watch.CHAIN)}
    assert Watch.objects.get().round_ended_at == LATER
    watch.look(LATER + timedelta(minutes=1))
    assert Watch.objects.get().round_at is not None


def test_the_whole_round_at_once_finds_what_nobody_has_changed() -> None:
    for n in range(3):
        matter(f"M-{n}")
    watch.look(NOW)
    harm()
    assert len(watch.look_at_all(LATER)) == 3
    assert watch.open_breaches().count() == 3


def test_every_fault_has_words(looked_at: list[UUID]) -> None:
    assert watch.words_of("bad") == "It is bad."
    assert watch.words_of("of nobody") == "of nobody"
