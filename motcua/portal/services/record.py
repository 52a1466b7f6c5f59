"""What every change of a centre has in common: the right to it, its event, and how it is refused."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from motcua.kernel import ledger, matters
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Happening
from motcua.kernel.organisation import Office
from motcua.portal import policies


class CannotChange(ValueError):
    """Why not, in a sentence that says how to mend it; `field` names what was typed wrong, when it was one thing."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def record(happening: Happening, office: Office, by: Person, at: datetime) -> None:
    """The rule of access and the event of every change here, in the transaction of the change."""
    post = policies.post_to_change(by, office, timezone.localdate(at))
    matter = matters.administration_of(office, at)
    ledger.record(happening, matter=matter, at=at, by=by, post=post, office=office)
