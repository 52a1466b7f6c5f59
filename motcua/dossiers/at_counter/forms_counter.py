"""What is typed at the counter: who asks, the few questions of the procedure, the papers that lie there.

The applicant's fields are plain lines that are checked by the same types as everywhere else; a person without a phone
or an exact birth date is served all the same.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import applicant
from motcua.dossiers.rules import scan
from motcua.dossiers.services import ApplicantData, ComponentData
from motcua.procedures import eforms
from motcua.procedures.definition import Component, Definition

KINDS = {"original": _("Original"), "certified_copy": _("Certified copy"), "photocopy": _("Photocopy")}
_NAME_NEEDED = {"required": _("Enter the applicant's full name, as on the citizen card.")}


class WhoForm(forms.Form):
    """Who stands at the counter."""

    prefix = "who"
    full_name = forms.CharField(label=_("Full name"), max_length=200, error_messages=_NAME_NEEDED)
    birth_date = forms.CharField(
        label=_("Date of birth"), help_text=_("24/11/1990, or the year alone."), max_length=10, required=False
    )
    citizen_id = forms.CharField(label=_("Citizen id"), help_text=_("12 digits."), max_length=20, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=20, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)

    def __init__(self, *args: Any, context: eforms.Context, **more: Any) -> None:
        super().__init__(*args, **more)
        self.context = context

    def clean(self) -> dict[str, Any]:
        """Each line as its type keeps it."""
        typed = {name: value for name, value in self.cleaned_data.items() if value}
        if "birth_date" in typed:
            typed["birth_date"] = iso_day(typed["birth_date"])
        outcome = eforms.clean(applicant.DEFINITION, typed, self.context)
        for problem in outcome.problems:
            if problem.sid in typed:
                self.add_error(problem.sid, str(problem.message))
        return dict(outcome.values)

    def applicant(self) -> ApplicantData:
        """Who asks, as services take it."""
        return ApplicantData(**{"full_name": "", **self.cleaned_data})


def iso_day(text: str) -> str:
    """24/11/1990, 24-11-1990 or 24111990 as 1990-11-24; anything else as it was typed."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) == 1 and len(text) == 8 and text.isdigit():
        parts = [text[:2], text[2:4], text[4:]]
    if len(parts) == 3 and len(parts[2]) == 4:
        return f"{parts[2]}-{parts[1].zfill(2)}-{parts[0].zfill(2)}"
    return text


def day_as_typed(iso: str) -> str:
    """1990-11-24 as 24/11/1990."""
    return "/".join(reversed(iso.split("-")))


def as_typed(who: ApplicantData) -> dict[str, str]:
    """The lines of somebody who was taken in before."""
    return {**asdict(who), "birth_date": day_as_typed(who.birth_date)}


def from_card(card: scan.Card) -> dict[str, str]:
    """The lines that a card fills."""
    return {
        "who-full_name": card.full_name,
        "who-birth_date": day_as_typed(card.birth_date),
        "who-citizen_id": card.citizen_id,
        "who-address": card.address,
    }


class PaperForm(forms.Form):
    """One paper of the dossier: there or not, of which kind, how many."""

    there = forms.BooleanField(required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=999, required=False)

    def __init__(self, component: Component, data: Any = None) -> None:
        initial = {"kind": component.kinds[0], "quantity": max(component.originals, 1)}
        super().__init__(data, prefix=f"paper-{component.sid}", initial=initial)
        self.component = component
        fields: dict[str, Any] = dict(self.fields)
        fields["there"].label = component.title.vi
        fields["kind"].choices = [(kind, KINDS[kind]) for kind in component.kinds]

    def paper(self) -> ComponentData | None:
        """What lay on the counter; None when it was not there."""
        given = self.cleaned_data
        if not given.get("there"):
            return None
        kind = given.get("kind") or self.component.kinds[0]
        return ComponentData(self.component.sid, kind=kind, quantity=given.get("quantity") or 1)


def paper_forms(definition: Definition, data: Any = None) -> list[PaperForm]:
    """One form for each paper of the procedure."""
    return [PaperForm(component, data) for component in definition.components]
