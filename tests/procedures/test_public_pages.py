"""The public pages answer without a cookie, in both languages, and are kept by every cache until something changes."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests.cast import BIRTH, CERTIFY, OPEN_LIMIT, Cast

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 2, tzinfo=UTC)


@pytest.fixture
def town(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a commune that offers two shipped procedures, on a day that stands still."""
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=AT, only={BIRTH, CERTIFY})
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 23))
    return f"/{cast.here.slug}/"


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    return response.content.decode()


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_a_home_lists_procedures_and_fields_in_both_languages(client: Client, town: str) -> None:
    assert "Ông/bà cần làm việc gì?" in read(client, town)
    english = read(client, f"/en{town}")
    assert "What do you need to do?" in english
    assert "Register a birth" in english


@pytest.mark.parametrize(("words", "code"), [("sao y", CERTIFY), ("khai sinh", BIRTH), ("cong chung", CERTIFY)])
def test_everyday_words_lead_to_the_procedure(client: Client, town: str, words: str, code: str) -> None:
    found = main_of(read(client, f"{town}?q={words}"))
    assert found.index("procedures/") == found.index(f"procedures/{code}/")


def test_words_that_find_nothing_say_what_to_do(client: Client, town: str) -> None:
    assert "Không tìm thấy thủ tục nào" in read(client, f"{town}?q=xyzxyz")


def test_a_field_shows_its_own_procedures_only(client: Client, town: str) -> None:
    found = main_of(read(client, f"{town}?sector=ho-tich"))
    assert f"procedures/{BIRTH}/" in found
    assert f"procedures/{CERTIFY}/" not in found


def test_a_page_answers_in_the_order_people_ask(client: Client, town: str) -> None:
    page = main_of(read(client, f"{town}procedures/{BIRTH}/"))
    asked = ["để làm gì", "Cần chuẩn bị gì", "Mất bao lâu", "Hết bao nhiêu tiền", "Làm thế nào", "Căn cứ pháp luật"]
    places = [page.index(each) for each in [*asked, "Trước khi bắt đầu", "Bắt đầu\n"[:-1]]]
    assert places[:7] == sorted(places[:7])
    assert f'method="post" action="{town}apply/{BIRTH}/"' in page
    assert "csrfmiddlewaretoken" not in page


def test_a_zero_of_the_portal_is_quoted_and_never_called_free(client: Client, town: str) -> None:
    page = read(client, f"{town}procedures/{BIRTH}/")
    assert "Cổng quốc gia ghi 0 đồng" in page
    assert "miễn phí" not in page.lower()


def test_a_limit_nobody_knows_is_said_to_be_set_at_receipt(client: Client, town: str) -> None:
    assert "ấn định khi tiếp nhận" in read(client, f"{town}procedures/{OPEN_LIMIT}/")


def test_what_is_done_at_the_counter_cannot_be_started_here(client: Client, town: str) -> None:
    page = read(client, f"{town}procedures/{CERTIFY}/")
    assert "làm tại quầy" in page
    assert "/apply/" not in page
    assert "2.000 đồng mỗi trang" in page
    assert "Certified copies of papers" in read(client, f"/en{town}procedures/{CERTIFY}/")


@pytest.mark.parametrize("path", ["", f"procedures/{BIRTH}/"])
def test_who_has_the_page_is_told_that_nothing_changed(client: Client, town: str, path: str) -> None:
    first = client.get(town + path)
    again = client.get(town + path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not again.cookies
    assert client.get(f"/en{town}{path}", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_another_town_has_another_tag(client: Client, cast: Cast, town: str) -> None:
    there = client.get(f"/{cast.there.slug}/procedures/{BIRTH}/")
    assert there["ETag"] != client.get(f"{town}procedures/{BIRTH}/")["ETag"]


@pytest.mark.parametrize("path", ["/khong-co/", f"/khong-co/procedures/{BIRTH}/", "/xa-mau-1/procedures/1.999999/"])
def test_what_is_not_there_is_not_found(client: Client, town: str, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_number_of_queries_is_fixed(
    client: Client, town: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    read(client, town)
    read(client, f"{town}procedures/{BIRTH}/")
    with django_assert_num_queries(5):
        read(client, f"{town}?q=sao y")
    with django_assert_num_queries(2):
        read(client, f"{town}procedures/{BIRTH}/")
    procedures.edition.cache_clear()
