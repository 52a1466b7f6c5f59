"""Acts of personal data: restrict the use of a dossier and release it, note a request for erasure, decide on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import queries, services
from motcua.dossiers.acts.act import Act, Seen
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import personal
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.ui import writing

RESTRICT, RELEASE, ASK_ERASURE, DECIDE_ERASURE = "restrict", "release", "ask-erasure", "decide-erasure"


def _restrict(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.restrict_processing(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _release(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.release_processing(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _ask(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.ask_erasure(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _decide(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    said = form.cleaned_data
    words = {"note": said["note"], "legal_source": said["legal_source"]}
    accepted = said["answer"] == desk_forms.YES
    return services.decide_erasure(dossier=dossier, by=by, at=at, accepted=accepted, **words)


def _leads(seen: Seen) -> bool:
    return not queries.is_erased(seen.dossier.applicant) and seen.may(identity.LEAD, seen.dossier.competent_office)


def _to_restrict(seen: Seen) -> bool:
    return _leads(seen) and not personal.is_restricted(queries.happened(seen.history))


def _to_release(seen: Seen) -> bool:
    return _leads(seen) and personal.is_restricted(queries.happened(seen.history))


def _to_ask(seen: Seen) -> bool:
    office = seen.dossier.receiving_office or seen.dossier.competent_office
    known = not queries.is_erased(seen.dossier.applicant)
    open_one = personal.erasure_is_open(queries.happened(seen.history))
    return known and not open_one and any(seen.may(each, office) for each in (identity.INTAKE, identity.LEAD))


def _to_decide(seen: Seen) -> bool:
    return _leads(seen) and personal.erasure_is_open(queries.happened(seen.history))


def _how_long_it_is_kept(seen: Seen) -> Iterator[str]:
    kept = queries.retention_of(seen.dossier, seen.day)
    if kept.until is not None:
        words = gettext("It must be kept until %(day)s (%(source)s).")
        yield words % {"day": writing.short_date(kept.until), "source": kept.legal_source}
    elif kept.permanent:
        yield gettext("It must be kept for ever (%(source)s).") % {"source": kept.legal_source}
    elif not kept.is_known:
        yield gettext("How long it must be kept is not entered for this procedure: look into the law before erasing.")
    yield gettext("What is erased cannot be brought back. Number, dates and digests stay.")


PERSONAL: Mapping[str, Act] = {
    RESTRICT: Act(
        _("Restrict use of the data"),
        "Alt+N",
        desk_forms.RestrictForm,
        _restrict,
        _("The use of the data is restricted: not found by name, not named in books, not offered again."),
        "secondary",
        offered=_to_restrict,
        rare=True,
    ),
    RELEASE: Act(
        _("Lift the restriction"),
        "Alt+N",
        desk_forms.ReleaseForm,
        _release,
        _("The restriction is lifted."),
        "secondary",
        offered=_to_release,
        rare=True,
    ),
    ASK_ERASURE: Act(
        _("Person asks for erasure"),
        "",
        desk_forms.AskErasureForm,
        _ask,
        _("The request is noted; whoever leads the office decides within two working days."),
        "secondary",
        offered=_to_ask,
        rare=True,
    ),
    DECIDE_ERASURE: Act(
        _("Decide on erasure"),
        "",
        desk_forms.DecideErasureForm,
        _decide,
        _("The decision is noted."),
        "warning",
        offered=_to_decide,
        notes=_how_long_it_is_kept,
    ),
}
