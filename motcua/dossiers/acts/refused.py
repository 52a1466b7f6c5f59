"""Why an act was not done, in words, and what can be done instead."""

from __future__ import annotations

from django.utils.translation import gettext

from motcua.dossiers import policies, services
from motcua.dossiers.models import Dossier
from motcua.kernel import workflow
from motcua.ui import marks

REFUSALS = (workflow.Refused, policies.NotAllowed, services.LimitNeeded, services.NothingOpen, ValueError)


def why_not(refused: Exception, dossier: Dossier) -> str:
    """Why the act was not done, and what to do about it."""
    mark = marks.mark_of(marks.STATUSES, getattr(refused, "state", dossier.state))
    status = str(mark.word) if mark else dossier.state
    if isinstance(refused, policies.NotAllowed):
        words = gettext(
            "This was not done: none of your posts allows it for %(office)s. Ask a colleague there to do it."
        )
        return words % {"office": refused.office.name}
    if isinstance(refused, workflow.Refused):
        words = gettext("This was not done: the dossier's status is “%(status)s”. The page shows what can be done now.")
        return words % {"status": status}
    if isinstance(refused, services.LimitNeeded):
        return gettext("This was not done: the time limit must be named, with its legal source.")
    if isinstance(refused, services.NothingOpen):
        return gettext(
            "This was not done: a colleague has already done this step. The page shows the dossier as it is now."
        )
    return gettext("This was not done: something that was typed is incomplete. Check it and try again.")
