"""Whether something is paid, and the payload of a VietQR code (NAPAS 247 on EMVCo, merchant-presented). Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NOTHING, DUE, PART, PAID, EXEMPT = "nothing", "due", "part", "paid", "exempt"
STANDINGS = (NOTHING, DUE, PART, PAID, EXEMPT)
SOURCES = ("cash", "transfer")
# The national service for transfers to an account, and the currency (ISO 4217).
_NAPAS, _TO_ACCOUNT, _VND = "A000000727", "QRIBFTTA", "704"
_LONGEST_AMOUNT, _LONGEST_PURPOSE = 13, 25


def standing(charged: Iterable[tuple[int, bool]], paid: int) -> str:
    """Of all charges (amount, exempt) against what was paid, in VND."""
    charges = list(charged)
    owed = sum(amount for amount, exempt in charges if not exempt)
    if owed == 0:
        return EXEMPT if charges else NOTHING
    if paid >= owed:
        return PAID
    return PART if paid else DUE


def vietqr(*, bank: str, account: str, amount: int, purpose: str) -> str:
    """The payload for a transfer of this amount to this account, with the purpose that the bank passes on.

    ValueError for what no bank would read: another bank id than six digits, an account of other characters, no amount.
    """
    if not re.fullmatch(r"[0-9]{6}", bank) or not re.fullmatch(r"[0-9A-Za-z]{1,19}", account):
        raise ValueError("a bank is six digits, an account up to nineteen letters and digits")
    if not 0 < amount < 10**_LONGEST_AMOUNT:
        raise ValueError("an amount is positive and has at most thirteen digits")
    to = _field("00", _field("00", bank) + _field("01", account))[4:]
    merchant = _field("00", _NAPAS) + _field("01", to) + _field("02", _TO_ACCOUNT)
    said = _field("00", "01") + _field("01", "12") + _field("38", merchant) + _field("53", _VND)
    said += _field("54", str(amount)) + _field("58", "VN") + _field("62", _field("08", plain(purpose))) + "6304"
    return f"{said}{_crc(said.encode('ascii')):04X}"


def plain(purpose: str) -> str:
    """A purpose as banks take it: without marks, đ as d, at most 25 characters."""
    folded = unicodedata.normalize("NFD", purpose.replace("đ", "d").replace("Đ", "D"))
    return folded.encode("ascii", "ignore").decode()[:_LONGEST_PURPOSE]


def _field(id_: str, value: str) -> str:
    return f"{id_}{len(value):02d}{value}"


def _crc(data: bytes) -> int:
    """CRC-16/CCITT-FALSE over everything, the checksum's own id and length included."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1) ^ 0x1021 if crc & 0x8000 else crc << 1
        crc &= 0xFFFF
    return crc
