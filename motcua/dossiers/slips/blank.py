"""Form 01 to be filled in by hand: a block of blank slips, each with its reserved number, in two copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from motcua.dossiers.models import BlankSlip, SlipBlock
from motcua.dossiers.queries import blanks
from motcua.dossiers.slips import content
from motcua.kernel import organisation
from motcua.ui import press

_TEMPLATE = Path(__file__).with_name("blank.typ")


def blank_slips(block: SlipBlock, slips: Sequence[BlankSlip], *, origin: str) -> bytes:
    """The slips of the block, two sheets each; in a process of its own, since there may be hundreds."""
    centre = block.office
    commune = organisation.commune_of(centre) or centre
    said: dict[str, Any] = {
        "demo": organisation.is_demo(),
        "agency": commune.name,
        "centre": centre.name if centre.pk != commune.pk else "",
        "office_phone": centre.phone or commune.phone,
        "office_address": centre.address or commune.address,
        "counter": block.counter,
        "size": block.size,
        "prints": block.prints,
        "copies": [asdict(each) for each in content.TWO_COPIES],
        "slips": [_slip(each, origin) for each in slips],
    }
    return press.pdf_apart(_TEMPLATE, said)


def _slip(slip: BlankSlip, origin: str) -> dict[str, Any]:
    code = blanks.claim_code_of(slip)
    return {
        "number": slip.number,
        "place": slip.place,
        "claim_code": f"{code[:5]}-{code[5:]}",
        "qr": press.qr_drawing(f"{origin}/status/?number={slip.number}"),
        "seal_qr": press.qr_drawing(f"{origin}/verify/receipt/?r={blanks.line_of(slip)}", error="l"),
    }
