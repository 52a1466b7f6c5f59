"""People, their posts and how they sign in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.kernel import organisation
from motcua.kernel.identity import Person, Role
from motcua.kernel.organisation import Office
from motcua.ui.days import DayField

KINDS = {
    "regular": _("Regular"),
    "acting": _("Acting, in somebody's absence"),
    "delegated": _("By delegation"),
}
_PHONE_SAYS = _("Write digits, for example 0900 000 678.")
_MAIL_SAYS = _("Write a mail address such as an@vidu.vn, or leave it empty.")


class PersonForm(forms.Form):
    """A name and how the person is reached."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=200, error_messages={"required": _("Enter the full name.")}
    )
    phone = forms.RegexField(
        r"^[0-9 +().-]*$",
        label=_("Phone"),
        max_length=20,
        required=False,
        error_messages={"invalid": _PHONE_SAYS, "max_length": _PHONE_SAYS},
    )
    email = forms.EmailField(label=_("E-mail"), required=False, error_messages={"invalid": _MAIL_SAYS})


class PostForm(forms.Form):
    """A role in an office from a day on, perhaps to a day."""

    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose a role.")})
    office = forms.ChoiceField(label=_("Where"), error_messages={"required": _("Choose an office.")})
    kind = forms.ChoiceField(
        label=_("How the post is held"), choices=list(KINDS.items()), initial="regular", widget=forms.RadioSelect
    )
    first_date = DayField(label=_("First day"), say=_("Enter the first day, for example 24/11/2026."))
    last_date = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty for a post without an end."))

    def __init__(self, data: Any = None, *, offices: Sequence[Office], today: date, **options: Any) -> None:
        super().__init__(data, initial={"first_date": today}, **options)
        self.offices = {office.code: office for office in offices}
        _choose(self.fields["role"], [("", _("Choose a role")), *_roles()])
        _choose(self.fields["office"], [("", _("Choose an office")), *_grouped(offices)])

    def post(self) -> dict[str, Any]:
        """What giving the post is told; a post is held until before `valid_to`."""
        said = self.cleaned_data
        last = said["last_date"]
        return {
            "office": self.offices[said["office"]],
            "role": said["role"],
            "kind": said["kind"],
            "valid_from": said["first_date"],
            "valid_to": last + timedelta(days=1) if last else None,
        }


class EmployForm(PersonForm, PostForm):
    """A new colleague: the person, the name for signing in, the first post."""

    username = forms.CharField(
        label=_("Name for signing in"),
        max_length=80,
        help_text=_("One word, for example nva.tiepnhan. The person chooses the password."),
        error_messages={"required": _("Enter a name for signing in.")},
    )
    field_order = ["full_name", "phone", "email", "username", "role", "office", "kind", "first_date", "last_date"]

    def person(self) -> dict[str, Any]:
        """What is told about the person."""
        return {key: self.cleaned_data[key] for key in ("full_name", "phone", "email", "username")}


class LastDayForm(forms.Form):
    """Until when somebody holds a post or works here."""

    last_date = DayField(
        label=_("Last day"),
        say=_("Enter the last day, for example 24/11/2026."),
        help_text=_("The post is still held on this day."),
    )

    def __init__(self, data: Any = None, *, today: date, since: date | None = None) -> None:
        super().__init__(data, initial={"last_date": today})
        self.first = max(filter(None, [since, today - timedelta(days=1)]))

    def clean_last_date(self) -> date:
        """Not before the post began, and not so early that it would rewrite what was done."""
        day: date = self.cleaned_data["last_date"]
        if day < self.first:
            raise forms.ValidationError(_("Choose {day} or later.").format(day=f"{self.first:%d/%m/%Y}"))
        return day


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who stands in."""

    first_date = DayField(label=_("First day"), say=_("Enter the first day, for example 24/11/2026."))
    last_date = DayField(label=_("Last day"), say=_("Enter the last day, for example 24/11/2026."))
    acting = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("Who stands in"),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose who stands in."), "invalid_choice": _("Choose who stands in.")},
    )

    def __init__(self, data: Any = None, *, people: QuerySet[Person], today: date) -> None:
        super().__init__(data, initial={"first_date": today})
        self.fields["acting"].queryset = people  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Whether the second step of signing in goes with the password."""

    remove_second_step = forms.BooleanField(
        label=_("Also remove the second step and the passkeys, because the phone was lost"), required=False
    )


def _choose(field: forms.Field, choices: list[Any]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _roles() -> list[tuple[str, str]]:
    english = (get_language() or "").startswith("en")
    return [(role.code, role.name_en if english else role.name_vi) for role in Role.objects.all()]


def _grouped(offices: Sequence[Office]) -> list[Any]:
    """The parts of several communes have the same names: each stands under its own."""
    heads = [office for office in offices if office.kind in (organisation.PROVINCE, organisation.COMMUNE)]
    if len(heads) < 2:
        return [(office.code, office.name) for office in offices]
    groups: dict[str, list[tuple[str, str]]] = {head.path: [] for head in heads}
    for office in offices:
        path = max((path for path in groups if office.path.startswith(path)), key=len)
        groups[path].append((office.code, office.name))
    return [(head.name, groups[head.path]) for head in heads]
