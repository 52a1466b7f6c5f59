"""Forms 01 and 03 can be read by all: tagged, in a font with every Vietnamese letter, with what was agreed."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from motcua.dossiers import queries, services, slips
from motcua.dossiers.models import IssuedForm
from motcua.kernel.ledger import Event
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.cast import Cast


def _fonts(reader: PdfReader) -> set[str]:
    found = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            found.add(str(font.get_object()["/BaseFont"]))
    return found


def _spaced(code: str) -> str:
    """As it is printed: easier to copy by hand."""
    return f"{code[:5]}-{code[5:]}"


def _read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def test_form_01_says_number_code_and_due_moment(cast: Cast) -> None:
    filed = cast.take_in(components=[casting.paper()])
    reader = _read(slips.receipt_slip(filed.dossier, filed.claim_code))
    text = "".join(page.extract_text() for page in reader.pages)
    assert filed.number in text
    assert _spaced(filed.claim_code) in text
    assert "Bản chính" in text
    assert "DỮ LIỆU MẪU" in text
    assert "23/11/2026" in text


def test_form_01_carries_what_the_circular_asks(cast: Cast) -> None:
    dossier = cast.take_in(components=[casting.paper(quantity=3)]).dossier
    _centres, applicants = _read(slips.receipt_slip(dossier, "ABCDEFGHJK")).pages
    text = applicants.extract_text()
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
    assert _spaced(filed.claim_code) in text
    assert "Việc tiếp theo" in text
    assert casting.applicant().phone not in text


def test_form_01_without_a_code_prints_none(cast: Cast) -> None:
    filed = cast.take_in()
    text = _read(slips.receipt_slip(filed.dossier)).pages[0].extract_text()
    assert filed.claim_code not in text
    assert _spaced(filed.claim_code) not in text


def test_form_01_has_two_copies_that_say_whose_they_are(cast: Cast) -> None:
    filed = cast.take_in(components=[casting.paper()])
    centres, applicants = (page.extract_text() for page in _read(slips.receipt_slip(filed.dossier, "ABCDEFGHJK")).pages)
    assert "Liên 1: Lưu tại nơi tiếp nhận" in centres
    assert "ABCDE-FGHJK" not in centres
    assert "Liên 2: Giao người nộp hồ sơ" in applicants
    assert "ABCDE-FGHJK" in applicants


def test_what_the_applicant_loads_is_one_copy(cast: Cast) -> None:
    filed = cast.take_in(components=[casting.paper()])
    (page,) = _read(slips.applicants_slip(filed.dossier, filed.claim_code)).pages
    assert "Liên" not in page.extract_text()


def test_form_01_of_several_dossiers_is_one_file_with_the_code_of_each(cast: Cast) -> None:
    first, second = cast.take_in(components=[casting.paper()]), cast.take_in(casting.OPEN_LIMIT, limit=casting.limit())
    pages = _read(slips.receipt_slips([(each.dossier, each.claim_code) for each in (first, second)])).pages
    assert len(pages) == 4
    assert all(first.number in page.extract_text() for page in pages[:2])
    assert _spaced(second.claim_code) in pages[3].extract_text()


def test_form_01_of_one_paper_is_a_sheet_of_a5_for_each_copy(cast: Cast) -> None:
    reader = _read(slips.receipt_slip(cast.take_in(components=[casting.paper()]).dossier, "ABCDEFGHJK"))
    width, height = reader.pages[0].mediabox.width, reader.pages[0].mediabox.height
    assert len(reader.pages) == 2
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
    issued = queries.issued_forms(dossier).get()
    made = slips.issued_form(issued, origin="http://x", printed_at=casting.NOW + timedelta(days=1))
    text = _read(made).pages[0].extract_text()
    assert (issued.form, issued.document_number) == ("03", "1/PTCTN")
    assert "Số: 1/PTCTN" in text
    assert "Lập lần đầu lúc 09:00" in text
    assert "In lúc 09:00 thứ Ba, 24/11/2026" in text
    assert "Thiếu giấy chứng sinh" in text
    assert "Xin bệnh viện cấp lại" in text
    assert cast.here.intake.full_name in text


@pytest.mark.parametrize("name", ["Ka Să H'Oanh Niê Kdăm", 'Đỗ "Mẫu" #let $x$ *Ộ Ễ Ữ ắ*'])
def test_no_name_can_break_a_paper(cast: Cast, name: str) -> None:
    filed = cast.take_in(applicant=casting.applicant(full_name=name))
    assert slips.receipt_slip(filed.dossier).startswith(b"%PDF")


def test_a_number_is_given_once_with_the_act_and_counts_on_per_office(cast: Cast) -> None:
    said = {"reason_code": "incomplete", "reason": "Thiếu giấy", "at": casting.NOW}
    for town in (cast.here, cast.here, cast.there):
        services.refuse_dossier(dossier=cast.file(town=town).dossier, by=town.intake, **said)
    numbers = IssuedForm.objects.order_by("pk").values_list("document_number", flat=True)
    assert list(numbers) == ["1/PTCTN", "2/PTCTN", "1/PTCTN"]
    assert set(Event.objects.filter(type="dossiers.form_issued").values_list("payload__form", flat=True)) == {"03"}


def test_form_06_says_who_had_the_dossier_and_how_that_stood(cast: Cast) -> None:
    dossier = cast.returned()
    made = slips.control_slip(dossier, origin="http://x", printed_at=casting.NOW)
    text = " ".join(_read(made).pages[0].extract_text().split())
    assert "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ" in text
    for person in (cast.here.intake, cast.here.approver):
        assert person.full_name in text


def test_the_daily_list_has_a_part_for_each_office_that_took_something(cast: Cast) -> None:
    number = cast.take_in(casting.CERTIFY).number
    dossier = cast.file().dossier
    services.receive_dossier(dossier=dossier, by=cast.here.intake, at=casting.NOW)
    found = queries.handed_over(cast.here.intake, casting.TODAY, casting.TODAY)
    assert {(row.number, row.office) for row in found} == {
        (number, cast.here.commune.name),
        (dossier.number, cast.here.civil_status.name),
    }
    text = _read(slips.handover_sheet(cast.here.intake, found, casting.TODAY)).pages[0].extract_text()
    assert number in text
    assert "Bên nhận" in text
    assert queries.handed_over(cast.there.intake, casting.TODAY, casting.TODAY) == []
