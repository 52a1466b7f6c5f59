"""Deliveries: tried when due, again after a failure, and never twice when twice would do harm."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from motcua.kernel import ledger, matters, outbox, outside
from motcua.kernel.outbox import CLAIM_LASTS, DELAYS, Delivery
from motcua.kernel.outside import System

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Noted:
    type: ClassVar[str] = "tests.noted"


@pytest.fixture(autouse=True)
def _targets() -> Iterator[None]:
    before = dict(outbox._targets)
    yield
    outbox._targets.clear()
    outbox._targets.update(before)


@pytest.fixture
def sent() -> list[str]:
    """What the target "post" carried out."""
    done: list[str] = []
    outbox.register("post", lambda delivery: done.append(delivery.key), repeatable=False)
    return done


def delivery(key: str = "k", target: str = "post", at: datetime = NOW) -> Delivery:
    matter = matters.open_matter(kind="test", reference=key, title="Việc mẫu", at=NOW, parties=[])
    return outbox.enqueue(event=ledger.record(Noted(), matter=matter, at=NOW), target=target, key=key, at=at)


def fail(delivery: Delivery) -> None:
    raise OSError("no line")


def state() -> str:
    return Delivery.objects.get().state


def test_what_is_due_is_delivered_once(sent: list[str]) -> None:
    delivery()
    assert state() == "waiting"
    assert (outbox.run_due(NOW), outbox.run_due(NOW + timedelta(days=9))) == (1, 0)
    assert (sent, state()) == (["k"], "delivered")


def test_what_is_not_due_waits_and_the_oldest_goes_first(sent: list[str]) -> None:
    delivery("later", at=NOW + timedelta(minutes=1))
    delivery("b")
    delivery("a", at=NOW - timedelta(minutes=1))
    assert outbox.run_due(NOW) == 2
    assert sent == ["a", "b"]


def test_a_failure_is_tried_again_later_and_at_last_given_up() -> None:
    outbox.register("post", fail, repeatable=False)
    delivery()
    at = NOW
    for number, minutes in enumerate(DELAYS, 1):
        assert outbox.run_due(at) == 1
        row = Delivery.objects.get()
        assert (row.attempts, row.state, row.failure) == (number, "retrying", "OSError: no line")
        assert outbox.run_due(at + timedelta(minutes=minutes, seconds=-1)) == 0
        at += timedelta(minutes=minutes)
    assert outbox.run_due(at) == 1
    assert state() == "given_up"
    assert list(outbox.stuck()) == [Delivery.objects.get()]
    assert outbox.run_due(at + timedelta(days=99)) == 0


def test_it_arrives_after_a_failure(sent: list[str]) -> None:
    works = outbox._targets["post"].carry_out
    outbox.register("post", fail, repeatable=False)
    delivery()
    outbox.run_due(NOW)
    outbox.register("post", works, repeatable=False)
    assert outbox.run_due(NOW + timedelta(minutes=1)) == 1
    assert (sent, state(), Delivery.objects.get().failure) == (["k"], "delivered", "")


def cut_off(repeatable: bool, carry_out: Callable[[Delivery], None]) -> None:
    """The process ends in the middle of a sending."""

    def die(delivery: Delivery) -> None:
        assert Delivery.objects.get().state == "sending"
        raise KeyboardInterrupt

    outbox.register("post", die, repeatable=repeatable)
    delivery()
    with pytest.raises(KeyboardInterrupt):
        outbox.run_due(NOW)
    outbox.register("post", carry_out, repeatable=repeatable)


def test_one_cut_off_in_the_middle_is_not_taken_before_its_time(sent: list[str]) -> None:
    cut_off(True, outbox._targets["post"].carry_out)
    assert outbox.run_due(NOW + CLAIM_LASTS - timedelta(seconds=1)) == 0
    assert state() == "sending"


def test_one_cut_off_that_does_no_harm_is_tried_again(sent: list[str]) -> None:
    cut_off(True, outbox._targets["post"].carry_out)
    assert outbox.run_due(NOW + CLAIM_LASTS) == 1
    assert (sent, state()) == (["k"], "delivered")


def test_one_cut_off_that_must_not_happen_twice_is_unknown_and_never_sent(sent: list[str]) -> None:
    cut_off(False, outbox._targets["post"].carry_out)
    for later in (CLAIM_LASTS, timedelta(days=30)):
        assert outbox.run_due(NOW + later) == 0
    assert (sent, state()) == ([], "unknown")
    assert [each.state for each in outbox.stuck()] == ["unknown"]


def test_without_anybody_to_carry_it_out_it_fails_visibly() -> None:
    delivery(target="nobody")
    assert outbox.run_due(NOW) == 1
    assert "nobody carries out nobody" in Delivery.objects.get().failure


def test_the_same_key_exists_once() -> None:
    first = delivery()
    from_other = Delivery(event=first.event, target="post", key="k", next_at=NOW)
    with pytest.raises(Exception, match=r"(?i)unique"):
        from_other.save(force_insert=True)


# --- systems outside -------------------------------------------------------------------------------------------------
@pytest.fixture
def far() -> Iterator[list[str]]:
    """A system whose failures are in the list, the last one first."""
    troubles: list[str] = []

    def carry_out(delivery: Delivery) -> None:
        if troubles:
            raise OSError(troubles.pop())

    before = dict(outside._systems)
    outside.register(System("far", "Xa", "Chậm hơn.", seconds=5, probe=lambda: None))
    outbox.register("post", carry_out, repeatable=False, system="far")
    yield troubles
    outside._systems.clear()
    outside._systems.update(before)


def test_a_system_that_hangs_holds_up_nothing_that_does_not_need_it(far: list[str], sent: list[str]) -> None:
    outbox.register("near", lambda delivery: sent.append(delivery.key), repeatable=False)
    outbox.register("post", lambda delivery: pytest.fail("it hangs"), repeatable=False, system="far")
    delivery("a")
    delivery("b", target="near")
    assert outbox.run_due(NOW, system="") == 1
    assert sent == ["b"]


def test_what_is_known_to_be_down_is_not_asked_for_each_message(far: list[str]) -> None:
    far.extend(["no line"] * 3)
    for n in range(5):
        delivery(f"k{n}")
    assert outbox.run_due(NOW, system="far") == 5
    assert far == []
    failures = list(Delivery.objects.order_by("id").values_list("failure", flat=True))
    assert failures == ["OSError: no line"] * 3 + ["Down: far"] * 2


def test_once_it_answers_again_nobody_waits_longer(far: list[str]) -> None:
    far.extend(["no line"] * 4)
    for n in range(4):
        delivery(f"k{n}")
    later = delivery("of next week", at=NOW + timedelta(days=7))
    outbox.run_due(NOW)
    Delivery.objects.filter(key="k0").update(next_at=NOW + timedelta(hours=1))
    assert outbox.run_due(NOW + timedelta(hours=1)) == 4
    for hour in range(2, 6):
        outbox.run_due(NOW + timedelta(hours=hour))
    assert Delivery.objects.exclude(pk=later.pk).filter(delivered_at=None).count() == 0
    assert Delivery.objects.get(pk=later.pk).state == "waiting"


def test_what_is_refused_for_good_is_given_up_at_once() -> None:
    def refuse(delivery: Delivery) -> None:
        raise outside.Refused("550")

    outbox.register("post", refuse, repeatable=False)
    delivery()
    outbox.run_due(NOW)
    assert state() == "given_up"


# --- given up --------------------------------------------------------------------------------------------------------
def given_up_by(handler: Callable[[Delivery, datetime], None]) -> None:
    def refuse(delivery: Delivery) -> None:
        raise outside.Refused("550")

    outbox.register("post", refuse, repeatable=False, given_up=handler)
    delivery()
    outbox.run_due(NOW)


def test_what_is_given_up_becomes_somebodys_work() -> None:
    told: list[tuple[str, str]] = []
    given_up_by(lambda delivery, at: told.append((delivery.key, delivery.state)))
    assert told == [("k", "given_up")]


def test_one_cut_off_in_the_middle_becomes_somebodys_work() -> None:
    told: list[str] = []
    cut_off(False, lambda delivery: None)
    outbox.register("post", fail, repeatable=False, given_up=lambda delivery, at: told.append(delivery.state))
    outbox.run_due(NOW + CLAIM_LASTS)
    assert told == ["unknown"]


def test_when_nobody_can_be_told_it_is_given_up_all_the_same() -> None:
    def fails(delivery: Delivery, at: datetime) -> None:
        raise LookupError("no office")

    given_up_by(fails)
    assert state() == "given_up"


def test_a_person_can_have_it_tried_again(sent: list[str]) -> None:
    works = outbox._targets["post"].carry_out
    given_up_by(lambda delivery, at: None)
    outbox.register("post", works, repeatable=False)
    stuck = Delivery.objects.get()
    assert outbox.try_again(stuck, NOW)
    assert not outbox.try_again(stuck, NOW)
    outbox.run_due(NOW)
    assert (sent, state()) == (["k"], "delivered")
