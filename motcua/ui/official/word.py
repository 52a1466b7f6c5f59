"""The text as a Word file (Office Open XML): real headings, lists and table heads, so that it can be worked on and
read aloud. Written with python-docx.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from motcua.ui.official.text import (
    COUNTRY,
    MOTTO,
    SAMPLE,
    Block,
    Grid,
    Heading,
    OfficialText,
    Paragraph,
    Points,
    date_line,
)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The letters that Decree 30/2020/NĐ-CP names; every office has them.
_FONT = "Times New Roman"
_PAGE = (Cm(21), Cm(29.7))
_WIDTH = 16.2
# The first one that such a file can name.
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)


def as_word(text: OfficialText) -> bytes:
    """On A4, in the letters that offices use."""
    document = Document()
    _settle(document, text)
    if text.sample:
        line = _line(document, SAMPLE, bold=True, align=ALIGN.CENTER)
        line.runs[0].font.color.rgb = RGBColor(0x8A, 0x4B, 0x00)
    _head(document, text)
    if text.kind:
        _line(document, text.kind.upper(), bold=True, align=ALIGN.CENTER, size=14)
    title = document.add_heading(_clean(text.title), level=1)
    title.alignment = ALIGN.CENTER
    if text.addressee:
        _line(document, f"Kính gửi: {text.addressee}", align=ALIGN.CENTER)
    for block in text.blocks:
        _block(document, block)
    _foot(document, text)
    out = io.BytesIO()
    document.save(out)
    return _undated(out)


def _undated(made: io.BytesIO) -> bytes:
    """The same file without the moment at which each part was packed: the same text makes the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as undated:
        for part in parts.namelist():
            undated.writestr(zipfile.ZipInfo(part, _FIRST_MOMENT), parts.read(part), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _settle(document: Any, text: OfficialText) -> None:
    """Page, letters, language and what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)
    for name in ("Normal", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(13)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for place in ("ascii", "hAnsi", "eastAsia", "cs"):
            fonts.set(qn(f"w:{place}"), _FONT)
        for place in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{place}"), None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title, properties.author, properties.language = _clean(text.title)[:255], _clean(text.office), "vi-VN"


def _head(document: Any, text: OfficialText) -> None:
    """Office and number on the left, the state's name and the date on the right."""
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    _set_widths(table, (0.4, 0.6))
    left, right = table.rows[0].cells
    over = [(text.above.upper(), False)] if text.above else []
    _stack(left, [*over, (text.office.upper(), True), (f"Số: {text.number or '………'}", False)])
    _stack(right, [(COUNTRY, True), (MOTTO, True), (date_line(text), False)])
    right.paragraphs[-1].runs[0].italic = True
    document.add_paragraph()


def _set_widths(table: Any, parts: Sequence[float]) -> None:
    """Both for the columns and for every cell: programs believe one or the other."""
    for column, part in zip(table.columns, parts, strict=True):
        column.width = Cm(_WIDTH * part)
        for cell in column.cells:
            cell.width = column.width


def _stack(cell: Any, lines: Sequence[tuple[str, bool]]) -> None:
    for number, (words, bold) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = ALIGN.CENTER
        paragraph.paragraph_format.space_after = Pt(2)
        run = paragraph.add_run(_clean(words))
        run.bold, run.font.size = bold, Pt(11.5)


def _block(document: Any, block: Block) -> None:
    match block:
        case Heading(words):
            document.add_heading(_clean(words), level=2)
        case Paragraph(words, bold):
            _line(document, words, bold=bold, align=ALIGN.JUSTIFY)
        case Points(texts):
            for each in texts:
                document.add_paragraph(_clean(each), style="List Bullet")
        case Grid():
            _grid(document, block)


def _grid(document: Any, grid: Grid) -> None:
    _line(document, grid.title, bold=True)
    table = document.add_table(rows=1, cols=len(grid.head), style="Table Grid")
    table.autofit = False
    widths = list(grid.widths) or [1.0] * len(grid.head)
    for row in (grid.head, *grid.rows):
        cells = table.rows[0].cells if row is grid.head else table.add_row().cells
        for place, (cell, words) in enumerate(zip(cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(_clean(words))
            run.bold, run.font.size = row is grid.head, Pt(11)
            if place in grid.numbers and row is not grid.head:
                cell.paragraphs[0].alignment = ALIGN.RIGHT
    _set_widths(table, [width / sum(widths) for width in widths])
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    document.add_paragraph()


def _foot(document: Any, text: OfficialText) -> None:
    """Who receives it on the left, who signs on the right."""
    if not text.signer and not text.recipients:
        return
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    received = [("Nơi nhận:", True), *((f"– {each};", False) for each in text.recipients)] if text.recipients else []
    _stack(left, received)
    for paragraph in left.paragraphs:
        paragraph.alignment = ALIGN.LEFT
    if text.signer:
        _stack(right, [(text.signer_title.upper(), True), *[("", False)] * 4, (text.signer, True)])


def _line(document: Any, words: str, *, bold: bool = False, align: Any = None, size: int = 13) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(_clean(words))
    run.bold, run.font.size = bold, Pt(size)
    return paragraph


def _clean(words: str) -> str:
    """Without what no XML file can carry."""
    return "".join(each for each in words if each in "\n\t" or each.isprintable())
