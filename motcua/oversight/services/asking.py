"""What those who raised or meet a difficulty do: they say that they meet it too, clarify, confirm, reopen, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.kernel import matters, organisation, rows
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Happening
from motcua.kernel.organisation import Office
from motcua.kernel.workflow import Refused
from motcua.oversight import policies
from motcua.oversight.events.difficulties import (
    DifficultyClarified,
    DifficultyConfirmed,
    DifficultyReopened,
    DifficultyWithdrawn,
    VoiceAdded,
)
from motcua.oversight.models import Answer, Difficulty, Note, Voice
from motcua.oversight.rules import difficulties as rules
from motcua.oversight.services import course
from motcua.oversight.services.course import Given


def add_voice(*, difficulty: Difficulty, by: Person, office: Office, at: datetime) -> Difficulty:
    """Somebody else meets the same; of a joined one, the difficulty that carries it. Twice is once.

    Raises workflow.Refused when it is over, policies.NotAllowed.
    """
    with transaction.atomic():
        difficulty = course.held(difficulty.merged_into or difficulty)
        post = policies.post_in(by, office, course.day_of(at))
        if difficulty.state in rules.FINISHED:
            raise Refused("voice", difficulty.state, "finished", ())
        if by.pk == difficulty.raised_by_id or difficulty.voices.filter(person=by).exists():
            return difficulty
        commune = organisation.commune_of(office)
        Voice.objects.create(difficulty=difficulty, person=by, office=office, commune=commune, at=at)
        matters.join(difficulty.matter, office, matters.INFORMED, at)
        course.record(VoiceAdded(by.pk, office.code), difficulty, by, post, at)
    return difficulty


def clarify(*, difficulty: Difficulty, text: str, by: Person, at: datetime, files: Sequence[Given] = ()) -> Difficulty:
    """What was asked back is answered; the time to answer goes on, and whoever asked has it again.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.CLARIFY, by, at)
        said = course.noted(difficulty, "clarified", text, by, post, at)
        said.save()
        rows.insert_all(course.attached(difficulty, files, note=said))
        course.run_clock(difficulty, at)
        difficulty.save(update_fields=["state", "due_at"])
        asked = difficulty.notes.filter(kind="asked").select_related("by").last()
        _to_office(DifficultyClarified(said.pk), difficulty, by, post, at, asked)
    return difficulty


def confirm_answer(*, difficulty: Difficulty, by: Person, at: datetime) -> Difficulty:
    """The answer helped; it is over. Raises workflow.Refused, policies.NotAllowed."""
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.CONFIRM, by, at)
        _over(DifficultyConfirmed(by_time=False), difficulty, by, post, at)
    return difficulty


def reopen_difficulty(*, difficulty: Difficulty, reason: str, by: Person, at: datetime) -> Difficulty:
    """The answer did not help: it is with whoever answered again, with what is left of the time.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.REOPEN, by, at)
        said = course.noted(difficulty, "reopened", reason, by, post, at)
        said.save()
        course.run_clock(difficulty, at)
        difficulty.answered_at = None
        difficulty.save(update_fields=["state", "due_at", "answered_at"])
        _to_office(
            DifficultyReopened(said.pk), difficulty, by, post, at, difficulty.answers.select_related("by").last()
        )
    return difficulty


def withdraw_difficulty(*, difficulty: Difficulty, by: Person, at: datetime) -> Difficulty:
    """Nobody needs an answer any more. Raises workflow.Refused, policies.NotAllowed."""
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.WITHDRAW, by, at)
        _over(DifficultyWithdrawn(), difficulty, by, post, at)
    return difficulty


def _over(happening: Happening, difficulty: Difficulty, by: Person, post: Post, at: datetime) -> None:
    course.stop_clock(difficulty, at)
    difficulty.save(update_fields=["state"])
    course.finish(happening=happening, difficulty=difficulty, by=by, post=post, at=at)


def _to_office(
    happening: Happening, difficulty: Difficulty, by: Person, post: Post, at: datetime, last: Note | Answer | None
) -> None:
    """The office has it again, and in it whoever asked or answered last."""
    course.move(
        happening=happening,
        difficulty=difficulty,
        by=by,
        post=post,
        at=at,
        office=difficulty.holder,
        assignee=last.by if last else None,
    )


def _begun(difficulty: Difficulty, act: str, by: Person, at: datetime) -> tuple[Difficulty, Post]:
    """The difficulty held and moved to the state after this act, and the post by which the asker's side does it."""
    difficulty = course.held(difficulty)
    difficulty.state = rules.MACHINE.next(difficulty.state, act)
    return difficulty, policies.post_to_speak(by, difficulty, course.day_of(at))
