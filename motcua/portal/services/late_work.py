"""When and whom an office's late work is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import Level
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.portal import policies
from motcua.portal.services.record import CannotChange


def set_late_work(*, office: Office, levels: Sequence[Level], by: Person, at: datetime) -> None:
    """The ladder of this office and of all below it; without rungs, what holds above. Raises CannotChange,
    policies.NotAllowed.
    """
    post = policies.post_to_change(by, office, timezone.localdate(at))
    try:
        dossiers.set_escalation(office=office, levels=levels, by=by, at=at, post=post)
    except dossiers.NotALadder:
        raise CannotChange(_("Put the lines in the order of time, and no more than four.")) from None
