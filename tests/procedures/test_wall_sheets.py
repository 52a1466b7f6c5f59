"""A sheet for the wall can be read by all, says everything and invents nothing, however long the regulation is."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pdfua
import pytest
from django.utils.translation import override
from pypdf import PdfReader

from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures import wall
from motcua.procedures.queries import Sheet
from motcua.procedures.wall import content
from motcua.ui import press
from tests.browser.fixtures import absent
from tests.cast import BIRTH, TODAY, Cast, document
from tests.procedures.postings import change

pytestmark = pytest.mark.django_db
# The longest name (919 characters), the most papers, the police, the military, and one that is only a name.
LONG_NAME, MANY_PAPERS, POLICE, MILITARY, BARE = "1.013962", "1.011441", "1.010101", "1.013133", "2.002409"
SHIPPED = (BIRTH, LONG_NAME, MANY_PAPERS, POLICE, MILITARY, BARE)
ORIGIN = "https://mot-cua.example"
A4 = (595, 842)


@pytest.fixture
def town(cast: Cast) -> Cast:
    """The cast with procedures of the shipped catalogue."""
    at = datetime(2026, 7, 2, tzinfo=UTC)
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=at, only=set(SHIPPED))
    return cast


def sheets(cast: Cast, *keys: str) -> list[Sheet]:
    known = procedures.sheets_on(cast.here.commune, TODAY)
    return [known[key] for key in keys]


def printed(cast: Cast, *keys: str) -> PdfReader:
    some = sheets(cast, *keys)
    made = wall.procedure_sheets if some[0].kind == "procedure" else wall.sector_sheets
    return PdfReader(io.BytesIO(made(cast.here.commune, some, TODAY, origin=ORIGIN)))


def text_of(reader: PdfReader) -> str:
    """Every word, whatever the lines."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def squeezed(text: str) -> str:
    """Without blanks, which a line's end may have taken or given."""
    return "".join(text.split())


def fonts(reader: PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            yield font.get_object()["/DescendantFonts"][0].get_object()


def test_every_kind_of_sheet_passes_the_checks_of_pdf_ua_and_of_qpdf(town: Cast, tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        absent("The sheets were not checked by qpdf: it is not installed here (apt install qpdf).")
    office = town.here.commune
    of_fields = wall.sector_sheets(office, sheets(town, "ho-tich"), TODAY, origin=ORIGIN)
    every = [wall.procedure_sheets(office, [each], TODAY, origin=ORIGIN) for each in sheets(town, *SHIPPED)]
    for n, pdf in enumerate([of_fields, *every]):
        path = tmp_path / f"{n}.pdf"
        path.write_bytes(pdf)
        assert [finding.message for finding in pdfua.validate(str(path)).findings] == []
        subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


def test_every_font_is_the_one_of_the_package_and_lies_in_the_file(town: Cast) -> None:
    found = list(fonts(printed(town, BIRTH))) + list(fonts(printed(town, "ho-tich")))
    assert found
    for font in found:
        assert "BeVietnamPro" in font["/BaseFont"]
        descriptor = font["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_it_says_what_the_public_page_says_and_which_version_it_is(town: Cast) -> None:
    change(town, BIRTH, "Xin mang theo bút.")
    text = text_of(printed(town, BIRTH))
    asked = [
        "Đăng ký khai sinh",
        "Cần chuẩn bị gì",
        "Mất bao lâu",
        "Hết bao nhiêu tiền",
        "Nộp ở đâu",
        "Căn cứ pháp luật",
    ]
    places = [text.index(words) for words in asked]
    assert places == sorted(places)
    for words in (
        town.here.commune.name,
        "Mã thủ tục: 1.001193",
        "Giấy chứng sinh",
        "Xin mang theo bút.",
        "ấn định khi tiếp nhận hồ sơ",
        "60/2014/QH13",
        "Phiên bản 2; quy định riêng: cấp xã số 2",
        "In ngày 23/11/2026",
        f"mot-cua.example/{town.here.slug}/procedures/{BIRTH}",
        "DỮ LIỆU MẪU",
        town.here.commune.phone,
    ):
        assert words in text, words


def test_a_sheet_is_vietnamese_even_from_an_english_desk(town: Cast) -> None:
    with override("en"):
        english = text_of(printed(town, BIRTH))
    with override("vi"):
        assert text_of(printed(town, BIRTH)) == english


def test_a_zero_of_the_portal_is_quoted_and_never_called_free(town: Cast) -> None:
    text = text_of(printed(town, BIRTH))
    assert "Cổng quốc gia ghi 0 đồng" in text
    assert "miễn phí" not in text.lower()


def test_the_code_leads_to_the_public_page(town: Cast) -> None:
    edition = procedures.edition_for(town.here.commune, BIRTH, TODAY)
    home = f"{ORIGIN}/{town.here.slug}/"
    (said,) = content.of_procedures([edition], home)
    assert said["qr"] == press.qr_drawing(f"{home}procedures/{BIRTH}/")
    (listed,) = content.of_sectors({sheets(town, "ho-tich")[0]: []}, home)
    assert listed["qr"] == press.qr_drawing(f"{home}fields/ho-tich/")


def test_what_nobody_knows_is_said_with_the_address_of_the_portal(town: Cast) -> None:
    text = text_of(printed(town, BARE))
    assert "Danh mục giấy tờ: xem trên Cổng Dịch vụ công quốc gia dichvucong.gov.vn, mã thủ tục 2.002409" in text
    assert text.count("Xem trên Cổng Dịch vụ công quốc gia, hoặc hỏi chúng tôi.") == 2
    assert "Trình tự" in text or "trình tự" in text


@pytest.mark.parametrize(("code", "keeper"), [(POLICE, "cơ quan Công an"), (MILITARY, "cơ quan quân sự")])
def test_what_police_and_military_keep_says_so_and_sends_nobody_to_our_counter(
    town: Cast, code: str, keeper: str
) -> None:
    text = text_of(printed(town, code))
    assert f"Thủ tục này do {keeper} tiếp nhận và giải quyết" in text
    assert "Tại quầy" not in text[text.index("Nộp ở đâu") :]


def test_the_longest_name_stands_whole_on_one_page(town: Cast) -> None:
    name = procedures.procedure(LONG_NAME).name
    reader = printed(town, LONG_NAME)
    assert len(name) > 900
    assert len(reader.pages) == 1
    assert squeezed(name) in squeezed(text_of(reader))


def test_the_longest_regulation_goes_on_over_numbered_pages_and_loses_no_paper(town: Cast) -> None:
    reader = printed(town, MANY_PAPERS)
    text, pages = squeezed(text_of(reader)), len(reader.pages)
    assert pages > 1
    for n, page in enumerate(reader.pages, 1):
        words = " ".join(page.extract_text().split())
        assert f"Trang {n}/{pages}" in words
        assert ("tiếp theo" in words) == (n > 1)
    definition = procedures.edition_for(town.here.commune, MANY_PAPERS, TODAY).definition
    titles = {each.title.vi for each in definition.components}
    assert len(titles) > 10
    assert [title for title in titles if squeezed(title) not in text] == []


def test_every_sheet_is_a4_and_short_ones_are_set_in_larger_letters(town: Cast) -> None:
    def largest(reader: PdfReader) -> float:
        sizes: list[float] = []
        reader.pages[0].extract_text(visitor_text=lambda _t, _c, tm, _f, size: sizes.append(size * abs(tm[0])))
        return max(sizes)

    bare, long = printed(town, BARE), printed(town, LONG_NAME)
    assert {tuple(round(float(each)) for each in page.mediabox[2:]) for page in (*bare.pages, *long.pages)} == {A4}
    assert largest(bare) > 1.3 * largest(long)


def test_many_sheets_make_one_file_in_which_each_counts_its_own_pages(town: Cast) -> None:
    alone = [len(printed(town, code).pages) for code in SHIPPED]
    together = printed(town, *SHIPPED)
    assert len(together.pages) == sum(alone)
    last = " ".join(together.pages[-1].extract_text().split())
    assert BARE in last
    assert "Trang" not in last


def test_the_list_of_a_field_names_every_procedure_with_its_code_in_the_order_of_vietnamese_words(cast: Cast) -> None:
    names = ["Đăng ký mẫu", "Cấp lại mẫu", "Xác nhận mẫu", "Ghi chú mẫu"]
    for n, name in enumerate(names):
        doc = document(BIRTH) | {"code": f"9.00010{n}", "short_name": name}
        catalogue.publish_version(doc=doc, at=datetime(2026, 7, 1, tzinfo=UTC), by=None, effective_from=TODAY)
    text = text_of(printed(cast, "ho-tich"))
    assert "5 thủ tục" in text
    assert _in_order(text, ["Cấp lại mẫu", "Đăng ký khai sinh", "Đăng ký mẫu", "Ghi chú mẫu", "Xác nhận mẫu"])
    assert BIRTH in text


def _in_order(text: str, words: Sequence[str]) -> bool:
    places = [text.index(each) for each in words]
    return places == sorted(places)


def test_no_name_can_break_a_sheet(cast: Cast) -> None:
    strange = 'Xác nhận "mẫu" #let $x$ *Ộ Ễ Ữ ắ* \\ <end> [a] @b'
    component = {"sid": "paper", "title": strange, "hint": strange}
    doc = document(BIRTH) | {
        "name": strange,
        "short_name": strange,
        "components": [component],
        "legal_basis": [strange],
    }
    catalogue.publish_version(doc=doc, at=datetime(2026, 7, 1, tzinfo=UTC), by=None, effective_from=TODAY)
    assert text_of(printed(cast, BIRTH)).count("#let $x$ *Ộ Ễ Ữ ắ* \\ <end> [a] @b") == 4


def test_whole_communes_are_printed_a_file_a_sheet(cast: Cast, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    made = catalogue.print_sheets(
        office=cast.here.commune,
        sheets=sheets(cast, BIRTH, "ho-tich"),
        day=TODAY,
        origin=ORIGIN,
        folder=tmp_path / "out",
        progress=lambda done, of: seen.append((done, of)),
    )
    assert [str(path.relative_to(tmp_path)) for path in made] == [
        f"out/ho-tich/{BIRTH}.pdf",
        "out/ho-tich/danh-muc.pdf",
    ]
    assert all(path.read_bytes().startswith(b"%PDF") for path in made)
    assert seen == [(1, 2), (2, 2)]
