"""What a record means here: which commune, which edition, whose; and what an officer says where that is open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import ArrivalSetAside, ArrivalTaken, CameFromOutside
from motcua.dossiers.models import Arrival, CodeMeaning, Dossier, ExternalRef, PartnerSystem, StatusOwner
from motcua.dossiers.rules import exchange
from motcua.dossiers.rules.exchange import Record
from motcua.dossiers.services import content, course, filing
from motcua.dossiers.services.content import ApplicantData
from motcua.dossiers.services.exchange import following, parts, systems
from motcua.kernel import ledger
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Edition

# What stands above the record where a form's page would have its title.
TITLE = "Dữ liệu từ {name}"
NAMES_FAULT = "Thông tin"


class Unfit(ValueError):
    """What an officer chose does not go: codes of rules.exchange."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Whereto:
    """What an officer says of an arrival: whose it is, what is asked for, who asks; empty: as the record says."""

    commune: Office | None = None
    procedure: str = ""
    full_name: str = ""
    # The codes of this record mean the same from now on.
    remember: bool = False


@dataclass(frozen=True, slots=True)
class Matched:
    """A record that fits: where, what, whose."""

    commune: Office
    edition: Edition
    applicant: ApplicantData
    owner: str


def record_of(*, arrival: Arrival) -> Record:
    """What the message says; ValueError when it is none."""
    message = json.loads(arrival.content)
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return exchange.read(message)


def match(system: PartnerSystem, record: Record, at: datetime, said: Whereto | None = None) -> Matched | list[str]:
    """Where the record belongs, or everything that keeps it from being known."""
    said = said or Whereto()
    commune = said.commune or commune_of(system, record, at)
    edition = _edition(system, record, commune, at, said) if commune else None
    faults = list(_faults(system, record, commune, edition, said))
    if faults or commune is None or edition is None:
        return faults
    return Matched(commune, edition, _applicant(record, said), owner_of(system, edition))


def owner_of(system: PartnerSystem, edition: Edition) -> str:
    """Who says how far dossiers of this version from this system have come."""
    there = StatusOwner.objects.filter(version_id=edition.version_id, system=system).exists()
    return exchange.THERE if there else exchange.HERE


def commune_of(system: PartnerSystem, record: Record, at: datetime) -> Office | None:
    """The commune that the record names: by our agency code, its code or slug, or by what was said of its name."""
    named = _meaning(system, exchange.OFFICE, record.agency) or record.agency
    if not named:
        return None
    there = Office.objects.communes().on(course.day_of(at)).select_related("locality")
    for column in ("agency_code", "code", "slug"):
        if found := there.filter(**{column: named}).first():
            return found
    return None


def _meaning(system: PartnerSystem, kind: str, theirs: str) -> str:
    known = CodeMeaning.objects.filter(system=system, kind=kind, theirs=theirs)
    return known.values_list("ours", flat=True).first() or ""


def _edition(system: PartnerSystem, record: Record, commune: Office, at: datetime, said: Whereto) -> Edition | None:
    code = said.procedure or _meaning(system, exchange.PROCEDURE, record.procedure) or record.procedure
    try:
        found = procedures.edition_for(commune, exchange.plain_code(code), course.day_of(at))
    except procedures.NotInForce:
        return None
    # Police and military procedures are posted, never handled by the centre.
    return found if found.definition.handled_by == "commune" and found.definition.steps else None


def _faults(
    system: PartnerSystem, record: Record, commune: Office | None, edition: Edition | None, said: Whereto
) -> list[str]:
    state = exchange.state_of(record.status, system.statuses)
    there = edition is not None and owner_of(system, edition) == exchange.THERE
    # Where an officer has said which procedure it is, its version is that of today.
    other = edition is not None and not said.procedure and record.version not in ("", str(edition.version_no))
    wrong = {
        exchange.NUMBER: not record.number,
        exchange.OFFICE: commune is None,
        exchange.PROCEDURE: commune is not None and edition is None,
        exchange.VERSION: other,
        exchange.APPLICANT: not (said.full_name or record.applicant["full_name"]),
        exchange.STATUS: not state if there else bool(record.status) and state not in ("submitted", "received"),
    }
    return [fault for fault, is_so in wrong.items() if is_so]


def _applicant(record: Record, said: Whereto) -> ApplicantData:
    given = dict(record.applicant) | ({"full_name": said.full_name.strip()[:200]} if said.full_name.strip() else {})
    try:
        validate_email(given["email"])
    except ValidationError:
        given["email"] = ""  # it stands in the record as it was written; nothing is sent there
    return ApplicantData(**given)


def file_arrival(*, arrival: Arrival, record: Record, matched: Matched, at: datetime) -> Dossier:
    """Make the dossier that the record asks for, inside the caller's transaction; never twice for one number."""
    key = rules.sha256(f"exchange {arrival.system_id} {record.number}")
    filed = filing.file_request(request=_request(arrival, record, matched, f"exchange-{key}"), at=at)
    dossier = filed.dossier
    if not filed.repeated:
        ref = ExternalRef.objects.create(
            dossier=dossier, system=arrival.system_id, number=record.number, owner=matched.owner
        )
        came = CameFromOutside(ref.system, ref.number, ref.owner)
        event = ledger.record(came, matter=dossier.matter, at=at, office=dossier.receiving_office)
        if ref.owner == exchange.THERE:
            parts.begin_following(dossier=dossier, event=event)
            following.read_status(dossier=dossier, system=arrival.system, record=record, at=at)
    parts.name_papers(dossier=dossier, system=arrival.system, record=record, at=at)
    return dossier


def _request(arrival: Arrival, record: Record, matched: Matched, op_id: str) -> content.Request:
    rows = [[f"{arrival.system_id}:{key}", key, value] for key, value in exchange.lines(json.loads(arrival.content))]
    said: dict[str, Any] = {
        "readback": [{"title": TITLE.format(name=arrival.system.name), "rows": rows}],
        "external": {"system": arrival.system_id, "number": record.number, "record_sha256": arrival.sha256},
    }
    return content.Request(
        commune=matched.commune,
        edition=matched.edition,
        channel=record.channel,
        applicant=matched.applicant,
        answers={},
        components=(),
        op_id=op_id,
        request_sha256=rules.sha256(rules.canonical(asdict(matched.applicant) | {"number": record.number})),
        file_names={},
        said=said,
        # Whoever owns the status tells the applicant; two voices would contradict each other.
        quiet=matched.owner == exchange.THERE,
    )


def take_arrival(*, arrival: Arrival, said: Whereto, by: Person, at: datetime) -> Dossier:
    """An officer says what was open, and it becomes a dossier. Raises Unfit, course.NothingOpen, NotAllowed."""
    with transaction.atomic():
        held, item, post = _held(arrival, by, at)
        record = record_of(arrival=held)
        matched = match(held.system, record, at, said)
        if isinstance(matched, list):
            raise Unfit(matched)
        dossier = file_arrival(arrival=held, record=record, matched=matched, at=at)
        if said.remember:
            _remember(held.system, record, matched, by, at)
        _close(held, item, "filed", ArrivalTaken(held.pk, dossier.number), by, post, at, dossier)
    return dossier


def _remember(system: PartnerSystem, record: Record, matched: Matched, by: Person, at: datetime) -> None:
    known: Mapping[str, tuple[str, str]] = {
        exchange.PROCEDURE: (record.procedure, matched.edition.code),
        exchange.OFFICE: (record.agency, matched.commune.code),
    }
    for kind, (theirs, ours) in known.items():
        if theirs and theirs != ours:
            systems.mean(system=system, kind=kind, theirs=theirs, ours=ours, by=by, at=at)


def note_arrival(*, arrival: Arrival, by: Person, at: datetime) -> Dossier:
    """An officer has read what the other system says anew of a dossier, and acted on it there where needed."""
    with transaction.atomic():
        held, item, post = _held(arrival, by, at)
        if held.dossier is None:
            raise course.NothingOpen(str(held.pk))
        _close(held, item, "noted", ArrivalTaken(held.pk, held.dossier.number), by, post, at, held.dossier)
    return held.dossier


def set_arrival_aside(*, arrival: Arrival, reason: str, by: Person, at: datetime) -> None:
    """It is not for this centre. What was sent stays. Raises ValueError without a reason, NothingOpen, NotAllowed."""
    if not reason.strip():
        raise ValueError("what is set aside says why")
    with transaction.atomic():
        held, item, post = _held(arrival, by, at)
        held.reason = reason.strip()[:2000]
        held.save(update_fields=["reason"])
        _close(held, item, "set_aside", ArrivalSetAside(held.pk), by, post, at, held.dossier)


def _held(arrival: Arrival, by: Person, at: datetime) -> tuple[Arrival, WorkItem, Post]:
    """The arrival while it waits, held until the transaction ends, and the post by which this person may decide."""
    held = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
    item = WorkItem.objects.select_related("office").filter(matter=held.matter_id, closed_by=None).first()
    if held.outcome != "waiting" or item is None:
        raise course.NothingOpen(str(arrival.pk))
    return held, item, policies.post_for_step(by, item, rules.MATCH, course.day_of(at))


def _close(
    held: Arrival,
    item: WorkItem,
    outcome: str,
    happening: ArrivalTaken | ArrivalSetAside,
    by: Person,
    post: Post,
    at: datetime,
    dossier: Dossier | None,
) -> None:
    assert held.matter is not None  # what waits has one
    event = ledger.record(happening, matter=held.matter, at=at, by=by, post=post, office=item.office)
    parts.close_arrival(held=held, item=item, outcome=outcome, event=event, dossier=dossier)
