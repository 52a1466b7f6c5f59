"""A public page is made once and kept, whole and compressed, until something that it shows has changed."""

import gzip
from collections.abc import Callable
from datetime import date

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.ui.middleware import KeptPages, keeping, kept
from tests.cast import BIRTH, NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast: Cast) -> str:
    return f"/{cast.here.slug}/"


def small(client: Client, address: str) -> HttpResponse:
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert not answer.cookies
    return answer


def test_a_kept_page_costs_one_tiny_query_and_says_the_same(
    client: Client, home: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(f"{home}procedures/{BIRTH}/")
    with django_assert_num_queries(1):
        again = client.get(f"{home}procedures/{BIRTH}/")
    assert again.content == first.content
    assert set(first.headers) - {"Content-Length"} <= set(again.headers)
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_compressed_or_not_it_is_the_same_page(client: Client, home: str) -> None:
    for _first_and_kept in range(2):
        answer = small(client, home)
        assert gzip.decompress(answer.content) == client.get(home).content
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("way", [{}, {"Accept-Encoding": "gzip"}])
def test_whoever_has_the_page_is_told_so_from_the_first_time_on(client: Client, home: str, way: dict[str, str]) -> None:
    tag = client.get(home, headers=way).headers["ETag"]
    for _ in range(2):
        again = client.get(home, headers={"If-None-Match": tag, **way})
        assert (again.status_code, again.content) == (304, b"")


def test_each_language_and_each_host_has_its_own(client: Client, home: str, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]  # type: ignore[attr-defined]
    pages = [client.get(f"{prefix}{home}procedures/{BIRTH}/", headers={"host": host}).content
             for prefix in ("", "/en") for host in ("one.example", "two.example")]  # fmt: skip
    assert len(set(pages)) == 4
    assert client.get(f"{home}procedures/{BIRTH}/", headers={"host": "three.example"}).status_code == 400


def test_a_change_of_the_catalogue_or_of_the_office_is_read_at_once(client: Client, cast: Cast, home: str) -> None:
    page = f"{home}procedures/{BIRTH}/"
    client.get(page)
    catalogue.make_overlay(
        office=cast.here.commune, procedure=procedures.procedure(BIRTH), doc={"counter": {"vi": "Quầy số 7"}},
        legal_source="", by=cast.here.procedure_manager, at=NOW, effective_from=timezone.localdate(),
    )  # fmt: skip
    assert "Quầy số 7" in client.get(page).content.decode()
    Office.objects.filter(pk=cast.here.commune.pk).update(phone="0300 000 777")
    assert "0300 000 777" in client.get(page).content.decode()


def test_a_new_day_makes_the_page_anew(client: Client, home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 23))
    assert "23/11/2026" in client.get(home).content.decode()
    monkeypatch.setattr(timezone, "localdate", lambda *_args: date(2026, 11, 25))
    assert "25/11/2026" in client.get(home).content.decode()


def keeper(answer: Callable[[], HttpResponse]) -> tuple[KeptPages, list[str]]:
    asked: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request.get_full_path())
        return kept(lambda _request: answer())(request)

    return KeptPages(view), asked


def test_an_address_with_a_query_is_not_kept(cast: Cast) -> None:
    pages, asked = keeper(lambda: HttpResponse("found"))
    for path in ("/a/", "/a/", "/a/?q=1", "/a/?q=1"):
        assert pages(RequestFactory().get(path)).headers["ETag"]
    assert asked == ["/a/", "/a/?q=1", "/a/?q=1"]


def test_what_is_posted_is_never_answered_from_what_is_kept(cast: Cast) -> None:
    pages, asked = keeper(lambda: HttpResponse("page"))
    pages(RequestFactory().get("/a/"))
    pages(RequestFactory().post("/a/"))
    assert len(asked) == 2


@pytest.mark.parametrize("status", [301, 404, 500])
def test_only_a_page_that_is_there_is_kept(cast: Cast, status: int) -> None:
    pages, asked = keeper(lambda: HttpResponse("no", status=status))
    for _ in range(2):
        assert pages(RequestFactory().get("/a/")).status_code == status
    assert len(asked) == 2


def test_the_page_unread_for_longest_makes_room(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_BYTES", 7500)
    pages, asked = keeper(lambda: HttpResponse("short"))
    for path in ("/a/", "/b/", "/c/", "/a/", "/d/", "/a/", "/b/"):
        pages(RequestFactory().get(path))
    assert asked == ["/a/", "/b/", "/c/", "/d/", "/b/"]
