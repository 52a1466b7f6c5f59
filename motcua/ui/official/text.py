"""What an official text consists of: frozen values, nothing about how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập – Tự do – Hạnh phúc"
SAMPLE = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ"


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `bold` is for a sentence that must not be missed."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """Short lines, each a point of its own."""

    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: what it shows (read out to whoever cannot see it), one head row, then rows. `widths` are parts of the
    page's width; empty means equal. Columns named in `numbers` are set to the right.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numbers: Sequence[int] = ()


Block = Heading | Paragraph | Points | Grid


@dataclass(frozen=True, slots=True)
class OfficialText:
    """A whole text. Whatever is empty is left out, but for number and date, which leave room to be written by hand."""

    office: str
    title: str
    blocks: Sequence[Block]
    # The office above, written over the office's own name.
    above: str = ""
    # "Thông báo", "Báo cáo": the kind of text, over its title.
    kind: str = ""
    number: str = ""
    place: str = ""
    dated: date | None = None
    addressee: str = ""
    signer: str = ""
    signer_title: str = ""
    recipients: Sequence[str] = ()
    # On every sheet of a demonstration.
    sample: bool = False


def date_line(text: OfficialText) -> str:
    """Place and date as they are written on paper; without a date there is room to write it."""
    day = text.dated
    said = f"ngày {day:%d} tháng {day:%m} năm {day.year}" if day else "ngày …… tháng …… năm ………"
    return f"{text.place}, {said}" if text.place else said
