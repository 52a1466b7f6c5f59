"""The one inbox: open work of dossiers and of difficulties in one list, each told by its room."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import services
from motcua.kernel import worklist
from motcua.kernel.identity import Person
from motcua.portal import inbox
from motcua.portal.inbox import Line
from motcua.ui import writing
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast, applicant
from tests.oversight import departments


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


def lines(person: Person, name: str, later: timedelta = timedelta()) -> list[Line]:
    return inbox.page_of(person, name, "", NOW + later, TODAY)[0]


def numbers(person: Person, name: str, later: timedelta = timedelta()) -> list[str]:
    return [line.item.reference for line in lines(person, name, later)]


def test_each_desk_sees_its_own_open_work(cast: Cast) -> None:
    online, at_counter = cast.file(BIRTH), cast.take_in(BIRTH)
    cast.file(BIRTH, cast.there)
    waiting = cast.settled(CERTIFY)
    assert numbers(cast.here.intake, "to_receive") == [online.number]
    assert numbers(cast.here.intake, "to_return") == [waiting.number]
    assert numbers(cast.here.case, "office") == [at_counter.number]
    assert numbers(cast.here.case, "mine") == []
    services.take_work(dossier=at_counter.dossier, by=cast.here.case, at=NOW)
    assert numbers(cast.here.case, "mine") == [at_counter.number]


def test_overdue_and_due_soon_part_at_the_moment_itself(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    assert dossier.due_at is not None
    left = dossier.due_at - NOW
    assert numbers(cast.here.case, "due_soon", left) == [dossier.number]
    assert numbers(cast.here.case, "overdue", left) == []
    assert numbers(cast.here.case, "overdue", left + timedelta(seconds=1)) == [dossier.number]


def test_what_is_settled_in_time_is_never_overdue_while_it_waits_to_be_collected(cast: Cast) -> None:
    waiting = cast.settled(CERTIFY)
    later = timedelta(days=30)
    assert numbers(cast.here.intake, "overdue", later) == []
    [line] = lines(cast.here.intake, "to_return", later)
    assert (line.item.reference, line.standing, line.due) == (waiting.number, "on_time", None)


def test_a_line_says_what_the_desk_needs(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    [line] = lines(cast.here.case, "office")
    assert (line.item.reference, line.told.who) == (dossier.number, applicant().full_name)
    assert line.told.href == f"/desk/dossiers/{dossier.number}/"
    assert (writing.in_words(line.told.step), line.item.office, line.item.assignee) == (
        "Process",
        cast.here.civil_status.name,
        None,
    )
    assert (line.item.due_at, line.standing) == (dossier.due_at, "due_soon")


def test_difficulties_and_dossiers_stand_in_one_list_by_when_they_are_due(cast: Cast) -> None:
    world = departments.make(cast)
    dossier = cast.take_in(BIRTH).dossier
    answered = world.answered()
    found = lines(cast.here.case, "office")
    assert [(line.item.kind, line.item.reference) for line in found] == [
        ("dossier", dossier.number),
        ("difficulty", answered.number),
    ]
    assert found[1].told.href == f"/desk/difficulties/{answered.number}/"
    assert found[1].told.who == cast.here.commune.name
    assert numbers(world.justice.officer, "to_answer") == []
    open_one = world.raised(world.there)
    assert numbers(world.justice.officer, "to_answer") == [open_one.number]


def test_each_person_has_the_queues_of_their_work(cast: Cast) -> None:
    world = departments.make(cast)

    def names(person: Person) -> list[str]:
        return [queue.name for queue in worklist.queues_for(person, TODAY)]

    quiet = ["unassigned", "to_match", "to_exchange", "to_enter"]
    assert names(cast.here.intake) == ["to_receive", *quiet, "to_return", "feedback"]
    assert names(world.justice.officer) == ["to_answer", "directives", "feedback"]
    assert names(cast.here.case) == ["to_advise", "feedback"]


def test_a_kind_that_no_room_tells_is_still_somebodys_work(cast: Cast) -> None:
    dossier = cast.file().dossier
    dossier.matter.kind = "unknown"
    dossier.matter.save()
    [line] = lines(cast.here.intake, "office")
    assert (line.item.reference, line.told.href, line.told.step) == (dossier.number, "", "receive")


# --- its page --------------------------------------------------------------------------------------------------------
def page(client: Client, person: Person, address: str = "/desk/") -> Any:
    client.force_login(person.account)
    return client.get(address)


def test_the_inbox_lists_what_lies_at_the_office(cast: Cast, client: Client) -> None:
    here, there = cast.file(), cast.file(town=cast.there)
    shown = page(client, cast.here.intake).content.decode()
    assert here.number in shown
    assert there.number not in shown


@pytest.mark.parametrize("queue", ["mine", "office", "due_soon", "overdue", "to_receive", "to_answer", "nonsense"])
def test_every_queue_opens(cast: Cast, client: Client, queue: str) -> None:
    assert page(client, cast.here.intake, f"/desk/?queue={queue}&after=nonsense").status_code == 200


def test_a_long_queue_goes_on_where_the_page_ended(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.kernel.worklist.PAGE", 2)
    filed = [cast.file().number for _n in range(5)]
    seen: list[str] = []
    address = "/desk/"
    while address:
        answer = page(client, cast.here.intake, address)
        seen += [row.item.reference for row in answer.context["rows"]]
        address = f"/desk/{answer.context['next']}" if answer.context["next"] else ""
    assert seen == filed


def asked(client: Client, person: Person) -> int:
    page(client, person)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/desk/").status_code == 200
    return len(queries)


def test_the_inbox_asks_as_little_for_many_as_for_one(cast: Cast, client: Client) -> None:
    cast.file()
    one = asked(client, cast.here.intake)
    for _n in range(4):
        cast.file()
    assert asked(client, cast.here.intake) == one <= 9


def test_the_inbox_asks_each_room_once(cast: Cast, client: Client) -> None:
    world = departments.make(cast)
    cast.take_in(BIRTH)
    only_dossiers = asked(client, cast.here.case)
    for _n in range(3):
        world.answered()
    assert asked(client, cast.here.case) == only_dossiers + 1


def test_a_quiet_queue_is_shown_only_while_something_lies_in_it(cast: Cast) -> None:
    def shown(at: str = "office") -> list[str]:
        page = inbox.page(cast.here.intake, at, "", NOW, TODAY)
        return [queue["href"].rpartition("=")[2] for queue in page["queues"]]

    assert "unassigned" not in shown()
    assert "unassigned" in shown("unassigned")
    dossier = cast.file().dossier
    services.doubt_competence(dossier=dossier, by=cast.here.intake, at=NOW, reason="Chưa rõ")
    assert "unassigned" in shown()


def test_what_will_not_make_it_offers_an_apology_until_one_is_proposed(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier

    def offers(person: Person, later: timedelta) -> list[str]:
        lines, _following = inbox.page_of(person, "office", "", NOW + later, TODAY)
        return [line.offer[1] for line in lines if line.offer]

    assert dossier.due_at is not None
    assert offers(cast.here.case, timedelta(days=3)) == [f"/desk/dossiers/{dossier.number}/?act=extend#act"]
    services.propose_extension(
        dossier=dossier,
        by=cast.here.case,
        at=NOW,
        reason_code="workload",
        reason="Nhiều việc",
        new_due_at=dossier.due_at + timedelta(days=4),
    )
    assert offers(cast.here.case, timedelta(days=3)) == []
    assert offers(cast.here.intake, timedelta()) == []
