"""Who may lay something over a procedure: whoever manages procedures, or the settings, in a post of that very office.

A province lays its own overlays, a commune its own: neither writes in the other's name.
"""

from __future__ import annotations

from datetime import date

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office

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


def can_manage(person: Person | None, office: Office, day: date) -> bool:
    """Whether the person, or the product's own hand, may lay something over a procedure in this office's name."""
    return person is None or person.is_system or office in offices_to_manage(person, day)
