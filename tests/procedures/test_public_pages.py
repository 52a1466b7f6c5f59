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
BARE, SECURITY, RESIDENCE = "1.013821", "1.011441", "1.004222"


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
    found = main_of(read(client, f"{town}fields/ho-tich/"))
    assert f"procedures/{BIRTH}/" in found
    assert f"procedures/{CERTIFY}/" not in found
    assert client.get(f"{town}?sector=ho-tich")["Location"] == f"{town}fields/ho-tich/"
    assert client.get(f"{town}fields/khong-co/").status_code == 404


def test_the_whole_list_and_the_home_lead_to_every_procedure_under_a_heading(client: Client, town: str) -> None:
    everything = main_of(read(client, f"{town}procedures/"))
    assert {f'href="{code}/"' in everything for code in (BIRTH, CERTIFY, OPEN_LIMIT)} == {True}
    home = main_of(read(client, town))
    assert "Khai sinh, kết hôn, gia đình, trẻ em" in home
    assert f'href="{town}fields/ho-tich/"' in home
    assert "Xem cả danh sách" in home
    assert "Births, marriages, family, children" in main_of(read(client, f"/en{town}"))


def test_the_home_says_whether_the_office_is_open(client: Client, town: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Hôm nay làm việc, thứ Hai, 23/11/2026: 07:30–11:30, 13:00–17:00." in read(client, town)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 21))
    assert "Hôm nay nghỉ. Làm việc lại thứ Hai, 23/11/2026" in read(client, town)


def test_what_is_known_by_its_name_only_says_so_and_where_to_read_on(client: Client, town: str) -> None:
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=AT, only={BARE})
    page = main_of(read(client, f"{town}procedures/{BARE}/"))
    assert "mới có tên của thủ tục này" in page
    assert "Hết bao nhiêu tiền" not in page
    assert f"tìm mã {BARE} trên" in page
    assert 'href="https://dichvucong.gov.vn"' in page


def test_papers_of_many_cases_are_folded_by_case(client: Client, town: str) -> None:
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=AT, only={SECURITY})
    page = main_of(read(client, f"{town}procedures/{SECURITY}/"))
    assert page.index("Mở trường hợp của ông/bà") < page.index("(khoản 1 Điều 28)") < page.index("Mất bao lâu")


def test_what_the_police_handle_is_posted_and_says_who_handles_it(client: Client, town: str) -> None:
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=AT, only={RESIDENCE})
    page = main_of(read(client, f"{town}procedures/{RESIDENCE}/"))
    assert "do công an xã, phường giải quyết" in page
    assert "/apply/" not in page


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
    """Of pages that are made, not kept; the first of each has read what stays."""
    for path in (f"{town}?q=khai", f"{town}?first", f"{town}procedures/?first", f"{town}procedures/{BIRTH}/?first"):
        read(client, path)
    with django_assert_num_queries(1):
        read(client, f"{town}?q=sao y")
    with django_assert_num_queries(2):
        read(client, f"{town}?again")
    with django_assert_num_queries(2):
        read(client, f"{town}procedures/?again")
    with django_assert_num_queries(1):
        read(client, f"{town}procedures/{BIRTH}/?again")
    procedures.edition.cache_clear()
