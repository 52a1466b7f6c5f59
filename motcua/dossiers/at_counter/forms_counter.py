"""What is typed at the counter: who asks, the few questions of the procedure, the papers that lie there.

The applicant's fields are plain lines that are checked by the same types as everywhere else; a person without a phone
or an exact birth date is served all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import applicant
from motcua.dossiers.rules import scan
from motcua.dossiers.services import ApplicantData, ComponentData
from motcua.procedures import eforms
from motcua.procedures.definition import Component, Definition
from motcua.ui.days import DayField

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


class SlipForm(forms.Form):
    """The blank slip on which it was received during an outage; empty for what is received now."""

    prefix = "slip"
    number = forms.CharField(
        label=_("Number on the slip"),
        help_text=_("Scan the code in the corner of the slip, or type the number."),
        max_length=500,
        required=False,
    )
    day = DayField(label=_("Day of receipt, as written on the slip"), required=False)
    time = forms.TimeField(
        label=_("Hour of receipt, as written on the slip"),
        help_text=_("Hour and minute, for example 09:15."),
        required=False,
        input_formats=["%H:%M", "%Hh%M", "%Hg%M", "%H.%M", "%H %M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("Write the hour as 09:15.")},
    )

    def clean(self) -> dict[str, Any]:
        """Nothing at all, or all three."""
        given = self.cleaned_data
        given["number"] = (scan.number_of(given.get("number", "")) or given.get("number", "")).strip().upper()
        if given["number"]:
            missing = {"day": _("Enter the day that is written on the slip."), "time": _("Enter the hour on the slip.")}
            for name, words in missing.items():
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, words)
        elif given.get("day") or given.get("time"):
            self.add_error("number", _("Enter the number on the slip, or empty day and hour."))
        return given

    @property
    def moment(self) -> datetime | None:
        """When it was received; None for what is received now."""
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given["day"], given["time"])) if given["number"] else None


def slip_day(data: Mapping[str, Any], today: date) -> date:
    """The day on the slip, on which the procedure was in force as the person was told; today without one."""
    try:
        day = date.fromisoformat(iso_day(str(data.get("slip-day", "")).strip()))
    except ValueError:
        return today
    return day if data.get("slip-number") and day < today else today


def typed(data: QueryDict, prefix: str) -> dict[str, str]:
    """What was typed into the fields of this form."""
    return {name.removeprefix(prefix): str(data[name]) for name in data if name.startswith(prefix)}


def taken_card(data: QueryDict) -> scan.Card | None:
    """The card that was read into any line, which is emptied; None when there is none."""
    for name in ("scan", *(each for each in data if each.startswith("who-"))):
        try:
            card = scan.read_card(data.get(name, ""))
        except scan.NotACard:
            continue
        data[name] = ""
        return card
    return None


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
