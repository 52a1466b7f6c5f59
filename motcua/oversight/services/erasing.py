"""Personal values of a difficulty leave, the proof stays: rows are blanked with an event; number and moments remain."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from motcua.kernel import files, outbox, search
from motcua.kernel.identity import Person
from motcua.kernel.matters import Remark
from motcua.oversight import policies
from motcua.oversight.events.difficulties import DifficultyErased
from motcua.oversight.models import Answer, Attachment, Difficulty, FeedbackFile, Note
from motcua.oversight.rules.difficulties import ERASED
from motcua.oversight.services import course

# The delivery that takes the bytes off the disk, once the erasure is durable.
BYTES = "oversight.feedback_bytes"


def erase_difficulty(*, difficulty: Difficulty, by: Person, at: datetime, legal_source: str) -> None:
    """Blank every word about persons of a difficulty that is over (Law 91/2025). Guidance that was made of its answer
    stands for itself and stays.

    Raises policies.NotAllowed, ValueError for what is still open, or without a legal source.
    """
    with transaction.atomic():
        difficulty = course.held(difficulty)
        post = policies.post_to_erase(
            by, (difficulty.commune or difficulty.office, difficulty.holder), course.day_of(at)
        )
        if difficulty.matter.closed_at is None or not legal_source.strip():
            raise ValueError("only what is over is erased, and by a law that is named")
        event = course.record(DifficultyErased(legal_source), difficulty, by, post, at)
        kept = sorted(set(difficulty.attachments.values_list("file_id", flat=True)))
        difficulty.attachments.update(name=ERASED)
        Note.objects.filter(difficulty=difficulty).update(text=ERASED)
        Answer.objects.filter(difficulty=difficulty).update(text=ERASED)
        Remark.objects.filter(matter=difficulty.matter).update(text="")
        difficulty.text, difficulty.error_reference = ERASED, ""
        difficulty.save(update_fields=["text", "error_reference"])
        difficulty.matter.title = difficulty.number
        difficulty.matter.save(update_fields=["title"])
        search.forget("difficulty", difficulty.pk.hex)
        if kept:
            outbox.enqueue(event=event, target=BYTES, key=f"{BYTES}:{event.position}", at=at, payload={"files": kept})


def remove_bytes(*, sha256s: Iterable[str]) -> int:
    """Take the files of what was erased off the disk, but for bytes that something else names as well; how many.

    No event of its own: it carries out what the erasure's event said.
    """
    with transaction.atomic():
        return sum(files.remove(sha256, needs=_needed) for sha256 in sha256s)


def _needed(named: QuerySet[Any]) -> bool:
    """Of what was erased the rows stay, and need nothing."""
    if named.model in (FeedbackFile, Attachment):
        return named.exclude(name=ERASED).exists()
    return named.exists()
