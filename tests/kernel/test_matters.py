"""Matters and who may see them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel import matters
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import Matter, MatterParty
from tests.cast import NOW, TODAY, Cast


def matter(cast: Cast, *parties: tuple[object, str]) -> Matter:
    return matters.open_matter(kind="test", reference="M-1", title="Việc mẫu", at=NOW, parties=parties)  # type: ignore[arg-type]


def sees(person: Person) -> bool:
    return Matter.objects.visible_to(person, TODAY).filter(kind="test").exists()


def test_a_matter_is_seen_by_the_offices_that_have_to_do_with_it(cast: Cast) -> None:
    matter(cast, (cast.here.commune, matters.OWNER), (cast.here.centre, matters.RECEIVING))
    assert [sees(each) for each in (cast.here.leader, cast.here.intake)] == [True, True]
    assert [sees(each) for each in (cast.here.case, cast.there.leader, cast.there.intake)] == [False] * 3


def test_who_joins_sees_it_and_who_has_left_does_not(cast: Cast) -> None:
    opened = matter(cast, (cast.here.commune, matters.OWNER))
    for _ in range(2):
        matters.join(opened, cast.there.commune, matters.CONSULTED, NOW)
    assert MatterParty.objects.filter(matter=opened).count() == 2
    assert sees(cast.there.leader)
    MatterParty.objects.filter(office=cast.there.commune).update(to_at=NOW + timedelta(hours=1))
    assert not sees(cast.there.leader)


def test_whose_post_has_ended_sees_nothing(cast: Cast) -> None:
    matter(cast, (cast.here.commune, matters.OWNER))
    Post.objects.filter(person=cast.here.leader).update(valid_to=TODAY)
    assert not sees(cast.here.leader)


def test_a_matter_has_one_owner(cast: Cast) -> None:
    opened = matter(cast, (cast.here.commune, matters.OWNER))
    with pytest.raises(IntegrityError), transaction.atomic():
        matters.join(opened, cast.there.commune, matters.OWNER, NOW)


def test_a_reference_is_given_once(cast: Cast) -> None:
    matter(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        matter(cast)


def test_ids_sort_by_the_moment_they_were_made() -> None:
    ids = [matters.new_id() for _ in range(3)]
    assert {each.version for each in ids} == {7}
    assert len(set(ids)) == 3


def test_the_administration_of_an_office_is_one_matter(cast: Cast) -> None:
    first = matters.administration_of(cast.here.commune, NOW)
    assert matters.administration_of(cast.here.commune, NOW) == first
