"""What a number in a citizen's hand promises, tried on the rows: one filing as it was sent, its event, its papers, and
until it is finished somebody's open step with a due moment.

It is asked by the watch (motcua.kernel.watch), for a part of all dossiers at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules
from motcua.dossiers.models import BlankSlip, Filing, Paper, SlipBlock
from motcua.dossiers.queries import blanks
from motcua.kernel import watch
from motcua.kernel.files import File
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter, WorkItem
from motcua.kernel.watch import Fault

FILED, SUPPLEMENTED = "dossiers.filed", "dossiers.supplement_filed"
ERASED = "dossiers.personal_data_erased"
WORDS = {
    "no_dossier": _("The number was given, but there is no dossier under it."),
    "no_filing": _("What was sent is not there."),
    "no_event": _("Nothing is recorded of its filing."),
    "no_work": _("Nobody has it: no step is open, though it is not finished."),
    "work_left": _("It is finished, but a step is still open."),
    "other_content": _("What was sent is not what was recorded when it came."),
    "slips_unseen": _("Slips were given out and are nobody's open work."),
    "slip_number_twice": _("A number on a slip stands for another dossier than the one entered from it."),
    "no_paper": _("A paper that was sent is not on the disk, or not whole."),
}


def register() -> None:
    """Let the watch look at dossiers so."""
    watch.register("dossier", faults, WORDS)
    watch.register("slip_block", faults_of_slips, WORDS)


def faults(ids: Sequence[UUID]) -> Iterator[Fault]:
    """Whatever does not hold of these dossiers."""
    yield from _of_the_rows(ids)
    yield from _of_the_content(ids)
    yield from _of_the_papers(ids)


def faults_of_slips(ids: Sequence[UUID]) -> Iterator[Fault]:
    """Whatever does not hold of these blocks of blank slips: a number given out is entered, void or open work, and it
    stands for one dossier.
    """
    blocks = SlipBlock.objects.filter(pk__in=ids)
    work = Exists(WorkItem.objects.filter(matter=OuterRef("pk"), closed_by=None))
    for block in blocks.annotate(work=work):
        if blanks.waits(block) and not block.work:
            yield Fault(block.pk, "slips_unseen")
    other = Exists(Matter.objects.filter(~Q(pk=OuterRef("dossier")), reference=OuterRef("number")))
    free = Exists(Matter.objects.filter(reference=OuterRef("number")))
    wrong = ~Q(dossier__matter__reference=F("number")) & Q(dossier__isnull=False)
    slips = BlankSlip.objects.filter(block__in=ids).annotate(other=other, free=free)
    slips = slips.filter(wrong | Q(dossier__isnull=False, other=True) | Q(dossier=None, free=True))
    for block_id, number in slips.values_list("block_id", "number"):
        yield Fault(block_id, "slip_number_twice", number)


def _of_the_rows(ids: Sequence[UUID]) -> Iterator[Fault]:
    """One statement, and so one moment: an act that is being done is seen whole or not at all."""
    of_matter = Matter.objects.filter(pk__in=ids).annotate(
        filed=Exists(Filing.objects.filter(dossier=OuterRef("pk"), n=1)),
        said=Exists(Event.objects.filter(matter=OuterRef("pk"), type=FILED)),
        work=Exists(WorkItem.objects.filter(~Q(act__in=rules.OUTLIVES), matter=OuterRef("pk"), closed_by=None)),
    )
    for pk, state, filed, said, work in of_matter.values_list("pk", "dossier__state", "filed", "said", "work"):
        if state is None:
            yield Fault(pk, "no_dossier")
        if not filed:
            yield Fault(pk, "no_filing")
        if not said:
            yield Fault(pk, "no_event")
        if state is not None and not work and state not in rules.FINISHED:
            yield Fault(pk, "no_work")
        if work and state in rules.FINISHED:
            yield Fault(pk, "work_left")


def _of_the_content(ids: Sequence[UUID]) -> Iterator[Fault]:
    """The content has the digest beside it, and every filing has the one that its event says."""
    events = Event.objects.filter(matter__in=ids, type__in=(FILED, SUPPLEMENTED)).order_by("matter", "seq")
    recorded: dict[UUID, list[Any]] = {}
    for matter, payload in events.values_list("matter_id", "payload"):
        recorded.setdefault(matter, []).append(payload.get("filing_sha256"))
    kept = Filing.objects.filter(dossier__in=ids).order_by("dossier", "n")
    for dossier, n, content, sha256 in kept.values_list("dossier_id", "n", "content", "sha256"):
        # Without content it was erased by law; the database lets that happen only beside the event.
        changed = bool(content) and rules.sha256(content) != sha256
        said = recorded.get(dossier, ())[n - 1 : n]
        if changed or (said and said[0] != sha256) or (n > 1 and not said):
            yield Fault(dossier, "other_content", f"{n}")


def _of_the_papers(ids: Sequence[UUID]) -> Iterator[Fault]:
    """Every paper is on the disk in its size; whether byte for byte, the nightly copy reads."""
    erased = Exists(Event.objects.filter(matter=OuterRef("filing__dossier"), type=ERASED))
    papers = Paper.objects.filter(~erased, filing__dossier__in=ids)
    for dossier, sha256, size in papers.values_list("filing__dossier_id", "file_id", "file__size"):
        if not File(sha256=sha256, size=size).is_whole:
            yield Fault(dossier, "no_paper", sha256)
