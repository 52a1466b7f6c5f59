"""The roles that ship reach a centre that was made by an earlier version, with its people and their posts."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

import pytest

from motcua.config.cli import update
from motcua.kernel import identity
from motcua.kernel.identity import Person, Post, Role
from motcua.kernel.ledger import Event
from motcua.portal import services, shipped
from tests.cast import NOW, Cast

SHIPPED = {role["code"]: role["capabilities"] for role in shipped.read("centre")["roles"]}


@pytest.fixture
def older(cast: Cast) -> Cast:
    """As an earlier version left it: a role is not there yet, another one may do less."""
    Role.objects.filter(code="records_clerk").delete()
    Role.objects.filter(code="leader").update(capabilities=[identity.APPROVE])
    return cast


def may(person: Person) -> frozenset[str]:
    return identity.capabilities_of(Person.objects.get(pk=person.pk), date(2026, 11, 24))


def test_who_holds_a_post_may_do_what_its_role_may_do_by_now(older: Cast) -> None:
    posts = list(Post.objects.values_list("pk", "role__code"))
    assert services.bring_roles(at=NOW) > 0
    assert may(older.here.leader) >= set(SHIPPED["leader"])
    assert set(Role.objects.values_list("code", flat=True)) >= SHIPPED.keys()
    assert Role.objects.get(code="records_clerk").capabilities == SHIPPED["records_clerk"]
    assert list(Post.objects.values_list("pk", "role__code")) == posts


def test_it_is_brought_once_and_recorded_and_what_was_taken_away_since_stays_away(older: Cast) -> None:
    services.bring_roles(at=NOW)
    Role.objects.filter(code="leader").update(capabilities=[identity.LEAD])
    assert services.bring_roles(at=NOW) == 0
    assert Role.objects.get(code="leader").capabilities == [identity.LEAD]
    event = Event.objects.get(type="portal.roles_brought")
    assert event.actor is not None
    assert event.actor.is_system
    assert "leader:oversight.lead" in event.payload["brought"]


def test_what_a_centre_has_beyond_what_ships_is_left_alone(older: Cast) -> None:
    Role.objects.filter(code="leader").update(capabilities=[identity.SETTINGS], name_vi="Chủ tịch")
    services.bring_roles(at=NOW)
    leader = Role.objects.get(code="leader")
    assert identity.SETTINGS in leader.capabilities
    assert leader.name_vi == "Chủ tịch"


@pytest.mark.django_db
def test_nothing_is_brought_where_no_centre_is() -> None:
    assert services.bring_roles(at=NOW) == 0
    assert not Role.objects.exists()


def test_an_update_brings_them_even_where_no_table_changes(
    older: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(update, "_is_needed", lambda: False)
    assert update.run(Namespace(source="", step="")) == 0
    assert capsys.readouterr().out
    assert Role.objects.filter(code="records_clerk").exists()
