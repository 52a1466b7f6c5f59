"""Signed receipts and the roots of days, as they are shown, exported and tried."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers.models import DayLeaf, DayRoot, Dossier, Filing
from motcua.dossiers.rules import receipts
from motcua.dossiers.rules.receipts import Line, Receipt
from motcua.kernel import seals
from motcua.kernel.seals import Seal


def receipt_of(filing: Filing) -> Receipt:
    """What is sealed about a filing."""
    return Receipt(filing.dossier.number, filing.n, filing.filed_at, filing.sha256)


def line_of(filing: Filing) -> str:
    """The receipt as one line; empty for what came before receipts were signed."""
    return str(Line(receipt_of(filing), filing.seal_key, filing.seal)) if filing.seal else ""


def receipt_lines(dossier: Dossier) -> list[str]:
    """A line for each filing of the dossier, the first first."""
    filings = Filing.objects.filter(dossier=dossier).select_related("dossier__matter").defer("content").order_by("n")
    return [line for each in filings if (line := line_of(each))]


def receipt_file(dossier: Dossier) -> dict[str, Any]:
    """The whole receipt for whoever filed: each filing's line with its very text, how it leads to its day's root, and
    the keys. What was erased by law has no text any more.
    """
    filings = Filing.objects.filter(dossier=dossier).select_related("dossier__matter", "leaf__root").order_by("n")
    return {
        "what": "motcua-receipt",
        "number": dossier.number,
        "filings": [
            {"receipt": line, "content": each.content, **_day_of(each)} for each in filings if (line := line_of(each))
        ],
        "keys": seals.published(),
    }


def _day_of(filing: Filing) -> dict[str, Any]:
    """The way to the day's root, from the night after the filing on."""
    leaf = getattr(filing, "leaf", None)
    if leaf is None:
        return {}
    leaves = [receipts.leaf(receipt_of(each)) for each in filings_of_root(leaf.root)]
    return {"day": root_record(leaf.root), "path": receipts.path(leaves, leaf.place)}


def is_known(receipt: Receipt) -> bool:
    """Whether this centre keeps a filing of exactly this number, place and digest."""
    known = Filing.objects.filter(dossier__matter__reference=receipt.number, n=receipt.n, sha256=receipt.sha256)
    return known.exists()


def has_held(line: Line, keys: Mapping[str, str]) -> bool:
    """Whether one of these keys signed it."""
    return seals.holds(line.words, Seal(line.key, line.signature), keys)


# --- roots -----------------------------------------------------------------------------------------------------
def in_no_root(until: datetime) -> list[Filing]:
    """What came before this moment and stands in no root yet, in the order of coming."""
    free = Filing.objects.filter(filed_at__lt=until, leaf=None).select_related("dossier__matter")
    return list(free.defer("content").order_by("filed_at", "id"))


def filings_of_root(root: DayRoot) -> list[Filing]:
    """The filings under a root, in its order."""
    leaves = DayLeaf.objects.filter(root=root).select_related("filing__dossier__matter").defer("filing__content")
    return [each.filing for each in leaves.order_by("place")]


def words_of_root(root: DayRoot) -> str:
    """Exactly what is sealed of a root."""
    return receipts.day_words(str(root.day), root.count, root.root, root.previous, root.seal_key)


def link_of_root(root: DayRoot) -> str:
    """What the next root says of this one."""
    return hashlib.sha256(words_of_root(root).encode()).hexdigest()


def root_record(root: DayRoot) -> dict[str, Any]:
    """A root as it is exported."""
    return {
        "day": str(root.day),
        "count": root.count,
        "root": root.root,
        "previous": root.previous,
        "key": root.seal_key,
        "seal": root.seal,
    }


def roots_exported() -> str:
    """Every root and key as one JSON document, for keeping elsewhere."""
    roots = [root_record(each) for each in DayRoot.objects.order_by("day")]
    return json.dumps({"what": "motcua-roots", "roots": roots, "keys": seals.published()}, indent=1)


def faults_of_seals() -> Iterator[str]:
    """The numbers of filings whose seal does not hold for what is kept of them."""
    keys = seals.published()
    filings = Filing.objects.exclude(seal="").select_related("dossier__matter").defer("content")
    for each in filings.iterator():
        if not seals.holds(receipt_of(each).words(each.seal_key), Seal(each.seal_key, each.seal), keys):
            yield f"{each.dossier.number} ({each.n})"


def faults_of_roots() -> Iterator[str]:
    """The days whose root is not what the filings give, or whose seal or link does not hold."""
    keys, link = seals.published(), ""
    for root in DayRoot.objects.order_by("day"):
        leaves = [receipts.leaf(receipt_of(each)) for each in filings_of_root(root)]
        sealed = seals.holds(words_of_root(root), Seal(root.seal_key, root.seal), keys)
        if not sealed or root.previous != link or (len(leaves), receipts.root(leaves)) != (root.count, root.root):
            yield str(root.day)
        link = link_of_root(root)
