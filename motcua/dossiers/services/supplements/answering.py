"""What was asked for comes: a second immutable filing beside the first, and the interrupted step goes on.

Whoever asks twice under one key gets the first answer again; what was not asked for is refused, never passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.events import SupplementFiled
from motcua.dossiers.models import Dossier, Filing, SupplementDraft, SupplementRequest
from motcua.dossiers.services import content, course, messages, sealing
from motcua.dossiers.services.content import ApplicantData, ComponentData, FileData, Request
from motcua.dossiers.services.filing import KeyUsedForAnotherRequest
from motcua.dossiers.services.supplements import waiting
from motcua.kernel import identity, ledger, organisation, rows
from motcua.kernel.identity import Person, Post
from motcua.procedures import eforms
from motcua.procedures.eforms import Problem


@dataclass(frozen=True, slots=True)
class Supplemented:
    """The answer to a supplement; the same when it is repeated."""

    dossier: Dossier
    filing: Filing
    repeated: bool


class SupplementIncomplete(ValueError):
    """What came is not what was asked for: answers to mend, papers that are missing, and what is not open at all."""

    def __init__(self, problems: Sequence[Problem], missing: Sequence[str], not_asked: Sequence[str]) -> None:
        super().__init__(", ".join([*(each.sid for each in problems), *missing, *not_asked]))
        self.problems, self.missing, self.not_asked = tuple(problems), tuple(missing), tuple(not_asked)


def file_supplement(
    *,
    dossier: Dossier,
    answers: Mapping[str, Any],
    components: Sequence[ComponentData],
    op_id: str,
    request_sha256: str,
    at: datetime,
    file_names: Mapping[str, FileData] | None = None,
    by: Person | None = None,
) -> Supplemented:
    """File what was asked for: with the claim code, or `by` an officer for the person at the counter.

    Late is better than never: the day to answer by is no gate. Raises SupplementIncomplete, KeyUsedForAnotherRequest,
    workflow.Refused when nothing is awaited, policies.NotAllowed.
    """
    request = Request(
        commune=dossier.competent_office,
        edition=queries.edition_of(dossier),
        channel="direct" if by else "online",
        applicant=ApplicantData(""),
        answers=answers,
        components=components,
        op_id=op_id,
        request_sha256=request_sha256,
        file_names=file_names or {},
    )
    try:
        with transaction.atomic():
            return _earlier(dossier, request, hold=True) or _file(dossier, request, at, by)
    except IntegrityError:
        # The same key came for another dossier at this very moment; anything else is a fault of ours.
        if earlier := _earlier(dossier, request):
            return earlier
        raise


def _earlier(dossier: Dossier, request: Request, *, hold: bool = False) -> Supplemented | None:
    """What was filed under this key; with the dossier held, so that of two at once the second finds the first."""
    if hold:
        course.locked_whole(dossier)
    filing = Filing.objects.select_related("dossier__matter").filter(op_id=request.op_id).first()
    if filing is None:
        return None
    if filing.dossier_id != dossier.pk or filing.request_sha256 != request.request_sha256:
        raise KeyUsedForAnotherRequest(request.op_id)
    return Supplemented(filing.dossier, filing, repeated=True)


def _file(dossier: Dossier, request: Request, at: datetime, by: Person | None) -> Supplemented:
    held, item, asked = waiting.awaited(dossier)
    # The caller's dossier may be older than a correction of the procedure.
    request = replace(request, commune=held.competent_office, edition=queries.edition_of(held))
    post = _post_at_the_counter(held, asked, by, at) if by else None
    values = _checked(held, asked, request, at)
    filing = _filing(held, asked, request, values, at)
    due_at = waiting.clock_runs_again(held, at)
    asked.answered_at = at
    asked.save(update_fields=["answered_at"])
    _blank_draft(asked)
    event = ledger.record(
        SupplementFiled(asked.n, filing.sha256, due_at),
        matter=held.matter,
        at=at,
        by=by,
        post=post,
        office=post.office if post else held.receiving_office,
        op_id=request.op_id,
    )
    waiting.take_up_again(asked, held, item, event)
    messages.announce(event, held, held.applicant.email, at)
    return Supplemented(held, filing, repeated=False)


def _post_at_the_counter(dossier: Dossier, asked: SupplementRequest, by: Person, at: datetime) -> Post:
    """Whoever takes papers in, or whoever asked for these."""
    day, act = course.day_of(at), waiting.act_of(asked)
    own = identity.post_for(by, day, rules.CAPABILITY_OF_ACT[act], asked.office.path)
    office = dossier.receiving_office or dossier.competent_office
    return own or policies.post_for(by, identity.INTAKE, office, day)


def _checked(dossier: Dossier, asked: SupplementRequest, request: Request, at: datetime) -> Mapping[str, Any]:
    """The open answers as they are stored. Raises SupplementIncomplete."""
    day = course.day_of(at)
    opened = queries.opened_by(dossier, asked, day)
    cleaned = opened.cleaned(request.answers, eforms.Context(day, demo=organisation.is_demo()))
    given = {each.sid for each in request.components if each.files or each.quantity}
    missing = [each.sid for each in opened.missing_components(cleaned.values, given)]
    known = {each.sid for each in opened.components(cleaned.values)}
    not_asked = [*cleaned.dropped, *(each.sid for each in request.components if each.sid not in known)]
    files = {field.sid for field in request.edition.definition.fields if field.type == "file"}
    handles = [handle for sid in files for handle in cleaned.values.get(sid, ())]
    missing += ["files"] if any(handle not in request.file_names for handle in handles) else []
    if cleaned.problems or missing or not_asked:
        raise SupplementIncomplete(cleaned.problems, missing, not_asked)
    return cleaned.values


def _filing(
    dossier: Dossier, asked: SupplementRequest, request: Request, values: Mapping[str, Any], at: datetime
) -> Filing:
    last = Filing.objects.filter(dossier=dossier).order_by("-n").values_list("n", flat=True)[0]
    said = content.supplement_content(request, values, asked, at)
    filing = Filing(
        dossier=dossier,
        n=last + 1,
        op_id=request.op_id,
        request_sha256=request.request_sha256,
        version_id=dossier.version_id,
        content=rules.canonical({"number": dossier.number} | said),
        filed_at=at,
        supplement_request=asked,
    )
    rows.insert(sealing.seal_filing(filing))
    rows.insert_all(list(content.papers(request, filing, values)))
    return filing


def _blank_draft(asked: SupplementRequest) -> None:
    """From now on the filing is the only place of what was typed, whichever door it came through."""
    empty: dict[str, Any] = {"answers": {}, "raw": {}, "papers": {}, "pages_done": []}
    SupplementDraft.objects.filter(request=asked).update(**empty, is_filed=True)
