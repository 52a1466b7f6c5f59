"""The acts that stop a dossier or take the last act back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier
from motcua.dossiers.words.labels import name_of
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.ui import writing

UNDO = "undo"


def _stop(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.stop_dossier(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _undo(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.undo_last(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _may_stop(seen: Seen) -> bool:
    received = seen.dossier.received_at is not None and seen.item is not None
    return received and rules.STOP in rules.MACHINE.allowed(seen.dossier.state) and seen.may(identity.APPROVE)


def _may_undo(seen: Seen) -> bool:
    event = _to_undo(seen)
    return event is not None and policies.can_undo(seen.person, event, seen.day)


def _to_undo(seen: Seen) -> Event | None:
    return None if queries.is_erased(seen.dossier.applicant) else queries.to_undo(seen.history)


def _what_is_undone(seen: Seen) -> Iterator[str]:
    event = _to_undo(seen)
    if event is not None:
        words = gettext("Taken back is: %(what)s, %(at)s, %(who)s. The applicant is told what is true now.")
        who = event.actor.full_name if event.actor else ""
        yield words % {"what": name_of(event), "at": writing.moment(event.at), "who": who}


STOPPING: Mapping[str, Act] = {
    rules.STOP: Act(
        _("Stop settling"),
        "Alt+R",
        desk_forms.StopForm,
        _stop,
        _("The settlement is stopped; the applicant is told why."),
        "warning",
        offered=_may_stop,
        rare=True,
    ),
    UNDO: Act(
        _("Take the last act back"),
        "Alt+Z",
        desk_forms.UndoForm,
        _undo,
        _("The act was taken back. The page shows the dossier as it is now."),
        "secondary",
        offered=_may_undo,
        rare=True,
        notes=_what_is_undone,
    ),
}
