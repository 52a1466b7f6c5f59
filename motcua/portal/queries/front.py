"""What the first pages show: communes to choose from, and who can be tried in a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from motcua.kernel import organisation
from motcua.kernel.identity import Post
from motcua.kernel.organisation import Office
from motcua.kernel.search import fold


def communes_found(text: str, day: date) -> list[Office]:
    """The communes of that day whose name, old names included, has every word of the text; all for no text."""
    words = fold(text).split()
    communes = organisation.communes(day).select_related("locality")
    found = [commune for commune in communes if all(f" {word}" in _words_of(commune) for word in words)]
    # By the letters as people look them up, which neither database does by itself.
    return sorted(found, key=_words_of)


def _words_of(commune: Office) -> str:
    """The names of the place without accents, the one of today first; an office without a place has its own."""
    return f" {commune.locality.folded if commune.locality else fold(commune.name)}"


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody of the demonstration who can be tried."""

    username: str
    name: str
    role_vi: str
    role_en: str
    office: str


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one commune, or of the province."""

    title: str
    people: tuple[Character, ...]


def cast(day: date) -> list[Group]:
    """Everybody with an account and a post on that day, by commune in the order of the offices."""
    posts = Post.objects.held_on(day).filter(person__account__is_active=True)
    posts = posts.select_related("person__account", "role", "office").order_by("office__path", "role", "id")
    names = dict(
        Office.objects.filter(kind__in=(organisation.PROVINCE, organisation.COMMUNE)).values_list("code", "name")
    )
    rows = [(_whose(post.office, names), post) for post in posts]
    rows.sort(key=lambda row: list(names.values()).index(row[0]))
    return [Group(title, tuple(_character(post) for _, post in of)) for title, of in groupby(rows, lambda row: row[0])]


def _whose(office: Office, names: dict[str, str]) -> str:
    return next(names[code] for code in reversed(office.codes) if code in names)


def _character(post: Post) -> Character:
    role = post.role
    return Character(post.person.account.username, post.person.full_name, role.name_vi, role.name_en, post.office.name)
