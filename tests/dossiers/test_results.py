"""A result has a file that a stranger can check, a number in the records, a place, and may be revoked."""

import io

import pytest
from django.test import Client
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier, Result, Shelf
from motcua.dossiers.slips import signing
from motcua.kernel.identity import Person, Post, Role
from motcua.kernel.matters import WorkItem
from tests.cast import BEGUN, CERTIFY, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db
CODE = "ACDEFGHJKPQRTWXY"


@pytest.fixture
def clerk(cast: Cast) -> Person:
    """Somebody who keeps the records of the first town."""
    person = Person.objects.create(full_name="Mai Thị Mẫu Thư")
    role = Role.objects.get(code="records_clerk")
    Post.objects.create(person=person, office=cast.here.commune, role=role, valid_from=BEGUN)
    return person


def signed(cast: Cast, **more: object) -> Dossier:
    dossier = cast.take_in(CERTIFY).dossier
    said = {"result_name": "Giấy xác nhận", "by": cast.here.approver, "at": NOW}
    return services.settle_dossier(dossier=dossier, **said | more)


def pdf_of(cast: Cast, dossier: Dossier, sent: bytes, *, from_template: bool = False) -> PdfReader:
    said = {"name": "Giấy xác nhận", "number": "15/UBND", "by": cast.here.approver, "at": NOW, "code": CODE}
    return PdfReader(io.BytesIO(signing.made(dossier, sent, from_template=from_template, **said)))


def blank() -> bytes:
    out, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


def test_a_file_gets_the_page_of_its_signing_with_a_code(cast: Cast) -> None:
    pages = pdf_of(cast, cast.take_in().dossier, blank()).pages
    assert len(pages) == 2
    text = pages[1].extract_text()
    assert "ACDE FGHJ KPQR TWXY" in text
    assert "15/UBND" in text
    assert "/verify/result/ACDEFGHJKPQRTWXY/" in text.replace("\n", "")


def test_a_result_is_written_from_what_was_answered(cast: Cast) -> None:
    dossier = cast.take_in(answers={"full_name": "Ka Să H'Oanh Niê Kdăm"}).dossier
    text = pdf_of(cast, dossier, b"", from_template=True).pages[0].extract_text()
    assert "Ka Să H'Oanh Niê Kdăm" in text
    assert "GIẤY XÁC NHẬN" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text


def test_a_picture_stays_as_it_was_and_no_file_makes_none(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    said = {"name": "Kết quả", "number": "", "by": cast.here.approver, "at": NOW, "code": "A" * 16}
    assert signing.made(dossier, b"\xff\xd8\xff picture", from_template=False, **said) == b"\xff\xd8\xff picture"
    assert signing.made(dossier, b"", from_template=False, **said) == b""


def test_what_is_signed_already_or_cannot_be_read_is_not_touched(cast: Cast) -> None:
    dossier, out, writer = cast.take_in().dossier, io.BytesIO(), PdfWriter()
    writer.add_blank_page(200, 200)
    form = DictionaryObject({NameObject("/SigFlags"): NumberObject(3)})
    writer.root_object[NameObject("/AcroForm")] = form
    writer.write(out)
    said = {"name": "Kết quả", "number": "", "by": cast.here.approver, "at": NOW, "code": CODE}
    for sent in (out.getvalue(), b"%PDF-1.7 broken", b"%PDF-"):
        assert signing.made(dossier, sent, from_template=False, **said) == sent


def test_a_code_cannot_be_guessed_or_misread() -> None:
    codes = {services.new_verify_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == rules.VERIFY_LENGTH and set(code) <= set(rules.CLAIM_ALPHABET) for code in codes)


def test_anybody_with_the_code_reads_whether_the_result_holds_and_little_else(client: Client, cast: Cast) -> None:
    dossier = signed(cast, verify_code=CODE, document_number="15/UBND")
    page = client.get("/verify/result/acde-fghj-kpqr-twxy/").content.decode()
    assert "Kết quả này còn hiệu lực" in page
    assert "15/UBND" in page
    assert dossier.applicant.full_name not in page
    assert dossier.applicant.citizen_id not in page
    services.revoke_result(dossier=dossier, by=cast.here.approver, at=NOW, reason="Ký nhầm người")
    page = client.get("/verify/result/ACDEFGHJKPQRTWXY/").content.decode()
    assert "Kết quả này không còn hiệu lực" in page
    assert "Ký nhầm người" not in page


def test_an_unknown_code_says_so_and_asks_again(client: Client, cast: Cast) -> None:
    signed(cast)
    for code in ("AAAAAAAAAAAAAAAA", "None", "x" * 300):
        answer = client.get(f"/verify/result/{code}/")
        assert answer.status_code == 404
        assert "Không có kết quả nào với mã này" in answer.content.decode()
    assert client.get("/verify/", {"code": "acde fghj"})["Location"].endswith("/verify/result/ACDEFGHJ/")


def test_the_clerk_numbers_what_was_signed_and_numbers_run_by_symbol_and_year(cast: Cast, clerk: Person) -> None:
    numbers = []
    for symbol in ("", "", "GXN-UBND"):
        dossier = signed(cast)
        item = WorkItem.objects.get(matter=dossier.matter, act=rules.NUMBER, closed_by=None)
        assert item.office == cast.here.commune
        result = services.number_result(dossier=dossier, by=clerk, at=NOW, symbol=symbol)
        numbers.append(result.document_number)
        with pytest.raises(services.NothingOpen):
            services.number_result(dossier=dossier, by=clerk, at=NOW)
    assert numbers == ["1/UBND", "2/UBND", "1/GXN-UBND"]


def test_a_clerk_who_is_posted_below_the_office_numbers_for_it(cast: Cast, clerk: Person) -> None:
    Post.objects.filter(person=clerk).update(office=cast.here.centre)
    dossier = signed(cast)
    item = WorkItem.objects.get(matter=dossier.matter, act=rules.NUMBER, closed_by=None)
    assert item.office == cast.here.centre
    assert policies.get_dossier(clerk, dossier.number, TODAY) == dossier
    assert services.number_result(dossier=dossier, by=clerk, at=NOW).document_number == "1/UBND"


def test_nobody_else_numbers_and_a_typed_number_leaves_nothing_to_do(cast: Cast, clerk: Person) -> None:
    with pytest.raises(policies.NotAllowed):
        services.number_result(dossier=signed(cast), by=cast.here.intake, at=NOW)
    typed = signed(cast, document_number="7/UBND")
    assert not WorkItem.objects.filter(matter=typed.matter, act=rules.NUMBER).exists()


def test_without_a_clerk_nobody_waits_for_a_number(cast: Cast) -> None:
    assert {item.act for item in queries.open_items(signed(cast))} == {"return"}


def test_a_revoked_result_cannot_be_revoked_again_and_needs_an_approver(cast: Cast) -> None:
    dossier = signed(cast)
    with pytest.raises(policies.NotAllowed):
        services.revoke_result(dossier=dossier, by=cast.here.intake, at=NOW, reason="Sai")
    services.revoke_result(dossier=dossier, by=cast.here.approver, at=NOW, reason="Sai")
    with pytest.raises(services.NoResult):
        services.revoke_result(dossier=dossier, by=cast.here.approver, at=NOW, reason="Sai")
    assert Result.objects.get().revoked_by == cast.here.approver


def test_where_the_papers_lie_is_noted_by_those_who_have_them(cast: Cast) -> None:
    dossier = signed(cast)
    services.place_papers(dossier=dossier, what="papers", place="Tủ 2, hộp 15", by=cast.here.intake, at=NOW)
    assert Shelf.objects.get().place == "Tủ 2, hộp 15"
    with pytest.raises(policies.NotAllowed):
        services.place_papers(dossier=dossier, what="papers", place="Tủ 3", by=cast.there.intake, at=NOW)
