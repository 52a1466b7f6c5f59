"""Who may lay something over a procedure or say what hangs on a wall: whoever manages procedures, or the settings, in a
post of that very office.

A province lays its own overlays, a commune its own: neither writes in the other's name.
"""

from __future__ import annotations

from datetime import date

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.procedures.models import Posting

MANAGES = (identity.PROCEDURES, identity.SETTINGS)
# Overlays are laid by those for whom the catalogue is read (queries.overlay_ids_for): never by a part of an office.
KINDS = (organisation.PROVINCE, organisation.COMMUNE)


class NotAllowed(PermissionError):
    """The person holds no post that manages the procedures of this office."""

    def __init__(self, office: Office) -> None:
        super().__init__(f"{identity.PROCEDURES} in {office.code}")
        self.office = office


def offices_to_manage(person: Person, day: date) -> tuple[Office, ...]:
    """The offices whose overlays this person makes that day, the lowest first."""
    posts = [post for post in identity.posts_of(person, day) if not set(MANAGES).isdisjoint(post.role.capabilities)]
    offices = dict.fromkeys(post.office for post in posts if post.office.kind in KINDS)
    return tuple(sorted(offices, key=lambda office: (-len(office.codes), office.path)))


def get_office(person: Person, code: str, day: date) -> Office:
    """The office of this code (without a code the first), for somebody who manages its procedures.

    Office.DoesNotExist for everybody else, as if there were no such office.
    """
    for office in offices_to_manage(person, day):
        if code in ("", office.code):
            return office
    raise Office.DoesNotExist(code)


def walls_to_keep(person: Person, day: date) -> tuple[Office, ...]:
    """The communes on whose walls this person says what hangs; a province has no counter and no wall."""
    return tuple(office for office in offices_to_manage(person, day) if office.kind == organisation.COMMUNE)


def get_wall(person: Person, code: str, day: date) -> Office:
    """The commune of this code (without a code the first) for somebody who keeps its wall; Office.DoesNotExist else."""
    for office in walls_to_keep(person, day):
        if code in ("", office.code):
            return office
    raise Office.DoesNotExist(code)


def get_posting(person: Person, pk: int, day: date) -> Posting:
    """A posting for somebody who keeps the wall where it hangs; Posting.DoesNotExist for everybody else."""
    found = Posting.objects.select_related("office", "procedure__sector", "version", "sector", "posted_by", "photo")
    return found.get(pk=pk, office__in=walls_to_keep(person, day))


def can_manage(person: Person | None, office: Office, day: date) -> bool:
    """Whether the person, or the product's own hand, may lay something over a procedure in this office's name."""
    return person is None or person.is_system or office in offices_to_manage(person, day)
