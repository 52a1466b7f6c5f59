"""The printed forms of a dossier in a pack: Form 01 or the confirmation, each issued form, and who had it."""

from __future__ import annotations

from collections.abc import Iterator

from motcua.dossiers import queries, slips
from motcua.dossiers.models import Dossier


def printed(dossier: Dossier, origin: str) -> Iterator[tuple[str, bytes]]:
    """What can still be printed: an erased dossier has no words for it any more."""
    if queries.is_erased(dossier.applicant):
        return
    yield "slips/01.pdf", slips.applicants_slip(dossier, origin=origin)
    for issued in queries.issued_forms(dossier):
        yield (
            f"slips/{issued.form}-{issued.pk}.pdf",
            slips.issued_form(issued, origin=origin, printed_at=issued.issued_at),
        )
    last = queries.last_event(dossier)
    if dossier.received_at is not None and last is not None:
        yield "slips/06.pdf", slips.control_slip(dossier, origin=origin, printed_at=last.at)
