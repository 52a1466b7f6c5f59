"""The law of a dossier as plain functions: states and acts, the way along a route, claim codes, the canonical filing.

Sources: Decree 118/2025 (one-stop mechanism), Circular 03/2025/TT-VPCP (forms 01–07), statuses of the National Portal.
Nothing here knows the time, the database or a language.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from motcua.kernel.workflow import Machine, Transition

FILE, RECEIVE, REFUSE, ADVANCE, SETTLE, RETURN = "file", "receive", "refuse", "advance", "settle", "return"
NEW = "new"
MACHINE = Machine(
    (
        Transition(FILE, (NEW,), "submitted"),
        Transition(RECEIVE, ("submitted",), "received"),
        Transition(REFUSE, ("submitted",), "refused"),
        Transition(ADVANCE, ("received", "processing"), "processing"),
        Transition(SETTLE, ("received", "processing"), "result_ready"),
        Transition(RETURN, ("result_ready",), "returned"),
    ),
    initial=(NEW,),
    final=("returned", "refused"),
)
FINISHED = frozenset({"returned", "refused", "withdrawn", "stopped"})
# The National Portal's own numbers, so that the two never drift apart. A draft has none.
PORTAL_STATUS: Mapping[str, int] = {
    "submitted": 1,
    "received": 2,
    "refused": 3,
    "processing": 4,
    "supplement_requested": 5,
    "payment_requested": 6,
    "withdrawn": 7,
    "stopped": 8,
    "result_ready": 9,
    "returned": 10,
}
REFUSAL_REASONS = ("not_competent", "incomplete", "not_eligible", "already_settled", "other")
RETURN_METHODS = ("counter", "post", "electronic")
# Online filings are looked at within this many working hours (Decree 45/2020, from memory; a row may say otherwise).
INTAKE_HOURS = 8

# No letter that looks or sounds like another: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V, M N.
CLAIM_ALPHABET = "3467ACDEFGHJKPQRTWXY"
CLAIM_LENGTH = 10


class RouteStep(Protocol):
    """What a step of a version's route says; `procedures` defines them."""

    @property
    def sid(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def role(self) -> str: ...


# Which capability a person needs for a step, by what the step does.
CAPABILITY_OF_ACT: Mapping[str, str] = {
    "receive": "dossiers.intake",
    "process": "dossiers.process",
    "settle": "dossiers.approve",
    "return": "dossiers.intake",
}


S = TypeVar("S", bound=RouteStep)


def step_after(steps: Sequence[S], sid: str) -> S | None:
    """The step behind this one on the route; None at its end."""
    place = [step.sid for step in steps].index(sid)
    return steps[place + 1] if place + 1 < len(steps) else None


def steps_until(steps: Sequence[S], sid: str, act: str) -> tuple[S, ...]:
    """The steps from this one to the first that does `act`, both included; empty when the route has no such step
    ahead.
    """
    place = [step.sid for step in steps].index(sid)
    ahead = steps[place:]
    ends = [number for number, step in enumerate(ahead) if step.act == act]
    return tuple(ahead[: ends[0] + 1]) if ends else ()


def claim_code(key: str, seed: str) -> str:
    """Ten characters that open the dossier: an HMAC, so that a repeated request can be answered with the same code."""
    value = int.from_bytes(hmac.digest(key.encode(), b"claim:" + seed.encode(), "sha256"))
    letters = []
    for _ in range(CLAIM_LENGTH):
        value, index = divmod(value, len(CLAIM_ALPHABET))
        letters.append(CLAIM_ALPHABET[index])
    return "".join(letters)


def normal_claim_code(typed: str) -> str:
    """What somebody typed, without the differences that do not count: case, blanks, hyphens."""
    return "".join(typed.split()).replace("-", "").upper()


def claim_code_hash(key: str, code: str) -> str:
    """What is stored and compared. Keyed: whoever reads the table alone cannot try codes against it."""
    return hmac.new(key.encode(), b"stored:" + normal_claim_code(code).encode(), hashlib.sha256).hexdigest()


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write a filing down: sorted keys, no blanks, as UTF-8 text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()


def same_matter(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two applicants are likely one person: the same citizen id, or the same folded name and birth date."""
    if one.get("citizen_id") and other.get("citizen_id"):
        return one["citizen_id"] == other["citizen_id"]
    return bool(one.get("name") and one.get("birth_date")) and (one["name"], one["birth_date"]) == (
        other.get("name"),
        other.get("birth_date"),
    )


def is_late_for_receipt(filed_at: datetime, due_at: datetime, now: datetime) -> bool:
    """Whether an online filing has waited longer for its first look than it should."""
    return filed_at <= due_at < now
