"""What the status page shows of a dossier: where it stands, what is asked of the applicant, what was written both ways,
and what the applicant can do.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from motcua.dossiers import queries, rules
from motcua.dossiers.models import Dossier, Ending, Message
from motcua.dossiers.online import faces
from motcua.dossiers.words import wording
from motcua.dossiers.words.asked import asked_for
from motcua.dossiers.words.labels import PURPOSES
from motcua.kernel import watch


def shown(dossier: Dossier, now: datetime, lang: str) -> dict[str, Any]:
    """Everything for the template. Keys are made with the page: what is sent twice is done once."""
    definition = queries.edition_of(dossier).definition
    request = queries.open_supplement(dossier)
    return {
        "dossier": dossier,
        "procedure": definition.short_name or definition.name,
        "status": wording.status_of(dossier, now),
        "history": list(reversed(wording.history_items(dossier))),
        "name": wording.masked_name(dossier.applicant.full_name),
        "ending": Ending.objects.filter(dossier=dossier, undone_at=None).first(),
        "apology": queries.standing_extension(dossier),
        "doubted": watch.is_doubted(dossier.matter),
        "centre": dossier.receiving_office or dossier.competent_office,
        "asked": asked_for(request, dossier, lang) if request else None,
        "asked_late": request is not None and request.answer_by < now,
        "talk": list(Message.objects.filter(dossier=dossier).select_related("by").order_by("id")),
        "longest": rules.LONGEST_MESSAGE,
        "may_write": dossier.state not in rules.FINISHED,
        "may_withdraw": rules.WITHDRAW in rules.MACHINE.allowed(dossier.state),
        "withdrawal_asked": _withdrawal_asked(dossier),
        "looks": [(look, PURPOSES[look.purpose]) for look in queries.looks_at(dossier)],
        "op_id": f"page-{uuid.uuid4().hex}",
        **faces.asked(dossier, now),
    }


def _withdrawal_asked(dossier: Dossier) -> bool:
    return any(item.act == rules.CONFIRM_WITHDRAWAL for item in queries.open_items(dossier))
