"""The desk's lists and look-ups, and what a healthy archive says of itself."""

from datetime import timedelta

import pytest

from motcua.dossiers import queries, rules, services
from motcua.dossiers.models import Dossier
from motcua.kernel.matters import WorkItem
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast, applicant


def numbers(cast: Cast, name: str, who: str = "intake", later: timedelta = timedelta()) -> list[str]:
    items = queries.queue(getattr(cast.here, who), name, NOW + later, TODAY)
    return [line.number for line in queries.lines(items, NOW + later)]


def test_each_desk_sees_its_own_open_work(cast: Cast) -> None:
    online, at_counter = cast.file(BIRTH), cast.take_in(BIRTH)
    cast.file(BIRTH, cast.there)
    waiting = cast.settled(CERTIFY)
    assert numbers(cast, "to_receive") == [online.number]
    assert numbers(cast, "to_return") == [waiting.number]
    assert numbers(cast, "office", "case") == [at_counter.number]
    assert numbers(cast, "mine", "case") == []
    services.take_work(dossier=at_counter.dossier, by=cast.here.case, at=NOW)
    assert numbers(cast, "mine", "case") == [at_counter.number]


def test_overdue_and_due_soon_part_at_the_moment_itself(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    assert dossier.due_at is not None
    left = dossier.due_at - NOW
    assert numbers(cast, "due_soon", "case", left) == [dossier.number]
    assert numbers(cast, "overdue", "case", left) == []
    assert numbers(cast, "overdue", "case", left + timedelta(seconds=1)) == [dossier.number]


def test_what_is_settled_in_time_is_never_overdue_while_it_waits_to_be_collected(cast: Cast) -> None:
    waiting = cast.settled(CERTIFY)
    later = timedelta(days=30)
    assert numbers(cast, "overdue", later=later) == []
    line = queries.lines(queries.queue(cast.here.intake, "to_return", NOW + later, TODAY), NOW + later)[0]
    assert (line.number, line.standing) == (waiting.number, "on_time")


def test_a_line_says_what_the_desk_needs(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    line = queries.lines(queries.queue(cast.here.case, "office", NOW, TODAY), NOW)[0]
    assert (line.number, line.applicant, line.state) == (dossier.number, applicant().full_name, "received")
    assert (line.step, line.office, line.assignee) == ("process", cast.here.civil_status.name, "")
    assert (line.due_at, line.standing) == (dossier.due_at, "within")


def test_a_page_goes_on_where_the_last_one_ended(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.dossiers.queries.inbox.PAGE", 2)
    filed = [cast.file().number for _ in range(5)]
    items = queries.queue(cast.here.intake, "office", NOW, TODAY)
    first = queries.lines(items, NOW)
    rest = queries.lines(items, NOW, (first[1].due_at, first[1].item_id))
    assert [line.number for line in first] == filed[:3]
    assert [line.number for line in rest] == filed[2:]


def test_queues_are_counted_and_a_list_costs_one_query_however_long(
    cast: Cast, django_assert_num_queries: object
) -> None:
    for _ in range(3):
        cast.file()
    assert queries.queue_counts(cast.here.intake, NOW, TODAY)["to_receive"] == 3
    items = queries.queue(cast.here.intake, "to_receive", NOW, TODAY)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(queries.lines(items, NOW)) == 3


@pytest.mark.parametrize(
    "text",
    ["H36.24-261123-0001", "h36.24-261123-0001", "0001", "do thi mau", "Đỗ Thị", "24/11/1990", "0300000001",
     "84300000001", "003190000001"],
)  # fmt: skip
def test_a_dossier_is_found_by_what_people_say(cast: Cast, text: str) -> None:
    dossier = cast.file().dossier
    assert queries.found(cast.here.intake, text, TODAY) == [dossier]
    assert queries.found(cast.there.intake, text, TODAY) == []


@pytest.mark.parametrize("text", ["", "  ", "31/02/1990", "khong ai ten vay", "***"])
def test_what_nobody_is_called_finds_nothing(cast: Cast, text: str) -> None:
    cast.file()
    assert queries.found(cast.here.intake, text, TODAY) == []


def test_possible_acts_are_those_that_the_services_then_do(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    here = cast.here

    def acts(who: object, dossier: Dossier) -> tuple[str, ...]:
        return queries.possible_acts(who, dossier, queries.open_item(dossier), TODAY)  # type: ignore[arg-type]

    assert acts(here.intake, dossier) == (rules.RECEIVE, rules.REFUSE)
    assert acts(cast.there.intake, dossier) == acts(here.case, dossier) == ()
    dossier = services.receive_dossier(dossier=dossier, by=here.intake, at=NOW)
    assert acts(here.case, dossier) == (rules.ADVANCE,)
    dossier = services.complete_step(dossier=dossier, by=here.case, at=NOW)
    assert acts(here.approver, dossier) == acts(here.leader, dossier) == (rules.SETTLE,)
    dossier = services.settle_dossier(dossier=dossier, by=here.leader, at=NOW, result_name="Giấy khai sinh")
    assert acts(here.intake, dossier) == (rules.RETURN,)


def test_an_open_request_alike_is_pointed_out_until_it_is_finished(cast: Cast) -> None:
    dossier = cast.settled()
    same = {"full_name": applicant().full_name.upper(), "birth_date": "1990-11-24"}
    for who in ({"citizen_id": "003190000001"}, {"full_name": applicant().full_name, "birth_date": "1990-11-24"}):
        assert queries.open_alike(cast.here.commune, CERTIFY, who) == [dossier]
    assert queries.open_alike(cast.there.commune, CERTIFY, same) == []
    services.return_result(dossier=dossier, by=cast.here.intake, at=NOW, method="post", receiver="Người Mẫu")
    assert queries.open_alike(cast.here.commune, CERTIFY, {"citizen_id": "003190000001"}) == []


def test_a_healthy_archive_has_nothing_to_say(cast: Cast) -> None:
    cast.file(), cast.take_in(BIRTH), cast.settled(), cast.returned()
    assert list(queries.inconsistencies()) == []


def test_a_dossier_that_nobody_has_is_named(cast: Cast) -> None:
    dossier = cast.file().dossier
    WorkItem.objects.update(closed_by=queries.history_of(dossier)[0])
    assert list(queries.inconsistencies()) == [f"{dossier.number} is submitted and has 0 open steps"]
