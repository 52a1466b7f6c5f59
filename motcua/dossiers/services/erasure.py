"""Personal values leave, the proof stays: rows are blanked together with an event; numbers, moments and digests
remain.
"""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.events import PersonalDataErased
from motcua.dossiers.models import (
    Applicant,
    Dossier,
    Draft,
    Ending,
    Filing,
    Message,
    OutsideRequest,
    Returning,
    SupplementDraft,
    SupplementItem,
    SupplementRequest,
)
from motcua.kernel import ledger, search
from motcua.kernel.identity import Person
from motcua.kernel.matters import Remark

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
        ledger.record(erased, matter=dossier.matter, at=at, by=by)
        # The event stands first: the database lets a filing be blanked only beside it.
        filings.update(content="")
        _blank_rows(dossier)
        search.forget("dossier", dossier.pk.hex)


def _blank_rows(dossier: Dossier) -> None:
    """Every column beside the filing in which somebody may have written who it was."""
    blank = dict.fromkeys(("full_name", "birth_date", "citizen_id", "phone", "email", "address"), "")
    Applicant.objects.filter(dossier=dossier).update(**blank)
    Returning.objects.filter(dossier=dossier).update(receiver="", note="")
    Ending.objects.filter(dossier=dossier).update(reason="", advice="")
    OutsideRequest.objects.filter(dossier=dossier).update(answer="", reference="", answer_reference="")
    Message.objects.filter(dossier=dossier).update(text="")
    SupplementRequest.objects.filter(dossier=dossier, n__gte=2).update(repeat_reason=ERASED, decision_note="")
    SupplementItem.objects.filter(request__dossier=dossier).update(note="", remedy=ERASED)
    SupplementDraft.objects.filter(request__dossier=dossier).update(answers={}, raw={}, papers={})
    Remark.objects.filter(matter=dossier.matter).update(text="")
    Draft.objects.filter(dossier=dossier).update(applicant={}, answers={}, raw={}, papers={})
