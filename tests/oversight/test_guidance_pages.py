"""The pages of guidance and documents: one press publishes, the answer stands beside the dossier in the other commune,
old addresses lead to what holds, and feeds can be read.
"""

from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.kernel.identity import Account, Person
from motcua.oversight import policies, services
from motcua.oversight.models import Guidance, GuidingDocument
from motcua.ui.here import Here
from tests.cast import BIRTH, CERTIFY, NOW, TODAY
from tests.oversight.departments import World
from tests.oversight.test_guidance import content, document, published

Desk = Callable[[Person], Client]
AT_RECEIPT = Here(procedure=BIRTH, step="receive", page="desk-dossier")


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


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


# --- at the very step ------------------------------------------------------------------------------------------------
def test_one_press_and_the_answer_stands_beside_the_dossier_in_the_other_commune(world: World, desk: Desk) -> None:
    answered = world.answered(here=AT_RECEIPT, by=world.here.intake, office=world.here.centre)
    dossier = world.cast.file(BIRTH, world.there).dossier
    where = f"/desk/dossiers/{dossier.number}/"
    assert "Làm theo mẫu." not in desk(world.there.intake).get(where).content.decode()
    assert desk(world.justice.officer).post(f"/desk/difficulties/{answered.number}/publish/").status_code == 302
    page = desk(world.there.intake).get(where).content.decode()
    assert "Làm theo mẫu." in page
    assert world.justice.officer.full_name in page
    assert "Trao đổi nghiệp vụ" in page


def test_it_stands_at_the_counter_too_and_costs_one_question_however_much_there_is(world: World, desk: Desk) -> None:
    client, where = desk(world.there.intake), f"/desk/counter/{CERTIFY}/"
    few = asked(client, where)
    for _ in range(3):
        published(world, here=Here(procedure=CERTIFY, step="receive"))
    assert "Làm theo mẫu." in client.get(where).content.decode()
    assert asked(client, where) == few


def test_whoever_raises_a_difficulty_reads_the_guidance_first(world: World, desk: Desk) -> None:
    published(world)
    page = desk(world.there.case).get(f"/desk/difficulties/new/?procedure={BIRTH}&step=sign").content.decode()
    assert "Làm theo mẫu." in page


def test_who_does_not_answer_for_it_does_not_publish(world: World, desk: Desk) -> None:
    answered = world.answered()
    for person in (world.here.case, world.home.officer):
        assert desk(person).post(f"/desk/difficulties/{answered.number}/publish/").status_code == 403
    assert not Guidance.objects.exists()


# --- entries ---------------------------------------------------------------------------------------------------------
def typed(**changes: Any) -> dict[str, Any]:
    given = {"question": "Ký ở đâu?", "text": "Ký ở ô bên phải.", "procedure": f"{BIRTH} Đăng ký khai sinh"}
    return given | {"valid_from": "23/11/2026", "step": "sign"} | changes


def test_guidance_is_written_for_a_step_or_a_whole_field(world: World, desk: Desk) -> None:
    client = desk(world.justice.officer)
    assert client.post("/desk/guidance/new/", typed()).status_code == 302
    assert client.post("/desk/guidance/new/", typed(procedure="", sector="chung-thuc")).status_code == 302
    places = [
        (scope.procedure_code, scope.sector, scope.step)
        for each in Guidance.objects.order_by("pk")
        for scope in each.matter.scopes.all()
    ]
    assert places == [(BIRTH, "ho-tich", "sign"), ("", "chung-thuc", "")]


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("question", {"question": ""}),
        ("text", {"text": ""}),
        ("procedure", {"procedure": "khai sinh"}),
        ("procedure", {"procedure": "", "sector": ""}),
        ("valid_from", {"valid_from": "mai"}),
        ("valid_to", {"valid_to": "01/01/2026"}),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    world: World, desk: Desk, field: str, given: dict[str, Any]
) -> None:
    answer = desk(world.justice.officer).post("/desk/guidance/new/", typed(**given))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Ký ở ô bên phải." in answer.content.decode() or field == "text"


def test_an_old_address_leads_to_the_edition_that_holds_and_the_old_one_can_still_be_read(
    world: World, desk: Desk
) -> None:
    old = published(world)
    client = desk(world.justice.officer)
    assert client.post(f"/desk/guidance/{old.reference}/revise/", typed()).status_code == 302
    new = Guidance.objects.get(replaced_by=None)
    page = client.get(f"/desk/guidance/{old.reference}/", follow=True)
    assert page.redirect_chain == [(f"/desk/guidance/{new.reference}/", 302)]
    assert old.reference in page.content.decode()
    assert "Làm theo mẫu." in client.get(f"/desk/guidance/{old.reference}/?old=1").content.decode()
    assert client.post(f"/desk/guidance/{old.reference}/revise/", typed()).status_code == 409


def test_a_document_is_put_behind_it_and_it_can_be_withdrawn(world: World, desk: Desk) -> None:
    entry, kept = published(world), document(world)
    client = desk(world.justice.officer)
    assert client.post(f"/desk/guidance/{entry.reference}/rest/", {"document": ""}).status_code == 422
    assert client.post(f"/desk/guidance/{entry.reference}/rest/", {"document": kept.pk}).status_code == 302
    assert "Hướng dẫn, có văn bản" in client.get(f"/desk/guidance/{entry.reference}/").content.decode()
    assert client.post(f"/desk/guidance/{entry.reference}/withdraw/").status_code == 302
    assert client.post(f"/desk/guidance/{entry.reference}/withdraw/").status_code == 409


def test_the_list_says_what_applies_to_one_procedure_today_and_what_is_missing(world: World, desk: Desk) -> None:
    entry, kept = published(world), document(world)
    world.raised(here=Here(procedure=CERTIFY))
    client = desk(world.there.leader)
    page = client.get(f"/desk/guidance/?procedure={BIRTH}")
    assert [each.reference for each in page.context["entries"]] == [entry.reference]
    assert page.context["documents"] == [kept]
    assert client.get("/desk/guidance/?q=không+ký").context["entries"][0].reference == entry.reference
    assert [gap.procedure for gap in client.get("/desk/guidance/gaps/").context["gaps"]] == [CERTIFY]


def test_a_list_costs_the_same_however_long(world: World, desk: Desk) -> None:
    client = desk(world.there.leader)
    published(world)
    document(world)
    few = [asked(client, where) for where in ("/desk/guidance/", "/desk/documents/", "/desk/guidance/gaps/")]
    for n in range(3):
        published(world)
        document(world, f"{n}/HD-MAU")
        world.raised(here=Here(procedure=CERTIFY))
    assert [asked(client, where) for where in ("/desk/guidance/", "/desk/documents/", "/desk/guidance/gaps/")] == few


# --- documents -------------------------------------------------------------------------------------------------------
def described(**changes: Any) -> dict[str, Any]:
    given = {"number": "15/HD-MAU", "kind": "guidance", "issuer": "Sở Mẫu Một", "title": "Về việc ký"}
    given |= {"issued_date": "20/11/2026", "effective_from": "23/11/2026", "procedure": BIRTH}
    return given | changes


def test_a_document_is_registered_with_its_file_and_leads_on_from_the_one_it_replaces(world: World, desk: Desk) -> None:
    old = document(world)
    client = desk(world.justice.officer)
    file = SimpleUploadedFile("cong-van.pdf", b"%PDF-1.4 mau %%EOF")
    assert client.post("/desk/documents/new/", described(replaces=[str(old.pk)], file=file)).status_code == 302
    new = GuidingDocument.objects.get(number="15/HD-MAU")
    page = client.get(f"/desk/documents/{old.reference}/", follow=True)
    assert page.redirect_chain == [(f"/desk/documents/{new.reference}/", 302)]
    sent = client.get(f"/desk/documents/{new.reference}/files/{new.files.get().pk}/")
    assert b"".join(sent) == b"%PDF-1.4 mau %%EOF"  # type: ignore[call-overload]


def test_a_document_that_is_there_or_would_take_its_own_place_is_refused_with_the_reason(
    world: World, desk: Desk
) -> None:
    kept = document(world)
    client = desk(world.justice.officer)
    same = described(number=kept.number, issued_date="23/11/2026", title="Văn bản mẫu khác")
    again = client.post("/desk/documents/new/", same)
    assert again.status_code == 409
    assert kept.reference in again.content.decode()
    itself = client.post("/desk/documents/new/", same | {"replaces": [str(kept.pk)]})
    assert itself.status_code == 409
    assert "không thể thay cho chính mình" in itself.content.decode()
    assert "Văn bản mẫu khác" in itself.content.decode()


def test_reading_is_noted_by_post_and_the_leader_sees_who_has_not(world: World, desk: Desk) -> None:
    kept = document(world)
    where = f"/desk/documents/{kept.reference}/"
    before = desk(world.here.leader).get(where).context["readings"]
    assert desk(world.here.case).post(f"{where}read/").status_code == 302
    after = desk(world.here.leader).get(where).context["readings"]
    assert (after["read"], after["all"]) == (before["read"] + 1, before["all"])
    assert world.here.case.full_name not in [post.person.full_name for post in after["missing"]]


# --- feed ------------------------------------------------------------------------------------------------------------
def test_the_feed_is_read_without_signing_in_and_names_each_entry_for_ever(world: World, client: Client) -> None:
    entry, kept = published(world), document(world)
    where = f"/guidance/{policies.reader_token(world.there.case)}.atom"
    read = feedparser.parse(client.get(where).content)
    assert not read.bozo
    assert {each.link.rsplit("/", 2)[1] for each in read.entries} == {entry.reference, kept.reference}
    again = feedparser.parse(client.get(where).content)
    assert [each.id for each in again.entries] == [each.id for each in read.entries]
    assert "Làm theo mẫu." in " ".join(each.summary for each in read.entries)


def test_the_feed_of_somebody_who_has_left_or_of_nobody_is_not_there(world: World, client: Client) -> None:
    token = policies.reader_token(world.there.case)
    Account.objects.filter(person=world.there.case).update(is_active=False)
    assert client.get(f"/guidance/{token}.atom").status_code == 404
    assert client.get("/guidance/1.atom").status_code == 404


def test_a_communes_own_guidance_is_in_no_other_communes_feed(world: World, client: Client) -> None:
    services.publish_guidance(content=content(), office=world.here.commune, by=world.here.leader, at=NOW)
    counts = [
        len(feedparser.parse(client.get(f"/guidance/{policies.reader_token(town.case)}.atom").content).entries)
        for town in (world.here, world.there)
    ]
    assert counts == [1, 0]
