"""How the centre is, for whoever runs it; and which systems outside work, for everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from motcua.kernel import clock, health, identity, organisation, outbox, outside, schedule, watch
from motcua.kernel.downtime import Downtime
from motcua.kernel.health import Condition, HelpContact, Light
from motcua.kernel.identity import Person
from motcua.kernel.matters import MatterParty
from motcua.kernel.outbox import Delivery
from motcua.kernel.outside import Standing, System
from motcua.kernel.watch import Breach

# The law's notice before a planned pause (Decree 224/2026/NĐ-CP, art. 13).
NOTICE_DAYS = 7
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Health:
    """The light, what is not well with whom to call, and what is."""

    light: Light
    looked_at: datetime | None
    troubles: list[tuple[Condition, HelpContact | None]]
    well: list[Condition]


def health_of_the_centre(at: datetime) -> Health:
    """As the last look at each part found it."""
    found, contacts = health.conditions(), health.contacts()
    troubles = [(each, contacts.get(each.call)) for each in found if each.state != health.OK]
    looked_at = max((each.looked_at for each in found), default=None)
    return Health(health.light(found, at), looked_at, troubles, [each for each in found if each.state == health.OK])


def may_run(person: Person, day: date) -> bool:
    """Whether the person may change what concerns the whole installation."""
    found = organisation.installation()
    return found is not None and identity.post_for(person, day, identity.SETTINGS, found.province.path) is not None


def breaches_for(person: Person, day: date) -> list[Breach]:
    """What does not hold now of the matters of this person's offices and those below them."""
    party = MatterParty.objects.current().filter(_below(person, day, "office__path"), matter=OuterRef("matter"))
    return list(watch.open_breaches().filter(Exists(party))[:MOST_SHOWN])


def stuck_for(person: Person, day: date) -> list[Delivery]:
    """What did not arrive and is not tried again by itself, of the matters of this person's offices."""
    party = MatterParty.objects.current().filter(_below(person, day, "office__path"), matter=OuterRef("event__matter"))
    return list(outbox.stuck().filter(Exists(party)).select_related("event__matter")[:MOST_SHOWN])


def _below(person: Person, day: date, path: str) -> Q:
    posts = [post for post in identity.posts_of(person, day) if identity.SETTINGS in post.role.capabilities]
    wanted = Q(pk__in=[])
    for post in posts:
        wanted |= Q(**{f"{path}__startswith": post.office.path})
    return wanted


def systems_outside() -> list[tuple[System, Standing]]:
    """Each system that this centre uses, and how it stands."""
    standings = outside.standings()
    return [(system, standings[system.name]) for system in outside.systems()]


def downtimes_to_come(at: datetime) -> list[Downtime]:
    """The pauses that are announced, the nearest first."""
    return list(Downtime.objects.coming(at))


def downtimes_past(at: datetime) -> Iterable[Downtime]:
    """The last pauses that are over or were called off."""
    return Downtime.objects.past(at)[:10]


def downtimes() -> QuerySet[Downtime]:
    """All of them."""
    return Downtime.objects.all()


def earliest_downtime(at: datetime) -> datetime:
    """The first moment for which the notice is long enough: seven working days after the announcement."""
    found = organisation.installation()
    assert found is not None  # pages exist only in a centre that was opened
    limit, begun = clock.Limit(NOTICE_DAYS, "working_day"), clock.Entry("start", timezone.localtime(at))
    due = clock.due(schedule.calendar_for(found.province), limit, [begun])
    assert due.at is not None  # a clock that runs has a moment
    return due.at
