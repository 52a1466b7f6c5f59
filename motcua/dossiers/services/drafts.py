"""What a citizen has typed before sending: kept under an unguessable key, saved page by page, sent once, then blanked.

What is typed in answer to a supplement request is saved by the same functions (supplement_drafts begins and sends it).
Before a matter exists there is no chain to record in, so these writers leave no event; the first is that of the filing.
A save is one document saved whole: doing it twice changes nothing. An autosave that was typed before the newest save
of the draft is not taken.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction

from motcua.dossiers import applicant, rules
from motcua.dossiers.models import Draft, Typed
from motcua.dossiers.services import resuming
from motcua.dossiers.services.content import ApplicantData, ComponentData, FileData
from motcua.dossiers.services.filing import Filed, claim_code_of, file_dossier
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Page
from motcua.procedures.queries import Edition

LASTS = timedelta(days=14)
# How long the page with the claim code can be opened again from the same browser.
SENT_SHOWN = timedelta(hours=1)
T = TypeVar("T", bound=Typed)


class DraftSent(ValueError):
    """The draft has become a dossier and takes nothing more."""


class FilesGone(LookupError):
    """Some files of the draft are no longer kept; `names` says which."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True)
class Started:
    """A new draft and the key that alone opens it; only a hash of the key is stored."""

    draft: Draft
    key: str


def key_hash(key: str) -> str:
    """What is stored and looked up."""
    return hashlib.sha256(key.encode()).hexdigest()


def start_draft(
    *, commune: Office, edition: Edition, at: datetime, key: str | None = None, op_id: str | None = None
) -> Started:
    """A new empty draft of this edition at this commune; key and op_id are given when a device began it by itself.

    Raises IntegrityError when another draft has either.
    """
    key = key or secrets.token_urlsafe(32)
    op_id = op_id or f"draft-{secrets.token_hex(16)}"
    with transaction.atomic():
        draft = Draft.objects.create(
            key_hash=key_hash(key),
            again_hash=key_hash(resuming.key_of(op_id)),
            resume_hash=resuming.code_hash(resuming.code_of(op_id)),
            commune=commune,
            version_id=edition.version_id,
            overlay_ids=list(edition.overlay_ids),
            send_op_id=op_id,
            made_at=at,
            saved_at=at,
            expires_at=at + LASTS,
        )
    return Started(draft, key)


def save_page(
    *,
    draft: T,
    page: Page,
    cleaned: eforms.Cleaned,
    raw: Mapping[str, Any],
    at: datetime,
    starting: Mapping[str, Any] | None = None,
) -> T:
    """Keep a page as it was sent: what was understood as answers, and all of it as typed when something was not.

    `starting` are answers to put where there is none yet. Raises DraftSent.
    """
    with transaction.atomic():
        held = _held(draft)
        if isinstance(held, Draft) and page.sid == applicant.SID:
            held.applicant = dict(cleaned.values)
        else:
            held.answers = eforms.with_page(page, held.answers, cleaned.values)
        held.answers = {**(starting or {}), **held.answers}
        held.raw.pop(page.sid, None)
        held.beside.pop(page.sid, None)
        held.pages_done = [sid for sid in held.pages_done if sid != page.sid]
        if cleaned.problems:
            held.raw[page.sid] = dict(raw)
        else:
            held.pages_done.append(page.sid)
        held.seq += 1
        return _saved(held, at)


def move_draft(*, draft: Draft, edition: Edition, at: datetime) -> Draft:
    """Go on under another version of the procedure (R3); what was answered is kept. Raises DraftSent."""
    with transaction.atomic():
        held = _held(draft)
        held.version_id, held.overlay_ids = edition.version_id, list(edition.overlay_ids)
        return _saved(held, at)


def keep_typed(*, draft: Typed, page: Page, raw: Mapping[str, Any], seq: int, at: datetime) -> bool:
    """Keep what is being typed, unchecked; False when the draft was saved since that page was drawn. Raises
    DraftSent.
    """
    with transaction.atomic():
        held = _held(draft)
        if held.seq != seq:
            return False
        held.raw[page.sid] = dict(raw)
        _saved(held, at)
        return True


def keep_beside(*, draft: T, page: Page, raw: Mapping[str, Any], at: datetime) -> T:
    """Keep what was typed beside what was saved elsewhere meanwhile: whoever goes on reads both. Raises DraftSent."""
    with transaction.atomic():
        held = _held(draft)
        held.raw[page.sid] = dict(raw)
        held.beside[page.sid] = held.saved_at.isoformat()
        held.pages_done = [sid for sid in held.pages_done if sid != page.sid]
        held.seq += 1
        return _saved(held, at)


def keep_paper(*, draft: T, sid: str, paper: Mapping[str, Any], at: datetime) -> T:
    """Put an uploaded file {handle, name, size, type} to a component or file question. Raises DraftSent."""
    with transaction.atomic():
        held = _held(draft)
        others = [each for each in held.papers.get(sid, ()) if each["handle"] != paper["handle"]]
        held.papers[sid] = [*others, dict(paper)]
        return _saved(held, at)


def remove_paper(*, draft: T, sid: str, handle: str, at: datetime) -> T:
    """Take a file out again. Raises DraftSent."""
    with transaction.atomic():
        held = _held(draft)
        held.papers[sid] = [each for each in held.papers.get(sid, ()) if each["handle"] != handle]
        return _saved(held, at)


def send_draft(
    *, draft: Draft, edition: Edition, answers: Mapping[str, Any], files: Mapping[str, FileData], at: datetime
) -> Filed:
    """File what the draft says, once, however often this is asked; `answers` are cleaned, `files` stand behind handles.

    The draft is blanked: from now on the filing is the only place of these values. Raises FilesGone.
    """
    with transaction.atomic():
        held = (
            Draft.objects.select_for_update(of=("self",)).select_related("commune", "dossier__matter").get(pk=draft.pk)
        )
        if held.dossier is not None:
            own_code = claim_code_of(held.dossier) if held.dossier.claim_seed == held.send_op_id else ""
            return Filed(held.dossier, own_code, repeated=True)
        filed = _file(held, edition, answers, files, at)
        held.dossier, held.expires_at = filed.dossier, at + SENT_SHOWN
        held.applicant, held.answers, held.raw, held.papers, held.beside = {}, {}, {}, {}, {}
        held.save()
    return filed


def _file(
    held: Draft, edition: Edition, answers: Mapping[str, Any], files: Mapping[str, FileData], at: datetime
) -> Filed:
    asked = {each.sid for each in eforms.shown(edition.definition, answers, at.date()).components}
    papers = {sid: listed for sid, listed in held.papers.items() if sid in asked and listed}
    if gone := tuple(each["name"] for listed in papers.values() for each in listed if each["handle"] not in files):
        raise FilesGone(gone)
    components = [
        ComponentData(sid, tuple(files[each["handle"]] for each in listed), kind="copy", quantity=1)
        for sid, listed in papers.items()
    ]
    request = {"applicant": held.applicant, "answers": dict(answers), "papers": papers}
    return file_dossier(
        commune=held.commune,
        edition=edition,
        channel="online",
        applicant=ApplicantData(**held.applicant),
        answers=answers,
        components=components,
        op_id=held.send_op_id,
        request_sha256=rules.sha256(rules.canonical(request)),
        at=at,
        file_names=files,
    )


def drop_draft(*, draft: Draft) -> None:
    """Forget a draft that was sent under its op_id before; what was filed stands."""
    Draft.objects.filter(pk=draft.pk, dossier=None).delete()


def remove_expired_drafts(*, at: datetime) -> int:
    """Delete the drafts whose time is over; the number of them."""
    return Draft.objects.filter(expires_at__lte=at).delete()[0]


def _held(draft: T) -> T:
    held = type(draft)._default_manager.select_for_update(of=("self",)).get(pk=draft.pk)
    if held.is_sent:
        raise DraftSent(str(held.pk))
    return held


def _saved(held: T, at: datetime) -> T:
    held.saved_at, held.expires_at = at, at + LASTS
    held.save()
    return held
