"""What another system's record of a dossier says, read without guessing; and its numbers for the states.

The names of the record are those of the synchronisation message (DongBoHoSoMC, CapNhatTienDoHoSoMC) as running systems
send it; not confirmed by an official text, so that everything unknown is kept and shown, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from motcua.dossiers.rules.states import PORTAL_STATUS

# Each of these has a wall of its own: when one is down, the other goes on.
PORTAL, MINISTRY = "portal", "ministry"
KINDS = (PORTAL, MINISTRY)
HERE, THERE = "here", "there"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
# What may be wrong with a record, in the order in which a person mends it.
UNREADABLE, NUMBER, OFFICE, PROCEDURE, VERSION, APPLICANT, STATUS, CHANGED = (
    "unreadable",
    "number",
    "office",
    "procedure",
    "version",
    "applicant",
    "status",
    "changed",
)
FAULTS = (UNREADABLE, NUMBER, OFFICE, PROCEDURE, VERSION, APPLICANT, STATUS, CHANGED)
# The answer that says "understood" (law.md: error_code "00").
UNDERSTOOD = "00"
_CHANNELS = {"1": "direct", "2": "online", "3": "postal"}
_CODE = re.compile(r"\d\.\d{6}")
# What its names are called, in the order in which a person reads them; what is not here follows as it is called there.
# They stand in the filing itself, so that it can be read alone.
NAMES: Mapping[str, str] = {
    "MaHoSo": "Mã hồ sơ bên gửi",
    "TenTTHC": "Thủ tục",
    "MaTTHC": "Mã thủ tục",
    "TrichYeuHoSo": "Trích yếu",
    "ChuHoSo": "Chủ hồ sơ",
    "LoaiDoiTuong": "Loại đối tượng",
    "MaDoiTuong": "Số định danh hoặc mã số thuế",
    "SoDienThoai": "Điện thoại",
    "Email": "Thư điện tử",
    "DiaChi": "Địa chỉ",
    "KenhThucHien": "Kênh nộp",
    "TrangThaiHoSo": "Trạng thái bên gửi",
    "DonViXuLy": "Cơ quan giải quyết",
    "TenLinhVuc": "Lĩnh vực",
    "NgayTiepNhan": "Ngày tiếp nhận bên gửi",
    "NgayHenTra": "Ngày hẹn trả bên gửi",
    "GhiChu": "Ghi chú của bên gửi",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "LoaiDoiTuong": {"1": "cá nhân", "2": "tổ chức"},
    "KenhThucHien": {"1": "trực tiếp", "2": "trực tuyến", "3": "bưu chính"},
    "TrangThaiHoSo": {
        "1": "1 (mới đăng ký)", "2": "2 (được tiếp nhận)", "3": "3 (không được tiếp nhận)", "4": "4 (đang xử lý)",
        "5": "5 (yêu cầu bổ sung giấy tờ)", "6": "6 (yêu cầu nghĩa vụ tài chính)",
        "7": "7 (công dân yêu cầu rút hồ sơ)", "8": "8 (dừng xử lý)", "9": "9 (đã xử lý xong)",
        "10": "10 (đã trả kết quả)",
    },
}  # fmt: skip
_LONGEST = {"full_name": 200, "citizen_id": 20, "phone": 20, "email": 254, "address": 300}
_MOST_PAPERS = 50
PERSON, BUSINESS = "1", "2"


@dataclass(frozen=True, slots=True)
class OutsidePaperData:
    """A file that the record names: its id there, its name, the component it belongs to, where it can be fetched."""

    id: str
    name: str
    component: str
    address: str


@dataclass(frozen=True, slots=True)
class Record:
    """What another system says of one dossier; empty where it says nothing."""

    number: str
    procedure: str
    procedure_name: str
    version: str
    agency: str
    channel: str
    status: str
    applicant: Mapping[str, str]
    subject: str
    received_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    note: str
    papers: tuple[OutsidePaperData, ...]


def read(message: Mapping[str, Any]) -> Record:
    """The record of this message."""
    subject = _text(message, "LoaiDoiTuong") or PERSON
    given = {
        "full_name": _text(message, "ChuHoSo"),
        "citizen_id": _text(message, "MaDoiTuong") if subject == PERSON else "",
        "phone": _text(message, "SoDienThoai"),
        "email": _text(message, "Email"),
        "address": _text(message, "DiaChi"),
    }
    return Record(
        number=_text(message, "MaHoSo")[:100],
        procedure=plain_code(_text(message, "MaTTHC")),
        procedure_name=_text(message, "TenTTHC")[:1000],
        version=_text(message, "PhienBan")[:20],
        agency=_text(message, "DonViXuLy")[:200],
        channel=_CHANNELS.get(_text(message, "KenhThucHien"), "online"),
        status=_text(message, "TrangThaiHoSo")[:20] or _text(message, "TrangThai")[:20],
        applicant={key: value[: _LONGEST[key]] for key, value in given.items()},
        subject=subject,
        received_at=moment(_text(message, "NgayTiepNhan")),
        due_at=moment(_text(message, "NgayHenTra")),
        ended_at=moment(_text(message, "NgayKetThucXuLy")),
        returned_at=moment(_text(message, "NgayTra")),
        note=_text(message, "GhiChu")[:2000],
        papers=tuple(_papers(message)),
    )


def plain_code(text: str) -> str:
    """The national code without the ending of a local copy: "2.000815.000.00.00.H36" is 2.000815."""
    found = _CODE.match(text)
    return found[0] if found else text[:40]


def moment(text: str) -> datetime | None:
    """A moment as the message writes it, "20261124083000" in the zone of Việt Nam, a day alone at its midnight."""
    for form in ("%Y%m%d%H%M%S", "%Y%m%d"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=ZONE)
        except ValueError:
            continue
    return None


def written(at: datetime | None) -> str:
    """A moment as the message writes it; empty without one."""
    return at.astimezone(ZONE).strftime("%Y%m%d%H%M%S") if at else ""


def lines(message: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Every single value of the message by what it is called, for a person to read."""
    names = [*(key for key in NAMES if key in message), *(key for key in message if key not in NAMES)]
    found = ((key, _plain(message[key])) for key in names)
    return [(NAMES.get(key, str(key))[:60], _said(key, value)[:2000]) for key, value in found if value]


def _said(key: str, value: str) -> str:
    at = moment(value) if key.startswith("Ngay") else None
    return at.strftime("%H:%M %d/%m/%Y") if at else _VALUES.get(key, {}).get(value, value)


def code_of(state: str, own: Mapping[str, str]) -> str:
    """The other system's word for this state: from its own table, else the National Portal's number."""
    return own.get(state) or str(PORTAL_STATUS.get(state, ""))


def state_of(code: str, own: Mapping[str, str]) -> str:
    """The state that this word of the other system means; empty where it means none that we know."""
    return next((state for state in PORTAL_STATUS if code and code_of(state, own) == code), "")


def _papers(message: Mapping[str, Any]) -> list[OutsidePaperData]:
    named = message.get("TaiLieuNop")
    rows = [each for each in named if isinstance(each, Mapping)] if isinstance(named, list) else []
    kept = [each for each in rows if _text(each, "IsDeleted").lower() not in ("1", "true")]
    return [_paper(each) for each in kept[:_MOST_PAPERS]]


def _paper(row: Mapping[str, Any]) -> OutsidePaperData:
    name, address = _text(row, "TenTepDinhKem"), _text(row, "DuongDanTaiTepTin")
    return OutsidePaperData(
        id=(_text(row, "TepDinhKemId") or address or name)[:200],
        name=name[:200],
        component=_text(row, "MaThanhPhanHoSo")[:60],
        address=address[:1000],
    )


def _text(message: Mapping[str, Any], key: str) -> str:
    value = message.get(key)
    return _plain(value) if isinstance(value, str | int | float) else ""


def _plain(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return " ".join("".join(each if each.isprintable() else " " for each in str(value)).split())
