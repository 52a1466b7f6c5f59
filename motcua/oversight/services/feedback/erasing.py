"""Personal values leave, the proof stays: rows are blanked with an event; number, moments and clocks remain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from motcua.kernel import files, ledger, outbox, search
from motcua.kernel.identity import Person
from motcua.kernel.matters import Remark
from motcua.oversight.events.feedback import FeedbackErased
from motcua.oversight.models import Feedback, FeedbackAnswer, FeedbackFile, FeedbackNote
from motcua.oversight.services.feedback import course

# The delivery that takes the bytes off the disk, once the erasure is durable.
BYTES = "oversight.feedback_bytes"
ERASED = "-"


def erase_feedback(*, feedback: Feedback, by: Person, at: datetime, legal_source: str) -> None:
    """Blank everything personal of feedback that is over (Law 91/2025). What was made public names nobody and stays.

    Raises ValueError for what is still open, or without a legal source.
    """
    with transaction.atomic():
        feedback = course.held(feedback)
        if feedback.matter.closed_at is None or not legal_source.strip():
            raise ValueError("only what is over is erased, and by a law that is named")
        event = ledger.record(FeedbackErased(legal_source), matter=feedback.matter, at=at, by=by)
        kept = sorted(set(feedback.files.values_list("file_id", flat=True)))
        feedback.files.update(name=ERASED)
        FeedbackNote.objects.filter(feedback=feedback).update(text=ERASED)
        FeedbackAnswer.objects.filter(feedback=feedback).update(text=ERASED)
        Remark.objects.filter(matter=feedback.matter).update(text="")
        feedback.text, feedback.name = ERASED, ERASED
        feedback.phone = feedback.email = feedback.address = ""
        feedback.save(update_fields=["text", "name", "phone", "email", "address"])
        feedback.matter.title = feedback.number
        feedback.matter.save(update_fields=["title"])
        search.forget("feedback", feedback.pk.hex)
        if kept:
            key = f"{BYTES}:{event.position}"
            outbox.enqueue(event=event, target=BYTES, key=key, at=at, payload={"files": kept})


def remove_bytes(*, sha256s: Iterable[str]) -> int:
    """Take the files of erased feedback off the disk, but for bytes that something else names as well; how many.

    No event of its own: it carries out what the erasure's event said.
    """
    with transaction.atomic():
        return sum(files.remove(sha256, needs=_needed) for sha256 in sha256s)


def _needed(named: QuerySet[Any]) -> bool:
    """Of feedback that was erased the rows stay, and need nothing."""
    if named.model is FeedbackFile:
        return named.exclude(name=ERASED).exists()
    return named.exists()
