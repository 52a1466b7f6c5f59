"""The weekly letter on guidance: to whom it is for, what it says, never twice, and not to who does not want it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from motcua.kernel import outbox
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Installation
from motcua.oversight import queries, services
from motcua.oversight.models import Digest
from tests.cast import NOW, TODAY
from tests.oversight.departments import World
from tests.oversight.test_guidance import content, published

# The cast's now is a Monday, nine in the morning; the letter of the week after goes out the next Monday at seven.
NEXT_MONDAY = datetime(2026, 11, 30, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _offices(world: World) -> None:
    """A centre that is open, and somebody of each commune with an address."""
    Installation.objects.update_or_create(
        pk=1, defaults={"province": world.cast.province, "demo": False, "ready_at": NOW}
    )
    for n, person in enumerate((world.here.intake, world.there.intake)):
        Person.objects.filter(pk=person.pk).update(email=f"tiepnhan{n}@vidu.example")


def letters(at: datetime = NEXT_MONDAY) -> dict[str, str]:
    """What everybody with an address gets, by address."""
    mail.outbox.clear()
    outbox.run_due(at + timedelta(minutes=1), limit=500)
    return {sent.to[0]: str(sent.body) for sent in mail.outbox if "tuần" in str(sent.body) or "Thứ Hai" in sent.body}


def told(world: World) -> int:
    letters(NOW)  # what else was waiting
    return services.tell_of_guidance(at=NEXT_MONDAY)


def test_everybody_with_a_post_there_reads_what_is_new_with_its_address(world: World) -> None:
    entry = published(world)
    assert told(world)
    body = letters()["tiepnhan0@vidu.example"]
    assert entry.matter.title in body
    assert f"/desk/guidance/{entry.reference}/" in body


def test_what_holds_in_one_commune_is_told_there_alone(world: World) -> None:
    services.publish_guidance(content=content(), office=world.here.commune, by=world.here.leader, at=NOW)
    told(world)
    found = letters()
    assert "tiepnhan0@vidu.example" in found
    assert "tiepnhan1@vidu.example" not in found


def test_another_edition_is_a_change_and_what_was_withdrawn_has_ended(world: World) -> None:
    old, gone = published(world), published(world)
    later = NOW + timedelta(days=7, hours=1)
    new = services.revise_guidance(guidance=old, content=content(), by=world.justice.officer, at=later)
    services.withdraw_guidance(guidance=gone, by=world.justice.officer, at=later)
    week = later - timedelta(hours=4)
    found = {each.reference: each.meaning for each in queries.news(week, later + timedelta(days=1))}
    assert found == {new.reference: "changed", gone.reference: "ended"}


def test_a_week_is_told_once_however_often_it_is_asked(world: World) -> None:
    published(world)
    first = told(world)
    assert first
    assert services.tell_of_guidance(at=NEXT_MONDAY + timedelta(days=2)) == 0
    assert len(letters()) == first
    assert Digest.objects.count() == 1


def test_weeks_in_which_nobody_looked_are_told_together(world: World) -> None:
    services.tell_of_guidance(at=NOW)
    published(world)
    assert services.tell_of_guidance(at=NEXT_MONDAY + timedelta(days=14))
    assert [each.until - each.since for each in Digest.objects.all()] == [timedelta(days=21), timedelta(days=7)]


def test_a_week_without_news_sends_nothing(world: World) -> None:
    assert services.tell_of_guidance(at=NEXT_MONDAY) == 0


def test_who_says_no_gets_none_and_can_have_it_again(
    world: World, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    published(world)
    client.force_login(world.here.intake.account)
    assert client.post("/desk/guidance/digest/", {"wanted": "no"}).status_code == 302
    assert "Không nhận" in client.get("/desk/guidance/").content.decode() or not queries.wants_digest(world.here.intake)
    told(world)
    assert "tiepnhan0@vidu.example" not in letters()
    client.post("/desk/guidance/digest/", {"wanted": "yes"})
    assert queries.wants_digest(world.here.intake)
