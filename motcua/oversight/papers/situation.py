"""A situation report on paper: from what it says, and nothing else, so that the same words make the same bytes. In
Vietnamese, whatever language the desk is read in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.ui import official
from motcua.ui.official import Block, OfficialText


def canonical(said: Mapping[str, Any]) -> str:
    """What a report says as one text: always the same for the same content."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def text_of(content: str) -> OfficialText:
    """The report as an official text, from its canonical content."""
    said = json.loads(content)
    return OfficialText(
        above=said["to"],
        office=said["office"],
        kind="Báo cáo",
        title=said["title"],
        place=said["place"],
        dated=date.fromisoformat(said["dated"]),
        addressee=said["to"],
        blocks=list(_blocks(said["sections"])),
        signer=said["signer"],
        signer_title=said["signer_title"],
        recipients=(said["to"], "Lưu: VT"),
        sample=said["sample"],
    )


def _blocks(sections: list[dict[str, Any]]) -> Iterator[Block]:
    for section in sections:
        yield official.Heading(section["title"])
        for line in section["text"].splitlines():
            if line.strip():
                yield official.Paragraph(" ".join(line.split()))
        for grid in section["grids"]:
            yield official.Grid(grid["title"], grid["head"], grid["rows"], grid["widths"], grid["numbers"])


def pdf(content: str) -> bytes:
    """Tagged PDF (PDF/UA-1)."""
    return official.as_pdf(text_of(content))


def word(content: str) -> bytes:
    """A Word file, to be worked on."""
    return official.as_word(text_of(content))
