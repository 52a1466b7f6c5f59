"""The first page: choose your commune, by its name of today or an old one, without a cookie."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.portal import services
from tests import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _centre() -> Iterator[None]:
    organisation.forget_installation()
    snapshot.made_once("the centre of the first page", _opened)
    yield
    organisation.forget_installation()


def _opened() -> Office:
    return services.open_centre(
        province="68",
        communes=("24871", "24895"),
        admin_name="Lê Mẫu Quản",
        admin_username="quantri",
        admin_password="mot-hai-ba-bon",
        at=datetime(2026, 1, 5, 2, tzinfo=UTC),
        progress=lambda done, of: None,
    )


def shown(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [slug for slug in ("dinh-van-lam-ha", "phu-son-lam-ha") if f"/{slug}/" in page]


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_every_commune_is_one_step_away(client: Client, start: str) -> None:
    assert shown(client, start) == ["dinh-van-lam-ha", "phu-son-lam-ha"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("phu son", ["phu-son-lam-ha"]), ("Đạ Đờn", ["phu-son-lam-ha"]), ("Lâm Hà đinh", ["dinh-van-lam-ha"]), ("zz", [])],
)
def test_a_commune_is_found_by_any_of_its_names(client: Client, typed: str, found: list[str]) -> None:
    assert shown(client, f"/?q={typed}") == found


def test_the_first_page_sets_no_cookie(client: Client) -> None:
    assert not client.get("/?q=phu").cookies


def test_a_real_centre_has_no_sign_in_with_one_click(client: Client) -> None:
    assert client.get("/accounts/demo/").status_code == 404
    assert client.post("/accounts/demo/", {"username": "quantri"}).status_code == 404
    assert client.get("/tour/").status_code == 404
    first = client.get("/").content.decode()
    assert "/accounts/demo/" not in first
    assert "/tour/" not in first
