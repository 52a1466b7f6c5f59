"""What is asked when a province says who answers for what, and how long a step may take."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.kernel.organisation import Office
from motcua.oversight.forms.guidance import ProcedureField
from motcua.oversight.words import wording
from motcua.procedures import queries as procedures

ALL, PROCEDURE = "all", "procedure"
LONGEST = 999
_NO_OFFICE = {"required": _("Choose the office."), "invalid_choice": _("Choose the office.")}


def _what() -> list[tuple[Any, Any]]:
    """Everything that a route can be for, in groups; the value is scope:key."""
    return [
        (f"{ALL}:", _("Everything that no other line names")),
        (f"{PROCEDURE}:", _("One procedure (its code below)")),
        (_("Kind of trouble"), [(f"topic:{code}", name) for code, name in wording.TOPICS.items()]),
        (_("Field of procedures"), [(f"sector:{each.slug}", each.name_vi) for each in procedures.sectors()]),
    ]


class RouteForm(forms.Form):
    """For what, which department, and who looks first."""

    what = forms.ChoiceField(
        label=_("For what"), choices=_what, error_messages={"invalid_choice": _("Choose from the list.")}
    )
    procedure = ProcedureField(
        label=_("Procedure"), required=False, help_text=_("Only for one procedure: its code or name.")
    )
    department = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("Office that answers"),
        empty_label=_("Choose the office"),
        error_messages=_NO_OFFICE,
    )
    leader_first = forms.BooleanField(
        label=_("The commune's own leader looks at it first and answers it or sends it on"), required=False
    )

    def __init__(self, *given: Any, departments: QuerySet[Office], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["department"].queryset = departments  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One procedure is named where it is about one."""
        given = dict(super().clean() or {})
        if given.get("what") == f"{PROCEDURE}:" and not given.get("procedure") and "procedure" not in self.errors:
            self.add_error("procedure", _("Name the procedure, for example 2.000815."))
        return given

    def route(self) -> dict[str, Any]:
        """As the service takes it."""
        scope, _colon, key = self.cleaned_data["what"].partition(":")
        key = self.cleaned_data["procedure"] if scope == PROCEDURE else key
        return {"scope": scope, "key": key} | {name: self.cleaned_data[name] for name in ("department", "leader_first")}


class LimitForm(forms.Form):
    """Which step, where, how long, on what it rests."""

    name = forms.ChoiceField(label=_("Step"), choices=list(wording.LIMITS.items()))
    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("Where"),
        help_text=_("The province's own line holds in every office that has none of its own."),
        empty_label=None,
        error_messages=_NO_OFFICE,
    )
    value = forms.IntegerField(
        label=_("How long"),
        min_value=1,
        max_value=LONGEST,
        error_messages={
            "required": _("Enter a number, for example 3."),
            "invalid": _("Enter a whole number, for example 3."),
            "min_value": _("Enter a number from 1 to 999."),
            "max_value": _("Enter a number from 1 to 999."),
        },
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=list(wording.UNITS.items()))
    legal_source = forms.CharField(
        label=_("Text on which it rests"),
        max_length=300,
        required=False,
        help_text=_("Number and date, if there is one."),
    )

    def __init__(self, *given: Any, offices: QuerySet[Office], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
