"""What is asked of whoever sends feedback, and for each act of an office on it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.kernel.matters import Matter
from motcua.kernel.organisation import Office
from motcua.oversight.forms.attached import AttachedField, FilesField
from motcua.oversight.forms.worded import words
from motcua.oversight.models import Feedback
from motcua.oversight.rules import feedback as rules
from motcua.oversight.services import Said
from motcua.oversight.words import wording_feedback as wording

_PHONE = RegexValidator(r"^\+?\d(?:[ .-]?\d){8,13}$", _("Enter a telephone number, for example 0912 345 678."))


def _line(label: Any, missing: Any = "", *, longest: int = 200, **options: Any) -> forms.CharField:
    errors = {"required": missing} if missing else {}
    return forms.CharField(label=label, max_length=longest, required=bool(missing), error_messages=errors, **options)


class PersonsForm(forms.Form):
    """What somebody says, and who it is."""

    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=list(wording.TOPICS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    text = words(
        _("What would you like to say?"),
        _("Write what you would like to say."),
        rows=7,
        longest=5000,
        help_text=_("What happened, where and when; or what should be changed. Please write in Vietnamese."),
    )
    attached = FilesField()
    name = _line(
        _("Full name"),
        _("Enter your full name."),
        help_text=_("The decree on feedback demands name and address. Neither is ever made public."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = _line(
        _("Address"),
        _("Enter your address: village, commune."),
        longest=300,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    phone = _line(
        _("Telephone number"),
        longest=20,
        validators=[_PHONE],
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("If given, we write there as soon as there is news."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Enter an e-mail address, for example ten@vidu.vn.")},
    )

    def said(self, procedure: str = "", about: Matter | None = None) -> Said:
        """As services take it."""
        given = self.cleaned_data
        names = ("text", "topic", "name", "phone", "email", "address")
        return Said(**{name: given[name] for name in names}, procedure=procedure, about=about)


class SendForm(PersonsForm):
    """The public page: a dossier may be named by number and claim code together."""

    dossier = _line(
        _("Dossier number"),
        longest=60,
        help_text=_("Only if it is about a dossier of yours, as on the receipt."),
    )
    claim_code = _line(_("Claim code of that dossier"), longest=40, help_text=_("It stands beside the number."))

    def clean(self) -> dict[str, Any]:
        """The number of a dossier opens nothing by itself."""
        given = dict(super().clean() or {})
        if given.get("dossier", "").strip() and not given.get("claim_code", "").strip():
            self.add_error("claim_code", _("Enter the claim code too, or leave the dossier number empty."))
        return given


class TakenForm(PersonsForm):
    """An officer writes down what somebody says."""

    channel = forms.ChoiceField(
        label=_("How it came"), choices=[(each, wording.CHANNELS[each]) for each in rules.CHANNELS if each != "online"]
    )
    field_order = ("channel", "topic", "text", "attached", "name", "address", "phone", "email")


class OpenForm(forms.Form):
    """Number and claim code together open it."""

    number = _line(_("Number of the feedback"), _("Enter the number, for example PA-2026-0007."), longest=60)
    claim_code = _line(
        _("Claim code"),
        _("Enter the claim code that goes with the number."),
        longest=40,
        help_text=_("Ten letters and digits. Capitals and hyphens do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class ReplyForm(forms.Form):
    """What the office asked for."""

    text = words(_("Your answer to the question"), _("Write what the office asks."), rows=4)
    attached = FilesField()


class JudgeForm(forms.Form):
    """Whether the answer helps."""

    helped = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    text = forms.CharField(max_length=2000, required=False)


# --- acts of an office -----------------------------------------------------------------------------------------------
class _Choosing(forms.Form):
    """A form in which an office is chosen."""

    def __init__(self, *given: Any, offices: QuerySet[Office], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["to"].queryset = offices  # type: ignore[attr-defined]


class AcceptForm(_Choosing):
    """What it is, what it is about, and who answers."""

    kind = forms.ChoiceField(
        label=_("Feedback or petition"),
        choices=[(each, wording.KINDS[each]) for each in rules.KINDS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
        help_text=_("Feedback says what is wrong; a petition says what should be changed."),
    )
    topic = forms.ChoiceField(label=_("What it is about"), choices=list(wording.TOPICS.items()))
    to = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("Who answers"),
        empty_label=None,
        help_text=_("How officers behave is answered by whoever leads."),
        error_messages={"required": _("Choose who answers."), "invalid_choice": _("Choose who answers.")},
    )
    repeats = _line(
        _("Repeats an earlier one"), longest=60, help_text=_("Its number, if the same person has said the same before.")
    )

    def clean_repeats(self) -> Feedback | None:
        """The earlier one, if there is one of this number."""
        number = self.cleaned_data["repeats"].strip().upper()
        found = Feedback.objects.filter(matter__reference=number).first() if number else None
        if number and found is None:
            raise forms.ValidationError(_("There is no feedback of this number. Check it, or leave it empty."))
        return found


class AskForm(forms.Form):
    """A question back."""

    question = words(_("What must the person add?"), _("Write what the person must add."), rows=4)


class PassOnForm(_Choosing):
    """Which office is competent, and why."""

    to = forms.ModelChoiceField(
        queryset=Office.objects.none(),
        label=_("Office that is competent"),
        empty_label=_("Choose the office"),
        error_messages={"required": _("Choose the office."), "invalid_choice": _("Choose the office.")},
    )
    reason = words(_("Reason"), _("Say why that office is competent."), rows=2)


class GuideForm(forms.Form):
    """Of which law it is, and where the person goes."""

    kind = forms.ChoiceField(label=_("By law it is"), choices=[(each, wording.KINDS[each]) for each in rules.ELSEWHERE])
    text = words(
        _("What the person reads"),
        _("Write where it belongs and how to get there."),
        rows=6,
        help_text=_("Which law, which office, its address. The person reads it as it stands."),
    )


class RefuseForm(forms.Form):
    """Why it is not accepted."""

    reason = forms.ChoiceField(label=_("Reason"), choices=list(wording.REFUSALS.items()))
    text = words(_("What the person reads"), _("Say why, and what can be done instead."), rows=4)


class AnswerForm(forms.Form):
    """The answer to the person."""

    text = words(
        _("Answer"),
        _("Write the answer."),
        rows=8,
        longest=5000,
        help_text=_("What was found, what is done about it and by when, and the text it rests on."),
    )
    file = AttachedField()


class PublishForm(forms.Form):
    """What everybody may read."""

    question = words(
        _("What was said, in short"),
        _("Write in short what was said."),
        help_text=_("Without names, addresses and numbers: what follows is read by everybody."),
        rows=4,
    )
    answer = words(_("What was answered"), _("Write what was answered."), rows=8, longest=5000)


class KeepForm(forms.Form):
    """Why it is not made public."""

    reason = words(_("Why it is not made public"), _("Say why it is not made public."), rows=2)
