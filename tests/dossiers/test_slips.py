"""Forms 01 and 03 can be read by all: tagged, in a font with every Vietnamese letter, with what was agreed."""

import io

import pytest
from pypdf import PdfReader

from motcua.dossiers import services, slips
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.cast import Cast


def _fonts(reader: PdfReader) -> set[str]:
    found = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(str(font.get_object()["/BaseFont"]))
    return found


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_form_01_says_number_code_and_due_moment(cast: Cast) -> None:
    filed = cast.take_in(components=[casting.paper()])
    reader = _read(slips.receipt_slip(filed.dossier, filed.claim_code))
    text = "".join(page.extract_text() for page in reader.pages)
    assert filed.number in text
    assert filed.claim_code in text
    assert "Bản chính" in text
    assert "DỮ LIỆU MẪU" in text
    assert "23/11/2026" in text


def test_form_01_carries_what_the_circular_asks(cast: Cast) -> None:
    dossier = cast.take_in(components=[casting.paper(quantity=3)]).dossier
    (page,) = _read(slips.receipt_slip(dossier, "ABCDEFGHJK")).pages
    text = page.extract_text()
    for words in (
        "24/11/1990",
        "003190000001",
        "Thôn Mẫu 1",
        "0300000001",
        "mau@vidu.example",
        "Số lượng hồ sơ: 01 bộ",
        "Phí, lệ phí",
        "Vào sổ theo dõi hồ sơ",
        cast.here.intake.full_name,
    ):
        assert words in text


def test_form_01_says_what_is_to_be_paid_and_whose_word_that_is(cast: Cast) -> None:
    fee = {"kind": "charge", "amount": 8000, "currency": "VND", "status": "portal"}
    document = casting.document(casting.CERTIFY) | {"channels": [{"kind": "direct", "fees": [fee]}]}
    catalogue.publish_version(doc=document, at=casting.NOW, by=None, effective_from=casting.TODAY)
    text = _read(slips.receipt_slip(cast.take_in().dossier)).pages[0].extract_text()
    assert "Lệ phí: 8.000 đồng, theo Cổng quốc gia" in text
    assert "Đã nộp" in text


def test_what_was_sent_is_confirmed_without_being_form_01(cast: Cast) -> None:
    filed = cast.file()
    text = _read(slips.applicants_slip(filed.dossier, filed.claim_code)).pages[0].extract_text()
    assert "Đây chưa phải là Giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu số 01)" in text
    assert filed.number in text
    assert filed.claim_code in text
    assert "Việc tiếp theo" in text
    assert casting.applicant().phone not in text


def test_form_01_without_a_code_prints_none(cast: Cast) -> None:
    filed = cast.take_in()
    text = _read(slips.receipt_slip(filed.dossier)).pages[0].extract_text()
    assert filed.claim_code not in text


def test_form_01_of_one_paper_is_one_sheet_of_a5(cast: Cast) -> None:
    reader = _read(slips.receipt_slip(cast.take_in(components=[casting.paper()]).dossier, "ABCDEFGHJK"))
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert len(reader.pages) == 1
    assert (round(float(width)), round(float(height))) == (420, 595)


def test_every_font_is_the_one_of_the_package_and_embedded(cast: Cast) -> None:
    fonts = _fonts(_read(slips.receipt_slip(cast.take_in().dossier)))
    assert fonts
    assert all("BeVietnamPro" in name for name in fonts)


def test_the_paper_is_tagged_and_says_its_language(cast: Cast) -> None:
    root = _read(slips.receipt_slip(cast.take_in().dossier)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).lower().startswith("vi")


def test_form_03_says_the_reason_and_the_advice(cast: Cast) -> None:
    dossier = cast.file().dossier
    services.refuse_dossier(
        dossier=dossier,
        by=cast.here.intake,
        at=casting.NOW,
        reason_code="incomplete",
        reason="Thiếu giấy chứng sinh",
        advice="Xin bệnh viện cấp lại",
    )
    text = _read(slips.refusal_notice(dossier)).pages[0].extract_text()
    assert "Thiếu giấy chứng sinh" in text
    assert "Xin bệnh viện cấp lại" in text
    assert cast.here.intake.full_name in text


@pytest.mark.parametrize("name", ["Ka Să H'Oanh Niê Kdăm", 'Đỗ "Mẫu" #let $x$ *Ộ Ễ Ữ ắ*'])
def test_no_name_can_break_a_paper(cast: Cast, name: str) -> None:
    filed = cast.take_in(applicant=casting.applicant(full_name=name))
    assert slips.receipt_slip(filed.dossier).startswith(b"%PDF")
