"""A machine files: the key first, then the procedure, then every answer and paper, then one dossier.

Nothing unknown is passed over in silence: a field that is not asked is a fault, since whoever sent it meant something.
"""

import dataclasses
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import applicant, services
from motcua.dossiers.api import reading
from motcua.dossiers.api.problems import Fault, Refused
from motcua.dossiers.api.shapes import Filed, NewFiling
from motcua.dossiers.models import Dossier, Filing
from motcua.dossiers.services import ApplicantData, ComponentData, FileData
from motcua.dossiers.services.filing import claim_code_of
from motcua.dossiers.services.uploads import known_uploads
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition
from motcua.procedures.queries import Edition

_KEY = re.compile(r"[!-~]{1,200}")
# Machines may leave out what the page asks of people, all but the name.
_PAGE = dataclasses.replace(
    applicant.PAGE,
    fields=tuple(dataclasses.replace(each, required=each.sid == "full_name") for each in applicant.PAGE.fields),
)
_APPLICANT = dataclasses.replace(applicant.DEFINITION, pages=(_PAGE,))
_UNKNOWN = _("This form has no such question. Leave the answer out.")
_NOT_ASKED = _("With these answers this question is not asked. Leave the answer out.")
_NO_COMPONENT = _("This procedure has no such paper. Leave it out.")
_TWICE = _("This paper is named twice. Put all of its files together.")
_NO_UPLOAD = _("There is no such upload, or it has expired. Upload the file again.")


def file(office: Office, key: str, body: NewFiling, at: datetime) -> tuple[Dossier, str]:
    """The dossier and its claim code; the same however often it is asked under one key. Raises Refused.

    A filing that succeeds proves that its key is new: the database lets none in twice. So the key is looked up only
    before a refusal, and then before anything else is said.
    """
    if not _KEY.fullmatch(key):
        raise Refused(400, "no_key")
    op_id, digest = _op_id(office, key), _digest(body)
    try:
        return _filed(office, op_id, digest, body, at)
    except Refused:
        if earlier := _earlier(op_id, digest):
            return earlier
        raise


def _filed(office: Office, op_id: str, digest: str, body: NewFiling, at: datetime) -> tuple[Dossier, str]:
    edition = _edition(office, body, at)
    answers, who, faults = _cleaned(edition, body, at)
    files = known_uploads(_handles(edition.definition, answers, body), at)
    # Whoever mends a request should learn of everything at once.
    if faults := [*faults, *_faults_of_papers(edition.definition, answers, files, body, at)]:
        raise Refused(422, "invalid", faults)
    try:
        filed = services.file_dossier(
            commune=office,
            edition=edition,
            channel=body.channel,
            applicant=ApplicantData(**who),
            answers=answers,
            components=_components(body, files),
            op_id=op_id,
            request_sha256=digest,
            at=at,
            file_names=files,
        )
    except services.KeyUsedForAnotherRequest:
        raise Refused(422, "key_reused") from None
    return filed.dossier, filed.claim_code


def _op_id(office: Office, key: str) -> str:
    """A client's key counts at one commune; digested, since the ledger keeps it and it may be anything."""
    return "api-" + hashlib.sha256(f"{office.code} {key}".encode()).hexdigest()


def _digest(body: NewFiling) -> str:
    """Of the content, not of blanks and the order of keys."""
    return hashlib.sha256(json.dumps(body.model_dump(mode="python"), sort_keys=True).encode()).hexdigest()


def _earlier(op_id: str, digest: str) -> tuple[Dossier, str] | None:
    found = Filing.objects.select_related("dossier__matter").filter(op_id=op_id).first()
    if found is None:
        return None
    if found.request_sha256 != digest:
        raise Refused(422, "key_reused")
    return found.dossier, claim_code_of(found.dossier)


def _edition(office: Office, body: NewFiling, at: datetime) -> Edition:
    try:
        edition = reading.edition(office, body.procedure, timezone.localtime(at).date())
    except Refused as refused:
        raise Refused(422, refused.code, [("/procedure", _("This commune has no procedure of this code."))]) from None
    if body.version is not None and body.version != edition.version_no:
        raise Refused(409, "version", [("/version", _("The form of this procedure has changed. Fetch it again."))])
    if not _may_be_filed(edition, body.channel):
        words = _("This procedure is not filed here in this way. Look at its page for where it is filed.")
        raise Refused(409, "not_here", [("/channel", words)])
    return edition


def _may_be_filed(edition: Edition, channel: str) -> bool:
    """Online where it is filed here. What came by post or over the counter an officer takes in; only a demonstration
    lets a machine say so, that the whole way can be tried.
    """
    kinds = {each.kind for each in edition.definition.channels}
    if channel == "online":
        return edition.filed_here
    return organisation.is_demo() and edition.definition.mode != procedures.MODE_NONE and channel in kinds


def _cleaned(
    edition: Edition, body: NewFiling, at: datetime
) -> tuple[Mapping[str, Any], Mapping[str, Any], list[Fault]]:
    context = eforms.Context(timezone.localtime(at).date(), demo=organisation.is_demo())
    answers = eforms.clean(edition.definition, body.answers, context)
    given = {sid: value for sid, value in body.applicant.model_dump().items() if value is not None}
    who = eforms.clean(_APPLICANT, given, context)
    faults: list[Fault] = [(each.pointer.replace("/answers/", "/applicant/", 1), each.message) for each in who.problems]
    faults += [(each.pointer, each.message) for each in answers.problems]
    faults += [_dropped(edition.definition, sid) for sid in answers.dropped]
    return answers.values, who.values, faults


def _dropped(definition: Definition, sid: str) -> Fault:
    known = any(each.sid == sid for each in definition.fields)
    return f"/answers/{sid.replace('~', '~0').replace('/', '~1')}", _NOT_ASKED if known else _UNKNOWN


def _handles(definition: Definition, answers: Mapping[str, Any], body: NewFiling) -> set[str]:
    """Every handle that the request names."""
    of_fields = (answers.get(each.sid, ()) for each in definition.fields if each.type == "file")
    named = [*of_fields, *(each.files for each in body.components)]
    return {handle for handles in named for handle in handles}


def _faults_of_papers(
    definition: Definition,
    answers: Mapping[str, Any],
    files: Mapping[str, FileData],
    body: NewFiling,
    at: datetime,
) -> Iterator[Fault]:
    yield from _paper_faults(definition, body)
    yield from _upload_faults(definition, answers, files, body)
    given = {each.sid for each in body.components}
    missing = eforms.missing_components(definition, answers, given, timezone.localtime(at).date())
    yield from (("/components", each.message) for each in missing)


def _paper_faults(definition: Definition, body: NewFiling) -> Iterator[Fault]:
    known, seen = {each.sid for each in definition.components if each.handed_in}, set()
    for n, each in enumerate(body.components):
        if each.sid not in known:
            yield f"/components/{n}/sid", _NO_COMPONENT
        if each.sid in seen:
            yield f"/components/{n}/sid", _TWICE
        seen.add(each.sid)


def _upload_faults(
    definition: Definition, answers: Mapping[str, Any], files: Mapping[str, FileData], body: NewFiling
) -> Iterator[Fault]:
    named = [(f"/components/{n}/files", each.files) for n, each in enumerate(body.components)]
    named += [
        (f"/answers/{each.sid}", answers[each.sid])
        for each in definition.fields
        if each.type == "file" and each.sid in answers
    ]
    for place, handles in named:
        for n, handle in enumerate(handles):
            if handle not in files:
                yield f"{place}/{n}", _NO_UPLOAD


def _components(body: NewFiling, files: Mapping[str, FileData]) -> list[ComponentData]:
    return [
        ComponentData(each.sid, tuple(files[handle] for handle in dict.fromkeys(each.files)), kind="copy", quantity=1)
        for each in body.components
    ]


def answer(request: HttpRequest, slug: str, dossier: Dossier, code: str) -> Filed:
    """What is said of a filing, the first time and every time after; both addresses ask for the claim code."""
    status_url = request.build_absolute_uri(f"/status/?number={dossier.number}")
    return Filed(
        number=dossier.number,
        claim_code=code,
        filed_at=timezone.localtime(dossier.filed_at),
        receipt_url=request.build_absolute_uri(f"/api/v1/{slug}/filings/{dossier.number}/receipt"),
        status_url=status_url,
    )
