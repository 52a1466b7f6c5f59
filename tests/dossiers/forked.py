"""A procedure whose route forks: birth, health card beside it, and a survey only for whoever asks for it."""

from datetime import UTC, datetime
from typing import Any

from motcua.procedures import services as catalogue
from tests.cast import BEGUN

FORKED = "9.000007"
ASKED_FOR = {"==": [{"var": "wants_survey"}, True]}


def step(sid: str, act: str, role: str, **more: Any) -> dict[str, Any]:
    return {"sid": sid, "name": NAMES[sid], "act": act, "role": role} | more


NAMES = {
    "receive": "Tiếp nhận",
    "register": "Ghi vào sổ hộ tịch và lập giấy khai sinh",
    "survey": "Khảo sát tại nơi ở",
    "health": "Đề nghị cấp thẻ bảo hiểm y tế cho trẻ em dưới sáu tuổi",
    "sign": "Ký duyệt",
    "return": "Trả kết quả",
}


def publish() -> str:
    """Publish it; its code."""
    field = {"sid": "wants_survey", "type": "boolean", "label": "Cần khảo sát"}
    doc = {
        "code": FORKED,
        "name": "Liên thông mẫu",
        "short_name": "Liên thông mẫu",
        "sector": "thu-nghiem",
        "sector_name": "Thử nghiệm",
        "mode": "here",
        "channels": [{"kind": kind, "limit": {"value": 5, "unit": "working_day"}} for kind in ("online", "direct")],
        "pages": [{"sid": "page", "title": "Trang", "fields": [field]}],
        "steps": [
            step("receive", "receive", "intake_officer", next=["register", "health"], share=10),
            step("register", "process", "case_officer", division="civil_status", share=30),
            step("survey", "process", "case_officer", share=20, next=["sign"], when=ASKED_FOR),
            step("health", "request", "case_officer", agency="Bảo hiểm xã hội", share=40, next=["sign"]),
            step("sign", "settle", "approver", share=10),
            step("return", "return", "intake_officer", share=10),
        ],
    }  # fmt: skip
    at = datetime(2026, 7, 1, tzinfo=UTC)
    catalogue.publish_version(doc=doc, at=at, by=None, effective_from=BEGUN)
    return FORKED
