"""The service index: numerator and denominator are the lengths of the lists behind them; what is unknown says why."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import services
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import index as dossiers
from motcua.dossiers.rules import figures
from motcua.dossiers.services import satisfaction
from motcua.kernel import files
from motcua.kernel.identity import Person
from motcua.oversight import services as oversight
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, Cast
from tests.dossiers import asked
from tests.oversight import departments, feedback

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
INDEX = "/desk/index/"
NOVEMBER = {"from": "2026-11-01", "to": "2026-11-30"}


def at(day: str, hour: int = 9) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=ZONE)


@pytest.fixture
def opened(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setattr(timezone, "now", lambda: at("2026-12-02"))
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: (moment or at("2026-12-02")).astimezone(ZONE).date())

    def get(person: Person, address: str, **given: Any) -> Any:
        client.force_login(person.account)
        return client.get(address, NOVEMBER | given)

    return get


def settled(cast: Cast, filed: Dossier, day: str, *, electronic: bool = False) -> Dossier:
    kept = files.keep(asked.PDF, type="application/pdf") if electronic else None
    by = cast.here.approver
    return services.settle_dossier(dossier=filed, by=by, at=at(day), result_name="Kết quả mẫu", file=kept)


def november(cast: Cast) -> None:
    """Six dossiers: in time and late, online and at the counter, with and without files, one asked for papers twice."""
    here = cast.here
    settled(cast, cast.take_in(CERTIFY, at=at("2026-11-02")).dossier, "2026-11-02", electronic=True)
    settled(cast, cast.take_in(CERTIFY, at=at("2026-11-02")).dossier, "2026-11-05")
    online = cast.file(BIRTH, components=[asked.photo()], at=at("2026-11-03")).dossier
    online = services.receive_dossier(dossier=online, by=here.intake, at=at("2026-11-03"))
    online = services.complete_step(dossier=online, by=here.case, at=at("2026-11-03"))
    settled(cast, online, "2026-11-03", electronic=True)
    cast.take_in(BIRTH, at=at("2026-11-20"))
    services.receive_dossier(dossier=cast.file(BIRTH, at=at("2026-11-25")).dossier, by=here.intake, at=at("2026-11-25"))
    twice = cast.take_in(BIRTH, at=at("2026-11-30", 8)).dossier
    asked.ask(twice, here.case, at("2026-11-30"))
    asked.answer(twice, at("2026-11-30", 10))
    again = {"repeat_reason": "Giấy nộp bổ sung vẫn mờ", "contact": asked.CONTACT}
    asked.ask(twice, here.case, at("2026-11-30", 11), **again)
    services.decide_supplement(dossier=twice, n=2, by=here.approver, at=at("2026-11-30", 12), accept=True)


def lines(page: Any) -> dict[tuple[str, str], Any]:
    """Every indicator of the page, by its code and title."""
    return {(line.code, str(line.title)): line for group in page.context["groups"] for line in group.lines}


def test_every_indicator_counts_what_the_decision_says(cast: Cast, opened: Any) -> None:
    november(cast)
    found = lines(opened(cast.here.leader, INDEX))
    counted = {code: (line.part, line.whole) for (code, title), line in found.items() if not line.why_not}
    assert counted["2.1"] == (2, 6)
    assert counted["3.1"] == (2, 3)
    assert counted["3.2"] == (1, 2)
    assert (found["3.3", "Nộp trực tuyến"].part, found["3.3", "Nộp trực tuyến"].whole) == (2, 6)
    assert (found["3.3", "Nộp trực tiếp"].part, found["3.3", "Nộp qua bưu chính"].part) == (4, 0)
    assert counted["4.1"] == (2, 3)
    assert counted["4.2"] == (2, 6)


def test_both_numbers_lead_to_lists_as_long_as_they_are(cast: Cast, opened: Any, client: Client) -> None:
    november(cast)
    page = opened(cast.here.leader, INDEX)
    for line in lines(page).values():
        if line.why_not:
            continue
        for number, address in ((line.part, line.part_href), (line.whole, line.whole_href)):
            shown = client.get(address).context
            assert (shown["number"] if "number" in shown else len(shown["table"].rows)) == number, address


def test_what_cannot_be_computed_says_why_and_nothing_is_added_up_to_a_hundred(cast: Cast, opened: Any) -> None:
    page = opened(cast.here.leader, INDEX)
    text = page.content.decode()
    unknown = [line.code for line in lines(page).values() if line.why_not]
    assert unknown == [
        "1.1",
        "1.2",
        "1.3",
        "1.4",
        "3.5",
        "3.6",
        "4.3",
        "4.4",
        "4.5a",
        "4.5b",
    ]
    assert text.count("Chưa tính được.") == len(unknown)
    assert "không chấm điểm và không cộng điểm" in text
    # Nothing happened: no share is made up.
    assert lines(page)["2.1", "Hồ sơ giải quyết trước hạn, đúng hạn hoặc còn trong hạn"].share is None


def test_feedback_and_the_one_question_give_the_fifth_group(cast: Cast, opened: Any, client: Client) -> None:
    november(cast)
    world = departments.make(cast)
    dossier = cast.returned(at=at("2026-11-20"))
    satisfaction.rate_dossier(dossier=dossier, score=1, at=at("2026-11-30"))
    running = Dossier.objects.filter(state="received").first()
    at_once, later = at("2026-11-25"), at("2026-11-30")
    about = feedback.sent(world, at=at_once, about=running.matter if running else None)
    late = feedback.sent(world, at=at("2026-11-02"), topic="conduct")
    oversight.accept_feedback(feedback=about, kind="feedback", by=cast.here.leader, at=at_once)
    oversight.answer_feedback(feedback=about, text="Đã sửa.", by=cast.here.leader, at=later)
    oversight.judge_answer(feedback=about, helped=False, at=later)
    found = lines(opened(cast.here.leader, INDEX))
    counted = [(line.code, line.part, line.whole) for line in found.values() if line.code.startswith("5")]
    assert counted[:4] == [("5.1", 1, 2), ("5.1", 1, 2), ("5.2", 1, 2), ("5.3", 0, 2)]
    in_time = next(line for line in found.values() if line.code == "2.1")
    content = next(line for line in found.values() if line.code == "5.4")
    assert content.whole == in_time.whole
    assert content.part < in_time.part
    assert is_in_the_list(client, found, late.number)


def is_in_the_list(client: Client, found: dict[tuple[str, str], Any], number: str) -> bool:
    """Whether the list behind all feedback names it."""
    every = next(line.whole_href for line in found.values() if line.code == "5.2")
    return number in client.get(every).content.decode()


def test_the_mean_time_leaves_out_the_days_on_which_papers_were_awaited(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH, at=at("2026-11-02")).dossier
    asked.ask(dossier, cast.here.case, at("2026-11-03"))
    asked.answer(dossier, at("2026-11-09"))
    dossier = services.complete_step(dossier=dossier, by=cast.here.case, at=at("2026-11-10"))
    settled(cast, dossier, "2026-11-10")
    settled(cast, cast.take_in(CERTIFY, at=at("2026-11-02")).dossier, "2026-11-03")
    within = figures.period(date(2026, 11, 1), date(2026, 11, 30), ZONE, at("2026-12-02"))
    times = {each.code: (each.number, each.mean) for each in dossiers.times(dossiers.index(cast.here.commune, within))}
    # Six working days passed, four of them waiting.
    assert times == {BIRTH: (1, 2.0), CERTIFY: (1, 1.0)}


def test_the_province_sees_its_communes_side_by_side(cast: Cast, opened: Any) -> None:
    november(cast)
    cast.take_in(BIRTH, cast.there, at=at("2026-11-30"))
    page = opened(casting.leader_of(cast.province), INDEX)
    assert lines(page)["2.1", "Hồ sơ giải quyết trước hạn, đúng hạn hoặc còn trong hạn"].whole == 7
    assert [row[0] for row in page.context["communes"].rows] == sorted(
        (cast.here.commune.name, cast.there.commune.name)
    )
    assert opened(cast.there.leader, INDEX, office=cast.here.commune.code).status_code == 404
    assert opened(cast.here.leader, INDEX).context["communes"] is None


def test_only_whoever_leads_reads_it(cast: Cast, opened: Any) -> None:
    for person in (cast.here.intake, cast.here.case):
        assert opened(person, INDEX).status_code == 403
        assert opened(person, f"{INDEX}procedures/").status_code == 403


@pytest.mark.parametrize("what", ["offered", "online", "used", "nonsense"])
def test_the_procedures_behind_a_number_are_listed(cast: Cast, opened: Any, what: str) -> None:
    november(cast)
    rows = opened(cast.here.leader, f"{INDEX}procedures/", what=what).context["table"].rows
    assert len(rows) == {"offered": 3, "online": 2, "used": 1, "nonsense": 3}[what]


def test_the_page_asks_as_little_for_many_as_for_one(cast: Cast, opened: Any) -> None:
    def queries() -> int:
        opened(cast.here.leader, INDEX)
        with CaptureQueriesContext(connection) as found:
            opened(cast.here.leader, INDEX)
        return len(found)

    november(cast)
    few = queries()
    november(cast)
    assert queries() == few <= 26
