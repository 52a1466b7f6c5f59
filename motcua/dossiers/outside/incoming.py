"""What another system sends, taken apart: one message, or several at once; each gets its own answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from motcua.dossiers.models import PartnerSystem
from motcua.dossiers.rules import exchange as words
from motcua.dossiers.services import exchange
from motcua.dossiers.services.exchange import Arrived

LARGEST, MOST = 1024 * 1024, 100
# Beside "00": what the caller did that cannot be taken.
NOT_KNOWN, NOT_READ, TOO_LARGE, TOO_MANY = "401", "400", "413", "429"
_BEARER = re.compile(r"Bearer ([!-~]{20,200})")
# What became of it, in the words of the message: a dossier now; somebody looks at it; known before.
FILED, WAITS, KNOWN = "da_tao_ho_so", "cho_doi_chieu", "da_nhan_truoc"


class NotRead(ValueError):
    """The body is no message and no list of messages."""


def system_of(request: HttpRequest, code: str) -> PartnerSystem:
    """The system that shows its key. Raises PartnerSystem.DoesNotExist."""
    shown = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    if shown is None:
        raise PartnerSystem.DoesNotExist(code)
    return exchange.system_of_key(code, shown[1])


def messages(body: bytes) -> list[dict[str, Any]]:
    """The messages of a body: an object, or a list of them. Raises NotRead."""
    try:
        found = json.loads(body, parse_constant=_no_constant)
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()  # half a letter, a number without end
    except (ValueError, RecursionError):
        raise NotRead from None
    rows = found if isinstance(found, list) else [found]
    if not rows or len(rows) > MOST or not all(isinstance(each, dict) for each in rows):
        raise NotRead
    return rows


def _no_constant(name: str) -> None:
    raise ValueError(name)


def taken(system: PartnerSystem, message: Mapping[str, Any], at: datetime) -> dict[str, str]:
    """Take one message; what is answered is the same however often it comes."""
    return answer(exchange.take_message(system=system, message=message, way="endpoint", at=at))


def answer(arrived: Arrived) -> dict[str, str]:
    """What its sender reads: understood, under which number, or that somebody has to look at it first."""
    outcome = FILED if arrived.number else WAITS
    said = {
        "error_code": words.UNDERSTOOD,
        "MaHoSo": arrived.arrival.number,
        "SoHoSoNoiXuLy": arrived.number,
        "KetQua": KNOWN if arrived.repeated and arrived.number else outcome,
    }
    return {key: value for key, value in said.items() if value}
