"""Answers of earlier dossiers for a new request: the person's yes is recorded before anything is shown.

The yes stands in the history of each dossier whose answers are shown, and that it was looked at in its accesses; what
was put in stands in the history of the new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers import policies, queries
from motcua.dossiers.events import DataReused, ReuseAgreed
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import accesses
from motcua.dossiers.services import course
from motcua.dossiers.services.accesses import note_access
from motcua.kernel import identity, ledger, organisation
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Office


def agree_to_reuse(*, commune: Office, citizen_id: str, op_id: str, by: Person, at: datetime) -> list[Dossier]:
    """The person said yes: note it in every earlier dossier that is to be shown, and return those. The same request
    again notes nothing new. Raises policies.NotAllowed.
    """
    day = course.day_of(at)
    post = policies.post_for(by, identity.INTAKE, organisation.division_for(commune, "receive", day), day)
    request = hashlib.sha256(op_id.encode()).hexdigest()
    found = queries.reuse_sources(commune, citizen_id, by, day)
    with transaction.atomic():
        # In one order, so that two counters never wait for each other.
        for dossier in sorted(found, key=lambda each: each.pk):
            held, _items = course.locked_whole(dossier)
            key = queries.reuse_key(op_id, held)
            if not Event.objects.filter(op_id=key).exists():
                happening = ReuseAgreed(request)
                ledger.record(happening, matter=held.matter, at=at, by=by, post=post, office=post.office, op_id=key)
            note_access(dossier=held, by=by, at=at, what=accesses.PAGE, purpose=accesses.REQUEST)
    return found


def note_reused(*, dossier: Dossier, reused: Sequence[tuple[str, str]], filed: Event) -> None:
    """What was put in, as (number, question), beside the filing, in its transaction."""
    if reused:
        happening = DataReused(tuple(sorted({number for number, _sid in reused})), tuple(sid for _n, sid in reused))
        ledger.record(
            happening, matter=dossier.matter, at=filed.at, by=filed.actor, post=filed.post, office=filed.office
        )
