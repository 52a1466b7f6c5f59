"""What a province or commune lays over a procedure, where the law leaves it open."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.kernel import ledger
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.procedures import rules
from motcua.procedures.events import OverlayMade
from motcua.procedures.models import Overlay, Procedure, Version


class OverlayRefused(ValueError):
    """The overlay sets what this office may not set; `refusals` says each key and why."""

    def __init__(self, refusals: tuple[rules.Refusal, ...]) -> None:
        super().__init__(", ".join(f"{refusal.key}: {refusal.reason}" for refusal in refusals))
        self.refusals = refusals


def make_overlay(
    *,
    office: Office,
    procedure: Procedure,
    doc: Mapping[str, Any],
    legal_source: str,
    at: datetime,
    by: Person | None,
    effective_from: date,
) -> Overlay:
    """Lay this over the procedure at this office from that day; the office's earlier overlay ends then.

    Raises OverlayRefused where the law leaves the office no such choice.
    """
    version = Version.objects.in_force(effective_from).filter(procedure=procedure).order_by("-no").first()
    refusals = tuple(rules.overlay_refusals(version.doc if version else {}, doc, legal_source))
    if refusals:
        raise OverlayRefused(refusals)
    with transaction.atomic():
        last = Overlay.objects.filter(office=office, procedure=procedure).order_by("-no").first()
        _end_overlay(last, effective_from)
        overlay = Overlay.objects.create(
            office=office,
            procedure=procedure,
            no=last.no + 1 if last else 1,
            mode=doc.get("mode", ""),
            doc=dict(doc),
            legal_source=legal_source,
            effective_from=effective_from,
        )
        made = OverlayMade(overlay.pk, overlay.no, office.code, tuple(sorted(doc)), effective_from)
        ledger.record(made, matter=procedure.matter, at=at, by=by, office=office)
    return overlay


def _end_overlay(overlay: Overlay | None, on: date) -> None:
    if overlay is not None and overlay.effective_to is None:
        overlay.effective_to = max(on, overlay.effective_from)
        overlay.save(update_fields=["effective_to"])
