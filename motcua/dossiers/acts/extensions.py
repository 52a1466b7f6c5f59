"""The acts of an apology with a new appointment: proposed, decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import queries, rules, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.ui import writing

EXTEND, DECIDE = "extend", "decide-extension"
WARNINGS: Mapping[queries.Shortcoming, str | Promise] = {
    "second": _(
        "There has been a new appointment before. Only one was allowed (Decree 61/2018/NĐ-CP, Article 19, since "
        "replaced); whoever decides answers for a second one."
    ),
    "late": _("The appointment has passed already: apologise now, and do not hold the result back when it is there."),
    "short_notice": _(
        "The applicant should have been told a working day before the appointment. Send it now and call."
    ),
}


def _propose(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    said = form.cleaned_data
    return services.propose_extension(
        dossier=dossier,
        by=by,
        at=at,
        reason_code=said["reason_code"],
        reason=said["reason"],
        new_due_at=said["moment"],
    )


def _decide(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    said = form.cleaned_data
    return services.decide_extension(dossier=dossier, by=by, at=at, accepted=said["accept"] == "yes", note=said["note"])


def _may_propose(seen: Seen) -> bool:
    if seen.dossier.due_at is None or seen.dossier.state not in rules.MOVABLE or seen.item is None:
        return False
    return not _is_proposed(seen) and any(map(seen.may, services.capabilities_to_propose(seen.item)))


def _is_in_time(seen: Seen) -> bool:
    """What will be late stands in front; before that it is rare."""
    return queries.standing_of(seen.dossier, seen.now) == "within"


def _is_proposed(seen: Seen) -> bool:
    """Whether a decision is awaited: seen from the open work, so that nothing more is asked."""
    start = rules.side_step(rules.DECIDE, "extension-")
    return any(item.step.startswith(start) for item in seen.items)


def _may_decide(seen: Seen) -> bool:
    return _is_proposed(seen) and seen.may(identity.APPROVE, seen.dossier.competent_office)


def _asked(seen: Seen) -> Mapping[str, Any]:
    calendar = queries.clock_calendar(seen.dossier, None)
    return {"calendar": calendar, "now": seen.now, "due_at": seen.dossier.due_at}


def _warnings(seen: Seen) -> Iterator[str | Promise]:
    for code in queries.shortcomings(seen.dossier, seen.history, seen.now):
        yield WARNINGS[code]


def _what_is_proposed(seen: Seen) -> Iterator[str | Promise]:
    extension = queries.undecided_extension(seen.dossier)
    if extension is not None:
        words = gettext("Proposed by %(who)s: %(moment)s instead of %(before)s. %(reason)s")
        yield words % {
            "who": extension.proposed_by.full_name,
            "moment": writing.moment(extension.new_due_at),
            "before": writing.moment(extension.old_due_at),
            "reason": extension.reason,
        }
    yield from _warnings(seen)


def _what_was_done(extension: Any) -> str | Promise:
    if extension.accepted:
        return _("The new appointment holds now; the applicant is told.")
    return _("The new appointment is proposed; it holds, and the applicant is told, once it is approved.")


EXTENSIONS: Mapping[str, Act] = {
    DECIDE: Act(
        _("Decide on the new appointment"),
        "Alt+D",
        desk_forms.DecideExtensionForm,
        _decide,
        _("The decision is saved."),
        offered=_may_decide,
        notes=_what_is_proposed,
    ),
    EXTEND: Act(
        _("Apologise, give a new appointment"),
        "Alt+H",
        desk_forms.ExtensionForm,
        _propose,
        _what_was_done,
        "secondary",
        offered=_may_propose,
        rare=_is_in_time,
        options=_asked,
        notes=_warnings,
    ),
}
