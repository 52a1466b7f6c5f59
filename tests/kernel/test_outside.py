"""Systems outside: down after three failures, left alone until their time, and never waited for by a page."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse

from motcua.kernel import outside
from motcua.kernel.outside import Down, Refused, Standing, System
from motcua.ui.middleware import WaitForNobody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def answers() -> Iterator[dict[str, bool]]:
    """A system "far" that answers as it is told."""
    told = {"far": True, "used": True}

    def probe() -> None:
        if not told["far"]:
            raise TimeoutError("somebody's address")

    before = dict(outside._systems)
    outside._systems.clear()
    outside.register(System("far", "Xa", "Chậm hơn.", seconds=5, probe=probe, is_used=lambda: told["used"]))
    yield told
    outside._systems.clear()
    outside._systems.update(before)


def fail(at: datetime) -> None:
    with pytest.raises(TimeoutError), outside.asking("far", at):
        raise TimeoutError("somebody's address")


def standing() -> Standing:
    return outside.standings()["far"]


def test_one_failure_is_the_lines_three_are_the_systems() -> None:
    fail(NOW)
    fail(NOW + A_MINUTE)
    assert standing().state == "unknown"
    assert outside.is_up("far")
    fail(NOW + 2 * A_MINUTE)
    assert (standing().state, standing().down_since) == ("down", NOW)
    assert not outside.is_up("far")


def test_what_is_down_is_not_asked_until_its_time_and_then_more_and_more_rarely() -> None:
    for _ in range(3):
        fail(NOW)
    at, pauses = NOW, []
    for _ in range(6):
        again = standing().again_at
        assert again is not None
        with pytest.raises(Down), outside.asking("far", again - timedelta(seconds=1)):
            pytest.fail("it was asked")
        pauses.append((again - at).total_seconds() / 60)
        at = again
        fail(at)
    assert pauses == [1, 2, 5, 10, 15, 15]


def test_an_answer_ends_it() -> None:
    for _ in range(3):
        fail(NOW)
    with outside.asking("far", NOW + A_MINUTE):
        pass
    assert (standing().state, standing().failures, standing().down_since) == ("up", 0, None)


def test_a_system_that_refuses_one_thing_is_not_down() -> None:
    for _ in range(5):
        with pytest.raises(Refused), outside.asking("far", NOW):
            raise Refused("550")
    assert standing().state == "up"


def test_what_kind_of_failure_is_kept_and_never_its_words() -> None:
    fail(NOW)
    assert Standing.objects.get().failure == "TimeoutError"


def test_a_system_that_nobody_asks_is_asked_how_it_is(answers: dict[str, bool]) -> None:
    outside.probe("far", NOW)
    assert standing().answered_at == NOW
    answers["far"] = False
    outside.probe("far", NOW + A_MINUTE)
    assert standing().failures == 0
    for minute in range(11, 14):
        outside.probe("far", NOW + minute * A_MINUTE)
    assert standing().state == "down"
    answers["far"] = True
    outside.probe("far", NOW + 14 * A_MINUTE)
    assert standing().state == "up"


def test_a_system_that_this_centre_does_not_use_is_neither_asked_nor_shown(answers: dict[str, bool]) -> None:
    answers["used"] = False
    outside.probe("far", NOW)
    assert outside.systems() == ()
    assert not Standing.objects.exists()


def test_no_page_may_wait_for_a_system_outside() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with outside.asking("far", NOW):
            return HttpResponse()

    with pytest.raises(RuntimeError, match="must not wait"):
        WaitForNobody(view)(HttpRequest())
    with outside.asking("far", NOW):
        pass
