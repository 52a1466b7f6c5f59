"""Several matters of one person in one sitting at the counter: who sits there, and what was taken in so far.

A sitting is no row: its name stands in the key of each request that was taken in during it (counter-<sitting>-<one>),
so that nothing personal is kept twice. Only whoever took them in finds them by it, and only on that day.
Nouns: Taken (one dossier of the sitting with its claim code, as long as no other one was given).
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from motcua.dossiers import queries
from motcua.dossiers.models import Applicant, Dossier
from motcua.dossiers.services import ApplicantData, filing
from motcua.kernel.identity import Person

_NAME = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"counter-([0-9a-f]{32})-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Taken:
    """One dossier that was taken in; the code is empty once another one was given."""

    dossier: Dossier
    claim_code: str


def is_one(name: str) -> bool:
    """Whether this can be the name of a sitting."""
    return _NAME.fullmatch(name) is not None


def new_op_id(sitting: str = "") -> str:
    """Made with the page: however often it is sent, it is one dossier."""
    return f"counter-{sitting or uuid.uuid4().hex}-{uuid.uuid4().hex}"


def of_key(op_id: str) -> str:
    """The sitting to which a request's key belongs; empty for a key that was not made here."""
    found = _KEY.fullmatch(op_id)
    return found[1] if found else ""


def taken(sitting: str, by: Person, day: date) -> list[Taken]:
    """What this person took in during the sitting, in order; nothing of another day."""
    if not is_one(sitting):
        return []
    found = queries.taken_in_under(f"counter-{sitting}-", by)
    today = [dossier for dossier in found if timezone.localtime(dossier.filed_at).date() == day]
    return [Taken(each, _code(each, sitting)) for each in today]


def _code(dossier: Dossier, sitting: str) -> str:
    """The code that was given with the dossier; one given after an identity check is for whoever passed it."""
    return filing.claim_code_of(dossier) if of_key(dossier.claim_seed) == sitting else ""


def person(sitting: str, by: Person) -> ApplicantData | None:
    """Who sits there, as the last dossier has it; None before the first one, or once it was erased."""
    dossiers = queries.taken_in_under(f"counter-{sitting}-", by)
    if not dossiers:
        return None
    who: Applicant = dossiers[-1].applicant
    names = ("full_name", "birth_date", "citizen_id", "phone", "email", "address")
    return ApplicantData(**{name: getattr(who, name) for name in names}) if who.full_name else None
