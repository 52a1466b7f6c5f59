"""What every answer says to the browser: what may run, who may frame it, what it may ask of the machine."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from motcua.ui import cookies
from tests.cast import BIRTH, Cast

PUBLIC = ("/", "/xa-mau-1/", f"/xa-mau-1/procedures/{BIRTH}/", "/status/", "/accounts/login/", "/no-such-page/")
DESK = ("/desk/", "/desk/find/?q=no", "/accounts/sessions/")


def policy_of(response: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: words for name, _blank, words in parts}


@pytest.fixture(params=[*PUBLIC, *DESK])
def answer(request: pytest.FixtureRequest, cast: Cast, client: Client) -> Any:
    if request.param in DESK:
        client.force_login(cast.here.intake.account)
    return client.get(request.param)


def test_nothing_runs_but_our_own_files(answer: Any) -> None:
    policy = policy_of(answer)
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert (policy["object-src"], policy["base-uri"], policy["form-action"]) == ("'none'", "'self'", "'self'")
    assert policy["require-trusted-types-for"] == "'script'"
    assert set(policy["trusted-types"].split()) == {"motcua-rows", "motcua-worker"}


def test_no_page_is_framed_guessed_at_or_spoken_of_elsewhere(answer: Any) -> None:
    assert policy_of(answer)["frame-ancestors"] == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    allowed = answer.headers["Permissions-Policy"]
    assert "camera=(self)" in allowed
    assert "geolocation=()" in allowed


def test_the_list_for_other_sites_may_be_framed_and_runs_nothing(cast: Cast, client: Client) -> None:
    answer = client.get("/xa-mau-1/embed/")
    policy = policy_of(answer)
    assert (policy["frame-ancestors"], policy["script-src"]) == ("*", "'none'")
    assert "X-Frame-Options" not in answer.headers
    assert not answer.cookies


def test_a_page_behind_a_sign_in_is_asked_for_anew_and_forgotten_when_it_ends(cast: Cast, client: Client) -> None:
    client.force_login(cast.here.intake.account)
    assert client.get("/desk/").headers["Cache-Control"] == "private, no-cache"
    assert client.post("/accounts/logout/").headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null"])
@pytest.mark.parametrize("address", ["/api/v1/communes", "/xa-mau-1/catalogue.json", "/desk/"])
def test_no_other_origin_reads_an_answer_by_its_own_word(cast: Cast, client: Client, address: str, origin: str) -> None:
    answer = client.get(address, headers={"origin": origin})
    assert answer.headers.get("Access-Control-Allow-Origin", "*") == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites() -> None:
    assert (settings.SESSION_COOKIE_HTTPONLY, settings.CSRF_COOKIE_HTTPONLY) == (True, True)
    assert (settings.SESSION_COOKIE_SAMESITE, settings.CSRF_COOKIE_SAMESITE) == ("Lax", "Lax")


def test_over_https_a_cookie_is_bound_to_this_very_host_and_an_earlier_one_is_still_read() -> None:
    request = RequestFactory().get("/", secure=True)
    response = HttpResponse()
    cookies.give(request, response, "draft", "k")
    given = response.cookies["__Host-draft"]
    assert (given["secure"], given["httponly"], given["samesite"], given["path"]) == (True, True, "Lax", "/")
    assert not given["domain"]
    request.COOKIES = {"draft": "earlier"}
    assert cookies.read(request, "draft") == "earlier"
    request.COOKIES = {"draft": "earlier", "__Host-draft": "k"}
    assert cookies.read(request, "draft") == "k"
