"""A small birth registration for the citizen's journeys: two pages of questions, one only for some, and two papers."""

from datetime import UTC, datetime
from typing import Any

from motcua.procedures import services as catalogue
from tests import cast
from tests.cast import Cast

CODE = "9.001193"
DOCUMENT: dict[str, Any] = {
    "code": CODE,
    "name": {"vi": "Thủ tục đăng ký khai sinh (mẫu)", "en": "Birth registration (sample)"},
    "short_name": {"vi": "Đăng ký khai sinh", "en": "Register a birth"},
    "sector": "ho-tich",
    "sector_name": "Hộ tịch",
    "mode": "here",
    "channels": [{"kind": "online", "limit": {"value": 3, "unit": "working_day"}}],
    "pages": [
        {
            "sid": "child",
            "title": {"vi": "Người được khai sinh", "en": "The child"},
            "fields": [
                {"sid": "child_name", "type": "name", "label": {"vi": "Họ tên trẻ", "en": "Name"}, "required": True},
                {
                    "sid": "born",
                    "type": "date",
                    "label": {"vi": "Ngày sinh của trẻ", "en": "Born on"},
                    "required": True,
                    "max": "today",
                },
                {"sid": "with_father", "type": "boolean", "label": {"vi": "Có khai cha", "en": "Father named"}},
            ],
        },
        {
            "sid": "father",
            "title": {"vi": "Người cha", "en": "The father"},
            "show_if": {"==": [{"var": "with_father"}, True]},
            "fields": [
                {"sid": "father_name", "type": "name", "label": {"vi": "Họ tên cha", "en": "Name"}, "required": True}
            ],
        },
    ],
    "components": [
        {
            "sid": "birth_paper",
            "title": {"vi": "Giấy chứng sinh", "en": "Birth certificate of the hospital"},
            "hint": {"vi": "Chụp rõ cả bốn góc.", "en": "All four corners in sight."},
            "required": True,
        },
        {"sid": "marriage", "title": {"vi": "Giấy kết hôn", "en": "Marriage certificate"}, "role": "if_applies"},
    ],
    "steps": [
        {"sid": "receive", "name": "Tiếp nhận", "act": "receive", "role": "intake_officer"},
        {"sid": "sign", "name": "Ký", "act": "settle", "role": "approver"},
        {"sid": "return", "name": "Trả kết quả", "act": "return", "role": "intake_officer"},
    ],
}
APPLICANT = {
    "full_name": "Ka Să H'Oanh Niê Mẫu",
    "birth_date-day": "24",
    "birth_date-month": "11",
    "birth_date-year": "1990",
    "phone": "0300 000 001",
    "email": "mau@vidu.example",
}
CHILD = {"child_name": "Đỗ Mẫu An", "born-day": "3", "born-month": "11", "born-year": "2026", "with_father": "false"}


def publish(cast_: Cast) -> str:
    """Put it into force; the address at which a citizen of the first town applies."""
    catalogue.publish_version(doc=DOCUMENT, at=datetime(2026, 7, 1, tzinfo=UTC), by=None, effective_from=cast.BEGUN)
    return f"/{cast_.here.slug}/apply/{CODE}/"
