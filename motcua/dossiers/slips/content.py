"""What stands on each paper, as plain data: read from the dossier, written in Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import sealed
from motcua.dossiers.words import wording
from motcua.kernel import clock, organisation
from motcua.payments import queries as payments
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Definition
from motcua.ui import marks, press, writing

# Some procedures have names of several hundred letters.
LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of Form 01: what stands above it, and whether it carries the claim code."""

    name: str
    code: bool


ONE_COPY = (Copy("", code=True),)
TWO_COPIES = (Copy("Liên 1: Lưu tại nơi tiếp nhận", code=False), Copy("Liên 2: Giao người nộp hồ sơ", code=True))


def of_filing(dossier: Dossier, claim_code: str, origin: str) -> dict[str, Any]:
    """What the confirmation of a filing says: what was sent, and what happens with it next."""
    item = queries.open_item(dossier)
    with translation.override("vi"):
        return {
            **common(dossier, "dossiers.filed"),
            **look_up(dossier, claim_code, origin),
            **sealed_receipt(dossier, origin),
            "papers": [each["title"] for each in queries.filing_content(dossier).get("components", [])],
            "filed_at": writing.moment(dossier.filed_at),
            "looked_at_by": writing.moment(item.due_at) if item and dossier.state == "submitted" else "",
            "next": wording.next_words(dossier),
        }


def of_receipt(dossier: Dossier, claim_code: str, origin: str) -> dict[str, Any]:
    """The fields of Form 01."""
    with translation.override("vi"):
        due = queries.due_of(dossier) if dossier.received_at else None
        return {
            **common(dossier, "dossiers.received"),
            **look_up(dossier, claim_code, origin),
            **sealed_receipt(dossier, origin),
            "papers": queries.filing_content(dossier).get("components", []),
            "fees": [
                {"kind": each.kind, "words": each.words}
                for each in procedures.fee_lines(queries.edition_of(dossier).definition, dossier.channel)
            ],
            **_money(dossier),
            **_offices(dossier),
            "received_at": writing.moment(dossier.received_at or dossier.filed_at),
            "due_at": writing.moment(due.at) if due and due.at else "",
            "due_why": clock.explain(due.why, "vi") if due else "",
        }


def _offices(dossier: Dossier) -> dict[str, str]:
    """Where the person was helped, where that is not where it was received; and who settles it where another commune
    received it: then the paper is of the commune that did.
    """
    received, helped = dossier.receiving_office, dossier.helped_office
    said = {"helped_at": helped.name if helped and helped.pk != dossier.receiving_office_id else "", "settled_by": ""}
    if received is None or not dossier.is_received_elsewhere:
        return said
    commune = organisation.commune_of(received) or received
    return said | {
        "settled_by": dossier.competent_office.name,
        "agency": commune.name,
        "place": commune.locality.name if commune.locality else "",
        "office_phone": received.phone or commune.phone,
        "office_address": received.address or commune.address,
    }


def look_up(dossier: Dossier, claim_code: str, origin: str) -> dict[str, str]:
    """Number and code open the status page; the QR carries the number only."""
    spaced = "-".join(filter(None, (claim_code[:5], claim_code[5:]))) if "-" not in claim_code else claim_code
    return {"claim_code": spaced, "qr": press.qr_drawing(f"{origin}/status/?number={dossier.number}")}


def sealed_receipt(dossier: Dossier, origin: str) -> dict[str, str]:
    """The code that proves number, moment and digest, with our address before it for whoever has a network."""
    line = next(iter(sealed.receipt_lines(dossier)), "")
    return {"seal_qr": press.qr_drawing(f"{origin}/verify/receipt/?r={line}", error="l") if line else ""}


def _birth_date(iso: str) -> str:
    """24/11/1990, or the year alone where no more is known."""
    return "/".join(reversed(iso.split("-")))


def common(dossier: Dossier, event_type: str) -> dict[str, Any]:
    """What every paper says: the office, the dossier, the applicant, and who did the act."""
    commune, centre, applicant = dossier.competent_office, dossier.receiving_office, dossier.applicant
    officers = [
        event.actor.full_name for event in queries.history_of(dossier) if event.type == event_type and event.actor
    ]
    return {
        "demo": organisation.is_demo(),
        "agency": commune.name,
        "centre": centre.name if centre else "",
        "office_phone": (centre.phone if centre else "") or commune.phone,
        "office_address": (centre.address if centre else "") or commune.address,
        "number": dossier.number,
        "place": commune.locality.name if commune.locality else "",
        "date": date_of(dossier.received_at or dossier.filed_at),
        "applicant": applicant.full_name,
        "birth_date": _birth_date(applicant.birth_date),
        "citizen_id": applicant.citizen_id,
        "address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        "procedure": _procedure(queries.edition_of(dossier).definition),
        "officer": officers[-1] if officers else "",
    }


def _procedure(definition: Definition) -> str:
    """The law's own name; where that fills half a sheet, the short one with the code under which the law's is found."""
    name = definition.name.vi
    return name if len(name) <= LONGEST_NAME else f"{definition.short_name.vi} ({definition.code})"


def date_of(moment: Any) -> list[int]:
    """Day, month and year as they stand after the place."""
    day = timezone.localtime(moment)
    return [day.day, day.month, day.year]


def _money(dossier: Dossier) -> dict[str, Any]:
    """What this dossier costs, whether it is paid, and the code for paying what is open by transfer."""
    balance = payments.balance(dossier.matter)
    code = payments.payment_code(dossier.competent_office, balance, dossier.number)
    mark = marks.mark_of(marks.MONEY, balance.standing) if balance.charges else None
    return {
        "charges": [
            {"kind": each.kind, "amount": writing.amount(each.amount), "exempt": each.exempt, "basis": each.basis}
            for each in balance.charges
        ],
        "paid": str(mark.word) if mark else "",
        "pay_qr": press.qr_drawing(code) if code else "",
    }
