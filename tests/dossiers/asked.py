"""Supplement requests for the tests: a name written wrongly, a paper that cannot be read, and the answer to both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from motcua.dossiers import services
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.services import ComponentData, FileData, Need
from motcua.kernel import files
from motcua.kernel.identity import Person
from tests.cast import NOW

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CONTACT = "Bộ phận hộ tịch, điện thoại 0300000000"
NAME = Need("field", "full_name", "contradicts", "Ghi họ tên như trên giấy chứng sinh.", "Tên trên giấy khác.")
PAPER = Need("component", "birth_paper", "unreadable", "Chụp lại giấy chứng sinh ở nơi đủ sáng.")


def ask(
    dossier: Dossier, by: Person, at: datetime, *items: Need, answer_by: datetime | None = None, **more: Any
) -> SupplementRequest:
    """This person asks for these, or for the name and the paper."""
    return services.request_supplement(
        dossier=dossier,
        by=by,
        at=at,
        items=items or (NAME, PAPER),
        answer_by=answer_by or at + 10 * DAY,
        **{"contact": CONTACT} | more,
    )


def photo(sid: str = "birth_paper") -> ComponentData:
    """A kept file on a paper."""
    kept = files.keep(PDF, type="application/pdf")
    return ComponentData(sid, (FileData(kept.sha256, kept.size, "giay.pdf"),), kind="copy", quantity=1)


def answer(
    dossier: Dossier,
    at: datetime,
    answers: dict[str, Any] | None = None,
    components: Sequence[ComponentData] | None = None,
    **more: Any,
) -> services.Supplemented:
    """The applicant mends both."""
    given = {"op_id": f"mend-{dossier.number}", "request_sha256": "b" * 64} | more
    return services.file_supplement(
        dossier=dossier,
        answers={"full_name": "Đỗ Mẫu Bình"} if answers is None else answers,
        components=[photo()] if components is None else components,
        at=at,
        **given,
    )


LATER = NOW + HOUR
