"""The pages of the wall: who may open them, what they cost, a sheet's way from the reprint list to the public page."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.kernel import files
from motcua.kernel.identity import Person, Post, Role
from motcua.procedures.models import Posting
from tests.cast import BEGUN, BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast
from tests.procedures.postings import HALL, VILLAGE, change, hang, photo

pytestmark = pytest.mark.django_db
WALL = "/en/desk/procedures/wall/"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def as_(client: Client, person: Person) -> Client:
    client.force_login(person.account)
    return client


@pytest.fixture
def keeper(client: Client, cast: Cast) -> Client:
    return as_(client, cast.here.procedure_manager)


def main_of(content: bytes) -> str:
    page = content.decode()
    return page[page.index("<main") : page.index("</main>")]


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return main_of(response.content)


def rows_of(shown: str) -> list[str]:
    return re.findall(r"<tr.*?</tr>", shown, re.DOTALL)[1:]


def typed(shown: str, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the page that was shown, with some controls set otherwise."""
    fields = re.findall(r"<input[^>]*>", shown)
    sent: dict[str, Any] = {"keys": []}
    for field in fields:
        name, value = re.search(r'name="([^"]+)"', field), re.search(r'value="([^"]*)"', field)
        if not name or "csrf" in field or 'type="file"' in field:
            continue
        if name[1] != "keys":
            sent[name[1]] = value[1] if value else ""
        elif 'type="hidden"' in field or " checked" in field:
            sent["keys"].append(value[1])  # type: ignore[index]
    return sent | changes


def sent_photo(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("IMG_0001.jpg", photo() if content is None else content, "image/jpeg")


@pytest.mark.parametrize("who", ["intake", "case", "approver", "leader"])
def test_who_manages_no_procedures_has_no_such_pages(client: Client, cast: Cast, who: str) -> None:
    (posting,) = hang(cast, BIRTH)
    as_(client, getattr(cast.here, who))
    for path in (
        "",
        "reprint/",
        "quarter/",
        f"print/?key={BIRTH}",
        "record/",
        f"{posting.pk}/",
        f"{posting.pk}/photo/",
    ):
        assert client.get(WALL + path).status_code == 403, path


def test_another_communes_wall_does_not_exist(keeper: Client, cast: Cast) -> None:
    (posting,) = hang(cast, BIRTH, town=cast.there)
    for office in (cast.there.commune, cast.province, cast.here.centre):
        for path in ("", "reprint/", "quarter/", "record/"):
            assert keeper.get(f"{WALL}{path}?office={office.code}").status_code == 404
        assert keeper.post(f"{WALL}record/?office={office.code}&key={BIRTH}", {"keys": BIRTH}).status_code == 404
    assert keeper.get(f"{WALL}{posting.pk}/").status_code == 404
    assert keeper.get(f"{WALL}{posting.pk}/photo/").status_code == 404
    assert keeper.post(f"{WALL}{posting.pk}/", {"day": "23/11/2026"}).status_code == 404
    assert Posting.objects.get().taken_down_date is None


def test_a_provincial_manager_has_no_wall(client: Client, cast: Cast) -> None:
    person = cast.there.leader
    role = Role.objects.get(code="procedure_manager")
    Post.objects.create(person=person, office=cast.province, role=role, valid_from=BEGUN)
    as_(client, person)
    assert client.get(WALL).status_code == 404
    assert WALL not in read(client, "/en/desk/procedures/")


def test_the_wall_says_what_hangs_where_since_when_and_whether_it_holds(keeper: Client, cast: Cast) -> None:
    hang(cast, BIRTH, CERTIFY)
    hang(cast, CERTIFY, place=VILLAGE, posted_date=TODAY - timedelta(days=3))
    change(cast, CERTIFY, "Quầy số 2.")
    rows = rows_of(read(keeper, WALL))
    assert len(rows) == 3
    birth = next(row for row in rows if BIRTH in row)
    assert "Up to date" in birth
    assert HALL in birth
    assert "23 November 2026" in birth
    village = next(row for row in rows if VILLAGE in row)
    assert "20 November 2026" in village
    assert "Print again" in village
    assert len(rows_of(read(keeper, f"{WALL}?place={VILLAGE}"))) == 1
    assert len(rows_of(read(keeper, f"{WALL}?sector=ho-tich"))) == 1


def queries_of(client: Client, path: str) -> int:
    """How many a page takes when what stays has been read."""
    read(client, path)
    with CaptureQueriesContext(connection) as asked:
        read(client, path)
    return len(asked)


def test_pages_cost_as_many_queries_however_much_hangs(keeper: Client, cast: Cast) -> None:
    paths = [WALL, f"{WALL}reprint/", f"{WALL}quarter/"]
    hang(cast, BIRTH, place="Nơi mẫu 00")
    few = [queries_of(keeper, path) for path in paths]
    for place in range(60):
        hang(cast, BIRTH, CERTIFY, place=f"Nơi mẫu {place:02d}")
    change(cast, BIRTH, "Quầy số 2.")
    assert [queries_of(keeper, path) for path in paths] == few
    assert max(few) < 10
    shown = read(keeper, f"{WALL}quarter/")
    assert shown.count("Nơi mẫu") == 121
    first = read(keeper, WALL)
    assert len(rows_of(first)) == 50
    following = re.search(r'href="(\?|[^"]*/wall/\?)([^"]*after=100[^"]*)"', read(keeper, f"{WALL}?after=50"))
    assert following
    assert len(rows_of(read(keeper, f"{WALL}?after=100"))) == 20


def test_sheets_are_printed_one_a_field_or_all_that_are_outdated(keeper: Client, cast: Cast) -> None:
    hang(cast, BIRTH)
    change(cast, BIRTH, "Quầy số 2.")
    shown = read(keeper, f"{WALL}reprint/")
    links = re.findall(r'href="([^"]*wall/print/[^"]*)"', shown)
    assert len(links) >= 2
    for link in links:
        response = keeper.get(link.replace("&amp;", "&"))
        assert response["Content-Type"] == "application/pdf"
        assert response.content.startswith(b"%PDF")
    field = re.findall(r'href="([^"]*wall/print/[^"]*)"', read(keeper, f"{WALL}?sector=ho-tich"))
    assert [re.findall("key=([^&]*)", link.replace("&amp;", "&")) for link in field] == [[BIRTH], ["ho-tich"]]


@pytest.mark.parametrize("asked", ["", "?key=1.999999", f"?key={BIRTH}&key=ho-tich"])
def test_what_makes_no_sheet_is_not_found(keeper: Client, cast: Cast, asked: str) -> None:
    assert keeper.get(f"{WALL}print/{asked}").status_code == 404


def test_a_sheet_goes_from_the_reprint_list_to_the_wall_and_to_the_public_page(keeper: Client, cast: Cast) -> None:
    hang(cast, BIRTH, CERTIFY, OPEN_LIMIT, posted_date=date(2026, 11, 2))
    change(cast, BIRTH, "Quầy số 2.")
    public = f"/en/{cast.here.slug}/procedures/{BIRTH}/"
    before = keeper.get(public)
    assert f'Posted on the wall since 2 November 2026: <span lang="vi">{HALL}</span>.' in main_of(before.content)
    assert "It is an earlier version" in main_of(before.content)
    listed = read(keeper, f"{WALL}reprint/")
    assert [BIRTH in row for row in rows_of(listed)] == [True]
    address = re.search(r'href="([^"]*wall/record/[^"]*)"', listed)
    assert address
    form = read(keeper, address[1].replace("&amp;", "&"))
    sent = typed(form, photo=sent_photo())
    assert sent["place"] == HALL
    assert sent["keys"] == [BIRTH]
    assert keeper.post(address[1].replace("&amp;", "&"), sent).status_code == 302
    assert "Nothing is to be printed again" in read(keeper, f"{WALL}reprint/")
    after = keeper.get(public)
    assert after["ETag"] != before["ETag"]
    assert "Posted on the wall since 23 November 2026" in main_of(after.content)
    assert "It is an earlier version" not in main_of(after.content)


def test_a_double_click_records_once_and_answers_the_same(keeper: Client, cast: Cast) -> None:
    hang(cast, BIRTH, posted_date=date(2026, 11, 2))
    change(cast, BIRTH, "Quầy số 2.")
    address = f"{WALL}record/?of=changed&place={HALL}"
    sent = typed(read(keeper, address))
    answers = [keeper.post(address, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Posting.objects.count() == 2


def test_a_whole_field_is_recorded_at_once_and_some_may_be_left_out(keeper: Client, cast: Cast) -> None:
    address = f"{WALL}record/?of=never"
    form = read(keeper, address)
    sent = typed(form, place=HALL)
    assert set(sent["keys"]) == {BIRTH, CERTIFY, OPEN_LIMIT}
    sent["keys"].remove(OPEN_LIMIT)
    keeper.post(address, sent)
    assert {each.key for each in Posting.objects.all()} == {BIRTH, CERTIFY}


@pytest.mark.parametrize(
    ("changes", "anchor", "words"),
    [
        ({"place": ""}, "id_place", "Write where they hang"),
        ({"day": "24/11/2026"}, "id_day", "today or an earlier day"),
        ({"day": "hôm nay"}, "id_day", "24/11/2026"),
        ({"day": "01/06/2026"}, "id_day", "not in force here"),
        ({"day": "10/11/2026"}, "id_day", "hung on a later day already"),
        ({"keys": []}, "id_keys_0", "at least one sheet"),
        ({"photo": SimpleUploadedFile("a.jpg", b"GIF89a")}, "id_photo", "not a photo"),
        ({"photo": SimpleUploadedFile("a.jpg", photo()[:-900])}, "id_photo", "cannot be opened"),
        ({"photo": SimpleUploadedFile("a.jpg", b"x" * (10 * 1024 * 1024 + 1))}, "id_photo", "larger than 10 MB"),
    ],
)
def test_a_refusal_is_a_sentence_at_its_field_and_keeps_what_was_typed(
    keeper: Client, cast: Cast, changes: dict[str, Any], anchor: str, words: str
) -> None:
    hang(cast, CERTIFY, place=VILLAGE, posted_date=date(2026, 11, 11))
    address = f"{WALL}record/?of=never"
    sent = typed(read(keeper, address), place=VILLAGE)
    if "hung on a later day" in words:
        address, sent = f"{WALL}record/?key={CERTIFY}", sent | {"keys": [CERTIFY]}
    response = keeper.post(address, sent | changes)
    shown = main_of(response.content)
    assert response.status_code == 422
    summary = shown[shown.index("govuk-error-summary") : shown.index("<h1")]
    assert words in summary
    assert f'href="#{anchor}"' in summary
    assert f'id="{anchor}"' in shown
    assert changes.get("place", VILLAGE) in shown
    assert Posting.objects.count() == 1


def test_a_photo_that_arrived_is_not_asked_for_again_and_nobody_can_name_another(keeper: Client, cast: Cast) -> None:
    address = f"{WALL}record/?key={BIRTH}"
    sent = typed(read(keeper, address), photo=sent_photo())
    again = main_of(keeper.post(address, sent | {"place": ""}).content)
    assert "The photo has arrived" in again
    keeper.post(address, typed(again, place=HALL))
    first = Posting.objects.get()
    assert first.photo is not None
    forged = typed(read(keeper, f"{WALL}record/?key={CERTIFY}"), place=HALL, kept=first.photo.sha256)
    keeper.post(f"{WALL}record/?key={CERTIFY}", forged)
    assert Posting.objects.get(procedure=CERTIFY).photo is None


def test_the_photo_is_shown_to_whoever_keeps_the_wall_without_what_the_phone_added(keeper: Client, cast: Cast) -> None:
    address = f"{WALL}record/?key={BIRTH}"
    keeper.post(address, typed(read(keeper, address), place=HALL, photo=sent_photo()))
    posting = Posting.objects.get()
    response = keeper.get(f"{WALL}{posting.pk}/photo/")
    assert response["Content-Type"] == "image/jpeg"
    assert b"M\xc3\xa1y" not in response.content
    assert b"Exif" not in response.content
    assert f"{posting.pk}/photo/" in read(keeper, f"{WALL}{posting.pk}/")
    (bare,) = hang(cast, CERTIFY)
    assert keeper.get(f"{WALL}{bare.pk}/photo/").status_code == 404


def test_a_sheet_is_taken_down_on_its_own_page(keeper: Client, cast: Cast) -> None:
    (posting,) = hang(cast, BIRTH)
    early = keeper.post(f"{WALL}{posting.pk}/", {"day": "22/11/2026"})
    assert early.status_code == 422
    assert "the day on which it was hung" in main_of(early.content)
    assert keeper.post(f"{WALL}{posting.pk}/", {"day": "23/11/2026"}).status_code == 302
    shown = read(keeper, f"{WALL}{posting.pk}/")
    assert "Taken down on" in shown
    assert "It hangs no more" not in shown
    assert "Posted on the wall" not in read(keeper, f"/en/{cast.here.slug}/procedures/{BIRTH}/")


def test_a_quarter_lists_what_was_hung_and_leads_to_the_one_before(keeper: Client, cast: Cast) -> None:
    hang(cast, BIRTH, posted_date=date(2026, 7, 1))
    hang(cast, CERTIFY, "chung-thuc")
    now = read(keeper, f"{WALL}quarter/")
    assert "quarter IV of 2026" in now
    assert CERTIFY in now
    assert "List of the field" in now
    assert BIRTH not in now
    assert "quarter=2026-3" in now
    assert "quarter=2027-1" not in now
    assert BIRTH in read(keeper, f"{WALL}quarter/?quarter=2026-3")
    for nonsense in ("2026-5", "x", "0000-1", "2026"):
        assert "quarter IV of 2026" in read(keeper, f"{WALL}quarter/?quarter={nonsense}")
    assert "Nothing was posted" in read(keeper, f"{WALL}quarter/?quarter=2025-4")


def test_the_page_of_a_procedure_leads_to_its_sheet(keeper: Client, cast: Cast) -> None:
    shown = read(keeper, f"/en/desk/procedures/{BIRTH}/")
    assert f"wall/print/?office={cast.here.commune.code}&amp;key={BIRTH}" in shown
    assert f"wall/record/?office={cast.here.commune.code}&amp;key={BIRTH}" in shown


def test_a_photo_of_the_wall_cannot_act_in_the_browser(keeper: Client, cast: Cast) -> None:
    (posting,) = hang(cast, BIRTH, photo=files.keep(photo(), type="image/jpeg"))
    answer = keeper.get(f"{WALL}{posting.pk}/photo/")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "private, no-store"
