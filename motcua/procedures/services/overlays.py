"""What a province or commune lays over a procedure, where the law leaves it open."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.kernel import ledger
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.procedures import laying, policies, rules
from motcua.procedures.events import OverlayMade
from motcua.procedures.models import Overlay, Procedure


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
    seen: int | None = None,
) -> Overlay:
    """Lay this over the procedure at this office from that day; what the office laid before ends then.

    An empty doc takes everything back: what the law and the offices above say holds again. `seen` is the number of the
    office's last overlay that the author saw (0 before the first).

    Raises OverlayRefused where the law leaves the office no such choice, where the day is past or where somebody else
    made one meanwhile; policies.NotAllowed when `by` has no post that manages procedures in this office.
    """
    today = timezone.localtime(at).date()
    if not policies.can_manage(by, office, today):
        raise policies.NotAllowed(office)
    with transaction.atomic():
        # Two managers at once: the second waits here and then sees what the first made.
        held = Procedure.objects.select_for_update(of=("self",)).select_related("matter").get(pk=procedure.pk)
        ground = laying.ground_for(office, held, effective_from)
        if refusals := laying.refusals(ground, doc, legal_source, today=today, seen=seen):
            raise OverlayRefused(refusals)
        _end(ground.own, effective_from)
        overlay = Overlay.objects.create(
            office=office,
            procedure=held,
            no=ground.newest_no + 1,
            mode=doc.get("mode", ""),
            doc=dict(doc),
            legal_source=legal_source,
            effective_from=effective_from,
        )
        made = OverlayMade(overlay.pk, overlay.no, office.code, tuple(sorted(doc)), effective_from)
        ledger.record(made, matter=held.matter, at=at, by=by, office=office)
    return overlay


def _end(overlays: Iterable[Overlay], on: date) -> None:
    """No overlay of the office runs beside the new one; what would have begun later never begins."""
    for overlay in overlays:
        if overlay.effective_to is None or overlay.effective_to > on:
            overlay.effective_to = max(on, overlay.effective_from)
            overlay.save(update_fields=["effective_to"])
