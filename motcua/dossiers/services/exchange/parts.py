"""Parts of the acts of the exchange: whoever calls one has recorded the event of the act."""

from __future__ import annotations

import hashlib
from datetime import datetime

from motcua.dossiers import queries, rules
from motcua.dossiers.models import Arrival, Dossier, OutsidePaper, PartnerSystem
from motcua.dossiers.rules.exchange import OutsidePaperData, Record
from motcua.dossiers.services import course
from motcua.kernel import ledger, outbox
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem

# Under which name lies a paper of no component.
OTHER = "khac"
NO_ADDRESS = "no_address"


def begin_following(*, dossier: Dossier, event: Event) -> None:
    """The step that its filing opened becomes the following of it."""
    item = WorkItem.objects.select_related("office").get(matter=dossier.matter, closed_by=None)
    course.close_step(item, event)
    course.open_step(
        dossier=dossier, step=rules.FOLLOW, act=rules.FOLLOW, office=item.office, due_at=item.due_at, event=event
    )


def close_arrival(*, held: Arrival, item: WorkItem, outcome: str, event: Event, dossier: Dossier | None) -> None:
    """Nobody has to look at it any more."""
    item.closed_by = event
    item.save(update_fields=["closed_by"])
    event.matter.closed_at = event.at
    event.matter.save(update_fields=["closed_at"])
    held.outcome, held.dossier = outcome, dossier
    held.save(update_fields=["outcome", "dossier"])


def target(kind: str) -> str:
    """The delivery that fetches papers from this kind of system."""
    return f"dossiers.paper.{kind}"


def name_papers(*, dossier: Dossier, system: PartnerSystem, record: Record, at: datetime) -> int:
    """Note the papers that the record names and queue their fetching; how many are new. In the caller's transaction."""
    known = set(OutsidePaper.objects.filter(dossier=dossier).values_list("key", flat=True))
    named = {_key(each.id): each for each in record.papers}
    components = {each.sid for each in queries.edition_of(dossier).definition.components}
    for key, each in named.items():
        if key not in known:
            _name(dossier, system, key, each, components, at)
    return len(named.keys() - known)


def _name(
    dossier: Dossier, system: PartnerSystem, key: str, data: OutsidePaperData, components: set[str], at: datetime
) -> None:
    sid = data.component if data.component in components else OTHER
    paper = OutsidePaper.objects.create(dossier=dossier, key=key, name=data.name, sid=sid, address=data.address)
    if not data.address.startswith(("http://", "https://")):
        OutsidePaper.objects.filter(pk=paper.pk).update(failure=NO_ADDRESS)
        return
    event = ledger.history(dossier.matter).last()
    assert event is not None  # it was filed
    payload = {"paper": paper.pk, "system": system.code}
    outbox.enqueue(event=event, target=target(system.kind), key=f"paper:{paper.pk}", at=at, payload=payload)


def _key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
