"""Somebody is away and somebody else stands in: by acting posts, with the work shown and the acts recorded so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from motcua.dossiers import policies, queries
from motcua.dossiers import services as dossiers
from motcua.kernel import identity, ledger, worklist
from motcua.kernel.identity import Person, Post, Role
from motcua.portal import services
from motcua.portal.policies import NotAllowed
from motcua.portal.services import CannotChange
from tests.cast import BEGUN, BIRTH, NOW, TODAY, Cast

BACK = TODAY + timedelta(days=4)


@pytest.fixture
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


def away(cast: Cast, acting: Person, last: date = BACK, first: date = TODAY) -> list[Post]:
    return services.record_absence(
        person=cast.here.case,
        acting=acting,
        office=cast.here.commune,
        first_date=first,
        last_date=last,
        by=cast.here.administrator,
        at=NOW,
    )


def fresh(person: Person) -> Person:
    """As another request would read it."""
    return Person.objects.get(pk=person.pk)


def second_case_officer(cast: Cast) -> Person:
    person = Person.objects.create(full_name="Đặng Thị Mẫu Hai")
    role = Role.objects.get(code="case_officer")
    Post.objects.create(person=person, office=cast.here.civil_status, role=role, valid_from=BEGUN)
    return person


def test_whoever_stands_in_does_the_work_for_these_days_only(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    away(cast, cast.here.intake)
    done = dossiers.complete_step(dossier=dossier, by=fresh(cast.here.intake), at=NOW)
    assert done.state == "processing"
    other = cast.take_in(BIRTH, at=NOW + timedelta(days=6)).dossier
    with pytest.raises(policies.NotAllowed):
        dossiers.complete_step(dossier=other, by=fresh(cast.here.intake), at=NOW + timedelta(days=6))


def test_the_event_carries_the_acting_post_and_for_whom(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    [post] = away(cast, cast.here.intake)
    dossiers.complete_step(dossier=dossier, by=fresh(cast.here.intake), at=NOW)
    event = queries.last_event(dossier)
    assert event is not None
    assert (event.actor, event.post, event.on_behalf_of) == (cast.here.intake, post, cast.here.case)
    assert list(ledger.breaks()) == []


def test_of_two_posts_the_acting_one_is_used_for_the_absent_persons_work_only(cast: Cast) -> None:
    second = second_case_officer(cast)
    theirs, own = cast.take_in(BIRTH).dossier, cast.take_in(BIRTH).dossier
    dossiers.take_work(dossier=theirs, by=cast.here.case, at=NOW)
    [acting] = away(cast, second)
    for dossier, kind in ((theirs, "acting"), (own, "regular")):
        dossiers.complete_step(dossier=dossier, by=fresh(second), at=NOW)
        event = queries.last_event(dossier)
        assert event is not None
        assert event.post is not None
        assert event.post.kind == kind
    assert acting.in_place_of == cast.here.case


def test_the_work_of_the_absent_person_is_shown_to_whoever_stands_in(cast: Cast) -> None:
    dossier, second = cast.take_in(BIRTH).dossier, second_case_officer(cast)
    dossiers.take_work(dossier=dossier, by=cast.here.case, at=NOW)

    def mine(day: date) -> list[str]:
        found = worklist.items(worklist.queue(fresh(second), "mine", NOW, day))
        return [item.reference for item in found]

    assert mine(TODAY) == []
    away(cast, second)
    assert (mine(TODAY), mine(BACK), mine(BACK + timedelta(days=1))) == ([dossier.number], [dossier.number], [])
    [item] = queries.open_items(dossier, TODAY)
    assert item.stand_in == second.full_name  # type: ignore[attr-defined]


def test_every_post_held_in_that_time_is_bridged_and_no_longer_than_it_lasts(cast: Cast) -> None:
    role = Role.objects.get(code="approver")
    ends = TODAY + timedelta(days=2)
    Post.objects.create(person=cast.here.case, office=cast.here.commune, role=role, valid_from=BEGUN, valid_to=ends)
    made = away(cast, cast.here.leader)
    spans = {post.role.code: (post.valid_from, post.valid_to) for post in made}
    assert spans == {"case_officer": (TODAY, BACK + timedelta(days=1)), "approver": (TODAY, ends)}


def test_who_is_back_earlier_has_the_work_back(cast: Cast) -> None:
    [post] = away(cast, cast.here.intake)
    given = {"person": cast.here.case, "office": cast.here.commune, "by": cast.here.administrator, "at": NOW}
    services.end_absence(last_date=TODAY, **given)
    post.refresh_from_db()
    assert post.valid_to == TODAY + timedelta(days=1)
    with pytest.raises(CannotChange):
        services.end_absence(last_date=TODAY, **given)
    away(cast, cast.here.intake, BACK, TODAY + timedelta(days=2))
    services.end_absence(last_date=TODAY, **given)
    assert Post.objects.filter(in_place_of=cast.here.case).count() == 1


def test_what_makes_no_sense_is_said(cast: Cast) -> None:
    away(cast, cast.here.intake)
    day = timedelta(days=1)
    for acting, first, last in (
        (cast.here.case, BACK + 2 * day, BACK + 3 * day),
        (cast.here.leader, TODAY - day, BACK),
        (cast.here.leader, BACK + 2 * day, BACK + day),
        (cast.here.leader, BACK, BACK + day),
    ):
        with pytest.raises(CannotChange):
            away(cast, acting, last, first)
    with pytest.raises(NotAllowed):
        services.record_absence(
            person=cast.here.case,
            acting=cast.here.leader,
            office=cast.here.commune,
            first_date=BACK + 2 * day,
            last_date=BACK + 3 * day,
            by=cast.there.administrator,
            at=NOW,
        )
    role = Role.objects.get(code="leader")
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.create(
            person=cast.here.case, office=cast.here.commune, role=role, valid_from=TODAY, in_place_of=cast.here.leader
        )


@pytest.mark.usefixtures("_now")
def test_the_settings_page_enters_an_absence_and_says_what_to_mend(cast: Cast, client: Client) -> None:
    client.force_login(cast.here.administrator.account)
    one = f"/desk/settings/{cast.here.commune.code}/people/{cast.here.case.pk}/"
    assert client.get(f"{one}absence/").status_code == 200
    given = {"first_date": "23/11/2026", "last_date": "27/11/2026", "acting": cast.here.leader.pk}
    wrong = client.post(f"{one}absence/", {**given, "last_date": "20/11/2026"})
    assert wrong.status_code == 422
    assert "23/11/2026" in wrong.content.decode()
    assert client.post(f"{one}absence/", {**given, "acting": cast.there.leader.pk}).status_code == 422
    assert client.post(f"{one}absence/", given).status_code == 302
    assert cast.here.leader.full_name in client.get(one).content.decode()
    assert client.get(f"{one}absence/end/").status_code == 200
    assert client.post(f"{one}absence/end/", {"last_date": "24/11/2026"}).status_code == 302
    assert identity.stood_in_for(fresh(cast.here.leader), date(2026, 11, 25)) == frozenset()
