"""Every filing is sealed as it is taken in, and every day all of them together: the signed receipt and the day's root.

The seal stands in the filing's own row: whoever has a number has its receipt, however the machine dies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from motcua.dossiers import rules
from motcua.dossiers.events import DayClosed
from motcua.dossiers.models import DayLeaf, DayRoot, Filing
from motcua.dossiers.queries import sealed as kept
from motcua.dossiers.rules import receipts
from motcua.kernel import identity, ledger, matters, organisation, rows, seals

AT_ONCE = 200


def seal_filing(filing: Filing) -> Filing:
    """The new filing, sealed; before it is written, in its transaction."""
    filing.sha256 = rules.sha256(filing.content)
    receipt = receipts.Receipt(filing.dossier.number, filing.n, filing.filed_at, filing.sha256)
    seal = seals.seal(receipt.words)
    filing.seal_key, filing.seal = seal.key, seal.signature
    return filing


def close_days(*, at: datetime) -> DayRoot | None:
    """Put what came until last midnight and stands in no root yet under one; None when there is nothing.

    However many processes ask, a day has one root: the second finds it.
    """
    day = timezone.localdate(at) - timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    seals.publish(at=at)
    with transaction.atomic():
        if DayRoot.objects.filter(day__gte=day).exists():
            return None
        waiting = list(kept.in_no_root(midnight))
        root = _rooted(day, waiting, at) if waiting else None
        if root is not None:
            _record_day(root, at)
        return root


def _rooted(day: date, waiting: Sequence[Filing], at: datetime) -> DayRoot:
    last = DayRoot.objects.last()
    digest = receipts.root([receipts.leaf(kept.receipt_of(each)) for each in waiting])
    words = partial(receipts.day_words, str(day), len(waiting), digest, kept.link_of_root(last) if last else "")
    seal = seals.seal(words)
    root = DayRoot(
        day=day,
        count=len(waiting),
        root=digest,
        previous=kept.link_of_root(last) if last else "",
        seal_key=seal.key,
        seal=seal.signature,
        made_at=at,
    )
    rows.insert(root)
    leaves = [DayLeaf(filing=each, root=root, place=place) for place, each in enumerate(waiting)]
    for start in range(0, len(leaves), AT_ONCE):
        rows.insert_all(leaves[start : start + AT_ONCE])
    return root


def _record_day(root: DayRoot, at: datetime) -> None:
    here = organisation.installation()
    assert here is not None  # there are filings only in a centre that was opened
    matter = matters.administration_of(here.province, at)
    happening = DayClosed(root.day, root.count, root.root)
    ledger.record(happening, matter=matter, at=at, by=identity.system_person(), office=here.province)
