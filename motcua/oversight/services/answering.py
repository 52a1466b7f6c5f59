"""What the office that has a difficulty does with it: takes it, asks back, passes it on, joins it, answers it.

Each act checks the state machine and the person's post, in one transaction; whoever comes second is refused with the
state as it is now.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.kernel import identity, matters, rows
from motcua.kernel.identity import Person, Post
from motcua.kernel.ledger import Event, Happening
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.events.difficulties import (
    DifficultyAnswered,
    DifficultyAskedBack,
    DifficultyJoined,
    DifficultyPassedOn,
    DifficultySentUp,
    DifficultyTaken,
)
from motcua.oversight.models import Answer, Difficulty, Voice
from motcua.oversight.rules import difficulties as rules
from motcua.oversight.services import course, messages
from motcua.oversight.services.course import CannotJoin, Given


def send_up(*, difficulty: Difficulty, by: Person, at: datetime) -> Difficulty:
    """The commune's leader sends it to the department that answers for it; the time to answer begins.

    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.SEND_UP, by, at)
        way = queries.way_of(difficulty, course.day_of(at))
        course.hand_to(difficulty, way.department, at)
        course.run_clock(difficulty, at)
        difficulty.save(update_fields=["state", "holder", "due_at"])
        sent = DifficultySentUp(way.department.code)
        course.move(happening=sent, difficulty=difficulty, by=by, post=post, at=at, office=way.department)
    return difficulty


def take_difficulty(*, difficulty: Difficulty, by: Person, at: datetime, assignee: Person | None = None) -> Difficulty:
    """Acknowledge it and have it in hand, or give it to a colleague who may answer.

    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.TAKE, by, at)
        taker = assignee or by
        policies.post_for(taker, identity.ANSWER, difficulty.holder, course.day_of(at))
        difficulty.save(update_fields=["state"])
        taken, office = DifficultyTaken(taker.pk), difficulty.holder
        course.move(happening=taken, difficulty=difficulty, by=by, post=post, at=at, office=office, assignee=taker)
    return difficulty


def ask_back(*, difficulty: Difficulty, question: str, by: Person, at: datetime) -> Difficulty:
    """Whoever raised it must clarify; the time to answer stands still.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.ASK_BACK, by, at)
        asked = course.noted(difficulty, "asked", question, by, post, at)
        asked.save()
        course.pause_clock(difficulty, at, f"note {asked.pk}")
        difficulty.due_at = None
        difficulty.save(update_fields=["state", "due_at"])
        event = _to_asker(DifficultyAskedBack(asked.pk), difficulty, by, post, at)
        messages.tell(event, difficulty, [difficulty.raised_by], at)
    return difficulty


def pass_on(*, difficulty: Difficulty, to: Office, reason: str, by: Person, at: datetime) -> Difficulty:
    """Another office answers for it; the time to answer goes on.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded, ValueError for the office that has it already.
    """
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.PASS_ON, by, at)
        if to == difficulty.holder:
            raise ValueError("it is there already")
        said = course.noted(difficulty, "passed_on", reason, by, post, at)
        said.save()
        course.hand_to(difficulty, to, at)
        course.run_clock(difficulty, at)
        difficulty.save(update_fields=["state", "holder", "due_at"])
        passed = DifficultyPassedOn(to.code, said.pk)
        course.move(happening=passed, difficulty=difficulty, by=by, post=post, at=at, office=to)
    return difficulty


def join_difficulties(
    *, difficulty: Difficulty, into: Difficulty, by: Person, at: datetime, reason: str = ""
) -> Difficulty:
    """Make this one part of the other, which carries everybody who raised or meets it; one answer serves all.

    Raises workflow.Refused, policies.NotAllowed, CannotJoin.
    """
    if difficulty.pk == into.pk:
        raise CannotJoin("itself")
    with transaction.atomic():
        # In one order everywhere, so that two who join crosswise do not wait for each other.
        locked = {each.pk: course.held(each) for each in sorted((difficulty, into), key=lambda each: each.pk)}
        into = locked[into.pk]
        if into.state not in (*rules.UNANSWERED, "answered"):
            raise CannotJoin(into.state)
        difficulty, post = _begun(locked[difficulty.pk], rules.JOIN, by, at)
        if reason.strip():
            course.noted(difficulty, "joined", reason, by, post, at).save()
        course.stop_clock(difficulty, at)
        difficulty.merged_into = into
        difficulty.save(update_fields=["state", "merged_into"])
        difficulty.merged.update(merged_into=into)
        _carry_over(difficulty, into, at)
        joined = DifficultyJoined(into.number)
        event = course.finish(happening=joined, difficulty=difficulty, by=by, post=post, at=at)
        messages.tell(event, difficulty, [difficulty.raised_by], at)
    return difficulty


def _carry_over(difficulty: Difficulty, into: Difficulty, at: datetime) -> None:
    """Everybody who raised or meets the joined one meets the other; their offices see it."""
    known = {into.raised_by_id, *into.voices.values_list("person_id", flat=True)} - {None}
    said = list(difficulty.voices.select_related("office"))
    said.append(
        Voice(
            person=difficulty.raised_by,
            office=difficulty.office,
            commune=difficulty.commune,
            at=difficulty.matter.opened_at,
        )
    )
    for voice in said:
        if voice.person_id not in known:
            Voice.objects.create(
                difficulty=into, person=voice.person, office=voice.office, commune=voice.commune, at=voice.at
            )
            known |= {voice.person_id} - {None}
        matters.join(into.matter, voice.office, matters.INFORMED, at)


def answer_difficulty(
    *, difficulty: Difficulty, text: str, by: Person, at: datetime, files: Sequence[Given] = ()
) -> Answer:
    """Answer once for everybody who raised or meets it. Late or not, this is never blocked.

    Raises workflow.Refused, policies.NotAllowed, WordsNeeded.
    """
    with transaction.atomic():
        difficulty, post = _begun(difficulty, rules.ANSWER, by, at)
        answer = Answer.objects.create(difficulty=difficulty, text=course.words(text), by=by, office=post.office, at=at)
        rows.insert_all(course.attached(difficulty, files, answer=answer))
        due_at = difficulty.due_at
        course.pause_clock(difficulty, at, f"answer {answer.pk}")
        difficulty.answered_at = at
        difficulty.save(update_fields=["state", "answered_at"])
        event = _to_asker(DifficultyAnswered(answer.pk, due_at), difficulty, by, post, at)
        messages.tell(event, difficulty, queries.askers(difficulty), at)
    return answer


def _to_asker(happening: Happening, difficulty: Difficulty, by: Person, post: Post, at: datetime) -> Event:
    """The next step is that of whoever raised it."""
    return course.move(
        happening=happening,
        difficulty=difficulty,
        by=by,
        post=post,
        at=at,
        office=difficulty.office,
        assignee=difficulty.raised_by,
    )


def _begun(difficulty: Difficulty, act: str, by: Person, at: datetime) -> tuple[Difficulty, Post]:
    """The difficulty held and moved to the state after this act, and the post by which it is done."""
    difficulty = course.held(difficulty)
    before = difficulty.state
    difficulty.state = rules.MACHINE.next(before, act)
    capability = rules.CAPABILITY_OF_STATE[before]
    return difficulty, policies.post_for(by, capability, difficulty.holder, course.day_of(at))
