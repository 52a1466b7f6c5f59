"""The text as a tagged PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from motcua.ui import press
from motcua.ui.official.text import COUNTRY, MOTTO, SAMPLE, Block, Grid, Heading, OfficialText, Points, date_line

_TEMPLATE = Path(__file__).parent / "official.typ"


def as_pdf(text: OfficialText) -> bytes:
    """On A4, tagged so that a screen reader can read it."""
    said = {
        "country": COUNTRY,
        "motto": MOTTO,
        "sample": SAMPLE if text.sample else "",
        "above": text.above,
        "office": text.office,
        "number": text.number,
        "date_line": date_line(text),
        "kind": text.kind,
        "title": text.title,
        "addressee": text.addressee,
        "blocks": [_block(each) for each in text.blocks],
        "signer": text.signer,
        "signer_title": text.signer_title,
        "recipients": list(text.recipients),
    }
    return press.pdf(_TEMPLATE, said)


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"is": "heading", "text": block.text}
    if isinstance(block, Points):
        return {"is": "points", "texts": list(block.texts)}
    if isinstance(block, Grid):
        return {
            "is": "grid",
            "title": block.title,
            "head": list(block.head),
            "rows": [list(row) for row in block.rows],
            "widths": list(block.widths) or [1] * len(block.head),
            "numbers": list(block.numbers),
        }
    return {"is": "paragraph", "text": block.text, "bold": block.bold}
