"""Handing closed dossiers to the archive, proposing what is over, and deciding on it.

Nothing is destroyed by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.dossiers import policies, queries
from motcua.dossiers.events import DisposalDecided, DisposalProposed, DossierArchived
from motcua.dossiers.models import ArchiveItem, ArchiveList, DisposalItem, Dossier
from motcua.dossiers.models.archive import DECISIONS
from motcua.dossiers.services import course, erasure
from motcua.dossiers.services.refusal import NotPossible
from motcua.kernel import identity, ledger, numbering, organisation
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office

ARCHIVISTS = (identity.RECORDS, identity.LEAD)


def hand_to_archive(
    *, office: Office, dossiers: Sequence[Dossier], receiver: str, by: Person, at: datetime, note: str = ""
) -> ArchiveList:
    """One list of closed dossiers of this commune, in the given order. Raises policies.NotAllowed, ValueError without
    a receiver or a dossier, NotPossible for one that is open, another's, or handed over already.
    """
    if not receiver.strip() or not dossiers:
        raise ValueError("a list names who takes it, and at least one dossier")
    with transaction.atomic():
        day = course.day_of(at)
        post = policies.post_with_any(by, ARCHIVISTS, office, day)
        n = numbering.next_in(f"{office.code}/archive/{day.year}")
        words = {"receiver": receiver.strip(), "note": note.strip()}
        made = ArchiveList.objects.create(office=office, year=day.year, n=n, by=by, at=at, **words)
        for place, each in enumerate(dossiers, 1):
            dossier, _items = course.locked_whole(each)
            _may_be_handed(dossier, office)
            ArchiveItem.objects.create(list=made, dossier=dossier, place=place)
            course.record(DossierArchived(made.pk, place), dossier, by, post, at)
    return made


def _may_be_handed(dossier: Dossier, office: Office) -> None:
    if dossier.matter.closed_at is None:
        raise NotPossible("still_open")
    if dossier.competent_office_id != office.pk:
        raise NotPossible("another_offices")
    if ArchiveItem.objects.filter(dossier=dossier).exists():
        raise NotPossible("archived_already")


def propose_disposal(*, at: datetime) -> int:
    """Propose every closed dossier whose time is over, as the product's own hand; says how many."""
    by, today, number = identity.system_person(), course.day_of(at), 0
    for office in Office.objects.on(today).filter(kind=organisation.COMMUNE):
        for pk, due_on, legal_source in list(queries.over(office, today)):
            number += _propose(office, pk, due_on, legal_source, by, at)
    return number


def _propose(office: Office, pk: UUID, due_on: date, legal_source: str, by: Person, at: datetime) -> int:
    try:
        with transaction.atomic():
            item = DisposalItem.objects.create(
                dossier_id=pk, office=office, proposed_at=at, due_on=due_on, legal_source=legal_source
            )
            proposed = DisposalProposed(item.pk, due_on, legal_source)
            ledger.record(proposed, matter=Matter.objects.get(pk=pk), at=at, by=by, office=office)
    except IntegrityError:  # another process was faster
        return 0
    return 1


def decide_disposal(
    *, item: DisposalItem, decision: str, by: Person, at: datetime, reason: str = "", keep_until: date | None = None
) -> DisposalItem:
    """Destroy it, or keep it on until a day and say why; by whoever leads. Destroying erases every personal value and
    takes the papers off the disk; number, moments and digests stay.

    Raises policies.NotAllowed, NotPossible when it was decided meanwhile, ValueError.
    """
    if decision not in DECISIONS:
        raise ValueError(decision)
    if decision == "keep" and (not reason.strip() or keep_until is None or keep_until <= course.day_of(at)):
        raise ValueError("keeping on says why and until when")
    with transaction.atomic():
        dossier, _items = course.locked_whole(item.dossier)
        held = DisposalItem.objects.get(pk=item.pk)
        if held.decision:
            raise NotPossible("decided_already")
        post = policies.post_for(by, identity.LEAD, dossier.competent_office, course.day_of(at))
        held.decision, held.reason = decision, reason.strip()
        held.keep_until = keep_until if decision == "keep" else None
        held.decided_by, held.decided_at = by, at
        held.save(update_fields=["decision", "reason", "keep_until", "decided_by", "decided_at"])
        course.record(DisposalDecided(held.pk, decision, held.keep_until), dossier, by, post, at)
        if decision == "destroy":
            erasure.erase_personal_data(dossier=dossier, by=by, at=at, legal_source=held.legal_source)
    return held
