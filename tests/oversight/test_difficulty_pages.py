"""The pages of difficulties: raised where it happens, by officers and by anybody; acted on; refused in words."""

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.kernel.identity import Person
from motcua.oversight import services
from motcua.oversight.models import Difficulty
from motcua.oversight.views import public
from motcua.ui.here import Here
from tests.cast import BIRTH, NOW, TODAY
from tests.oversight.departments import World, fresh

Desk = Callable[[Person], Client]
PDF = b"%PDF-1.4 mau %%EOF"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def desk(client: Client) -> Desk:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def address(difficulty: Difficulty, rest: str = "") -> str:
    return f"/desk/difficulties/{difficulty.number}/{rest}"


def act(client: Client, difficulty: Difficulty, name: str, **given: Any) -> Any:
    return client.post(address(difficulty, f"{name}/"), given)


# --- the button ------------------------------------------------------------------------------------------------------
def test_a_dossiers_page_leads_to_a_difficulty_that_knows_procedure_version_step_and_dossier(
    world: World, desk: Desk
) -> None:
    dossier = world.cast.file(BIRTH).dossier
    client = desk(world.here.intake)
    link = client.get(f"/desk/dossiers/{dossier.number}/").context["page"].trouble
    client.post("/desk/difficulties/new/", {**_asked(client, link), "text": "Không in được", "topic": "system"})
    difficulty = Difficulty.objects.get()
    assert (difficulty.procedure_code, difficulty.version_id) == (BIRTH, dossier.version_id)
    assert (difficulty.step, difficulty.page, difficulty.about) == ("receive", "desk-dossier", dossier.matter)


def _asked(client: Client, link: str) -> dict[str, str]:
    """What the form at this address carries hidden."""
    context = client.get(link).context
    return {name: value for name, value in context["carried"] if value} | {
        "op_id": context["op_id"],
        "seen": context["seen"],
    }


@pytest.mark.parametrize("where", ["/desk/", "/desk/settings/", "/desk/difficulties/", "/desk/nowhere/"])
def test_every_page_of_the_desk_has_the_button(world: World, desk: Desk, where: str) -> None:
    page = desk(world.here.administrator).get(where, follow=True).content.decode()
    assert "/desk/difficulties/new/?" in page


def test_every_page_of_a_commune_has_it_and_carries_no_number(world: World, client: Client) -> None:
    page = client.get(f"/{world.here.slug}/procedures/{BIRTH}/")
    assert page.context["page"].trouble == f"/{world.here.slug}/difficulty/?procedure={BIRTH}&page=procedure"
    assert "difficulty/?procedure" in page.content.decode()


def test_an_unexpected_error_has_a_reference_that_the_difficulty_repeats(
    world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("broken")

    client = desk(world.here.intake)
    client.raise_request_exception = False
    monkeypatch.setattr("motcua.portal.inbox.page", broken)
    answer = client.get("/desk/")
    page = answer.content.decode()
    assert answer.status_code == 500
    link = page.split('href="/desk/difficulties/new/?')[1].split('"')[0].replace("&amp;", "&")
    reference = link.split("error=")[1]
    assert reference in page.replace(link, "")
    client.post(
        "/desk/difficulties/new/",
        {**_asked(client, f"/desk/difficulties/new/?{link}"), "text": "Mở hộp việc bị lỗi", "topic": "system"},
    )
    assert Difficulty.objects.get().error_reference == reference


# --- raising ---------------------------------------------------------------------------------------------------------
def test_what_others_met_there_comes_first_and_meeting_it_too_is_one_press(world: World, desk: Desk) -> None:
    known = world.answered()
    client = desk(world.there.case)
    page = client.get(f"/desk/difficulties/new/?procedure={BIRTH}&step=sign")
    assert [each.difficulty for each in page.context["alike"]] == [known]
    assert "Làm theo mẫu." in page.content.decode()
    assert act(client, known, "voice").status_code == 302
    assert known.voices.count() == 1


def test_what_is_alike_in_words_is_shown_once_before_it_is_sent_and_nothing_typed_is_lost(
    world: World, desk: Desk
) -> None:
    world.raised(text="Máy in không in được giấy tiếp nhận", here=Here())
    client = desk(world.there.case)
    typed = {**_asked(client, "/desk/difficulties/new/"), "text": "máy in không in được giấy", "topic": "facilities"}
    shown = client.post("/desk/difficulties/new/", typed)
    assert shown.status_code == 200
    assert "máy in không in được giấy" in shown.content.decode()
    assert Difficulty.objects.count() == 1
    assert client.post("/desk/difficulties/new/", typed | {"seen": shown.context["seen"]}).status_code == 302
    assert Difficulty.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("text", {"text": ""}),
        ("topic", {"topic": "weather"}),
        ("file", {"file": SimpleUploadedFile("a.exe", b"MZ")}),
        # The first bytes of a picture and of a PDF, and nothing behind them.
        ("file", {"file": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n and no picture")}),
        ("file", {"file": SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 and no picture")}),
        ("file", {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 cut off in the mid")}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(world: World, desk: Desk, field: str, given: dict[str, Any]) -> None:
    sent = {"text": "Không in được", "topic": "system", "procedure": BIRTH} | given
    answer = desk(world.here.case).post("/desk/difficulties/new/", sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert dict(answer.context["carried"])["procedure"] == BIRTH
    assert not Difficulty.objects.exists()


def test_pressed_twice_it_is_one(world: World, desk: Desk) -> None:
    client = desk(world.here.case)
    typed = {**_asked(client, "/desk/difficulties/new/"), "text": "Không in được", "topic": "system"}
    assert (
        client.post("/desk/difficulties/new/", typed).headers["Location"]
        == (client.post("/desk/difficulties/new/", typed | {"seen": "VM-2026-0001"}).headers["Location"])
    )


# --- one difficulty --------------------------------------------------------------------------------------------------
def test_the_page_says_who_has_it_until_when_and_why_then(world: World, desk: Desk) -> None:
    difficulty = world.raised()
    services.take_difficulty(difficulty=difficulty, by=world.justice.officer, at=NOW)
    page = desk(world.here.case).get(address(difficulty)).content.decode()
    assert world.justice.officer.full_name in page
    assert "17:00 thứ Sáu, 27/11/2026" in page
    assert "3 ngày làm việc" in page


def test_the_whole_way_through_the_pages(world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count()
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(seconds=next(seconds)))
    difficulty = world.raised()
    for person, name, given, state in (
        (world.justice.officer, "take", {}, "in_hand"),
        (world.justice.leader, "give", {"colleague": world.justice.colleague.pk}, "in_hand"),
        (world.justice.officer, "ask_back", {"question": "Ở đâu?"}, "asked_back"),
        (world.here.case, "clarify", {"text": "Ở bước ký."}, "in_hand"),
        (world.justice.officer, "pass_on", {"office": world.home.office.pk, "reason": "Việc của sở kia."}, "raised"),
        (world.home.officer, "answer", {"text": "Thế này.", "file": SimpleUploadedFile("m.pdf", PDF)}, "answered"),
        (world.here.case, "reopen", {"reason": "Chưa được."}, "in_hand"),
        (world.home.officer, "answer", {"text": "Thế kia."}, "answered"),
        (world.here.case, "confirm", {}, "closed"),
    ):
        answer = act(desk(person), difficulty, name, **given)
        assert (answer.status_code, fresh(difficulty).state) == (302, state), name
    page = desk(world.there.case).get(address(difficulty))
    assert [said.text for said in page.context["said"]] == [
        "Ở đâu?",
        "Ở bước ký.",
        "Việc của sở kia.",
        "Thế này.",
        "Chưa được.",
        "Thế kia.",
    ]
    file = client_file(desk(world.there.case), difficulty)
    assert (file["Content-Type"], b"".join(file)) == ("application/pdf", PDF)  # type: ignore[call-overload]


def client_file(client: Client, difficulty: Difficulty) -> Any:
    return client.get(address(difficulty, f"files/{difficulty.attachments.get().pk}/"))


def test_joining_asks_for_the_number_of_the_other(world: World, desk: Desk) -> None:
    first, second = world.raised(), world.raised(world.there)
    client = desk(world.justice.officer)
    assert act(client, second, "join", number="VM-2026-9999").status_code == 409
    assert act(client, second, "join", number=second.number).status_code == 409
    assert act(client, second, "join", number=first.number.lower()).status_code == 302
    assert first.number in client.get(address(second)).content.decode()


def test_who_comes_second_reads_what_happened_and_keeps_what_was_typed(world: World, desk: Desk) -> None:
    difficulty = world.answered()
    answer = act(desk(world.justice.colleague), difficulty, "answer", text="Câu trả lời thứ hai.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Đã trả lời" in page
    assert "Câu trả lời thứ hai." in page


def test_an_act_without_words_says_so_at_its_field(world: World, desk: Desk) -> None:
    answer = act(desk(world.justice.officer), world.raised(), "pass_on", reason="", office="")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"office", "reason"}


# --- lists -----------------------------------------------------------------------------------------------------------
def test_a_long_list_goes_on_where_the_page_ended_and_asks_once(
    world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk(world.there.intake)

    def asked(at: str) -> int:
        client.get(at)
        with CaptureQueriesContext(connection) as queries:
            client.get(at)
        return len(queries)

    world.raised()
    few = asked("/desk/difficulties/")
    numbers = [world.raised().number for _ in range(4)]
    assert asked("/desk/difficulties/") == few
    monkeypatch.setattr("motcua.oversight.queries.difficulties.PAGE", 2)
    monkeypatch.setattr("motcua.oversight.queries.PAGE", 2)
    first = client.get("/desk/difficulties/")
    second = client.get("/desk/difficulties/" + first.context["next"])
    seen = [row.number for page in (first, second) for row, _overdue in page.context["rows"]]
    assert seen == numbers[::-1]


def test_one_difficulty_costs_as_much_however_long_it_was_talked_about(world: World, desk: Desk) -> None:
    difficulty = world.raised()
    client = desk(world.justice.officer)

    def asked() -> int:
        client.get(address(difficulty))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(difficulty))
        return len(queries)

    for _ in range(2):
        services.ask_back(difficulty=difficulty, question="?", by=world.justice.officer, at=NOW)
        services.clarify(difficulty=difficulty, text="!", by=world.here.case, at=NOW)
    few = asked()
    for _ in range(3):
        services.ask_back(difficulty=difficulty, question="?", by=world.justice.officer, at=NOW)
        services.clarify(difficulty=difficulty, text="!", by=world.here.case, at=NOW)
    assert asked() == few <= 26


# --- anybody ---------------------------------------------------------------------------------------------------------
def test_anybody_says_it_without_a_name_and_reads_a_number(world: World, client: Client) -> None:
    where = f"/{world.here.slug}/difficulty/"
    context = client.get(f"{where}?procedure={BIRTH}&field=full_name&page=citizen-page").context
    sent = {name: value for name, value in context["carried"] if value} | {"op_id": context["op_id"]}
    answer = client.post(where, sent | {"text": "Gõ tên không được, gọi 0300000001"}, follow=True)
    difficulty = Difficulty.objects.get()
    assert difficulty.number in answer.content.decode()
    assert (difficulty.field, difficulty.raised_by, difficulty.text) == (
        "full_name",
        None,
        "Gõ tên không được, gọi ••••••01",
    )
    assert "sessionid" not in answer.cookies


def test_the_public_page_shows_nothing_of_others_and_answers_alike_whatever_is_asked(
    world: World, client: Client
) -> None:
    world.answered()
    where = f"/{world.here.slug}/difficulty/"
    pages = [
        client.get(f"{where}?procedure={BIRTH}&step=sign&matter={matter}").content.decode()
        for matter in (world.cast.file(BIRTH).number, "H36.24-261123-9999")
    ]
    assert "Không ký được" not in pages[0]
    cut = [page.split("<form")[0].replace("0001", "").replace("9999", "") for page in pages]
    assert cut[0] == cut[1]


def test_a_made_up_number_is_never_confirmed(world: World, client: Client) -> None:
    assert client.get(f"/{world.here.slug}/difficulty/sent/VM-2026-0001/").status_code == 404


def test_one_network_is_stopped_and_keeps_what_it_typed(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "MOST_IN_DEMO", 2)
    where = f"/{world.here.slug}/difficulty/"
    codes = [client.post(where, {"text": f"Không mở được trang {n}"}).status_code for n in range(3)]
    assert codes == [303, 303, 429]
    assert "Không mở được trang 2" in client.post(where, {"text": "Không mở được trang 2"}).content.decode()
    assert Difficulty.objects.count() == 2
