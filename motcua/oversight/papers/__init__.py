"""Papers of this room: a conclusion as an official text. In Vietnamese, whatever language the desk is read in."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.kernel import organisation
from motcua.oversight.models import Conclusion
from motcua.ui import official
from motcua.ui.official import Block, OfficialText

# Lines that begin so are headings: "I.", "II)", "A."; everything else is a paragraph.
_HEADING_SIGNS = frozenset("IVXABCĐ")
_LONGEST_HEADING = 120


def paragraphs(text: str) -> list[str]:
    """Every line that says something."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def conclusion_text(conclusion: Conclusion, lines: Sequence[str]) -> OfficialText:
    """The conclusion as it goes onto paper, with these paragraphs."""
    above = organisation.above(conclusion.office)
    place = conclusion.office.locality
    return OfficialText(
        above=above.name if above else "",
        office=conclusion.office.name,
        kind="Thông báo kết luận",
        title=conclusion.title,
        number=conclusion.number,
        place=place.name if place else "",
        dated=conclusion.dated,
        blocks=[_block(line) for line in lines],
        signer=conclusion.signer,
        signer_title=conclusion.signer_title,
        recipients=("Các cơ quan được giao việc", "Lưu: VT"),
        sample=organisation.is_demo(),
    )


def conclusion_pdf(conclusion: Conclusion, lines: Sequence[str]) -> bytes:
    """Tagged PDF (PDF/UA-1)."""
    return official.as_pdf(conclusion_text(conclusion, lines))


def conclusion_word(conclusion: Conclusion, lines: Sequence[str]) -> bytes:
    """A Word file, to be worked on or sent on."""
    return official.as_word(conclusion_text(conclusion, lines))


def is_heading(line: str) -> bool:
    """Whether the line only names what follows."""
    sign = line.split(maxsplit=1)[0]
    numbered = sign[-1:] in ".)" and bool(sign[:-1]) and set(sign[:-1]) <= _HEADING_SIGNS
    return numbered and len(line) <= _LONGEST_HEADING and not line.endswith((".", ";"))


def _block(line: str) -> Block:
    return official.Heading(line) if is_heading(line) else official.Paragraph(line)
