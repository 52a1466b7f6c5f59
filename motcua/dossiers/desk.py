"""What the desk's pages show, made ready for templates: one dossier with all that belongs to it. Reads only."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import acts, queries, telling
from motcua.dossiers.models import Dossier, Ending, Paper, Result, Returning
from motcua.kernel import clock, identity
from motcua.kernel.identity import Person
from motcua.kernel.matters import Remark

EVENTS = {
    "dossiers.filed": _("Filed"),
    "dossiers.received": _("Received"),
    "dossiers.refused": _("Not received"),
    "dossiers.step_completed": _("Step done, handed over"),
    "dossiers.work_taken": _("Work taken"),
    "dossiers.settled": _("Settled"),
    "dossiers.returned": _("Result returned"),
    "dossiers.claim_code_reissued": _("Claim code replaced"),
    "dossiers.remark_left": _("Remark left"),
    "dossiers.personal_data_erased": _("Personal data erased by law"),
    "dossiers.message_undelivered": _("A message did not arrive"),
    "dossiers.message_sent_again": _("Message tried again"),
    "dossiers.applicant_told": _("Applicant told in another way"),
}
KINDS = {"original": _("Original"), "certified_copy": _("Certified copy"), "photocopy": _("Photocopy")}


def dossier_page(person: Person, dossier: Dossier, now: datetime, day: date) -> dict[str, Any]:
    """Everything on a dossier's page but the form that is open."""
    items = queries.open_items(dossier)
    item = queries.item_for(person, items, day)
    due = queries.due_of(dossier) if dossier.received_at else None
    content = queries.filing_content(dossier)
    offered = acts.possible(person, dossier, item, identity.capabilities_of(person, day), day)
    return {
        "dossier": dossier,
        "item": item,
        "standing": queries.standing_of(dossier, now),
        "due": due,
        "why": clock.explain(due.why, get_language() or "vi") if due else "",
        "definition": queries.edition_of(dossier).definition,
        "content": content,
        "components": [{**each, "kind": KINDS.get(each["kind"], "")} for each in content.get("components", ())],
        "papers": list(Paper.objects.filter(filing__dossier=dossier, filing__n=1).select_related("file")),
        "history": [(event, EVENTS.get(event.type, event.type)) for event in queries.history_of(dossier)],
        "remarks": list(Remark.objects.filter(matter=dossier.matter).select_related("author")),
        "told": telling.told(person, dossier, items, day),
        "ways": telling.WAYS,
        **_outcome(dossier),
        "acts": [(name, acts.ACTS[name], acts.asks(dossier, name)) for name in offered],
    }


def _outcome(dossier: Dossier) -> dict[str, Any]:
    """What came of it; asked only where the state says that there is something."""
    settled, ended = dossier.state in ("result_ready", "returned"), dossier.state in ("refused", "withdrawn", "stopped")
    return {
        "results": list(Result.objects.filter(dossier=dossier).select_related("file")) if settled else [],
        "ending": Ending.objects.filter(dossier=dossier, undone_at=None).first() if ended else None,
        "returning": Returning.objects.filter(dossier=dossier, undone_at=None).first() if settled else None,
    }
