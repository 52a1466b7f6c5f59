"""What must always hold of numbers, filings and open work; each breach as a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q

from motcua.dossiers import rules
from motcua.dossiers.models import Filing
from motcua.kernel.matters import Matter


def inconsistencies() -> Iterator[str]:
    """Every number that does not have its filing and, until it is finished, at least one open step; as sentences."""
    numbers = Matter.objects.filter(kind="dossier").order_by("id")
    for number in numbers.filter(dossier__filings=None).values_list("reference", flat=True):
        yield f"{number} has no filing"
    still_open = Q(work_items__closed_by=None) & ~Q(work_items__act__in=rules.OUTLIVES)
    open_work = Count("work_items", filter=still_open)
    counted = numbers.annotate(open_work=open_work).values_list("reference", "dossier__state", "open_work")
    for number, state, work in counted.iterator():
        if (work > 0) == (state in rules.FINISHED):
            yield f"{number} is {state} and has {work} open steps"


def filings_unlike_their_digest(using: str) -> Iterator[str]:
    """The numbers under which a filing does not have the digest beside it, in this database; erased ones have none."""
    filings = Filing.objects.using(using).exclude(content="").order_by("pk")
    for number, content, sha256 in filings.values_list("dossier__matter__reference", "content", "sha256").iterator():
        if rules.sha256(content) != sha256:
            yield number
