"""What can happen to a centre itself: offices, people, posts, accounts. Recorded on an office's administration matter.

Payloads carry ids and codes, never a name or a sign-in.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class CentreOpened:
    """This database became the centre of a province."""

    type: ClassVar[str] = "portal.centre_opened"
    province: str
    communes: tuple[str, ...]
    demo: bool


@dataclass(frozen=True, slots=True)
class OfficeOpened:
    """An office began to exist here."""

    type: ClassVar[str] = "portal.office_opened"
    code: str
    kind: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """Somebody began to work here."""

    type: ClassVar[str] = "portal.person_added"
    person_id: int


@dataclass(frozen=True, slots=True)
class AccountMade:
    """A person can sign in from now on."""

    type: ClassVar[str] = "portal.account_made"
    account_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class PostGiven:
    """A person holds a role in an office from a day on."""

    type: ClassVar[str] = "portal.post_given"
    post_id: int
    person_id: int
    role: str
    kind: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class PostEnded:
    """A post ends on a day."""

    type: ClassVar[str] = "portal.post_ended"
    post_id: int
    person_id: int
    valid_to: date
