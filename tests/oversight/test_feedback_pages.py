"""The pages of feedback: sent by anybody, followed by number and code, handled at the desk, refused in words."""

from __future__ import annotations

import io
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
from PIL import Image

from motcua.kernel.identity import Person
from motcua.oversight import limits, services
from motcua.oversight.models import Feedback
from tests.cast import BIRTH, NOW, TODAY
from tests.oversight.departments import World
from tests.oversight.feedback import PERSON, TEXT, answered, fresh, published, sent

Desk = Callable[[Person], Client]
PDF = b"%PDF-1.4 mau %%EOF"
SAID = {"topic": "rules", "text": TEXT, **PERSON}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    seconds = itertools.count()
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(seconds=next(seconds)))
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def desk() -> Desk:
    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in


def at(world: World, rest: str = "") -> str:
    return f"/{world.here.slug}/feedback/{rest}"


def act(client: Client, feedback: Feedback, name: str, **given: Any) -> Any:
    return client.post(f"/desk/feedback/{feedback.number}/{name}/", given)


# --- sending ---------------------------------------------------------------------------------------------------------
def test_anybody_sends_it_gets_number_and_code_and_follows_it_in_another_browser(world: World, client: Client) -> None:
    answer = client.post(at(world), SAID, follow=True)
    made = Feedback.objects.get()
    code = services.claim_code_of(made)
    page = answer.content.decode()
    assert made.number in page
    assert code in page
    other = Client()
    assert other.get(at(world, f"status/{made.number}/")).status_code == 403
    opened = other.post(at(world, "status/"), {"number": made.number, "claim_code": code}, follow=True)
    assert TEXT in opened.content.decode()
    assert "15/12/2026" in opened.content.decode()


def test_the_form_sets_no_cookie_and_sends_once_what_is_pressed_twice(world: World, client: Client) -> None:
    form = client.get(at(world))
    assert not form.cookies
    for _ in range(2):
        client.post(at(world), {**SAID, "op_id": form.context["op_id"]})
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("text", {"text": ""}),
        ("name", {"name": ""}),
        ("address", {"address": ""}),
        ("topic", {"topic": "weather"}),
        ("phone", {"phone": "abc"}),
        ("email", {"email": "abc"}),
        ("attached", {"attached": SimpleUploadedFile("a.jpg", b"MZ")}),
        ("claim_code", {"dossier": "H36.24-261123-0001"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    world: World, client: Client, field: str, given: dict[str, Any]
) -> None:
    answer = client.post(at(world), SAID | given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert ("Thôn Mẫu 1" if field == "text" else TEXT) in answer.content.decode()
    assert not Feedback.objects.exists()


def test_photos_are_opened_and_lose_what_the_camera_says(world: World, client: Client, desk: Desk) -> None:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "MayAnhMau"
    Image.new("RGB", (8, 8), "green").save(picture, "JPEG", exif=exif)
    files = [SimpleUploadedFile("cho.jpg", picture.getvalue()), SimpleUploadedFile("b.pdf", PDF)]
    client.post(at(world), {**SAID, "attached": files})
    made = Feedback.objects.get()
    assert [each.name for each in made.files.all()] == ["cho.jpg", "b.pdf"]
    where = f"/desk/feedback/{made.number}/files/{made.files.first().pk}/"  # type: ignore[union-attr]
    assert b"MayAnhMau" not in desk(world.here.intake).get(where).content
    assert desk(world.there.intake).get(where).status_code == 404


def test_more_files_than_three_are_refused(world: World, client: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(4)]
    assert client.post(at(world), {**SAID, "attached": files}).context["form"].errors["attached"]


def test_a_dossier_is_named_by_number_and_code_and_nobody_learns_which_of_them_is_wrong(
    world: World, client: Client
) -> None:
    filed = world.cast.file(BIRTH)
    wrong = [
        client.post(at(world), {**SAID, "dossier": number, "claim_code": "3467ACDEFG"})
        for number in (filed.dossier.number, "H36.24-261123-9999")
    ]
    assert [each.status_code for each in wrong] == [422, 422]
    assert wrong[0].context["form"].errors == wrong[1].context["form"].errors
    client.post(at(world), {**SAID, "dossier": filed.dossier.number, "claim_code": filed.claim_code})
    assert Feedback.objects.get().about == filed.dossier.matter


def test_whoever_guesses_codes_of_a_dossier_is_stopped_there_and_can_still_send(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    filed = world.cast.file(BIRTH)
    monkeypatch.setattr(limits, "WRONG_IN_DEMO", limits.Guesses(2, 300, 900))
    named = {**SAID, "dossier": filed.dossier.number}
    for code in ("3467ACDEFG", "3467ACDEFH"):
        client.post(at(world), {**named, "claim_code": code})
    stopped = client.post(at(world), {**named, "claim_code": filed.claim_code})
    assert stopped.status_code == 422
    assert client.post(at(world), SAID).status_code == 303


def test_an_office_behind_one_address_is_not_locked_out_by_what_it_sends(world: World, client: Client) -> None:
    assert limits.MOST >= 60
    codes = {client.post(at(world), SAID).status_code for _ in range(12)}
    assert codes == {303}


def test_beyond_that_what_was_typed_stays(world: World, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_IN_DEMO", 1)
    client.post(at(world), SAID)
    answer = client.post(at(world), SAID)
    assert answer.status_code == 429
    assert TEXT in answer.content.decode()


# --- following -------------------------------------------------------------------------------------------------------
def test_a_wrong_pair_and_an_unknown_number_are_answered_alike(world: World, client: Client) -> None:
    made = sent(world)
    pages = [
        client.post(at(world, "status/"), {"number": number, "claim_code": "3467ACDEFG"})
        for number in (made.number, "PA-2026-9999")
    ]
    assert [page.status_code for page in pages] == [422, 422]
    assert pages[0].context["form"].errors == pages[1].context["form"].errors


def _opened(world: World, feedback: Feedback) -> Client:
    client = Client()
    given = {"number": feedback.number, "claim_code": services.claim_code_of(feedback)}
    client.post(at(world, "status/"), given)
    return client


def test_the_whole_way_through_the_pages(world: World, desk: Desk) -> None:
    feedback = sent(world)
    intake, leader, person = desk(world.here.intake), desk(world.here.leader), _opened(world, feedback)
    where = at(world, f"status/{feedback.number}/")
    for step, state in (
        (lambda: act(intake, feedback, "ask", question="Thủ tục nào?"), "asked_back"),
        (lambda: person.post(f"{where}reply/", {"text": ""}), "asked_back"),
        (lambda: person.post(f"{where}reply/", {"text": "Khai sinh."}), "in_hand"),
        (lambda: act(leader, feedback, "answer", text="Từ nay ghi một lần.", file=_pdf()), "answered"),
        (lambda: act(leader, feedback, "publish", question="Bà Đỗ Thị Mẫu hỏi", answer="Đáp"), "answered"),
        (lambda: act(leader, feedback, "publish", question="Ghi hai lần", answer="Ghi một lần"), "published"),
        (lambda: person.post(f"{where}judge/", {"helped": "no", "text": "Vẫn vậy."}), "published"),
    ):
        step()
        assert fresh(feedback).state == state
    page = person.get(where).content.decode()
    assert all(words in page for words in ("Thủ tục nào?", "Khai sinh.", "Từ nay ghi một lần.", "Vẫn vậy."))
    assert world.here.leader.full_name not in page
    public = Client().get(at(world, "answers/")).content.decode()
    assert "Ghi hai lần" in public
    assert "Đỗ Thị Mẫu" not in public
    file = feedback.files.get()
    assert person.get(f"{where}files/{file.pk}/").status_code == 200
    assert Client().get(f"{where}files/{file.pk}/").status_code == 403


def _pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", PDF)


def test_at_the_address_of_another_commune_it_is_not_there(world: World) -> None:
    feedback = sent(world)
    assert _opened(world, feedback).get(f"/{world.there.slug}/feedback/status/{feedback.number}/").status_code == 404


# --- the desk --------------------------------------------------------------------------------------------------------
def test_an_officer_writes_it_down_and_hands_over_number_and_code_once(world: World, desk: Desk) -> None:
    intake = desk(world.here.intake)
    given = {**SAID, "channel": "phone", "topic": "conduct"}
    page = intake.post("/desk/feedback/new/", given, follow=True)
    made = Feedback.objects.get()
    assert services.claim_code_of(made) in page.content.decode()
    assert (made.channel, made.taken_by) == ("phone", world.here.intake)
    # How colleagues behave is not for the counter to read.
    assert intake.get(f"/desk/feedback/{made.number}/").status_code == 404
    where = page.redirect_chain[-1][0]
    assert desk(world.here.leader).get(where).status_code == 404
    assert desk(world.here.case).get("/desk/feedback/new/").status_code == 403


def test_only_who_leads_an_office_counts_its_feedback(world: World, desk: Desk) -> None:
    span = {"from": str(TODAY), "to": str(TODAY)}
    here, there = span | {"office": world.here.commune.code}, span | {"office": world.there.commune.code}
    assert desk(world.here.leader).get("/desk/feedback/counted/", here).status_code == 200
    assert desk(world.here.leader).get("/desk/feedback/counted/", there).status_code == 404
    assert desk(world.here.intake).get("/desk/feedback/counted/", here).status_code == 403


def test_it_lies_in_the_one_inbox(world: World, desk: Desk) -> None:
    feedback = sent(world)
    page = desk(world.here.intake).get("/desk/?queue=feedback").content.decode()
    assert f"/desk/feedback/{feedback.number}/" in page
    assert "Xem xét phản ánh, kiến nghị" in page


def test_who_comes_second_reads_what_happened_and_keeps_what_was_typed(world: World, desk: Desk) -> None:
    feedback = answered(world)
    answer = act(desk(world.here.leader), feedback, "answer", text="Câu trả lời thứ hai.")
    assert answer.status_code == 409
    assert "Câu trả lời thứ hai." in answer.content.decode()


@pytest.mark.parametrize("name", ["accept", "ask", "pass_on", "guide", "refuse"])
def test_an_act_without_what_it_needs_says_so_at_its_field(world: World, desk: Desk, name: str) -> None:
    feedback = sent(world)
    assert act(desk(world.here.intake), feedback, name).status_code == 422
    assert fresh(feedback).state == "arrived"


def test_the_page_says_every_clock_and_why(world: World, desk: Desk) -> None:
    page = desk(world.here.intake).get(f"/desk/feedback/{sent(world).number}/").content.decode()
    assert all(day in page for day in ("26/11/2026", "01/12/2026", "15/12/2026"))
    assert "15 ngày làm việc" in page


def test_list_and_page_ask_as_often_however_much_there_is(
    world: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk(world.here.leader)

    def asked(where: str) -> int:
        client.get(where)
        with CaptureQueriesContext(connection) as found:
            client.get(where)
        return len(found)

    first = published(world)
    few, one = asked("/desk/feedback/"), asked(f"/desk/feedback/{first.number}/")
    numbers = [first.number, *(published(world).number for _ in range(3))]
    assert asked("/desk/feedback/") == few
    assert one <= 26
    monkeypatch.setattr("motcua.oversight.queries.feedback.PAGE", 2)
    monkeypatch.setattr("motcua.oversight.queries.PAGE", 2)
    page = client.get("/desk/feedback/")
    rest = client.get("/desk/feedback/" + page.context["next"])
    seen = [row.number for each in (page, rest) for row, _topic, _kind in each.context["rows"]]
    assert seen == numbers[::-1]


def test_the_public_list_goes_on_and_asks_as_often(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.oversight.queries.feedback.PAGE", 2)
    monkeypatch.setattr("motcua.oversight.queries.PAGE", 2)
    for _ in range(3):
        published(world)
    first = Client().get(at(world, "answers/"))
    rest = Client().get(at(world, "answers/") + first.context["next"])
    assert [len(page.context["entries"]) for page in (first, rest)] == [2, 1]
