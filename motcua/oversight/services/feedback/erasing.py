"""Personal values leave, the proof stays: rows are blanked with an event; number, moments and clocks remain."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import ledger, outbox, search
from motcua.kernel.identity import Person
from motcua.kernel.matters import Remark
from motcua.oversight import policies
from motcua.oversight.events.feedback import FeedbackErased
from motcua.oversight.models import Feedback, FeedbackAnswer, FeedbackNote
from motcua.oversight.rules.difficulties import ERASED
from motcua.oversight.services.erasing import BYTES
from motcua.oversight.services.feedback import course


def erase_feedback(*, feedback: Feedback, by: Person, at: datetime, legal_source: str) -> None:
    """Blank everything personal of feedback that is over (Law 91/2025). What was made public names nobody and stays.

    Raises policies.NotAllowed, ValueError for what is still open, or without a legal source.
    """
    with transaction.atomic():
        feedback = course.held(feedback)
        if feedback.matter.closed_at is None or not legal_source.strip():
            raise ValueError("only what is over is erased, and by a law that is named")
        post = policies.post_to_erase(by, (feedback.commune, feedback.holder), course.day_of(at))
        happening = FeedbackErased(legal_source)
        event = ledger.record(happening, matter=feedback.matter, at=at, by=by, post=post, office=post.office)
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
