"""A person says something of rules or of how officers behave: it has a number, a code, and an office that has it.

One act, one transaction. However often the same is sent, it is one, and the answer is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.kernel import codes, matters, numbering, organisation, rows, search
from motcua.kernel.identity import Person, Post
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.oversight import queries
from motcua.oversight.events.feedback import FeedbackSent
from motcua.oversight.models import Feedback
from motcua.oversight.policies import feedback as policies
from motcua.oversight.rules import feedback as rules
from motcua.oversight.rules.difficulties import masked
from motcua.oversight.services.feedback import course
from motcua.oversight.services.feedback.course import Given
from motcua.procedures import queries as procedures

KIND, SERIES, PATTERN = "feedback", "PA", "{agency}-{yyyy}-{n}"


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says, and who it is (Decree 20/2008, art. 7)."""

    text: str
    topic: str
    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    procedure: str = ""
    # A dossier that the person has shown the claim code of.
    about: Matter | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The feedback, and the code that opens it together with its number."""

    feedback: Feedback
    claim_code: str


def send_feedback(
    *,
    said: Said,
    commune: Office,
    op_id: str,
    at: datetime,
    by: Person | None = None,
    channel: str = "online",
    files: Sequence[Given] = (),
) -> Sent:
    """Send it to this commune; `by`: an officer who writes it down for a person.

    Raises WordsNeeded, policies.NotAllowed.
    """
    if known := Feedback.objects.filter(matter__events__op_id=op_id).select_related("matter").first():
        return Sent(known, claim_code_of(known))
    text, name = course.words(said.text), course.words(said.name)
    day = course.day_of(at)
    post = policies.post_with_any(by, rules.CAPABILITIES["arrived"], _centre(commune, at), day) if by else None
    with transaction.atomic():
        feedback = Feedback(
            matter=_matter(text, said.topic, commune, at),
            state=rules.MACHINE.next(rules.NEW, rules.SEND),
            topic=said.topic,
            channel=channel,
            text=text,
            name=name,
            phone=said.phone,
            email=said.email,
            address=said.address,
            procedure_code=said.procedure if said.procedure in procedures.named() else "",
            about=said.about,
            commune=commune,
            holder=commune if said.topic == rules.CONDUCT else _centre(commune, at),
            taken_by=by,
            claim_seed=op_id,
            claim_key_id=settings.CLAIM_KEY_ID,
        )
        return _written(feedback, files, at, by, post, op_id)


def _written(
    feedback: Feedback, files: Sequence[Given], at: datetime, by: Person | None, post: Post | None, op_id: str
) -> Sent:
    code = claim_code_of(feedback)
    feedback.claim_code_hash = codes.claim_code_hash(settings.CLAIM_KEYS[feedback.claim_key_id], code)
    rows.insert(feedback)
    course.attach(feedback, files)
    course.start_clocks(feedback, rules.ON_ARRIVAL, feedback.holder, at, rules.SEND)
    about = feedback.about.reference if feedback.about else None
    sent = FeedbackSent(feedback.topic, feedback.channel, feedback.holder.code, about)
    course.move(happening=sent, feedback=feedback, at=at, by=by, post=post, op_id=op_id)
    search.index(KIND, feedback.pk.hex, masked(feedback.text), new=True)
    return Sent(feedback, code)


def claim_code_of(feedback: Feedback) -> str:
    """The code that was given with its number, made again."""
    return codes.claim_code(settings.CLAIM_KEYS[feedback.claim_key_id], feedback.claim_seed)


def _centre(commune: Office, at: datetime) -> Office:
    return organisation.division_for(commune, "receive", course.day_of(at))


def _matter(text: str, topic: str, commune: Office, at: datetime) -> Matter:
    """What stands in lists: how it begins, without numbers of persons; of officers' behaviour only its number."""
    number = numbering.take(SERIES, queries.day_of(at), PATTERN)
    title = number if topic == rules.CONDUCT else course.title(masked(text))
    return matters.open_matter(kind=KIND, reference=number, title=title, at=at, parties=[(commune, matters.OWNER)])
