"""Who gets at what: every address of the table of addresses, tried by everybody, with things of one commune.

`table.txt` says who is let in. What is new and has no row there fails, and so does everybody who gets further than
their row says, or less far. Whoever is not let in finds nothing, is refused, or is asked to sign in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.utils import timezone

from motcua.ui import press
from tests import cast as casting
from tests.authorisation import people, table
from tests.authorisation.table import EVERYBODY, Route
from tests.authorisation.things import DATA, Things
from tests.cast import NOW, TODAY
from tests.oversight import departments

pytestmark = pytest.mark.django_db
ASKED, LET_IN, REFUSED = "asked who it is", "let in", "refused"
ROUTES, ROWS = table.routes(), table.read(people.STAFF)
# Where somebody without an account shows what he has: whoever has an account is let in no further by it.
BY_WHAT_ONE_HAS = frozenset({"citizen"})
# They act in nobody's name and name nobody's draft: the public page before them sets no cookie, so it has no token. The
# screen at the counter is opened by the token in its address.
WITHOUT_TOKEN = {"citizen-start", "citizen-bring", "citizen-faces", "public-difficulty", "feedback-send"}
VISITORS = ("nobody", "stranger", "citizen")


@dataclass
class Scene:
    """The things of two communes, and everybody's cookies."""

    here: Things
    there: Things
    cookies: Mapping[str, SimpleCookie]
    client: Client


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Made once for all rows, and taken back at the end; pages are decided upon, and not written."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(timezone, "now", lambda: NOW)
        patch.setattr(timezone, "localdate", lambda *given: TODAY)
        patch.setattr(Template, "render", lambda *_given, **_named: "")
        patch.setattr(press, "pdf", lambda *_given, **_named: b"%PDF-1.7")
        whole = transaction.atomic()
        whole._from_testcase = True  # type: ignore[attr-defined]
        with whole:
            yield _made()
            transaction.set_rollback(True)
        casting.forget()


def _made() -> Scene:
    world = departments.make(casting.make())
    people.roles()
    cookies = {name: people.signed_in(person) for name, person in people.staff(world).items()}
    here, there = Things(world, world.here), Things(world, world.there)
    cookies |= {"nobody": SimpleCookie(), "stranger": people.browser(there), "citizen": people.browser(here)}
    return Scene(here, there, cookies, Client(raise_request_exception=False))


def ask(scene: Scene, who: str, method: str, route: Route, words: Mapping[str, Any]) -> Any:
    """Ask, and take back whatever it did."""
    scene.client.cookies = SimpleCookie({name: each.value for name, each in scene.cookies[who].items()})
    before = transaction.savepoint()
    try:
        return getattr(scene.client, method)(route.filled(words), words.get(DATA) if method == "post" else None)
    finally:
        transaction.savepoint_rollback(before)
        connection.needs_rollback = False
        cache.clear()


def outcome(response: Any) -> str:
    where = response.headers.get("Location", "")
    if where.startswith(("/accounts/login/", "/status/?number=")):
        return ASKED
    # What is refused in words on the page is refused.
    return REFUSED if response.status_code in (401, 403, 404, 409) else LET_IN


def trying(let_in: frozenset[str]) -> tuple[str, ...]:
    """Who tries: everybody who could make a difference there."""
    if let_in in (BY_WHAT_ONE_HAS, frozenset({EVERYBODY})):
        return (*VISITORS, "all", "there")
    return (*people.STAFF, "nobody")


def test_every_address_has_its_row_and_every_row_its_address() -> None:
    assert {route.name for route in ROUTES} == set(ROWS)


def test_every_role_that_ships_is_tried(scene: Scene) -> None:
    assert people.held() == set(people.SHIPPED)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_who_is_let_in(scene: Scene, route: Route) -> None:
    words = scene.here.of(route.name)
    for method, let_in in ROWS[route.name].items():
        tried = trying(let_in)
        statuses = {who: ask(scene, who, method, route, words) for who in tried}
        found = {who for who, answer in statuses.items() if outcome(answer) == LET_IN}
        told = {who: answer.status_code for who, answer in statuses.items()}
        assert found == (set(tried) if EVERYBODY in let_in else let_in), (method, told)
        assert max(told.values()) < 500, told
    other = {"get", "post"} - ROWS[route.name].keys()
    for method in other:
        answer = ask(scene, "all", method, route, words)
        assert outcome(answer) != LET_IN or answer.status_code == 405, method


CROSSED = [
    route
    for route in ROUTES
    if not route.pattern.startswith("api/")
    and (
        ("pk" in route.words and len(route.words) > 1 and not route.name.startswith("desk-archive"))
        or {"commune", "number"} <= set(route.words)
    )
]


@pytest.mark.parametrize("route", CROSSED, ids=lambda route: route.name)
def test_what_belongs_to_another_is_not_reached_through_ones_own(scene: Scene, route: Route) -> None:
    """The address of one's own dossier, person or commune, with the paper, the post or the number of another."""
    own, others = scene.here.of(route.name), scene.there.of(route.name)
    child = next(word for word in ("post_pk", "pk", "number") if word in route.words)
    assert own[child] != others[child]
    for method in ROWS[route.name]:
        for who in ("all", "citizen"):
            assert outcome(ask(scene, who, method, route, {**own, child: others[child]})) in (REFUSED, ASKED), who


def test_a_draft_is_not_gone_on_with_in_another_commune(scene: Scene) -> None:
    for route in (each for each in ROUTES if ROWS[each.name].get("get") == BY_WHAT_ONE_HAS and "code" in each.words):
        words = scene.here.of(route.name)
        assert outcome(ask(scene, "citizen", "get", route, {**words, "commune": scene.there.town.slug})) == REFUSED


def test_nothing_is_done_without_the_token_of_the_page_but_what_names_nobody(scene: Scene) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    done = set()
    for route in (each for each in ROUTES if "post" in ROWS[each.name] and not each.pattern.startswith("api/")):
        words = scene.here.of(route.name)
        for who in ("all", "citizen"):
            strict.cookies = SimpleCookie({name: each.value for name, each in scene.cookies[who].items()})
            before = transaction.savepoint()
            answer = strict.post(route.filled(words), words.get(DATA))
            transaction.savepoint_rollback(before)
            # Django's own refusal, before any view is asked.
            if answer.status_code != 403 or getattr(answer, "csrf_cookie_set", False):
                done.add(route.name)
    cache.clear()
    assert done == WITHOUT_TOKEN
