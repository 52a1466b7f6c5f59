"""A whole office behind one address does its day's work in a minute; whoever guesses there gets nowhere."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from motcua.dossiers import limits
from motcua.kernel import networks, organisation
from motcua.kernel.identity import Account, Person, Post
from motcua.kernel.organisation import Installation
from motcua.portal.sign_in import StaffAdapter
from tests.cast import BEGUN, NOW, TODAY, Cast

OFFICERS, WRONG = 40, "AAAAAAAAAA"
PASSWORD = "mot-cau-that-dai-de-thu"


@pytest.fixture(autouse=True)
def _a_real_centre(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a demonstration, which bears more; and a minute that does not pass."""
    Installation.objects.update(demo=False)
    organisation.forget_installation()
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


@pytest.fixture
def officers(cast: Cast) -> list[str]:
    """Forty people of one office, each with a password."""
    role = Post.objects.get(person=cast.here.intake).role
    for n in range(OFFICERS):
        person = Person.objects.create(full_name=f"Người Mẫu {n}")
        Account.objects.create_user(f"officer{n}", PASSWORD, person=person)
        Post.objects.create(person=person, office=cast.here.centre, role=role, valid_from=BEGUN)
    return [f"officer{n}" for n in range(OFFICERS)]


def sign_in(name: str, password: str = PASSWORD) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/accounts/login/", {"login": name, "password": password})


def open_by_code(number: str, code: str) -> int:
    return int(Client().post("/status/", {"number": number, "claim_code": code}).status_code)


def guess(numbers: list[str], times: int) -> Counter[int]:
    return Counter(open_by_code(numbers[n % len(numbers)], WRONG) for n in range(times))


def test_forty_officers_and_their_waiting_room_are_refused_nothing(cast: Cast, officers: list[str]) -> None:
    filed = [cast.file() for _ in range(6)]
    for n, name in enumerate(officers):
        _client, slip = sign_in(name, "sai roi")
        assert slip.status_code == 200  # the form again
        client, answer = sign_in(name)
        assert answer.status_code == 302, name
        for one in filed[:2]:
            assert client.get(f"/desk/dossiers/{one.number}/").status_code == 200
        # Somebody before the counter mistypes the code, and then does not.
        asked = filed[n % len(filed)]
        assert open_by_code(asked.number, WRONG) == 422
        assert open_by_code(asked.number, asked.claim_code) in (200, 303)
        assert Client().post("/resume/", {"code": WRONG}).status_code == 422 if n < 20 else True
        assert Client().get("/api/v1/communes").status_code == 200
        assert Client().get("/xa-mau-1/procedures/", {"q": "khai sinh"}).status_code == 200


def test_who_guesses_codes_from_the_office_gets_nowhere_and_the_others_still_sign_in(
    cast: Cast, officers: list[str]
) -> None:
    one, other = cast.file(), cast.file()
    tried = guess([one.number], 40)
    assert tried == {422: limits.WRONG_FOR_ONE, 429: 40 - limits.WRONG_FOR_ONE}
    assert open_by_code(other.number, other.claim_code) in (200, 303)
    client, answer = sign_in(officers[0])
    assert answer.status_code == 302
    assert client.get(f"/desk/dossiers/{one.number}/").status_code == 200


def test_a_refusal_says_when_to_come_back_in_plain_words(cast: Cast) -> None:
    one = cast.file()
    guess([one.number], limits.WRONG_FOR_ONE)
    refused = Client().post("/status/", {"number": one.number, "claim_code": one.claim_code})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == limits.WHILE
    page = refused.content.decode()
    assert one.number in page
    assert "15 phút" in page


def test_who_guesses_a_password_shuts_out_that_account_for_his_network_alone(officers: list[str]) -> None:
    for _ in range(8):
        sign_in(officers[0], "doan mo")
    assert sign_in(officers[0])[1].status_code != 302
    assert sign_in(officers[1])[1].status_code == 302


@pytest.mark.parametrize("hours", [1, 24 * 365])
def test_the_chance_to_guess_a_code_is_nil(hours: int) -> None:
    """As docs/reference/asvs.md counts it: all guesses of a hundred networks for a year against one in 20 ** 10."""
    guesses = 100 * hours * 3600 // limits.WHILE * limits.WRONG_FOR_ALL
    assert guesses / 20**10 < 2e-4


def at(address: str, **headers: str) -> Any:
    request = Client().get("/api/v1/communes", REMOTE_ADDR=address, headers=headers).wsgi_request
    return StaffAdapter().get_client_ip(request)


def test_a_whole_network_of_six_is_one_and_a_header_is_believed_behind_a_proxy_only(settings: Any, cast: Cast) -> None:
    assert at("2001:db8:1:2:aaaa::1") == at("2001:db8:1:2:bbbb::9") == "2001:db8:1:2::"
    assert at("192.0.2.7", **{"X-Forwarded-For": "198.51.100.1"}) == "192.0.2.7"
    settings.BEHIND_TLS = True
    assert at("127.0.0.1", **{"X-Forwarded-For": "203.0.113.9, 198.51.100.1"}) == "198.51.100.1"


def test_what_was_counted_is_over_with_its_window(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    one = cast.file()
    guess([one.number], limits.WRONG_FOR_ONE + 1)
    later: datetime = NOW + timedelta(seconds=limits.WHILE)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert open_by_code(one.number, one.claim_code) in (200, 303)
    assert networks.network_of("192.0.2.7") == "192.0.2.0/24"
