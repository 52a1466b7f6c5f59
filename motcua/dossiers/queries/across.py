"""What a counter received for other communes. It counts for the competent one; here it is only listed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.figures import Period

# So many stand in the list; the number beside them then says "more than".
MOST = 200


@dataclass(frozen=True, slots=True)
class Across:
    """One dossier that was received here for another commune."""

    id: Any
    number: str
    title: str
    competent: str
    received_at: datetime
    state: str


def received_for_others(offices: Collection[int], within: Period) -> list[Across]:
    """Received by these offices in the period while an office outside them is competent now; by the moment, at most one
    more than MOST.
    """
    rows = Dossier.objects.filter(
        receiving_office__in=offices, received_at__gte=within.start, received_at__lt=within.end
    ).exclude(competent_office__in=offices)
    names = ("pk", "matter__reference", "matter__title", "competent_office__name", "received_at", "state")
    return [Across(*row) for row in rows.order_by("received_at", "pk").values_list(*names)[: MOST + 1]]
