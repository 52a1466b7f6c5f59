"""What an officer types to say which office is competent, and which procedure it should have been."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules
from motcua.dossiers.forms.straight import UNITS
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import GivenLimit
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Edition, Listed

CHANGE_REASONS = {
    "wrong_procedure": _("It was entered under another procedure by mistake"),
    "new_version": _("A newer version of the procedure holds now"),
    "other": _("Another reason"),
}
# So many procedures are named when the words that were typed mean several.
MOST_NAMED = 6


class DoubtForm(forms.Form):
    """Why nobody can say yet who is competent."""

    reason = forms.CharField(
        label=_("Why it is not clear"),
        help_text=_("Colleagues who look for the competent office read this."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is not clear.")},
    )


class TransferForm(forms.Form):
    """Which office is competent, and why."""

    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("Competent office"),
        empty_label=_("Choose an office"),
        error_messages={
            "required": _("Choose the competent office."),
            "invalid_choice": _("Choose the competent office."),
        },
    )
    reason = forms.CharField(
        label=_("Why this office is competent"),
        help_text=_("The other office reads this. The applicant is told that nothing has to be sent again."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why this office is competent.")},
    )

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class EditionForm(forms.Form):
    """Which procedure it should have been, why, and its time limit where its text leaves that open."""

    procedure = forms.CharField(
        label=_("Right procedure"),
        help_text=_("Its code, for example 1.001193, or words of its name."),
        max_length=200,
        error_messages={"required": _("Enter the code or words of the name.")},
    )
    reason_code = forms.ChoiceField(
        label=_("Kind of reason"), choices=[(code, CHANGE_REASONS[code]) for code in rules.CHANGE_REASONS]
    )
    reason = forms.CharField(
        label=_("Reason in words"),
        help_text=_("It stands in the history. The applicant reads that the office corrected it."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say the reason in words.")},
    )
    value = forms.IntegerField(label=_("Time limit"), min_value=0, max_value=3650, required=False)
    unit = forms.ChoiceField(label=_("Unit"), choices=list(UNITS.items()), initial="working_day", required=False)
    legal_source = forms.CharField(label=_("Legal source of this limit"), max_length=300, required=False)

    def __init__(self, *args: Any, dossier: Dossier, day: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"procedure": dossier.procedure_code, "unit": "working_day"}
        super().__init__(*args, **kwargs)
        self.dossier, self.day = dossier, day
        meant = self._meant()
        if meant:
            names = [(one.code, f"{one.short_name} ({one.code})") for one in meant]
            self.fields["chosen"] = forms.ChoiceField(
                label=_("Which one is meant"),
                choices=names,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose the procedure.")},
            )
            self.order_fields(["procedure", "chosen"])
        if not self._limit_is_asked():
            for name in ("value", "unit", "legal_source"):
                del self.fields[name]

    def _limit_is_asked(self) -> bool:
        """Once it is known which procedure is meant, that it leaves the limit open, and that the time runs."""
        said = (str(self.data.get(name, "")).strip() for name in ("chosen", "procedure")) if self.is_bound else ()
        edition = next(filter(None, map(self._edition, filter(None, said))), None)
        received = self.dossier.received_at is not None
        return received and edition is not None and edition.definition.limit_for(self.dossier.channel) is None

    def _meant(self) -> list[Listed]:
        """The procedures that words could mean; none where a code was typed, or nothing."""
        text = str(self.data.get("procedure", "")).strip() if self.is_bound else ""
        if not text or self._edition(text):
            return []
        return procedures.listed(self.dossier.competent_office, self.day, text=text, limit=MOST_NAMED)

    def _edition(self, code: str) -> Edition | None:
        try:
            return procedures.edition_for(self.dossier.competent_office, code, self.day)
        except procedures.NotInForce:
            return None

    def clean(self) -> dict[str, Any]:
        """The procedure is another one than now, and its limit is named where that is open and the time runs."""
        said = super().clean() or {}
        text = str(said.get("procedure", "")).strip()
        edition = self._edition(said.get("chosen") or text) if text else None
        if text and edition is None and "chosen" not in self.fields:
            self.add_error("procedure", _("No procedure here is called that. Enter its code or other words."))
        if edition is not None:
            self._check(edition, said)
        return {**said, "edition": edition}

    def _check(self, edition: Edition, said: dict[str, Any]) -> None:
        now = (self.dossier.version_id, list(self.dossier.overlay_ids))
        if (edition.version_id, list(edition.overlay_ids)) == now:
            self.add_error("procedure", _("The dossier is under this procedure already, as it holds now."))
        if "value" in self.fields and self.limit() is None:
            self.add_error("value", _("This procedure leaves its time limit open: enter it, with its legal source."))

    def limit(self) -> GivenLimit | None:
        """The limit that was named, whole; else None."""
        said = self.cleaned_data
        if said.get("value") is None or not said.get("legal_source", "").strip():
            return None
        return GivenLimit(said["value"], said.get("unit") or "working_day", said["legal_source"])
