"""Forms 02, 04 and 05 are made from their acts: numbered once, printed as often as asked for, with what was said."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from motcua.dossiers import queries, services, slips
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.supplements import Need
from tests.cast import BIRTH, NOW, OPEN_LIMIT, Cast, limit

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def received(cast: Cast) -> Dossier:
    dossier = cast.file(OPEN_LIMIT).dossier
    return services.receive_dossier(dossier=dossier, by=cast.here.intake, at=NOW, limit=limit())


def printed(dossier: Dossier, form: str, at: datetime) -> str:
    issued = queries.issued_forms(dossier).get(form=form)
    made = slips.issued_form(issued, origin="http://x", printed_at=at)
    assert PdfReader(io.BytesIO(made)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert PdfReader(io.BytesIO(made)).trailer["/Root"]["/Lang"].lower().startswith("vi")
    return " ".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


def test_form_02_names_each_paper_the_reason_and_how_to_mend_it(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    needs = (Need("component", "birth_paper", "unreadable", "Xin chụp lại cả bốn góc.", "góc trái mờ"),)
    services.request_supplement(
        dossier=dossier, by=cast.here.intake, at=NOW, items=needs, contact="Mẫu, 0300000000", answer_by=NOW + 9 * DAY
    )
    text = printed(dossier, "02", NOW + HOUR)
    for words in ("Số: 1/HDHS", "Giấy chứng sinh", "góc trái mờ", "Xin chụp lại cả bốn góc.", "Mẫu, 0300000000"):
        assert words in text
    assert "In lúc 10:00" in text


def test_form_04_apologises_with_the_reason_and_both_moments(cast: Cast) -> None:
    dossier = received(cast)
    new = queries.due_of(dossier).at
    assert new is not None
    said = {"reason_code": "verification", "reason": "Phải xác minh tại thôn", "new_due_at": new + 5 * DAY}
    services.propose_extension(dossier=dossier, by=cast.here.approver, at=NOW + HOUR, **said)
    text = printed(dossier, "04", NOW + 2 * HOUR)
    for words in ("1/PXL", "Phải xác minh tại thôn", "27/11/2026", "02/12/2026", "xin lỗi"):
        assert words in text


def test_form_05_says_why_it_stops_and_on_what_that_rests(cast: Cast) -> None:
    said = {"reason": "Đất đang tranh chấp", "legal_basis": "Điều mẫu", "money": "Hoàn lại 8.000 đồng"}
    dossier = received(cast)
    services.stop_dossier(dossier=dossier, by=cast.here.approver, at=NOW + HOUR, reason_code="dispute", **said)
    text = printed(dossier, "05", NOW + 2 * HOUR)
    for words in ("1/TBDGQ", *said.values(), "Bước đang giải quyết"):
        assert words in text
