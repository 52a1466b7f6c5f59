"""What stands on each paper, as plain data: read from the dossier, written in Vietnamese."""

from __future__ import annotations

from typing import Any

from django.utils import timezone, translation

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Ending
from motcua.kernel import clock, organisation
from motcua.ui import press, writing


def of_receipt(dossier: Dossier, claim_code: str, origin: str) -> dict[str, Any]:
    """The fields of Form 01."""
    with translation.override("vi"):
        due = queries.due_of(dossier) if dossier.received_at else None
        return {
            **_common(dossier, "dossiers.received"),
            "claim_code": claim_code,
            "qr": press.qr_drawing(f"{origin}/status/?number={dossier.number}"),
            "papers": queries.filing_content(dossier).get("components", []),
            "received_at": writing.moment(dossier.received_at or dossier.filed_at),
            "due_at": writing.moment(due.at) if due and due.at else "",
            "due_why": clock.explain(due.why, "vi") if due else "",
        }


def of_refusal(dossier: Dossier) -> dict[str, Any]:
    """The fields of Form 03."""
    refusal = Ending.objects.select_related("by").get(dossier=dossier, kind="refused", undone_at=None)
    with translation.override("vi"):
        return {
            **_common(dossier, "dossiers.refused"),
            "reason": refusal.reason,
            "advice": refusal.advice,
            "date": _date(refusal.at),
        }


def _common(dossier: Dossier, event_type: str) -> dict[str, Any]:
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
        "date": _date(dossier.received_at or dossier.filed_at),
        "applicant": applicant.full_name,
        "citizen_id": applicant.citizen_id,
        "address": applicant.address,
        "phone": applicant.phone,
        "email": applicant.email,
        "procedure": queries.edition_of(dossier).definition.name.vi,
        "officer": officers[-1] if officers else "",
    }


def _date(moment: Any) -> list[int]:
    day = timezone.localtime(moment)
    return [day.day, day.month, day.year]
