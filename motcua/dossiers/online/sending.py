"""A finished draft becomes a dossier, and what its sender reads afterwards."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from motcua.dossiers import queries
from motcua.dossiers.models import Draft
from motcua.dossiers.online.application import Application
from motcua.dossiers.online.way import PAPERS
from motcua.dossiers.services import drafts, filing, uploads
from motcua.dossiers.words import wording


def send(own: Application, at: datetime) -> list[tuple[str, str | Promise]]:
    """File the application; what keeps it from being filed, if anything, as for the check page."""
    handles = list(own.names_of_files)
    try:
        drafts.send_draft(
            draft=own.draft,
            edition=own.edition,
            answers=own.whole.values,
            files=uploads.known_uploads(handles, at),
            at=at,
        )
    except drafts.FilesGone as gone:
        message = _("We no longer keep these files: %(names)s. Please add them again.")
        return [(f"part-{PAPERS}", message % {"names": ", ".join(gone.names)})]
    return []


def receipt(draft: Draft, lang: str) -> dict[str, Any]:
    """The sent page: number, claim code, what happens next, when, whom to call.

    A code that was given anew at the desk is not shown here: this browser has proved no identity.
    """
    dossier = draft.dossier
    if dossier is None:
        raise ValueError("not sent yet")
    item = queries.open_item(dossier)
    centre = dossier.receiving_office or draft.commune
    same_code = dossier.claim_seed == draft.send_op_id
    return {
        "dossier": dossier,
        "claim_code": _grouped(filing.claim_code_of(dossier)) if same_code else "",
        "looked_at_by": item.due_at if item and dossier.received_at is None else None,
        "next": wording.next_words(dossier),
        "centre": centre,
        "phone": centre.phone or draft.commune.phone,
        "place": centre.address or draft.commune.address,
        "after": queries.edition_of(dossier).definition.texts.get("after_sending"),
    }


def _grouped(code: str) -> str:
    """Easier to copy by hand; blanks and hyphens do not count when it is typed."""
    return f"{code[:5]}-{code[5:]}"
