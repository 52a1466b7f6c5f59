"""What became new, changed or ended in guidance between two moments, and for whom that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event
from motcua.oversight.models import Digest, DigestChoice

NEW, CHANGED, ENDED = "new", "changed", "ended"
# What an event means for whoever works by guidance. Another edition's publishing is told as the change that it is.
_MEANING = {
    "oversight.guidance_published": NEW,
    "oversight.guidance_replaced": CHANGED,
    "oversight.guidance_rested": CHANGED,
    "oversight.guidance_withdrawn": ENDED,
    "oversight.document_registered": NEW,
}
MONDAY, EARLY = 0, time(7)
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class News:
    """One entry or document of which something was said in those days: the last of it counts."""

    meaning: str
    reference: str
    title: str
    area: str
    is_document: bool
    at: datetime


def week_begun(at: datetime) -> datetime:
    """The last Monday morning before this moment."""
    local = timezone.localtime(at)
    monday = local.date() - timedelta(days=local.weekday() - MONDAY)
    begun = timezone.make_aware(datetime.combine(monday, EARLY))
    return begun if begun <= at else begun - A_WEEK


def told_until(week: datetime) -> datetime:
    """Until when everything was told before that week; the week before it where nothing was ever told."""
    last = Digest.objects.filter(until__lte=week).order_by("-until").values_list("until", flat=True).first()
    return last or week - A_WEEK


def news(since: datetime, until: datetime) -> list[News]:
    """Everything in guidance of these days, in the order in which it happened."""
    rows = Event.objects.filter(type__in=_MEANING, at__gte=since, at__lt=until).order_by("position")
    columns = "type", "at", "matter__reference", "matter__title", "matter__guidance__area__code"
    found: dict[str, News] = {}
    editions: set[str] = set()
    for kind, at, reference, title, area, of_document, payload in rows.values_list(
        *columns, "matter__guiding_document__area__code", "payload"
    ):
        if kind == "oversight.guidance_replaced":
            editions.add(payload["by"])
            found.pop(reference, None)
            continue
        meaning = CHANGED if reference in found and _MEANING[kind] != ENDED else _MEANING[kind]
        found[reference] = News(meaning, reference, title, area or of_document, bool(of_document), at)
    return [_as_change(each, editions) for each in found.values()]


def _as_change(one: News, editions: set[str]) -> News:
    if one.meaning == NEW and one.reference in editions:
        return News(CHANGED, one.reference, one.title, one.area, one.is_document, one.at)
    return one


def news_for(person: Person, every: Iterable[News], day: date) -> list[News]:
    """Those that hold where one of the person's posts is."""
    posts = Post.objects.held_on(day).filter(person=person).select_related("office")
    codes = {code for post in posts for code in post.office.codes}
    return [each for each in every if each.area in codes]


def readers(day: date) -> QuerySet[Person]:
    """Everybody with a post and an address who has not said no to the letter."""
    refused = DigestChoice.objects.filter(wanted=False).values("person")
    holding = Post.objects.held_on(day).values("person")
    return (
        Person.objects.filter(pk__in=holding, is_system=False).exclude(email="").exclude(pk__in=refused).order_by("pk")
    )


def wants_digest(person: Person) -> bool:
    """Whether the person gets the letter."""
    return not DigestChoice.objects.filter(person=person, wanted=False).exists()
