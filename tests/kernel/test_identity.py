"""People and the posts they hold over time."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.organisation import Office

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))


@pytest.fixture
def offices() -> tuple[Office, Office, Office]:
    province = organisation.open_office(code="P", kind="province", name="Tỉnh", valid_from=MONDAY)
    commune = organisation.open_office(
        code="P-1", kind="commune", name="Xã", slug="xa", parent=province, valid_from=MONDAY
    )
    other = organisation.open_office(
        code="P-10", kind="commune", name="Xã khác", slug="xa-khac", parent=province, valid_from=MONDAY
    )
    return province, commune, other


def post(office: Office, *capabilities: str, until: date | None = None) -> Post:
    role = Role.objects.create(code="r", name_vi="Vai", name_en="Role", capabilities=list(capabilities))
    person = Person.objects.create(full_name="Người Mẫu Một")
    return Post.objects.create(person=person, office=office, role=role, valid_from=MONDAY, valid_to=until)


def test_a_post_counts_from_its_first_day_to_before_its_last(offices: tuple[Office, ...]) -> None:
    held = post(offices[1], "do", until=WEDNESDAY)
    days = (date(2026, 11, 22), MONDAY, TUESDAY, WEDNESDAY)
    assert [bool(identity.posts_of(held.person, day)) for day in days] == [False, True, True, False]
    assert identity.capabilities_of(held.person, MONDAY) == {"do"}
    assert identity.capabilities_of(held.person, WEDNESDAY) == frozenset()


def test_a_post_counts_for_the_offices_below_and_not_beside(offices: tuple[Office, ...]) -> None:
    province, commune, other = offices
    held = post(commune, "do")
    paths = (commune.path, f"{commune.path}P-1-a/", other.path, province.path)
    found = [identity.post_for(held.person, MONDAY, "do", path) for path in paths]
    assert found == [held, held, None, None]
    assert identity.post_for(held.person, MONDAY, "other", commune.path) is None


def test_posts_are_asked_for_once(offices: tuple[Office, ...], django_assert_num_queries: object) -> None:
    person = post(offices[1], "do").person
    with django_assert_num_queries(1):  # type: ignore[operator]
        for _ in range(3):
            identity.post_for(person, MONDAY, "do", offices[1].path)


def test_a_post_ends_after_it_begins(offices: tuple[Office, ...]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        post(offices[1], "do", until=MONDAY)


def test_an_account_without_a_password_opens_nothing() -> None:
    person = Person.objects.create(full_name="Người Mẫu Hai")
    account = Account.objects.create_user("mau", None, person=person)
    assert not account.has_usable_password()
    assert not account.check_password("")


def test_there_is_one_hand_of_the_product() -> None:
    assert identity.system_person() == identity.system_person()
    assert Person.objects.filter(is_system=True).count() == 1
