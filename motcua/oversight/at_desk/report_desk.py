"""What the pages of situation reports show, made for templates, and how one stands in the inbox. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.kernel import identity, ledger, worklist
from motcua.kernel.identity import Person
from motcua.kernel.tables import Column, Table
from motcua.kernel.worklist import Item, Queue, Told
from motcua.oversight import services
from motcua.oversight.models import SituationReport
from motcua.oversight.policies import reports as rights
from motcua.oversight.words import wording


def register() -> None:
    """Say how situation reports stand in the inbox."""
    acts, capabilities = (services.READ_REPORT,), frozenset({identity.OVERSEE})
    queue = Queue("situation_reports", _("Situation reports to read"), acts, capabilities, quiet=True)
    worklist.register("situation_report", told, queues=[queue])


def told(items: Sequence[Item]) -> dict[int, Told]:
    """Whose it is; one query."""
    rows = SituationReport.objects.filter(matter__in={item.matter_id for item in items})
    whose = dict(rows.values_list("pk", "office__name"))
    return {
        item.id: Told(
            reverse("situation-report", args=[item.reference]), whose[item.matter_id], wording.STEPS[item.step]
        )
        for item in items
    }


def state_of(report: SituationReport) -> str:
    """draft, sent or acknowledged; told from its moments."""
    if report.sent_at is None:
        return "draft"
    return "acknowledged" if report.acknowledged_at else "sent"


def one_page(person: Person, report: SituationReport, now: datetime, day: date) -> dict[str, Any]:
    """Everything on its page but the form of its words."""
    state = state_of(report)
    own = report.office in rights.communes_to_report(person, day)
    above = report.sent.to if report.sent_at else None
    return {
        "report": report,
        "state": state,
        "sections": [(section, [_table(grid) for grid in section["grids"]]) for section in report.sections],
        "may_write": own and state == "draft",
        "may_acknowledge": state == "sent"
        and above is not None
        and identity.post_for(person, day, identity.OVERSEE, above.path) is not None,
        "sent": report.sent if report.sent_at else None,
        "remarks": list(report.matter.remarks.select_related("author")),
        "history": [(event, wording.EVENTS.get(event.type, event.type)) for event in ledger.history(report.matter)],
    }


def _table(grid: dict[str, Any]) -> Table:
    columns = tuple(
        Column(f"c{n}", head, "text", width=12 if n in grid["numbers"] else 24) for n, head in enumerate(grid["head"])
    )
    return Table(grid["title"], columns, grid["rows"])
