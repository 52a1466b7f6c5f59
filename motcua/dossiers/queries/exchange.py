"""What came from other systems and how it is exchanged with them, for the pages of the desk."""

from __future__ import annotations

import json
from typing import Any

from motcua.dossiers.models import Arrival, Dossier, ExternalRef, OutsidePaper, PartnerSystem
from motcua.dossiers.rules import exchange as rules
from motcua.kernel.outbox import Delivery

EXCHANGED = (
    *(f"dossiers.{what}.{kind}" for what in ("status", "paper") for kind in rules.KINDS),
    "dossiers.signature",
)


def external_ref(dossier: Dossier) -> ExternalRef | None:
    """The number under which another system knows the dossier; None for one of our own."""
    return ExternalRef.objects.filter(dossier=dossier).first()


def systems() -> list[PartnerSystem]:
    """Every system with which dossiers are exchanged."""
    return list(PartnerSystem.objects.select_related("office").order_by("code"))


def system(code: str) -> PartnerSystem | None:
    """The system of this word; None when there is none."""
    return PartnerSystem.objects.select_related("office").filter(code=code).first()


def system_names() -> dict[str, str]:
    """What each system is called."""
    return dict(PartnerSystem.objects.values_list("code", "name"))


def exchanges(dossier: Dossier) -> list[Delivery]:
    """Everything that was told to the other system or fetched from it, oldest first."""
    sent = Delivery.objects.filter(event__matter=dossier.matter, target__in=EXCHANGED)
    return list(sent.select_related("event").order_by("id"))


def outside_papers(dossier: Dossier) -> list[OutsidePaper]:
    """The papers that the other system named."""
    return list(OutsidePaper.objects.filter(dossier=dossier).order_by("id"))


def waiting_arrival(dossier: Dossier) -> Arrival | None:
    """What the other system said anew and nobody has read yet."""
    return Arrival.objects.filter(dossier=dossier, outcome="waiting").order_by("-pk").first()


def message_of(arrival: Arrival) -> dict[str, Any]:
    """The message as it came; empty where it is none, or was erased by law."""
    try:
        found = json.loads(arrival.content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
