"""Personal values leave, the proof stays: rows are blanked together with an event; numbers, moments and digests
remain.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from motcua.dossiers.events import PersonalDataErased
from motcua.dossiers.models import (
    Access,
    Applicant,
    Arrival,
    DisposalItem,
    Dossier,
    Draft,
    EditionChange,
    Ending,
    ErasureRequest,
    Extension,
    Filing,
    Message,
    Opinion,
    OutsidePaper,
    OutsideRequest,
    Paper,
    Rating,
    Restriction,
    Result,
    Returning,
    Scan,
    SupplementDraft,
    SupplementItem,
    SupplementRequest,
    Transfer,
    Undoing,
    Upload,
)
from motcua.kernel import files, ledger, outbox, search
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Remark

# The delivery that takes the bytes off the disk, once the erasure is durable.
BYTES = "dossiers.bytes"
# What stands where the tables demand words.
ERASED = "-"


def erase_personal_data(*, dossier: Dossier, by: Person, at: datetime, legal_source: str) -> None:
    """Blank everything personal of a closed dossier (Law 91/2025). The chain of events verifies afterwards.

    Raises ValueError for a dossier that is still open, or without a legal source.
    """
    if dossier.matter.closed_at is None or not legal_source.strip():
        raise ValueError("only a closed dossier is erased, and by a law that is named")
    with transaction.atomic():
        filings = Filing.objects.filter(dossier=dossier)
        erased = PersonalDataErased(tuple(filing.sha256 for filing in filings), legal_source)
        event = ledger.record(erased, matter=dossier.matter, at=at, by=by)
        # The event stands first: the database lets a filing be blanked only beside it.
        filings.update(content="")
        papers = Paper.objects.filter(filing__dossier=dossier)
        bytes_of_papers = sorted({*papers.values_list("file_id", flat=True), *_of_opinions(dossier)})
        papers.update(name="")
        # The handles under which they came; a later one is somebody's who handed the same in.
        last = filings.aggregate(at=Max("filed_at"))["at"]
        Upload.objects.filter(file__in=bytes_of_papers, uploaded_at__lte=last).delete()
        _blank_rows(dossier)
        if bytes_of_papers:
            key, payload = f"bytes:{event.position}", {"files": bytes_of_papers}
            outbox.enqueue(event=event, target=BYTES, key=key, at=at, payload=payload)
        search.forget("dossier", dossier.pk.hex)


def remove_bytes(*, sha256s: Iterable[str]) -> int:
    """Take the papers of erased dossiers off the disk, but for bytes that somebody else handed in as well; how many.

    No event of its own: it carries out what the erasure's event said.
    """
    with transaction.atomic():
        return sum(files.remove(sha256, needs=_needed) for sha256 in sha256s)


def _needed(rows: QuerySet[Any]) -> bool:
    if rows.model is Paper:
        by_law = Event.objects.filter(matter=OuterRef("filing__dossier"), type=PersonalDataErased.type)
        rows = rows.exclude(Exists(by_law))
    return rows.exists()


def _of_opinions(dossier: Dossier) -> set[str]:
    """Files that went with a question to another office or with its answer."""
    pairs = Opinion.objects.filter(dossier=dossier).values_list("question_file_id", "answer_file_id")
    return {sha256 for pair in pairs for sha256 in pair if sha256}


def _blank_rows(dossier: Dossier) -> None:
    """Every column beside the filing in which somebody may have written who it was."""
    blank = dict.fromkeys(("full_name", "birth_date", "citizen_id", "phone", "email", "address"), "")
    Applicant.objects.filter(dossier=dossier).update(**blank)
    Returning.objects.filter(dossier=dossier).update(receiver="", note="")
    Ending.objects.filter(dossier=dossier).update(reason="", advice="")
    OutsideRequest.objects.filter(dossier=dossier).update(answer="", reference="", answer_reference="")
    Message.objects.filter(dossier=dossier).update(text="")
    Access.objects.filter(dossier=dossier).update(words="")
    SupplementRequest.objects.filter(dossier=dossier, n__gte=2).update(repeat_reason=ERASED, decision_note="")
    SupplementItem.objects.filter(request__dossier=dossier).update(note="", remedy=ERASED)
    SupplementDraft.objects.filter(request__dossier=dossier).update(answers={}, raw={}, papers={})
    Restriction.objects.filter(dossier=dossier).update(reason=ERASED, lift_reason="")
    ErasureRequest.objects.filter(dossier=dossier).update(reason=ERASED, decision_note="")
    DisposalItem.objects.filter(dossier=dossier).update(reason="")
    for corrected in (Transfer, EditionChange, Undoing):
        corrected._default_manager.filter(dossier=dossier).update(reason="")
    Extension.objects.filter(dossier=dossier).update(reason=ERASED, decision_note="")
    Opinion.objects.filter(dossier=dossier).update(question="", answer="", question_file=None, answer_file=None)
    Result.objects.filter(dossier=dossier, revoked_at__isnull=False).update(revoke_reason=ERASED)
    Arrival.objects.filter(dossier=dossier).update(content="", reason="")
    OutsidePaper.objects.filter(dossier=dossier).update(name="", address="")
    Rating.objects.filter(dossier=dossier).update(sentence="", heard_note="")
    Remark.objects.filter(matter=dossier.matter).update(text="")
    Scan.objects.filter(dossier=dossier).update(file=None, name="")
    Draft.objects.filter(dossier=dossier).update(applicant={}, answers={}, raw={}, papers={})
