"""What a page knows of itself, and what it costs to know."""

import gzip
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.template import loader
from django.test import Client, RequestFactory
from django.utils import translation

from motcua.kernel import organisation
from motcua.ui.context import Page
from motcua.ui.middleware import CompressForCitizens


def page(path: str, language: str = "vi", **extra: object) -> Page:
    request = RequestFactory().get(path)
    for name, value in extra.items():
        setattr(request, name, value)
    with translation.override(language):
        found = Page(request)
        found.prefix, found.home, found.other_language  # noqa: B018  read while the language is active
    return found


def test_the_other_language_leads_to_the_same_page() -> None:
    assert page("/xa/?q=sao+y").other_language["url"] == "/en/xa/?q=sao+y"
    assert page("/en/xa/?q=sao+y", "en").other_language["url"] == "/xa/?q=sao+y"
    assert page("/en/", "en").other_language["url"] == "/"
    assert page("/english-school/").other_language["url"] == "/en/english-school/"


def test_the_name_in_the_header_leads_to_the_commune_of_the_page() -> None:
    office = SimpleNamespace(slug="xa-mau", name="Xã Mẫu")
    assert page("/xa-mau/", office=office).home == "/xa-mau/"
    assert page("/en/xa-mau/", "en", office=office).home == "/en/xa-mau/"
    assert page("/").home == "/"


@pytest.mark.django_db
def test_a_public_page_asks_the_database_only_for_its_banners_a_demonstration_a_planned_pause(
    client: Client, django_assert_max_num_queries
) -> None:
    client.get("/no/such/page")  # from now on the planned pauses are kept under their stamp
    organisation.forget_installation()
    with django_assert_max_num_queries(2):
        answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.django_db
def test_a_demonstration_says_so_on_top_of_every_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(organisation, "is_demo", lambda: True)
    assert "Dữ liệu mẫu" in client.get("/no/such/page").content.decode()
    assert "Dữ liệu mẫu" in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_a_page_of_trouble_needs_no_database_and_no_request(name: str) -> None:
    with translation.override("vi"):
        assert "Xin quay lại" in loader.get_template(name).render()


def answer_to(cookie: str, content_type: str = "text/html; charset=utf-8") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": "gzip"})
    request.COOKIES[cookie] = "x"
    response = HttpResponse("Một Cửa " * 500, content_type=content_type)
    return CompressForCitizens(lambda _: response)(request)


def test_a_citizens_page_is_sent_compressed_and_an_officers_as_it_is() -> None:
    small = answer_to("draft")
    assert small.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content).decode().startswith("Một Cửa")
    assert "Content-Encoding" not in answer_to("sessionid").headers


def test_what_is_compressed_already_is_left_alone() -> None:
    assert "Content-Encoding" not in answer_to("draft", "application/pdf").headers
