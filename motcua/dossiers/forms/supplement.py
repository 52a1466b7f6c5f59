"""What an officer types for a supplement request: per item reason, note and remedy; for all of them contact and day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules
from motcua.dossiers.forms.straight import CHECKS
from motcua.ui.days import DayField


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NeedForm(forms.Form):
    """Why one answer or paper does not do, and how to mend it."""

    reason_code = forms.ChoiceField(label=_("Reason"))
    note = forms.CharField(
        label=_("Note for the applicant"),
        help_text=_("What exactly: which page, which line, which word."),
        max_length=2000,
        required=False,
        widget=_lines(2),
    )
    remedy = forms.CharField(
        label=_("How to mend it"),
        max_length=2000,
        widget=_lines(2),
        error_messages={"required": _("Say how the person can mend it.")},
    )

    def __init__(self, *args: Any, reasons: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason_code"].choices = reasons  # type: ignore[attr-defined]


class SupplementForm(forms.Form):
    """Whom to call, until when, and for a further request why again."""

    repeat_reason = forms.CharField(
        label=_("Why a further request"),
        help_text=_("The approver reads this. A further request counts as late in the service index."),
        max_length=2000,
        widget=_lines(2),
        error_messages={"required": _("Say why a further request is needed.")},
    )
    contact = forms.CharField(
        label=_("Whom to call"),
        help_text=_("Name and telephone, as the person reads them."),
        max_length=200,
        error_messages={"required": _("Say whom the person can call.")},
    )
    answer_by = DayField(label=_("Answer until"), say=_("Enter the day until which the person should answer."))

    def __init__(self, *args: Any, day: date, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        if not again:
            del self.fields["repeat_reason"]

    def clean_answer_by(self) -> date:
        """A day that lies ahead."""
        return ahead(self.cleaned_data["answer_by"], self.day)


def ahead(chosen: date, day: date) -> date:
    """The chosen day, if it lies ahead of this one and not so far that it was mistyped."""
    if chosen <= day:
        raise ValidationError(_("This day is today or past. Choose a later one."))
    if (chosen - day).days > 366:
        raise ValidationError(_("This day is more than a year away. Look at it again."))
    return chosen


class DecisionForm(forms.Form):
    """Whether a further supplement request is sent."""

    ANSWERS = [("yes", _("Send it")), ("no", _("Do not send it"))]
    accept = forms.ChoiceField(
        label=_("Decision"),
        choices=ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is sent.")},
    )
    answer_by = DayField(label=_("Answer until"), required=False)
    note = forms.CharField(
        label=_("Note for the colleague who proposed it"),
        help_text=_("Needed when it is not sent."),
        max_length=2000,
        required=False,
        widget=_lines(2),
    )

    def __init__(self, *args: Any, now: datetime, until: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"answer_by": until}} | kwargs)
        self.now = now

    def clean(self) -> dict[str, Any]:
        """A refusal says why, a request has a day that lies ahead."""
        given = self.cleaned_data
        if given.get("accept") == "no" and not given.get("note", "").strip():
            self.add_error("note", _("Say why it is not sent."))
        if given.get("accept") == "yes" and given.get("answer_by"):
            try:
                ahead(given["answer_by"], self.now.date())
            except ValidationError as wrong:
                self.add_error("answer_by", wrong)
        return given


class WithdrawForm(forms.Form):
    """How the officer made sure that it is the applicant who wants the dossier back."""

    identity_checked_by = forms.ChoiceField(label=_("Identity checked by"), choices=list(CHECKS.items()))
    note = forms.CharField(label=_("Note of the officer"), max_length=2000, required=False, widget=_lines(2))


class MessageForm(forms.Form):
    """A message to the applicant. The key is made with the page: sent twice, it is one message."""

    op_id = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)
    text = forms.CharField(
        label=_("Message to the applicant"),
        help_text=_("The person reads it on the status page and is told that it is there."),
        max_length=rules.LONGEST_MESSAGE,
        widget=_lines(4),
        error_messages={"required": _("Write the message.")},
    )
