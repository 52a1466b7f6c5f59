"""How far a dossier has come is told to the system from which it came, where the status is ours to say.

Queued in the transaction of the act (R10) and written from the record when it goes out; an older status never follows a
newer one. It knows the other system's words by its table.
"""

from __future__ import annotations

from typing import Any

from motcua.dossiers import rules
from motcua.dossiers.models import Dossier, ExternalRef, PartnerSystem
from motcua.dossiers.queries import dossiers as queries
from motcua.dossiers.rules import exchange
from motcua.kernel import ledger, outbox
from motcua.kernel.ledger import Event
from motcua.kernel.outbox import Delivery

# What may change how far it has come; a status that stayed the same is told again, which does no harm.
TOLD = (
    "dossiers.received",
    "dossiers.refused",
    "dossiers.step_completed",
    "dossiers.supplement_requested",
    "dossiers.supplement_filed",
    "dossiers.supplement_cancelled",
    "dossiers.extension_decided",
    "dossiers.fee_demanded",
    "dossiers.fee_settled",
    "dossiers.settled",
    "dossiers.returned",
    "dossiers.withdrawn",
    "dossiers.stopped",
    "dossiers.act_undone",
)


def target(kind: str) -> str:
    """The delivery that tells this kind of system."""
    return f"dossiers.status.{kind}"


def subscribe() -> None:
    """Listen to every act that moves a dossier. Called from apps.py."""
    for type_ in TOLD:
        ledger.subscribe(type_, queue)


def queue(event: Event) -> None:
    """Queue the telling of what this event led to, in its transaction; nothing for a dossier of our own."""
    ref = ExternalRef.objects.filter(dossier=event.matter_id, owner=exchange.HERE, carried_over=False).first()
    system = PartnerSystem.objects.filter(code=ref.system).exclude(endpoint="").first() if ref else None
    if ref is None or system is None:
        return
    payload = {"system": system.code, "seq": event.seq}
    key = f"status:{system.code}:{event.position}"
    outbox.enqueue(event=event, target=target(system.kind), key=key, at=event.at, payload=payload)


def is_outrun(delivery: Delivery) -> bool:
    """Whether something newer was told already: telling this one now would lead back."""
    newer = Delivery.objects.filter(
        target=delivery.target,
        event__matter=delivery.event.matter_id,
        event__position__gt=delivery.event.position,
        delivered_at__isnull=False,
    )
    return newer.exists()


def message(delivery: Delivery, dossier: Dossier, ref: ExternalRef, system: PartnerSystem) -> dict[str, Any]:
    """What is told: the record as it stood with the delivery's event, in the words of the synchronisation message."""
    history = [each for each in queries.history_of(dossier) if each.seq <= delivery.payload["seq"]]
    state, event = rules.state_after(queries.happened(history)), history[-1]
    office = event.office or dossier.competent_office
    said = {
        "MaHoSo": ref.number,
        "SoHoSoNoiXuLy": dossier.number,
        "MaTTHC": dossier.procedure_code,
        "TrangThaiHoSo": exchange.code_of(state, system.statuses),
        "NgayTiepNhan": exchange.written(dossier.received_at),
        "NgayHenTra": exchange.written(dossier.due_at),
        "NgayKetThucXuLy": exchange.written(dossier.settled_at),
        "NgayTra": exchange.written(dossier.returned_at),
        "DonViXuLy": dossier.competent_office.agency_code or dossier.competent_office.code,
        "PhongBanXuLy": office.name,
        "NguoiXuLy": event.actor.full_name if event.actor else "",
        "ThoiDiemXuLy": exchange.written(event.at),
    }
    return {key: value for key, value in said.items() if value}
