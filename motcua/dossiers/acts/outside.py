"""The acts on a step that lies with an agency outside: asked, answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers import forms as desk_forms
from motcua.dossiers import services
from motcua.dossiers.acts.act import Act, of_work
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person

ASK, ANSWER = "ask-outside", "outside-answer"


def _ask(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    return services.ask_outside(dossier=dossier, by=by, at=at, **form.cleaned_data)


def _answer(dossier: Dossier, by: Person, at: datetime, form: Any) -> Any:
    given = dict(form.cleaned_data)
    file = desk_forms.kept(given.pop("file"))
    return services.note_outside_answer(dossier=dossier, by=by, at=at, file=file, **given)


OUTSIDE: Mapping[str, Act] = {
    ASK: Act(
        _("Ask the agency outside"),
        "F9",
        desk_forms.OutsideAskForm,
        _ask,
        _("The request to the agency is noted. Note its answer here when it comes."),
        offered=of_work(ASK),
    ),
    ANSWER: Act(
        _("Note the agency's answer"),
        "F9",
        desk_forms.OutsideAnswerForm,
        _answer,
        _("The answer is noted and the dossier goes on."),
        offered=of_work(ANSWER),
    ),
}
