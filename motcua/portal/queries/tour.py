"""The tour of a demonstration: what the product is for, sentence by sentence, with the live page that serves it
(data/tour.yaml).

Nouns: Row (one thing the product is for), Sentence. Who looks at a page of the desk is somebody of the demonstration
with the role it needs; a sentence without a page or a command is not yet true, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel import organisation
from motcua.kernel.identity import Post
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.portal import shipped


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody can do, and where: `at` an address, `run` a command; neither when it is not yet true."""

    vi: str
    en: str
    at: str = ""
    run: str = ""
    username: str = ""
    role_vi: str = ""
    role_en: str = ""

    @property
    def is_live(self) -> bool:
        """Whether there is something to see."""
        return bool(self.at or self.run)

    def words(self, language: str) -> str:
        """The sentence in this language."""
        return self.en if language.startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Row:
    """One thing the product is for."""

    id: str
    vi: str
    en: str
    sentences: tuple[Sentence, ...]

    def words(self, language: str) -> str:
        """Its heading in this language."""
        return self.en if language.startswith("en") else self.vi


def tour(day: date) -> tuple[Row, ...]:
    """Every row, with the addresses of this database."""
    here = organisation.communes(day).order_by("code").first()
    places = _places(here) if here else {}
    return tuple(
        Row(row["id"], row["vi"], row["en"], tuple(_sentence(one, places, here, day) for one in row["sentences"]))
        for row in shipped.read("tour")["rows"]
    )


def _sentence(one: Mapping[str, Any], places: Mapping[str, str], here: Office | None, day: date) -> Sentence:
    words = {"vi": one["vi"], "en": one["en"], "run": one.get("run", "")}
    try:
        at = one.get("at", "").format(**places)
    except KeyError:  # nothing of this kind is there to be shown
        return Sentence(**words)
    post = _somebody(one["as"], here, bool(one.get("province")), day) if at and "as" in one else None
    if post is None:
        return Sentence(**words, at="" if "as" in one else at)
    username, role = post.person.account.username, post.role
    return Sentence(**words, at=at, username=username, role_vi=role.name_vi, role_en=role.name_en)


def _places(here: Office) -> dict[str, str]:
    found = {"here": str(here.slug), "office": here.code}
    found.update(_dossiers(here))
    found.update(_of_the_province())
    return found


def _of_the_province() -> Iterator[tuple[str, str]]:
    """The newest visit and conclusion."""
    for kind in ("visit", "conclusion"):
        newest = Matter.objects.filter(kind=kind).order_by("-opened_at").values_list("reference", flat=True).first()
        if newest:
            yield kind, newest


def _dossiers(here: Office) -> Iterator[tuple[str, str]]:
    """A dossier of the commune that is in progress, and one that is over, by what takes their places in addresses."""
    theirs = Matter.objects.filter(kind="dossier", parties__office__path__startswith=here.path, parties__to_at=None)
    for name, over in (("open", False), ("settled", True)):
        found = theirs.filter(closed_at__isnull=not over).order_by("opened_at").values_list("reference", flat=True)
        if reference := found.first():
            yield name, reference


def _somebody(role: str, here: Office | None, of_province: bool, day: date) -> Post | None:
    """Somebody with an account and this role, in the commune or in the province's own office."""
    posts = Post.objects.held_on(day).filter(role__code=role, person__account__is_active=True)
    posts = posts.select_related("person__account", "role").order_by("id")
    if of_province:
        return posts.filter(office__kind=organisation.PROVINCE).first()
    return posts.filter(office__path__startswith=here.path).first() if here else None
