"""What a situation report promises, tried on the rows: it is recorded, what was sent is what is kept, and until it is
acknowledged it is somebody's to read.

It is asked by the watch (motcua.kernel.watch), for a part of all reports at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from motcua.kernel import watch
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.kernel.watch import Fault

DRAFTED, SENT = "oversight.report_drafted", "oversight.report_sent"
WORDS = {
    "report_absent": _("The number was given, but there is no situation report under it."),
    "report_unrecorded": _("Nothing is recorded of the situation report's being drafted or sent."),
    "report_changed": _("What is kept of the situation report is not what was sent."),
    "report_no_work": _("Nobody has the situation report to read, though it was sent and not acknowledged."),
    "report_work_left": _("The situation report is with nobody above, but a step is still open."),
}


def register() -> None:
    """Let the watch look at situation reports so."""
    watch.register("situation_report", faults, WORDS)


def faults(ids: Sequence[UUID]) -> Iterator[Fault]:
    """Whatever does not hold of these; one statement, and so one moment."""
    said = {
        "drafted": Exists(Event.objects.filter(matter=OuterRef("pk"), type=DRAFTED)),
        "told": Exists(Event.objects.filter(matter=OuterRef("pk"), type=SENT)),
        "open_steps": Count("work_items", filter=Q(work_items__closed_by=None)),
    }
    report = "situation_report__"
    kept = [f"{report}{each}" for each in ("sent_at", "acknowledged_at", "sent__content", "sent__sha256", "office")]
    for row in Matter.objects.filter(pk__in=ids).order_by("id").annotate(**said).values("pk", *said, *kept):
        yield from _of(row["pk"], {name.removeprefix(report): value for name, value in row.items()})


def _of(pk: UUID, row: dict[str, Any]) -> Iterator[Fault]:
    if row["office"] is None:
        yield Fault(pk, "report_absent")
        return
    sent, waits = row["sent_at"] is not None, row["sent_at"] is not None and row["acknowledged_at"] is None
    if not row["drafted"] or row["told"] != sent:
        yield Fault(pk, "report_unrecorded")
    if sent and hashlib.sha256((row["sent__content"] or "").encode()).hexdigest() != row["sent__sha256"]:
        yield Fault(pk, "report_changed")
    if waits != bool(row["open_steps"]):
        yield Fault(pk, "report_no_work" if waits else "report_work_left")
