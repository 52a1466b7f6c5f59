"""A centre is opened whole or not at all; people, posts and accounts come and go with an event each."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from motcua.kernel import identity, ledger, matters, organisation
from motcua.kernel.identity import Person, Role
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Installation, Office
from motcua.portal import policies, services
from tests import snapshot

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_centre_is_remembered() -> Any:
    organisation.forget_installation()
    yield
    organisation.forget_installation()


def open_centre(**changes: Any) -> Office:
    """As it is every time, copied; with something said, opened anew."""
    given: dict[str, Any] = {
        "province": "68",
        "communes": ("24871", "24895"),
        "admin_name": "Lê Mẫu Quản",
        "admin_username": "quantri",
        "admin_password": "mot-hai-ba-bon",
        "at": NOW,
        "progress": lambda done, of: None,
    }
    if changes:
        return services.open_centre(**given | changes)
    return snapshot.made_once("an opened centre", lambda: services.open_centre(**given))


def test_a_centre_is_ready_with_its_communes_parts_and_administrator() -> None:
    province = open_centre()
    communes = list(organisation.communes(TODAY).order_by("code"))
    assert [commune.slug for commune in communes] == ["dinh-van-lam-ha", "phu-son-lam-ha"]
    assert all(organisation.division_for(each, "receive", TODAY).kind == "centre" for each in communes)
    assert all(organisation.division_for(each, "civil_status", TODAY).kind == "division" for each in communes)
    assert communes[0].agency_code == "24871"
    person = Person.objects.get(full_name="Lê Mẫu Quản")
    assert identity.post_for(person, TODAY, identity.SETTINGS, communes[0].path)
    assert person.account.check_password("mot-hai-ba-bon")
    found = organisation.installation()
    assert found is not None
    assert (found.province, found.demo) == (province, False)


def test_every_office_of_a_new_centre_has_its_event_and_every_chain_holds() -> None:
    open_centre()
    assert Event.objects.filter(type="portal.office_opened").count() == Office.objects.count()
    assert list(ledger.breaks()) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"province": "00"},
        {"province": "24871"},
        {"communes": ()},
        {"communes": ("24871", "00004")},
        {"admin_name": " "},
        {"admin_username": "hai tu"},
        {"admin_password": "ngan"},
    ],
)
def test_a_refused_centre_leaves_nothing_behind(changes: dict[str, Any]) -> None:
    with pytest.raises(services.CannotOpen, match=r"\w+"):
        open_centre(**changes)
    assert not Installation.objects.exists()
    assert not Office.objects.exists()


def test_an_address_that_is_reserved_or_taken_gets_the_code_behind_it() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(organisation, "RESERVED_SLUGS", frozenset({"dinh-van-lam-ha"}))
        open_centre(at=NOW)
    assert Office.objects.get(code="24871").slug == "dinh-van-lam-ha-24871"


def test_an_administrator_gives_posts_in_the_own_office_and_below_but_nowhere_else() -> None:
    province = open_centre()
    here, there = Office.objects.get(code="24871"), Office.objects.get(code="24895")
    top = Person.objects.get(full_name="Lê Mẫu Quản")
    local = services.add_person(full_name=" Trần  Mẫu ", office=here, by=top, at=NOW)
    services.give_post(person=local, office=here, role="administrator", valid_from=TODAY, by=top, at=NOW)
    new = services.add_person(full_name="Ka Mẫu", office=here, by=local, at=NOW)
    assert local.full_name == "Trần Mẫu"
    for office in (there, province):
        with pytest.raises(policies.NotAllowed):
            services.give_post(person=new, office=office, role="leader", valid_from=TODAY, by=local, at=NOW)
    assert not identity.posts_of(new, TODAY)


def test_a_post_counts_from_its_first_day_until_its_end() -> None:
    office = open_centre()
    top = Person.objects.get(full_name="Lê Mẫu Quản")
    person = services.add_person(full_name="Ka Mẫu", office=office, by=top, at=NOW)
    post = services.give_post(person=person, office=office, role="leader", valid_from=TODAY, by=top, at=NOW)
    assert identity.capabilities_of(person, TODAY) == set(Role.objects.get(code="leader").capabilities)
    end = TODAY + timedelta(days=3)
    services.end_post(post=post, valid_to=end, by=top, at=NOW)
    assert not Person.objects.get(pk=person.pk).posts.held_on(end).exists()
    types = [event.type for event in ledger.history(matters.administration_of(office, NOW))]
    assert types[-3:] == ["portal.person_added", "portal.post_given", "portal.post_ended"]
    with pytest.raises(ValueError, match="ends after"):
        services.end_post(post=post, valid_to=TODAY, by=top, at=NOW)


def test_nobody_gets_a_second_account_or_somebody_elses_name() -> None:
    office = open_centre()
    top = Person.objects.get(full_name="Lê Mẫu Quản")
    person = services.add_person(full_name="Ka Mẫu", office=office, by=top, at=NOW)
    account: dict[str, Any] = {"password": "mot-hai-ba-bon", "office": office, "by": top, "at": NOW}
    for who, username in ((person, "QUANTRI"), (top, "khac"), (person, "")):
        with pytest.raises(services.AccountRefused):
            services.make_account(person=who, username=username, **account)
