"""What the first pages show: communes to choose from, and who can be tried in a demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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


# In the order in which a dossier meets them; what each does first of all, and where that is.
ROLES: Mapping[str, tuple[str | Promise, str]] = {
    "intake_officer": (_("Takes dossiers in at the counter, prints the slip, hands over results"), "/desk/counter/"),
    "case_officer": (_("Settles dossiers before their due date, asks for what is missing"), "/desk/"),
    "approver": (_("Signs, one by one or many at once"), "/desk/"),
    "records_clerk": (_("Numbers results and keeps the registers"), "/desk/"),
    "leader": (_("Sees in five seconds what is late and whose, and reports in a minute"), "/desk/board/"),
    "procedure_manager": (_("Keeps procedures, fees, wall sheets and everyday words"), "/desk/procedures/"),
    "administrator": (_("Keeps people, posts, hours and numbers"), "/desk/settings/"),
}
ELSEWHERE: tuple[str | Promise, str] = (
    _("Answers difficulties of communes and keeps the guidance"),
    "/desk/difficulties/",
)


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody of the demonstration who can be tried: in which role, what that does, where it begins."""

    username: str
    name: str
    role_vi: str
    role_en: str
    does: str | Promise
    to: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one commune, or of the province."""

    title: str
    people: tuple[Character, ...]


def cast(day: date) -> list[Group]:
    """Everybody with an account and a post on that day, once for each role: communes first, then the province."""
    posts = Post.objects.held_on(day).filter(person__account__is_active=True)
    posts = posts.select_related("person__account", "role", "office").order_by("office__path", "role", "id")
    places = Office.objects.filter(kind__in=(organisation.PROVINCE, organisation.COMMUNE)).order_by("kind", "path")
    names = {place.code: place.name for place in places}
    found: dict[str, dict[tuple[str, str], Character]] = {name: {} for name in names.values()}
    for post in posts:
        title = next(names[code] for code in reversed(post.office.codes) if code in names)
        found[title].setdefault((post.person.account.username, post.role.code), _character(post))
    return [Group(title, _in_order(people)) for title, people in found.items() if people]


def _in_order(people: Mapping[tuple[str, str], Character]) -> tuple[Character, ...]:
    places = {role: place for place, role in enumerate(ROLES)}
    return tuple(people[key] for key in sorted(people, key=lambda key: (places.get(key[1], len(places)), key[0])))


def _character(post: Post) -> Character:
    does, to = ROLES.get(post.role.code, ELSEWHERE)
    person, role = post.person, post.role
    department = post.office.name if post.office.kind == organisation.DEPARTMENT else ""
    return Character(person.account.username, person.full_name, role.name_vi, role.name_en, does, to, department)
