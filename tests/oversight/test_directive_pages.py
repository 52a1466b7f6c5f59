"""The pages of conclusions and directives: what is wrong is said at its field, who comes second reads what happened."""

import csv
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.kernel import tables
from motcua.kernel.identity import Person
from motcua.oversight import queries, services
from motcua.oversight.models import Conclusion, Directive, Task
from motcua.oversight.services import Period
from motcua.oversight.words import wording
from tests.cast import NOW, TODAY
from tests.oversight import directing
from tests.oversight.departments import World
from tests.oversight.directing import DUE, again

Desk = Callable[[Person], Client]
WRITTEN = {"title": "Làm việc tại hai xã", "text": "I. Kết quả\nRà soát hồ sơ quá hạn.", "number": "", "signer": ""}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def desk(client: Client) -> Desk:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def day(name: str, value: Any) -> dict[str, Any]:
    return {name: f"{value:%d/%m/%Y}"}


def give(client: Client, conclusion: Conclusion, world: World, **changes: Any) -> Any:
    sent: dict[str, Any] = {
        "result": "Hết hồ sơ quá hạn",
        "offices": [office.pk for office in directing.communes(world)],
        "frequency": "once",
        **day("due_date", DUE),
    }
    return client.post(f"/desk/conclusions/{conclusion.reference}/paragraphs/4/", sent | changes)


def test_a_conclusion_is_drafted_issued_when_it_is_whole_and_printed(world: World, desk: Desk) -> None:
    client = desk(world.governor)
    here = client.post("/desk/conclusions/new/", WRITTEN).headers["Location"]
    refused = client.post(f"{here}issue/")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["number"])
    assert refused.context["form"]["text"].value() == WRITTEN["text"]
    whole = WRITTEN | {"number": "1/TB", "signer": "Người Mẫu"} | day("dated", TODAY)
    assert client.post(f"{here}edit/", whole).status_code == 302
    assert client.post(f"{here}issue/").headers["Location"] == here
    for part, kind in (("paper", "application/pdf"), ("word", "application/vnd.openxmlformats")):
        assert client.get(f"{here}{part}/")["Content-Type"].startswith(kind)
    assert client.get(f"{here}edit/").status_code == 404


def test_a_number_that_is_taken_is_said_and_the_draft_stays(world: World, desk: Desk) -> None:
    directing.issued(world)
    draft = directing.drafted(world)
    answer = desk(world.governor).post(f"/desk/conclusions/{draft.reference}/issue/")
    assert answer.status_code == 409
    assert "đã ban hành một kết luận khác" in answer.content.decode()


def test_one_paragraph_goes_to_all_communes_at_once(world: World, desk: Desk) -> None:
    conclusion = directing.issued(world)
    client = desk(world.governor)
    sent = {"offices": [], "all_communes": "on", "frequency": "3 month", "co_offices": [world.justice.office.pk]}
    assert give(client, conclusion, world, **sent).status_code == 302
    task = Task.objects.get()
    assert {each.office for each in task.directives.all()} == set(directing.communes(world))
    assert task.period == Period(3, "month")
    page = client.get(f"/desk/conclusions/{conclusion.reference}/").content.decode()
    assert "mỗi 3 tháng" in page
    assert f"{task.reference}.2" in page


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("result", {"result": ""}),
        ("due_date", {"due_date": ""}),
        ("due_date", day("due_date", TODAY - timedelta(days=3))),
        ("offices", {"offices": []}),
    ],
)
def test_what_a_directive_lacks_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, desk: Desk, field: str, changes: dict[str, Any]
) -> None:
    sent = {"result": "Hết hồ sơ quá hạn, kèm danh sách"} | changes
    answer = give(desk(world.governor), directing.issued(world), world, **sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["result"].value() == sent["result"]
    assert not Task.objects.exists()


def test_the_whole_way_through_the_pages(world: World, desk: Desk) -> None:
    directive = directing.directive(world)
    here = f"/desk/directives/{directive.reference}/"
    pdf = SimpleUploadedFile("bc.pdf", b"%PDF-1.4 mau %%EOF")
    leader, governor = world.here.leader, world.governor
    for person, name, given, state in (
        (leader, "take_on", {"colleague": world.here.case.pk}, "taken_on"),
        (leader, "ask_change", day("due_date", DUE + timedelta(days=7)) | {"reason": "Chờ."}, "change_asked"),
        (governor, "allow", {"text": ""}, "taken_on"),
        (world.here.case, "report", {"text": "Đã xong.", "file": pdf}, "reported"),
        (governor, "send_back", {"missing": "Thiếu danh sách."}, "sent_back"),
        (leader, "report", {"text": "Kèm danh sách."}, "reported"),
        (governor, "approve", {"text": ""}, "done"),
    ):
        answer = desk(person).post(f"{here}{name}/", given)
        assert (answer.status_code, again(directive).state) == (302, state), name
    page = desk(world.here.intake).get(here).content.decode()
    assert "Thiếu danh sách." in page
    turn = directive.turns.filter(file__isnull=False).get()
    assert b"".join(desk(governor).get(f"{here}files/{turn.pk}/")) == b"%PDF-1.4 mau %%EOF"  # type: ignore[call-overload]


def test_who_comes_second_reads_what_happened_and_keeps_what_was_typed(world: World, desk: Desk) -> None:
    directive = directing.reported(world)
    answer = desk(world.here.leader).post(
        f"/desk/directives/{directive.reference}/report/", {"text": "Báo cáo thứ hai."}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đã báo cáo" in page
    assert "Báo cáo thứ hai." in page


def test_an_act_without_words_or_with_an_earlier_day_says_so_at_its_field(world: World, desk: Desk) -> None:
    directive = directing.directive(world)
    client = desk(world.here.leader)
    answer = client.post(f"/desk/directives/{directive.reference}/report/", {"text": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])
    sent = day("due_date", DUE) | {"reason": "Chờ."}
    answer = client.post(f"/desk/directives/{directive.reference}/ask_change/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["due_date"])


def test_the_matrix_leads_to_every_directive_and_sorts(world: World, desk: Desk) -> None:
    task = directing.given(world)
    mine = Directive.objects.get(office=world.there.commune)
    services.report_on(directive=mine, text="Xong.", by=world.there.leader, at=NOW)
    services.approve_report(directive=mine, by=world.governor, at=NOW)
    client = desk(world.governor)
    shown = client.get("/desk/directives/matrix/", {"order": "done"})
    assert shown.context["matrix"].rows[0].office == world.there.commune.name
    sorted_by_task = client.get("/desk/directives/matrix/", {"order": task.reference}).context["matrix"].rows
    assert sorted_by_task[0].office == world.here.commune.name
    assert mine.reference in shown.content.decode()
    theirs = desk(world.there.case).get("/desk/directives/matrix/").context["matrix"].rows
    assert [row.office for row in theirs] == [world.there.commune.name]


def test_the_matrix_is_a_file_too_with_what_the_reader_may_see(world: World, desk: Desk) -> None:
    task = directing.given(world)
    for reader, offices in ((world.governor, [world.here.commune.name, world.there.commune.name]),
                            (world.there.case, [world.there.commune.name])):  # fmt: skip
        answer = desk(reader).get("/desk/directives/matrix.csv", {"conclusion": task.conclusion.reference})
        rows = list(csv.DictReader(answer.content.decode().splitlines()))
        assert sorted(row["office"] for row in rows) == sorted(offices)
        assert {row[task.reference] for row in rows} == {str(wording.OUTCOMES["open"].word)}
        assert {row["open"] for row in rows} == {"1"}
    book = desk(world.governor).get("/desk/directives/matrix.xlsx")
    assert (book["Content-Type"], book.content[:2]) == (tables.TYPES["xlsx"], b"PK")
    assert desk(world.governor).get("/desk/directives/matrix.exe").status_code == 404
    assert "matrix.xlsx" in desk(world.governor).get("/desk/directives/matrix/").content.decode()


def test_lists_cost_as_much_with_many_as_with_few(world: World, desk: Desk) -> None:
    client, conclusion = desk(world.governor), directing.issued(world)

    def asked(where: str) -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as found:
            client.get(where)
        return len(found)

    pages = ("/desk/directives/", "/desk/directives/matrix/", f"/desk/conclusions/{conclusion.reference}/")
    directing.given(world, conclusion=conclusion)
    few = [asked(where) for where in pages]
    for _ in range(3):
        directing.given(world, conclusion=conclusion)
    assert [asked(where) for where in pages] == few


@pytest.mark.parametrize(
    ("outcome", "count"), [("open", 1), ("open_late", 0), ("done", 1), ("done_late", 0), ("withdrawn", 0)]
)
def test_the_list_shows_what_stands_so(world: World, desk: Desk, outcome: str, count: int) -> None:
    services.approve_report(directive=directing.reported(world), by=world.governor, at=NOW)
    directing.given(world, [world.there.commune], Conclusion.objects.get())
    rows = desk(world.governor).get("/desk/directives/", {"outcome": outcome}).context["rows"]
    assert [found for _row, found in rows] == [outcome] * count


def test_a_long_list_goes_on_where_the_page_ended(world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    directing.given(world)
    monkeypatch.setattr("motcua.oversight.queries.directives.PAGE", 1)
    monkeypatch.setattr(queries, "PAGE", 1)
    client = desk(world.governor)
    first = client.get("/desk/directives/")
    second = client.get("/desk/directives/" + first.context["next"])
    seen = {row.reference for page in (first, second) for row, _outcome in page.context["rows"]}
    assert len(seen) == 2
