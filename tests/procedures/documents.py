"""Two small documents for the tests: one with every key, one with as few as can be. Neither is a real procedure."""

import copy
from typing import Any

FULL: dict[str, Any] = {
    "code": "9.010820",
    "name": "Đăng ký chăn thả gia súc mẫu trên đồng cỏ chung của thôn",
    "short_name": {"vi": "Đăng ký chăn thả", "en": "Register grazing"},
    "sector": "thu-nghiem",
    "sector_name": {"vi": "Thử nghiệm", "en": "Trial"},
    "mode": "here",
    "issuing_agency": "Bộ Mẫu",
    "announcement_decision": "1/QĐ-MAU",
    "legal_basis": ["1/2026/NĐ-MAU"],
    "applicants": ["Công dân Việt Nam", {"vi": "Hộ kinh doanh", "en": "Household business"}],
    "portal_url": "https://vidu.example/thu-tuc",
    "summary": {"vi": "Để gia súc được chăn thả.", "en": "So that cattle may graze."},
    "keywords": ["bò", "đồng cỏ"],
    "draft_grade": "C",
    "sources": ["made for tests"],
    "channels": [
        {
            "kind": "online",
            "limit": {"value": 1, "unit": "working_day", "cutoff": "15:00"},
            "fees": [{"kind": "charge", "amount": 0, "currency": "VND", "status": "portal", "note": "Theo cổng"}],
        },
        {"kind": "direct", "limit": {"value": 1}, "fees": [{"kind": "fee", "amount": 2000, "per": "trang"}]},
    ],
    "pages": [
        {
            "sid": "nguoi",
            "title": {"vi": "Người yêu cầu", "en": "The applicant"},
            "intro": "Thông tin của người đi nộp.",
            "fields": [
                {
                    "sid": "ho_ten",
                    "type": "name",
                    "label": {"vi": "Họ, chữ đệm, tên", "en": "Full name"},
                    "required": True,
                    "prefill": "applicant.full_name",
                },
                {
                    "sid": "gioi_tinh",
                    "type": "choice",
                    "label": {"vi": "Giới tính", "en": "Sex"},
                    "required": True,
                    "options": [
                        {"oid": "male", "label": {"vi": "Nam", "en": "Male"}},
                        {"oid": "female", "label": {"vi": "Nữ", "en": "Female"}},
                    ],
                },
                {
                    "sid": "ngay_sinh",
                    "type": "date",
                    "label": {"vi": "Ngày, tháng, năm sinh", "en": "Date of birth"},
                    "hint": {"vi": "Như trên căn cước", "en": "As on the card"},
                    "required": True,
                    "min": "1900-01-01",
                    "max": "today",
                    "warn": [
                        {
                            "when": {">": [{"age_years": [{"var": "ngay_sinh"}]}, 100]},
                            "message": {"vi": "Xin xem lại năm sinh.", "en": "Please look at the year again."},
                        }
                    ],
                },
                {
                    "sid": "ngay_sinh_chu",
                    "type": "computed",
                    "label": "Bằng chữ",
                    "computed": {"date_in_words": "ngay_sinh"},
                },
                {
                    "sid": "so_dinh_danh",
                    "type": "citizen_id",
                    "label": {"vi": "Số định danh cá nhân", "en": "Personal identification number"},
                    "matches": {"sex": "gioi_tinh", "birth": "ngay_sinh"},
                },
                {
                    "sid": "noi_cu_tru",
                    "type": "address",
                    "label": {"vi": "Nơi cư trú", "en": "Residence"},
                    "required": True,
                    "not_needed_when": {
                        "when": {"filled": {"var": "so_dinh_danh"}},
                        "note": {"vi": "Không cần ghi khi đã có số định danh.", "en": "Not needed with a number."},
                    },
                },
                {"sid": "dien_thoai", "type": "phone", "label": {"vi": "Điện thoại", "en": "Telephone"}},
            ],
        },
        {
            "sid": "dan_bo",
            "title": {"vi": "Đàn gia súc", "en": "The herd"},
            "fields": [
                {
                    "sid": "co_bo",
                    "type": "boolean",
                    "label": {"vi": "Có nuôi bò", "en": "Keeps cattle"},
                    "required": True,
                },
                {
                    "sid": "so_bo",
                    "type": "integer",
                    "label": {"vi": "Số bò", "en": "Number of cattle"},
                    "required": True,
                    "show_if": {"==": [{"var": "co_bo"}, True]},
                    "min": 1,
                    "max": 500,
                },
                {
                    "sid": "danh_sach",
                    "type": "table",
                    "label": {"vi": "Từng con", "en": "Each animal"},
                    "show_if": {">": [{"var": "so_bo"}, 0]},
                    "max_items": 5,
                    "columns": [
                        {"sid": "ten", "type": "text", "label": {"vi": "Tên", "en": "Name"}, "required": True},
                        {"sid": "tuoi", "type": "integer", "label": {"vi": "Tuổi", "en": "Age"}, "max": 40},
                    ],
                },
                {"sid": "tu_ngay", "type": "date", "label": {"vi": "Từ ngày", "en": "From"}, "required": True},
                {
                    "sid": "den_ngay",
                    "type": "date",
                    "label": {"vi": "Đến ngày", "en": "Until"},
                    "example": "1990-12-24",
                },
                {
                    "sid": "ly_do",
                    "type": "long_text",
                    "label": {"vi": "Lý do", "en": "Reason"},
                    "required_if": {"filled": {"var": "den_ngay"}},
                    "max_length": 500,
                },
            ],
        },
        {
            "sid": "uy_quyen",
            "title": {"vi": "Chó giữ đàn", "en": "Herding dogs"},
            "show_if": {">=": [{"var": "so_bo"}, 10]},
            "fields": [
                {
                    "sid": "so_cho",
                    "type": "integer",
                    "label": {"vi": "Số chó", "en": "Number of dogs"},
                    "required": True,
                }
            ],
        },
    ],
    "checks": [
        {
            "rule": {"<=": [{"var": "tu_ngay"}, {"var": "den_ngay"}]},
            "sids": ["den_ngay", "tu_ngay"],
            "message": {"vi": "Ghi ngày cuối sau ngày đầu.", "en": "Write a last day after the first day."},
        }
    ],
    "components": [
        {
            "sid": "giay_tiem",
            "title": {"vi": "Giấy tiêm phòng", "en": "Vaccination paper"},
            "full": "Giấy xác nhận tiêm phòng do thú y cấp.",
            "role": "paper",
            "required_if": {"==": [{"var": "co_bo"}, True]},
            "originals": 1,
            "copies": 1,
            "group": "Giấy tờ phải nộp",
            "kinds": ["original", "certified_copy"],
        },
        {"sid": "can_cuoc", "title": "Căn cước", "role": "present", "originals": 0},
    ],
    "steps": [
        {
            "sid": "tiep_nhan",
            "name": {"vi": "Tiếp nhận", "en": "Receive"},
            "act": "receive",
            "role": "intake",
            "share": 10,
        },
        {"sid": "ky", "name": "Ký", "act": "settle", "role": "approver", "division": "grazing", "share": 80},
        {"sid": "tra", "name": "Trả kết quả", "act": "return", "role": "intake", "share": 10},
    ],
    "results": [{"code": "KQ.MAU.000001", "name": {"vi": "Giấy chăn thả", "en": "Grazing paper"}}],
    "supplement_reasons": [
        {
            "code": "chua_co_dau",
            "label": {"vi": "Chưa có dấu của thú y", "en": "The vet's stamp is missing"},
            "remedy": "Xin thú y đóng dấu rồi chụp lại.",
        }
    ],
    "texts": {"after_sending": {"vi": "Chúng tôi đã nhận.", "en": "We have it."}},
    "counter": "Quầy 1",
    "hours": "Sáng thứ Ba",
    "notes": "Mang theo bút.",
}

SMALL: dict[str, Any] = {
    "code": "9.000001",
    "name": "Xác nhận mẫu",
    "short_name": "Xác nhận mẫu",
    "sector": "thu-nghiem",
    "sector_name": "Thử nghiệm",
    "mode": "counter",
    "steps": [
        {"sid": "nhan", "name": "Nhận", "act": "receive", "role": "intake"},
        {"sid": "tra", "name": "Trả", "act": "return", "role": "intake"},
    ],
}


def full(**changes: Any) -> dict[str, Any]:
    """The document with every key, its own copy, with some keys changed."""
    return copy.deepcopy(FULL) | changes


def small(**changes: Any) -> dict[str, Any]:
    """The least document, its own copy, with some keys changed."""
    return copy.deepcopy(SMALL) | changes


def with_fields(*fields: dict[str, Any]) -> dict[str, Any]:
    """The least document with one page of these questions."""
    return small(pages=[{"sid": "trang", "title": "Trang", "fields": list(fields)}])


def question(sid: str, type: str = "text", **more: Any) -> dict[str, Any]:
    """One question with the least it needs."""
    return {"sid": sid, "type": type, "label": sid, **more}
