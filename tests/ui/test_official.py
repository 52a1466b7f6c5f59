"""An official text is the same on paper and as a Word file, and both can be read aloud."""

import io
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pdfua
from docx import Document
from pypdf import PdfReader

from motcua.ui import official
from motcua.ui.official import Grid, Heading, OfficialText, Paragraph, Points

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = OfficialText(
    above="Tỉnh Mẫu",
    office="Ủy ban nhân dân xã Mẫu",
    kind="Báo cáo",
    title="Tình hình giải quyết thủ tục",
    number="12/BC-UBND",
    place="Xã Mẫu",
    dated=date(2026, 11, 24),
    addressee="Ủy ban nhân dân tỉnh Mẫu",
    blocks=[
        Heading("I. Kết quả"),
        Paragraph("Ộ Ễ Ữ ắ: chữ có dấu chồng vẫn đọc được."),
        Points(["một", "hai"]),
        Grid("Số liệu", ["Lĩnh vực", "Nhận"], [["Hộ tịch", "12"], ["Chứng thực", "30"]], (3, 1), (1,)),
    ],
    signer="Người Mẫu Một",
    signer_title="Chủ tịch",
    recipients=["Như trên"],
    sample=True,
)


def test_the_paper_says_everything_and_is_tagged(tmp_path: Path) -> None:
    made = official.as_pdf(TEXT)
    said = " ".join(PdfReader(io.BytesIO(made)).pages[0].extract_text().split())
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "12/BC-UBND", "ngày 24 tháng 11 năm 2026", "Chứng thực", "MẪU"):
        assert words in said
    (tmp_path / "text.pdf").write_bytes(made)
    assert [finding.message for finding in pdfua.validate(str(tmp_path / "text.pdf")).findings] == []


def test_the_word_file_has_headings_lists_and_a_table_with_a_head() -> None:
    document = Document(io.BytesIO(official.as_word(TEXT)))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs if paragraph.style}
    assert styles["Tình hình giải quyết thủ tục"] == "Heading 1"
    assert styles["I. Kết quả"] == "Heading 2"
    assert styles["hai"] == "List Bullet"
    assert [cell.text for cell in document.tables[1].rows[2].cells] == ["Chứng thực", "30"]
    assert document.tables[1].rows[0]._tr.findall(f".//{WORDS}tblHeader")
    assert document.core_properties.title == TEXT.title


def test_the_word_file_is_sound_xml_whatever_somebody_typed() -> None:
    odd = OfficialText(office="Xã\x00 Mẫu", title="<b>&\x0b", blocks=[Paragraph("\ud7ff\x1f ]]> Ka Să H'Oanh")])
    with zipfile.ZipFile(io.BytesIO(official.as_word(odd))) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(parts.read(name))
        assert "Ka Să H'Oanh" in parts.read("word/document.xml").decode()


def test_without_number_and_date_there_is_room_to_write_them() -> None:
    draft = OfficialText(office="Xã Mẫu", title="Dự thảo", blocks=[])
    assert "…" in official.date_line(draft)
    assert "Số: ………" in PdfReader(io.BytesIO(official.as_pdf(draft))).pages[0].extract_text()
