"""The pages of searching: nothing found is told with what to try, and an office keeps its expressions on screen."""

import pytest
from django.test import Client

from motcua.procedures.models import Synonym
from tests.cast import BIRTH, CERTIFY, Cast

pytestmark = pytest.mark.django_db
PAGE = "/desk/procedures/synonyms/"


@pytest.fixture
def manager(client: Client, cast: Cast) -> Client:
    client.force_login(cast.here.procedure_manager.account)
    return client


def test_when_nothing_is_found_the_page_says_what_to_try(client: Client, cast: Cast) -> None:
    page = client.get(f"/{cast.here.slug}/", {"q": "đăngkýkhaisinhh quyzz"}).content.decode()
    assert "Có phải ông/bà tìm" in page
    assert "Gọi điện hoặc hỏi tại quầy" in page


@pytest.mark.parametrize("text", ["x" * 10_000, "'; DROP TABLE kernel_office; --", "🙂", "***", "quyzz\x00"])
def test_any_text_gets_a_calm_page(client: Client, cast: Cast, text: str) -> None:
    answer = client.get(f"/{cast.here.slug}/", {"q": text})
    assert answer.status_code == 200
    assert "Không tìm thấy thủ tục nào" in answer.content.decode()


def test_an_expression_is_added_found_and_taken_back(manager: Client, cast: Cast) -> None:
    added = manager.post(f"{PAGE}change/", {"phrase": "quyzz", "codes": CERTIFY, "words": ""})
    assert added.status_code == 302
    row = Synonym.objects.get()
    assert CERTIFY in manager.get(added.headers["Location"]).content.decode()
    assert CERTIFY in manager.get(f"/{cast.here.slug}/", {"q": "quyzz"}).content.decode()
    manager.post(f"{PAGE}{row.pk}/back/")
    assert not Synonym.objects.exists()


def test_a_shipped_expression_is_shown_as_it_is_to_begin_with(manager: Client) -> None:
    page = manager.get(f"{PAGE}change/", {"phrase": "khai sanh cho con"}).content.decode()
    assert f'value="{BIRTH}"' in page


def test_an_unknown_code_is_named_at_its_field(manager: Client) -> None:
    answer = manager.post(f"{PAGE}change/", {"phrase": "quyzz", "codes": "9.999999", "words": ""})
    assert answer.status_code == 422
    assert "Danh mục không có thủ tục mang mã này: 9.999999." in answer.content.decode()


def test_another_office_and_an_officer_without_the_right_find_no_such_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.here.intake.account)
    assert client.get(PAGE).status_code in (403, 404)
    client.force_login(cast.here.procedure_manager.account)
    assert client.get(PAGE, {"office": cast.there.commune.code}).status_code == 404
