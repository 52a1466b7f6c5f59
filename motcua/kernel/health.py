"""How the centre itself is: what the last look at each of its parts found, and whom to call.

Nouns: Condition (one part: well, to be seen to, or broken; in a sentence for each language), light (the worst of all),
HelpContact (who looks after the machine, who helps when records are in danger).
It looks at nothing: whoever does writes here what was found, and pages read it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import models, transaction
from django.utils.translation import get_language

OK, WARNING, FAULT = "ok", "warning", "fault"
STATES = (OK, WARNING, FAULT)
KEEPER, SUPPORT = "keeper", "support"
DUTIES = (KEEPER, SUPPORT)
Light = Literal["green", "amber", "red", "dark"]
LIGHTS: tuple[Light, ...] = ("green", "amber", "red")
# The looking is done every minute; when the newest look is older than this, nobody looks.
STALE = timedelta(minutes=5)


class Condition(models.Model):
    """What the last look at one part found."""

    name = models.CharField(max_length=40, primary_key=True)
    # Those that are looked at together: what such a look no longer finds is gone.
    pace = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=[(state, state) for state in STATES])
    # {language: {"sentence": what is, "advice": what to do}}
    words = models.JSONField(default=dict)
    call = models.CharField(max_length=8, blank=True, choices=[(duty, duty) for duty in DUTIES])
    since = models.DateTimeField()
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.state}"

    @property
    def sentence(self) -> str:
        """What is, in the reader's language."""
        return self._said("sentence")

    @property
    def advice(self) -> str:
        """What to do, in the reader's language."""
        return self._said("advice")

    def _said(self, part: str) -> str:
        own: dict[str, str] = self.words.get((get_language() or "").split("-")[0]) or next(
            iter(self.words.values()), {}
        )
        return str(own.get(part, ""))


class HelpContact(models.Model):
    """Whom to call, and for what."""

    duty = models.CharField(max_length=8, primary_key=True, choices=[(duty, duty) for duty in DUTIES])
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=40)

    class Meta:
        ordering = ["duty"]

    def __str__(self) -> str:
        return f"{self.name}, {self.phone}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found, with its words in every language."""

    name: str
    state: str
    words: dict[str, dict[str, str]]
    call: str


def note(pace: str, seen: Sequence[Seen], at: datetime) -> None:
    """Keep what was found; a state that is as before keeps its beginning."""
    before = {condition.name: condition for condition in Condition.objects.all()}
    with transaction.atomic():
        Condition.objects.filter(pace=pace).exclude(name__in=[each.name for each in seen]).delete()
        for each in seen:
            old = before.get(each.name)
            since = old.since if old and old.state == each.state else at
            said = {"pace": pace, "state": each.state, "words": each.words, "call": each.call}
            Condition.objects.update_or_create(name=each.name, defaults=said | {"since": since, "looked_at": at})


_here: dict[str, Condition] = {}


def keep_here(seen: Sequence[Seen], at: datetime) -> None:
    """What this process found, where it cannot be written down because the database takes nothing: it is said by the
    pages of this process, until something can be written again (nothing is kept here then).
    """
    before = dict(_here)
    _here.clear()
    for each in seen:
        old = before.get(each.name)
        since = old.since if old and old.state == each.state else at
        said = {"pace": "here", "state": each.state, "words": each.words, "call": each.call}
        _here[each.name] = Condition(name=each.name, since=since, looked_at=at, **said)


def conditions() -> list[Condition]:
    """Every part, the worst first."""
    kept = {each.name: each for each in Condition.objects.all()}
    return sorted((kept | _here).values(), key=lambda each: (-STATES.index(each.state), each.name))


def light(found: Sequence[Condition], at: datetime) -> Light:
    """The worst of all; dark when nobody has looked for a while, so that green is never yesterday's."""
    if not found or max(each.looked_at for each in found) < at - STALE:
        return "dark"
    worst = max(STATES.index(each.state) for each in found)
    return LIGHTS[worst]


def contacts() -> dict[str, HelpContact]:
    """Whom to call, by duty."""
    return {contact.duty: contact for contact in HelpContact.objects.all()}
