"""What can happen to a centre itself: offices, people, posts, accounts. Recorded on an office's administration matter.

Payloads carry ids and codes, never a name or a sign-in.
"""

from dataclasses import dataclass
from datetime import date, datetime
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
class RolesBrought:
    """Roles that ship, and what they may do, came to this centre; each as role:capability."""

    type: ClassVar[str] = "portal.roles_brought"
    brought: tuple[str, ...]


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
    in_place_of_id: int | None = None


@dataclass(frozen=True, slots=True)
class PersonAbsent:
    """Somebody is away from a day to before a day, and somebody else stands in."""

    type: ClassVar[str] = "portal.person_absent"
    person_id: int
    acting_id: int
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True)
class PostEnded:
    """A post ends on a day."""

    type: ClassVar[str] = "portal.post_ended"
    post_id: int
    person_id: int
    valid_to: date


@dataclass(frozen=True, slots=True)
class PostWithdrawn:
    """A post that had not begun will not begin."""

    type: ClassVar[str] = "portal.post_withdrawn"
    post_id: int
    person_id: int
    role: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """A name, a telephone number or a mail address was put right; which of them, never the words."""

    type: ClassVar[str] = "portal.person_changed"
    person_id: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PasswordLinkGiven:
    """A person may choose a new password once; the old one has ended with it."""

    type: ClassVar[str] = "portal.password_link_given"
    account_id: int
    person_id: int
    second_step_removed: bool = False


@dataclass(frozen=True, slots=True)
class PasswordChosen:
    """A person chose a password by such a link."""

    type: ClassVar[str] = "portal.password_chosen"
    account_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class AccountClosed:
    """A person cannot sign in any more."""

    type: ClassVar[str] = "portal.account_closed"
    account_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class AccountReopened:
    """A person can sign in again."""

    type: ClassVar[str] = "portal.account_reopened"
    account_id: int
    person_id: int


@dataclass(frozen=True, slots=True)
class ContactsSet:
    """Where an office is found and called: what was changed of it."""

    type: ClassVar[str] = "portal.contacts_set"
    code: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberingSet:
    """How the numbers of an office's dossiers are formed from now on."""

    type: ClassVar[str] = "portal.numbering_set"
    code: str
    agency_code: str
    number_pattern: str


@dataclass(frozen=True, slots=True)
class DowntimeAnnounced:
    """A planned pause of the centre, or of one system it uses, was announced."""

    type: ClassVar[str] = "portal.downtime_announced"
    downtime_id: int
    system: str
    from_at: datetime
    until_at: datetime
    late: bool


@dataclass(frozen=True, slots=True)
class DowntimeCalledOff:
    """A planned pause does not take place."""

    type: ClassVar[str] = "portal.downtime_called_off"
    downtime_id: int


@dataclass(frozen=True, slots=True)
class HelpContactSet:
    """Whom to call when something of this kind is not well."""

    type: ClassVar[str] = "portal.help_contact_set"
    duty: str


@dataclass(frozen=True, slots=True)
class DeliveryTriedAgain:
    """Something that did not arrive is tried once more."""

    type: ClassVar[str] = "portal.delivery_tried_again"
    delivery_id: int


@dataclass(frozen=True, slots=True)
class DatabaseAccepted:
    """The centre goes on although events that were confirmed are missing: somebody at the machine decided so."""

    type: ClassVar[str] = "portal.database_accepted"
    there: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class CentreRestored:
    """A copy became the centre; `confirmed` is the last event that this machine knew before."""

    type: ClassVar[str] = "portal.centre_restored"
    copy: str
    made_at: datetime
    confirmed: int | None = None


@dataclass(frozen=True, slots=True)
class SealKeyRenewed:
    """Receipts are sealed with another key from now on; its public half stands here for ever."""

    type: ClassVar[str] = "portal.seal_key_renewed"
    key: str
    public: str


@dataclass(frozen=True, slots=True)
class SecretRenewed:
    """Something is signed or made with another secret from now on; `what` says which, never with what."""

    type: ClassVar[str] = "portal.secret_renewed"
    what: str
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class AuthorityFounded:
    """The centre has an authority of its own for https, until that moment; devices know it by its fingerprint."""

    type: ClassVar[str] = "portal.authority_founded"
    fingerprint: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class AuthorityForgotten:
    """The centre has no authority of its own any more."""

    type: ClassVar[str] = "portal.authority_forgotten"


@dataclass(frozen=True, slots=True)
class CertificateRenewed:
    """The server shows another certificate by the centre's own authority from now on."""

    type: ClassVar[str] = "portal.certificate_renewed"
    ends_at: datetime
