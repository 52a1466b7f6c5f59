"""What is asked for guidance and for a guiding document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.oversight.forms.attached import AttachedField
from motcua.oversight.models import GuidingDocument
from motcua.oversight.services import Content, Described, Place
from motcua.oversight.words import wording
from motcua.procedures import queries as procedures
from motcua.ui import given
from motcua.ui.days import DayField


class ProcedureField(forms.CharField):
    """A procedure by its code, or by its code and name as the list of suggestions writes them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=300, widget=forms.TextInput(attrs={"list": "procedures"}), **options)

    def clean(self, value: Any) -> str:
        """The code, of a procedure that the catalogue has."""
        text = str(super().clean(value) or "").strip()
        code = text.split(" ")[0]
        if text and code not in procedures.named():
            raise ValidationError(_("Choose a procedure from the list, or write its code, for example 2.000815."))
        return code


def _sectors() -> list[tuple[str, str]]:
    return [("", str(_("No whole field"))), *((each.slug, each.name_vi) for each in procedures.sectors())]


class PlaceForm(forms.Form):
    """What it is about: one procedure, or a whole field."""

    procedure = ProcedureField(
        label=_("Procedure"), required=False, help_text=_("Code or name. Leave it empty for a whole field.")
    )
    sector = forms.ChoiceField(label=_("Field of procedures"), required=False, choices=_sectors)

    def clean(self) -> dict[str, Any]:
        """It is about something."""
        given = dict(super().clean() or {})
        if not self.errors and not (given.get("procedure") or given.get("sector")):
            self.add_error("procedure", _("Name the procedure or the field that this is about."))
        return given

    def place(self, step: str = "", field: str = "") -> Place:
        """As services take it; a step belongs to the procedure that it was met in."""
        given = self.cleaned_data
        if given.get("procedure"):
            return Place(procedure=given["procedure"], step=step, field=field)
        return Place(sector=given["sector"])


class GuidanceForm(PlaceForm):
    """One edition."""

    question = forms.CharField(
        label=_("Question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the question.")},
    )
    text = forms.CharField(
        label=_("How it is done"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write how it is done.")},
    )
    valid_from = DayField(label=_("Holds from"), say=_("Enter the first day, for example 24/11/2026."))
    valid_to = DayField(
        label=_("Holds until before"), required=False, help_text=_("Leave it empty for guidance without an end.")
    )
    document = forms.ModelChoiceField(
        queryset=GuidingDocument.objects.none(),
        label=_("Document behind it"),
        required=False,
        empty_label=_("None: a professional exchange"),
    )
    field_order = ("question", "text", "procedure", "sector", "valid_from", "valid_to", "document")

    def __init__(self, *given: Any, documents: QuerySet[GuidingDocument], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given = super().clean()
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last <= first:
            self.add_error("valid_to", _("Enter a day after the first day."))
        return given

    def content(self, step: str = "", field: str = "") -> Content:
        """As services take it."""
        given = self.cleaned_data
        return Content(
            given["question"],
            given["text"],
            (self.place(step, field),),
            given["valid_from"],
            given["valid_to"],
            given["document"],
        )


class RestForm(forms.Form):
    """Which document stands behind it."""

    document = forms.ModelChoiceField(
        queryset=GuidingDocument.objects.none(),
        label=_("Document behind it"),
        empty_label=_("Choose the document"),
        error_messages={"required": _("Choose the document."), "invalid_choice": _("Choose the document.")},
    )

    def __init__(self, *given: Any, documents: QuerySet[GuidingDocument], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]


class DocumentForm(PlaceForm):
    """What stands on a document, and which others it takes the place of."""

    number = forms.CharField(
        label=_("Number and symbol"),
        max_length=60,
        help_text=_("For example 123/STP-HCTP."),
        error_messages={"required": _("Enter number and symbol.")},
    )
    kind = forms.ChoiceField(label=_("Kind of document"), choices=list(wording.DOCUMENT_KINDS.items()))
    issuer = forms.CharField(
        label=_("Issued by"), max_length=200, error_messages={"required": _("Enter who issued it.")}
    )
    signer = forms.CharField(label=_("Signed by"), max_length=200, required=False)
    title = forms.CharField(
        label=_("Subject"), max_length=300, error_messages={"required": _("Enter what it is about.")}
    )
    issued_date = DayField(label=_("Date of the document"), say=_("Enter its date, for example 24/11/2026."))
    effective_from = DayField(label=_("In force from"), say=_("Enter the first day, for example 24/11/2026."))
    effective_to = DayField(
        label=_("In force until before"), required=False, help_text=_("Leave it empty for a document without an end.")
    )
    summary = forms.CharField(
        label=_("In short"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    replaces = given.Several(
        queryset=GuidingDocument.objects.none(),
        label=_("Takes the place of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    amends = given.Several(
        queryset=GuidingDocument.objects.none(),
        label=_("Amends"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    file = AttachedField(label=_("The document as a file"))
    field_order = ("number", "kind", "issuer", "signer", "title", "issued_date", "effective_from", "effective_to")

    def __init__(self, *given: Any, documents: QuerySet[GuidingDocument], **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("replaces", "amends"):
            self.fields[name].queryset = documents  # type: ignore[attr-defined]
            if not documents:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given = super().clean()
        first, last = given.get("effective_from"), given.get("effective_to")
        if first and last and last <= first:
            self.add_error("effective_to", _("Enter a day after the first day."))
        return given

    def described(self) -> Described:
        """As services take it."""
        given = self.cleaned_data
        names = (
            "number",
            "kind",
            "issuer",
            "title",
            "issued_date",
            "effective_from",
            "effective_to",
            "signer",
            "summary",
        )
        return Described(**{name: given[name] for name in names}, places=(self.place(),))
