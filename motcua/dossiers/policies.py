"""Who may see and do what with a dossier. The only way for a person at the desk to get at one.

An office sees the matters to which it is a party; what a person may do depends on a post in the office whose work it
is, or above it.
A citizen gets at a dossier by number and claim code together, and learns nothing from a wrong pair.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import OuterRef, Subquery

from motcua.dossiers import rules
from motcua.dossiers.models import Arrival, BlankSlip, Dossier, Filing, SlipBlock
from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event
from motcua.kernel.matters import OWNER, Matter, MatterParty, WorkItem
from motcua.kernel.organisation import Office

RELATED = ("matter", "applicant", "version", "competent_office", "receiving_office")
# What was sent first, asked for in the same statement.
FIRST_CONTENT = Subquery(Filing.objects.filter(dossier=OuterRef("pk"), n=1).values("content"))

# Who says that another office is competent, or another procedure the right one: before receipt the counter, afterwards
# whoever approves; leaders always.
CORRECT_BEFORE: tuple[str, ...] = (identity.INTAKE, identity.LEAD)
CORRECT_AFTER: tuple[str, ...] = (identity.APPROVE, identity.LEAD)
# Who answers for an office that was asked for its opinion.
ADVISERS: tuple[str, ...] = (identity.PROCESS, identity.APPROVE, identity.LEAD)

# Who sees the blank slips of a service centre; what is done with them says which it needs.
SLIPS: tuple[str, ...] = (identity.INTAKE, identity.LEAD)


class NotAllowed(PermissionError):
    """The person holds no post that allows this act here."""

    def __init__(self, capability: str, office: Office) -> None:
        super().__init__(f"{capability} in {office.code}")
        self.capability, self.office = capability, office


class NotThere(LookupError):
    """This office cannot be competent for what is filed here: it is not of the same province, or not there that day."""


def get_dossier(person: Person, number: str, day: date) -> Dossier:
    """The dossier of this number if one of the person's offices is a party to it; else Dossier.DoesNotExist.

    What was sent comes with it: every page of the desk shows it.
    """
    visible = Matter.objects.visible_to(person, day).filter(reference=number)
    return Dossier.objects.select_related(*RELATED).annotate(filed_content=FIRST_CONTENT).get(matter__in=visible)


def overseeing_post(person: Person, path: str, day: date) -> Post | None:
    """The post by which the person leads the province above the office at this path."""
    posts = identity.posts_of(person, day)
    of_province = (post for post in posts if post.office.kind == organisation.PROVINCE)
    leading = (post for post in of_province if identity.LEAD in post.role.capabilities)
    return next((post for post in leading if path.startswith(post.office.path)), None)


def get_overseen(person: Person, number: str, day: date) -> Dossier:
    """The dossier of this number in a province that the person leads, to be read with a stated purpose only; else
    Dossier.DoesNotExist.
    """
    found = Dossier.objects.select_related(*RELATED).annotate(filed_content=FIRST_CONTENT).get(matter__reference=number)
    if overseeing_post(person, found.competent_office.path, day) is None:
        raise Dossier.DoesNotExist
    return found


def get_watched(person: Person, number: str, day: date) -> Dossier:
    """The dossier of this number, to read who opened it: for whoever may open it, and for whoever administers the
    office that has it, who may not; else Dossier.DoesNotExist.
    """
    try:
        return get_dossier(person, number, day)
    except Dossier.DoesNotExist:
        found = Dossier.objects.select_related(*RELATED).get(matter__reference=number)
        if identity.post_for(person, day, identity.SETTINGS, found.competent_office.path) is None:
            raise
        return found


def get_arrival(person: Person, pk: int, day: date) -> Arrival:
    """What another system sent, if one of the person's offices is a party to it; else Arrival.DoesNotExist."""
    arrivals = Arrival.objects.select_related("system__office", "dossier__matter", "matter")
    return arrivals.get(pk=pk, matter__in=Matter.objects.visible_to(person, day))


def get_dossier_by_claim(number: str, code: str) -> Dossier:
    """The dossier of this number if the claim code opens it; else Dossier.DoesNotExist, for whatever reason."""
    dossier = Dossier.objects.select_related(*RELATED).filter(matter__reference=number.strip().upper()).first()
    key = settings.CLAIM_KEYS.get(dossier.claim_key_id, "") if dossier else settings.CLAIM_KEYS[settings.CLAIM_KEY_ID]
    # The same work is done for a number that does not exist, so that its absence cannot be timed.
    given, wanted = rules.claim_code_hash(key, code), dossier.claim_code_hash if dossier else ""
    if dossier is None or not hmac.compare_digest(given, wanted):
        raise Dossier.DoesNotExist
    return dossier


def get_slip_by_claim(number: str, code: str) -> BlankSlip:
    """The blank slip of this number that is not entered, if the code that is printed on it opens it; else
    BlankSlip.DoesNotExist, for whatever reason.
    """
    found = BlankSlip.objects.select_related("block__matter", "block__office").filter(dossier=None)
    slip = found.filter(number=number.strip().upper()).first()
    key = settings.CLAIM_KEYS.get(slip.claim_key_id, "") if slip else settings.CLAIM_KEYS[settings.CLAIM_KEY_ID]
    given, wanted = rules.claim_code_hash(key, code), slip.claim_code_hash if slip else ""
    if slip is None or not hmac.compare_digest(given, wanted):
        raise BlankSlip.DoesNotExist
    return slip


def get_slip_block(person: Person, reference: str, day: date) -> SlipBlock:
    """The block of blank slips under this reference, if the person works at the counters of its centre or leads it;
    else SlipBlock.DoesNotExist.
    """
    block = SlipBlock.objects.select_related("matter", "office").get(matter__reference=reference)
    if not any(identity.post_for(person, day, each, block.office.path) for each in SLIPS):
        raise SlipBlock.DoesNotExist
    return block


def slip_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The service centres whose blank slips the person sees: of the communes where he takes in or leads."""
    communes = [office for office in _governing(person, day, set(SLIPS)) if office.kind == organisation.COMMUNE]
    return tuple(organisation.division_for(commune, "receive", day) for commune in communes)


def has_to_do_with(office: Office, dossier: Dossier) -> bool:
    """Whether the dossier is this office's, or was before another one turned out to be competent."""
    if office.pk == dossier.competent_office_id:
        return True
    return MatterParty.objects.filter(matter=dossier.matter, office=office, capacity=OWNER).exists()


def proof_of_claim(dossier: Dossier) -> str:
    """What a browser is given once the claim code was shown: it names the code without being one."""
    return hashlib.sha256(f"shown:{dossier.claim_code_hash}".encode()).hexdigest()


def get_dossier_by_proof(number: str, proof: str) -> Dossier:
    """The dossier of this number if the proof stands for its present claim code; else Dossier.DoesNotExist."""
    dossier = Dossier.objects.select_related(*RELATED).filter(matter__reference=number).first()
    if dossier is None or not hmac.compare_digest(proof, proof_of_claim(dossier)):
        raise Dossier.DoesNotExist
    return dossier


def post_for(person: Person, capability: str, office: Office, day: date) -> Post:
    """The post by which the person may do this for the office; NotAllowed when there is none."""
    post = identity.post_for(person, day, capability, office.path)
    if post is None:
        raise NotAllowed(capability, office)
    return post


def post_with_any(person: Person, capabilities: Sequence[str], office: Office, day: date) -> Post:
    """The post by which the person may do one of these for the office; NotAllowed when there is none."""
    posts = (identity.post_for(person, day, each, office.path) for each in capabilities)
    found = next((post for post in posts if post), None)
    if found is None:
        raise NotAllowed(capabilities[0], office)
    return found


def can_be_competent(office: Office, instead_of: Office, day: date) -> bool:
    """Whether a dossier of the one office may be handed to the other: both of one province, and there that day."""
    kinds = (organisation.COMMUNE, organisation.DEPARTMENT, organisation.PROVINCE)
    there = office.valid_from <= day and (office.valid_to is None or day < office.valid_to)
    return there and office.kind in kinds and office.codes[0] == instead_of.codes[0]


def post_for_step(person: Person, item: WorkItem, act: str, day: date) -> Post:
    """The post by which the person may do this act on the open step; NotAllowed when there is none."""
    capability = rules.CAPABILITY_OF_ACT[act]
    post = identity.post_for(person, day, capability, item.office.path, instead_of=item.assignee_id)
    if post is None:
        raise NotAllowed(capability, item.office)
    return post


def post_to_undo(person: Person, event: Event, day: date) -> Post:
    """The post by which the person may take this act back: that of the act itself or of whoever leads, at the office
    for which it was done; NotAllowed when there is none.
    """
    assert event.office is not None  # an act of an officer is for an office
    return post_with_any(person, (*rules.CAPABILITIES_TO_UNDO[event.type], identity.LEAD), event.office, day)


def capabilities_around(item: WorkItem) -> tuple[str, ...]:
    """Who has to do with an open step without doing it: whoever could, whoever approves, whoever leads."""
    own = rules.CAPABILITY_OF_ACT.get(item.act)
    return tuple(dict.fromkeys([*([own] if own else []), identity.APPROVE, identity.LEAD]))


def can_advise(person: Person, item: WorkItem, day: date) -> bool:
    """Whether the person may answer for the office that was asked."""
    return any(identity.post_for(person, day, each, item.office.path) for each in ADVISERS)


def can_undo(person: Person, event: Event, day: date) -> bool:
    """Whether the person may take this act back."""
    try:
        return bool(post_to_undo(person, event, day))
    except NotAllowed:
        return False


def can_do(person: Person, item: WorkItem, acts: Iterable[str], day: date) -> bool:
    """Whether the person may do all of these acts on the open step."""
    return all(identity.post_for(person, day, rules.CAPABILITY_OF_ACT[act], item.office.path) for act in acts)


def led_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The communes and provinces whose figures the person may see whole: by leading them or a part of them."""
    return _governing(person, day, {identity.LEAD})


def reported_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The communes and provinces whose registers the person may read: whoever leads, and whoever takes dossiers in."""
    return _governing(person, day, {identity.LEAD, identity.INTAKE})


def offices_handing_out(person: Person, day: date) -> tuple[Office, ...]:
    """The communes whose data on somebody the person may hand to that somebody. Not the province's: whoever leads it
    opens a dossier only with a stated purpose.
    """
    return tuple(office for office in reported_offices(person, day) if office.kind == organisation.COMMUNE)


def archived_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The communes whose archive the person keeps or leads."""
    found = _governing(person, day, {identity.LEAD, identity.RECORDS})
    return tuple(office for office in found if office.kind == organisation.COMMUNE)


def _governing(person: Person, day: date, capabilities: set[str]) -> tuple[Office, ...]:
    """The commune or province of each post that carries one of these; one statement."""
    posts = [post for post in identity.posts_of(person, day) if capabilities.intersection(post.role.capabilities)]
    above = {code for post in posts for code in post.office.codes}
    kinds = (organisation.COMMUNE, organisation.PROVINCE)
    governing = Office.objects.filter(code__in=above, kind__in=kinds).order_by("path")
    # In the order of their paths, the last of those above a post is the nearest.
    above_each = ([one for one in governing if post.office.path.startswith(one.path)] for post in posts)
    return tuple(dict.fromkeys(offices[-1] for offices in above_each if offices))


def get_led_office(person: Person, code: str, day: date) -> Office:
    """The led office of this code, the first one without a code, or a commune below one; else Office.DoesNotExist."""
    led = led_offices(person, day)
    below = Office.objects.communes().filter(code=code).first() if code not in {office.code for office in led} else None
    if below and any(below.path.startswith(office.path) for office in led):
        return below
    return _named_or_first(led, code)


def get_reported_office(person: Person, code: str, day: date) -> Office:
    """The office of this code whose registers the person may read, the first one without a code; else DoesNotExist."""
    return _named_or_first(reported_offices(person, day), code)


def _named_or_first(offices: tuple[Office, ...], code: str) -> Office:
    found = next((office for office in offices if code in ("", office.code)), None)
    if found is None:
        raise Office.DoesNotExist
    return found


def intake_offices(person: Person, day: date) -> tuple[Office, ...]:
    """The offices for which the person may take in dossiers today."""
    posts = identity.posts_of(person, day)
    return tuple(dict.fromkeys(post.office for post in posts if identity.INTAKE in post.role.capabilities))
