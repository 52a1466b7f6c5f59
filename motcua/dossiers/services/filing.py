"""A request arrives: the number, the immutable filing, the first work item and the first message, in one transaction.

However often the same request comes, it is one dossier: the client's op_id is UNIQUE in the database, and the answer,
claim code included, can be given again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from motcua.dossiers import policies, rules
from motcua.dossiers.events import DossierFiled
from motcua.dossiers.models import Applicant, BlankSlip, Dossier, Filing
from motcua.dossiers.services import at_counter, content, course, messages, receipt, reuse, scans, sealing, timing
from motcua.dossiers.services.at_counter import Counter, receiving_office
from motcua.dossiers.services.blanks import SlipRefused, entering
from motcua.dossiers.services.content import ApplicantData, ComponentData, FileData, Request
from motcua.kernel import identity, ledger, matters, numbering, rows, search
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter, WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures.queries import Edition


class KeyUsedForAnotherRequest(ValueError):
    """The op_id already stands for a request with another content."""


@dataclass(frozen=True, slots=True)
class Filed:
    """The answer to a filing; the same when the request is repeated, but without the code once another was given."""

    dossier: Dossier
    claim_code: str
    repeated: bool

    @property
    def number(self) -> str:
        """The dossier number."""
        return self.dossier.number


def file_dossier(
    *,
    commune: Office,
    edition: Edition,
    channel: str,
    applicant: ApplicantData,
    answers: Mapping[str, Any],
    components: Sequence[ComponentData],
    op_id: str,
    request_sha256: str,
    at: datetime,
    file_names: Mapping[str, FileData] | None = None,
) -> Filed:
    """File a citizen's request, answers already cleaned by eforms. `file_names` are the files behind handles in
    answers.

    Raises KeyUsedForAnotherRequest when the op_id already stands for another content.
    """
    request = Request(
        commune, edition, channel, applicant, answers, components, op_id, request_sha256, file_names or {}
    )
    return _once(request, at, None)


def file_request(*, request: Request, at: datetime) -> Filed:
    """File what another system's record asks for; the same however often it comes. Raises as `file_dossier`."""
    return _once(request, at, None)


def take_in_dossier(
    *,
    commune: Office,
    edition: Edition,
    applicant: ApplicantData,
    answers: Mapping[str, Any],
    components: Sequence[ComponentData],
    op_id: str,
    request_sha256: str,
    by: Person,
    at: datetime,
    channel: str = "direct",
    limit: receipt.GivenLimit | None = None,
    counter: Office | None = None,
    only_help: bool = False,
    reused: Sequence[tuple[str, str]] = (),
    scans: Sequence[int] = (),
    slip: entering.Slip | None = None,
) -> Filed:
    """Take a request in at the counter: filed and received in one act, by an officer who may.

    `counter` is the commune at whose counter it is taken in when another one is competent (Decree 118/2025/NĐ-CP, art.
    14); with `only_help` it is filed there for the person and the competent commune's own centre looks at it. `reused`
    says which answers came from which earlier dossier, as (number, question); `scans` are the ones whose files stand in
    the components. What was received on a blank `slip` is entered now: it takes the slip's number, and `at` is the
    moment that is written there.
    Raises policies.NotAllowed, policies.NotThere, LimitNeeded, KeyUsedForAnotherRequest,
    ScanTaken, SlipRefused.
    """
    given = slip.number if slip else ""
    request = Request(
        commune, edition, channel, applicant, answers, components, op_id, request_sha256, {}, number=given
    )
    place, day = counter or commune, course.day_of(slip.entered_at if slip else at)
    if place.pk != commune.pk and not policies.can_be_competent(commune, place, day):
        raise policies.NotThere(commune.code)
    centre = receiving_office(place, at)
    post = policies.post_for(by, identity.INTAKE, centre, day)
    helps = only_help and place.pk != commune.pk
    return _once(request, at, Counter(by, post, limit, place, centre, helps, tuple(reused), tuple(scans), slip))


def _once(request: Request, at: datetime, counter: Counter | None) -> Filed:
    """Nothing is looked up beforehand: the database lets an op_id in once, however close two requests are."""
    # Written out before the transaction: while it lasts, nobody else can file.
    said = content.filing_content(request, at)
    try:
        with transaction.atomic():
            return _file(request, said, at, counter)
    except (IntegrityError, SlipRefused):
        # The same was sent before; anything else is a fault of ours, or of what was written on a slip.
        if earlier := _earlier(request):
            return earlier
        raise


def _earlier(request: Request) -> Filed | None:
    related = ("dossier__matter", "dossier__version", "dossier__competent_office")
    filing = Filing.objects.select_related(*related).filter(op_id=request.op_id).first()
    if filing is None:
        return None
    if filing.request_sha256 != request.request_sha256:
        raise KeyUsedForAnotherRequest(request.op_id)
    # A code given after an identity check is for whoever passed it, not for whoever still holds the first request.
    own_code = claim_code_of(filing.dossier) if entering.is_first_code(filing.dossier, request.op_id) else ""
    return Filed(filing.dossier, own_code, repeated=True)


def number_of(op_id: str) -> str:
    """The number that was given to the filing under this op_id."""
    return Filing.objects.select_related("dossier__matter").get(op_id=op_id).dossier.number


def claim_code_of(dossier: Dossier) -> str:
    """The claim code, made again from its seed; only for whoever has just proved to be its owner."""
    return rules.claim_code(settings.CLAIM_KEYS[dossier.claim_key_id], dossier.claim_seed)


def _file(request: Request, said: dict[str, Any], at: datetime, counter: Counter | None) -> Filed:
    centre, helped = at_counter.offices(request, counter, at)
    blank = entering.held(counter.slip, counter.centre, at) if counter and counter.slip else None
    matter = _matter(request, centre, counter, at)
    dossier, code = _dossier(request, matter, centre, helped, at, blank)
    filing = _filing(request, said, dossier, at)
    event = ledger.record(
        DossierFiled(
            procedure=request.edition.code,
            version_id=request.edition.version_id,
            overlay_ids=request.edition.overlay_ids,
            channel=request.channel,
            filing_sha256=filing.sha256,
            received_at=centre.code if at_counter.is_elsewhere(centre, request.commune) else None,
            helped_at=helped.code if helped else None,
        ),
        matter=matter,
        at=at,
        by=counter.by if counter else None,
        post=counter.post if counter else None,
        office=counter.centre if counter else centre,
        op_id=request.op_id,
    )
    item = _intake_item(request.edition, matter, centre, event, at)
    if counter:
        reuse.note_reused(dossier=dossier, reused=counter.reused, filed=event)
        lying = {"office": counter.place, "op_id": request.op_id, "dossier_id": dossier.pk}
        scans.attach(scans=counter.scans, **lying, at=at)
    if counter and not counter.only_helps:
        receipt.receive_at_counter(
            dossier=dossier,
            edition=request.edition,
            item=item,
            by=counter.by,
            post=counter.post,
            at=at,
            limit=counter.limit,
        )
    elif not request.quiet:
        messages.announce(event, dossier, request.applicant.email, at)
    if counter and counter.slip and blank:
        entering.enter(blank=blank, dossier=dossier, slip=counter.slip, by=counter.by, post=counter.post)
    _make_findable(request, matter)
    return Filed(dossier, code, repeated=False)


def _matter(request: Request, centre: Office, counter: Counter | None, at: datetime) -> Matter:
    agency = request.commune.agency_code or request.commune.code
    number = request.number or numbering.take(agency, course.day_of(at), request.commune.number_pattern)
    short_name = request.edition.definition.short_name or request.edition.definition.name
    parties = [(request.commune, matters.OWNER), (centre, matters.RECEIVING), *at_counter.across(request, counter, at)]
    return matters.open_matter(
        kind="dossier", reference=number, title=short_name.vi[:300], at=at, parties=dict.fromkeys(parties)
    )


def _dossier(
    request: Request, matter: Matter, centre: Office, helped: Office | None, at: datetime, blank: BlankSlip | None
) -> tuple[Dossier, str]:
    seed, key_id = entering.claim_of(blank, request.op_id, settings.CLAIM_KEY_ID)
    key = settings.CLAIM_KEYS[key_id]
    code = rules.claim_code(key, seed)
    dossier = Dossier(
        matter=matter,
        version_id=request.edition.version_id,
        overlay_ids=list(request.edition.overlay_ids),
        procedure_code=request.edition.code,
        channel=request.channel,
        state=rules.MACHINE.next(rules.NEW, rules.FILE),
        helped_office=helped,
        receiving_office=centre,
        competent_office=request.commune,
        filed_at=at,
        claim_code_hash=rules.claim_code_hash(key, code),
        claim_key_id=key_id,
        claim_seed=seed,
    )
    rows.insert(dossier)
    rows.insert(Applicant(dossier=dossier, **asdict(request.applicant)))
    return dossier, code


def _filing(request: Request, said: dict[str, Any], dossier: Dossier, at: datetime) -> Filing:
    filing = Filing(
        dossier=dossier,
        n=1,
        op_id=request.op_id,
        request_sha256=request.request_sha256,
        version_id=request.edition.version_id,
        content=rules.canonical({"number": dossier.number} | said),
        filed_at=at,
    )
    rows.insert(sealing.seal_filing(filing))
    rows.insert_all(list(content.papers(request, filing)))
    return filing


def _intake_item(edition: Edition, matter: Matter, centre: Office, event: Event, at: datetime) -> WorkItem:
    """Somebody must look at it within the working hours that the rule gives, from now on."""
    step, due_at = edition.definition.steps[0], timing.soon_after(centre, at)
    item = WorkItem(matter=matter, step=step.sid, act=step.act, office=centre, due_at=due_at, opened_by=event)
    rows.insert(item)
    return item


def _make_findable(request: Request, matter: Matter) -> None:
    number = matter.reference
    # The tail of the number is what people read out: "0007".
    elsewhere = str(request.said.get("external", {}).get("number", ""))
    words = (number, number.rsplit("-", 1)[-1], request.applicant.full_name, *filter(None, [elsewhere]))
    search.index("dossier", matter.pk.hex, *words, new=True)
