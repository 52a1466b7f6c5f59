"""What is asked for each act on a difficulty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.oversight.forms.attached import AttachedField
from motcua.oversight.forms.worded import words
from motcua.oversight.words import wording


class NothingToSay(forms.Form):
    """An act that needs no words."""


class RaiseForm(forms.Form):
    """What does not work, in one sentence."""

    text = words(
        _("What does not work here?"),
        _("Say in one sentence what does not work."),
        help_text=_(
            "One sentence is enough: what was to be done, and what happened. Citizen ids and telephone numbers are "
            "hidden by themselves."
        ),
    )
    topic = forms.ChoiceField(label=_("What it is about"), choices=list(wording.TOPICS.items()))
    file = AttachedField()
    discreet = forms.BooleanField(label=_("Only my commune and the office that answers may read this"), required=False)


class AskForm(forms.Form):
    """A question back."""

    question = words(_("What must be clarified?"), _("Write what must be clarified."))


class ClarifyForm(forms.Form):
    """The answer to a question back."""

    text = words(_("Clarification"), _("Write what was asked for."))
    file = AttachedField()


class AnswerForm(forms.Form):
    """The answer for everybody who raised or meets it."""

    text = words(
        _("Answer"),
        _("Write the answer."),
        rows=6,
        longest=5000,
        help_text=_("Everybody who raised it or meets it too reads this. Name the text it rests on."),
    )
    file = AttachedField()


class ReopenForm(forms.Form):
    """Why the answer does not help."""

    reason = words(_("What still does not work?"), _("Say what still does not work."))


class GiveForm(forms.Form):
    """Which colleague answers."""

    colleague = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("Colleague"),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose the colleague."), "invalid_choice": _("Choose the colleague.")},
    )

    def __init__(self, *given: Any, colleagues: QuerySet[Person], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["colleague"].queryset = colleagues  # type: ignore[attr-defined]


class PassOnForm(forms.Form):
    """Which office answers instead, and why."""

    office = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("Office that answers for it"),
        empty_label=_("Choose the office"),
        error_messages={"required": _("Choose the office."), "invalid_choice": _("Choose the office.")},
    )
    reason = words(_("Reason"), _("Say why that office answers for it."), rows=2)

    def __init__(self, *given: Any, offices: QuerySet[Office], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    """With which other one it is one."""

    number = forms.CharField(
        label=_("Number of the difficulty that carries both"),
        help_text=_("For example VM-2026-0001. Everybody who raised or meets this one is then answered there."),
        max_length=60,
        error_messages={"required": _("Enter the number of the other difficulty.")},
    )
    reason = forms.CharField(
        label=_("Note on joining"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class PublicForm(forms.Form):
    """What does not work, said by anybody."""

    text = words(
        _("What does not work?"),
        _("Say in one sentence what does not work."),
        help_text=_(
            "For example: after the photo was chosen, the page said that it is too large. Please write no names and no "
            "numbers of papers."
        ),
    )
    file = AttachedField()
