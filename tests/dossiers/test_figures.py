"""What a dossier counts as: each edge by name, and the identity for any set of dossiers in any period."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules import figures
from motcua.dossiers.rules.figures import Fact

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
LONG_AFTER = datetime(2027, 1, 1, tzinfo=ZONE)
MAY, EARLY, MID, LATE, JULY = (
    datetime(2026, 5, 20, 9, tzinfo=ZONE),
    datetime(2026, 6, 3, 9, tzinfo=ZONE),
    datetime(2026, 6, 15, 9, tzinfo=ZONE),
    datetime(2026, 6, 20, 9, tzinfo=ZONE),
    datetime(2026, 7, 2, 9, tzinfo=ZONE),
)


def fact(**given: object) -> Fact:
    """A dossier received early in June and due on the 15th, unless something else is said."""
    usual = {"id": 1, "state": "processing", "filed_at": EARLY, "received_at": EARLY, "due_at": MID}
    rest = {"settled_at": None, "closed_at": None, "procedure": "1", "channel": "direct", "office": 1}
    return Fact(**usual | rest | given)  # type: ignore[arg-type]


def in_june(now: datetime = LONG_AFTER) -> figures.Period:
    return figures.period(*JUNE, ZONE, now)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CASES = {
    "settled a day before the due day": (fact(settled_at=MID - DAY), "settled_early"),
    "settled in the first minute of the due day": (fact(settled_at=MID.replace(hour=0)), "settled_on_time"),
    "settled at the due moment itself": (fact(settled_at=MID), "settled_on_time"),
    "settled a minute later": (fact(settled_at=MID + timedelta(minutes=1)), "settled_late"),
    "open at the end, due before": (fact(), "in_progress_overdue"),
    "open at the end, due after": (fact(due_at=JULY), "in_progress_within"),
    "its clock stopped in time": (fact(still_since=MID - DAY), "in_progress_within"),
    "its clock stopped too late": (fact(still_since=MID + DAY), "in_progress_overdue"),
    "settled only after the end": (fact(settled_at=JULY), "in_progress_overdue"),
    "stopped": (fact(state="stopped", closed_at=LATE), "stopped"),
    "stopped after the end": (fact(state="stopped", closed_at=JULY, due_at=JULY), "in_progress_within"),
    "withdrawn after receipt": (fact(state="withdrawn", closed_at=LATE), "withdrawn"),
    "settled in May": (fact(received_at=MAY, filed_at=MAY, settled_at=MAY + HOUR), None),
    "from May, settled in June": (fact(received_at=MAY, filed_at=MAY, settled_at=EARLY), "settled_early"),
    "refused at the door": (fact(received_at=None, state="refused", closed_at=LATE), "refused_before_receipt"),
    "withdrawn at the door": (fact(received_at=None, state="withdrawn", closed_at=LATE), "withdrawn_before_receipt"),
    "refused at the door in May": (fact(received_at=None, filed_at=MAY, state="refused", closed_at=MAY), None),
    "not looked at": (fact(received_at=None, state="submitted"), "waiting"),
    "filed in June, received in July": (fact(received_at=JULY), "waiting"),
    "filed in July": (fact(received_at=JULY, filed_at=JULY), None),
}


@pytest.mark.parametrize("name", CASES)
def test_each_dossier_counts_as_one_thing(name: str) -> None:
    given, wanted = CASES[name]
    assert figures.bucket(given, in_june()) == wanted


def test_what_is_open_is_judged_as_of_now_while_the_period_lasts() -> None:
    assert figures.bucket(fact(), in_june(now=MID)) == "in_progress_within"
    assert figures.bucket(fact(), in_june(now=MID + HOUR)) == "in_progress_overdue"


def test_the_first_and_the_last_moment_of_a_period_are_its_own() -> None:
    first, after = datetime(2026, 6, 1, tzinfo=ZONE), datetime(2026, 7, 1, tzinfo=ZONE)
    june = in_june()
    assert figures.origin(fact(received_at=first), june) == "received"
    assert figures.origin(fact(received_at=first - timedelta(microseconds=1)), june) == "carried_over"
    assert figures.origin(fact(received_at=after), june) == ""


def test_figures_keep_apart_what_came_from_before_and_what_was_never_received() -> None:
    every = [given for given, _wanted in CASES.values()]
    june = in_june()
    counted = figures.count(figures.classified(every, june), june)
    assert (counted["filed"], counted["received"], counted["carried_over"]) == (16, 12, 1)
    assert (counted["refused_before_receipt"], counted["withdrawn_before_receipt"], counted["waiting"]) == (1, 1, 2)
    assert figures.holds(counted)


# --- the identity, whatever happened ----------------------------------------------------------------------------------
@st.composite
def facts(draw: st.DrawFn) -> Fact:
    """Any dossier that the machine of states can leave behind."""
    base = datetime(2026, 5, 1, tzinfo=ZONE)
    hours = st.integers(0, 24 * 90).map(lambda n: timedelta(hours=n))
    filed = base + draw(hours)
    state = draw(st.sampled_from(["submitted", "processing", "result_ready", "stopped", "refused", "withdrawn"]))
    received = None if state == "submitted" else filed + draw(hours)
    if state in ("refused", "withdrawn") and draw(st.booleans()):
        received = None
    ended = (received or filed) + draw(hours)
    return fact(
        state=state,
        filed_at=filed,
        received_at=received,
        due_at=received and received + draw(hours),
        settled_at=ended if state == "result_ready" else None,
        closed_at=ended if state in figures.ENDED else None,
    )


def cut(found: list[Fact], first: date, last: date) -> figures.Figures:
    within = figures.period(first, last, ZONE, LONG_AFTER)
    return figures.count(figures.classified(found, within), within)


@given(st.lists(facts(), max_size=30), st.integers(0, 100), st.integers(0, 60))
def test_what_came_equals_what_became_of_it_in_every_period(found: list[Fact], start: int, length: int) -> None:
    first = date(2026, 4, 25) + timedelta(days=start)
    counted = cut(found, first, first + timedelta(days=length))
    assert figures.holds(counted)
    door = counted["refused_before_receipt"] + counted["withdrawn_before_receipt"] + counted["waiting"]
    waited_before = cut(found, first - timedelta(days=400), first - timedelta(days=1))["waiting"]
    assert waited_before + counted["filed"] == counted["received"] + door


@given(st.lists(facts(), max_size=30), st.integers(0, 100))
def test_what_is_open_at_the_end_is_carried_over_into_the_next_period(found: list[Fact], start: int) -> None:
    first = date(2026, 4, 25) + timedelta(days=start)
    before = cut(found, first - timedelta(days=400), first - timedelta(days=1))
    assert cut(found, first, first + timedelta(days=9))["carried_over"] == figures.total(before, figures.IN_PROGRESS)


@given(st.lists(facts(), max_size=30))
def test_groups_add_up_to_the_whole(found: list[Fact]) -> None:
    june = in_june()
    counted = figures.classified(found, june)
    groups = figures.count_by(counted, june, lambda each: each.state)
    whole = figures.count(counted, june)
    assert all(sum(group[key] for group in groups.values()) == whole[key] for key in figures.KEYS)
    assert all(map(figures.holds, groups.values()))


# --- corrections ----------------------------------------------------------------------------------------------
def test_adjustments_name_only_what_changed() -> None:
    frozen = dict.fromkeys(figures.KEYS, 5)
    assert figures.adjustments(frozen, frozen | {"settled_late": 4, "stopped": 6}) == {"settled_late": -1, "stopped": 1}
    assert figures.adjustments(frozen, frozen) == {}


def test_a_period_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError):
        figures.period(JUNE[1], JUNE[0], ZONE, LONG_AFTER)
