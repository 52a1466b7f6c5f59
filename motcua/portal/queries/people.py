"""Who works at an office and below it: names with their posts, and in which offices a post can be given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from motcua.kernel.identity import Account, Person, Post
from motcua.kernel.organisation import Office
from motcua.kernel.search import fold

PAGE = 50


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with the posts there and below: today's, those to come, those that ended; and how they sign in."""

    person: Person
    account: Account | None
    now: tuple[Post, ...]
    later: tuple[Post, ...]
    ended: tuple[Post, ...]

    @property
    def left(self) -> bool:
        """Holds no post there any more, and none is to come."""
        return not self.now and not self.later


def people_found(office: Office, text: str, day: date, page: int = 1) -> tuple[list[Worker], bool]:
    """One page of those whose name has every word of the text, by first name; whether another page follows."""
    words = fold(text).split()
    here = Person.objects.filter(posts__office__path__startswith=office.path, is_system=False)
    names = [(pk, fold(name)) for pk, name in here.distinct().values_list("pk", "full_name")]
    found = [(name, pk) for pk, name in names if all(f" {word}" in f" {name}" for word in words)]
    # People are called by the last word of their name, and looked up so.
    ordered = [pk for name, pk in sorted(found, key=lambda each: (each[0].split()[::-1], each[1]))]
    wanted = ordered[(page - 1) * PAGE : page * PAGE]
    people = {person.pk: person for person in _with_posts(office).filter(pk__in=wanted)}
    return [_worker(people[pk], day) for pk in wanted], len(ordered) > page * PAGE


def worker(office: Office, person: Person, day: date) -> Worker:
    """One of them."""
    return _worker(_with_posts(office).get(pk=person.pk), day)


def _with_posts(office: Office) -> QuerySet[Person]:
    posts = Post.objects.filter(office__path__startswith=office.path).select_related("office", "role", "in_place_of")
    return Person.objects.select_related("account").prefetch_related(
        Prefetch("posts", posts.order_by("-valid_from", "-id"), to_attr="posts_here")
    )


def _worker(person: Person, day: date) -> Worker:
    posts: list[Post] = person.__dict__["posts_here"]
    ended = [post for post in posts if post.valid_to is not None and post.valid_to <= day]
    later = [post for post in posts if post.valid_from > day]
    now = [post for post in posts if post not in ended and post not in later]
    return Worker(person, getattr(person, "account", None), tuple(now), tuple(later), tuple(ended))


def colleagues_of(office: Office, person: Person, day: date) -> QuerySet[Person]:
    """Everybody else who holds a post there or below that day, by name."""
    posts = Post.objects.held_on(day).filter(office__path__startswith=office.path)
    others = Person.objects.filter(pk__in=posts.values("person"), is_system=False).exclude(pk=person.pk)
    return others.order_by("full_name", "pk")


def stand_ins(office: Office, person: Person, day: date) -> list[Post]:
    """Who stands in for the person there and below, that day and later."""
    posts = Post.objects.filter(in_place_of=person, office__path__startswith=office.path, valid_to__gt=day)
    return list(posts.select_related("person", "office", "role", "in_place_of").order_by("valid_from", "pk"))


def offices_below(office: Office, day: date) -> list[Office]:
    """The office itself and every part of it on that day, from the top."""
    return list(Office.objects.on(day).filter(path__startswith=office.path).order_by("path"))
