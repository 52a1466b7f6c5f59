"""What is asked for a visit, for what is seen in a commune, for findings and minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.kernel import files
from motcua.kernel.gate import Taken
from motcua.kernel.organisation import COMMUNE, Office
from motcua.oversight import services
from motcua.oversight.forms.worded import words
from motcua.oversight.models import Host, Visit
from motcua.oversight.services import Delegate, Plan, Seen
from motcua.oversight.words import wording
from motcua.ui import given
from motcua.ui.days import DayField
from motcua.ui.taking import PictureField

MOST_PHOTOS, LARGEST_PHOTO = 6, 15 * 1024 * 1024


def _clock(label: Any, say: Any) -> forms.TimeField:
    """A time of day as people write it."""
    widget = forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "autocomplete": "off"})
    formats = ["%H:%M", "%Hh%M", "%Hh", "%H"]
    told = {"required": say, "invalid": say}
    return forms.TimeField(
        label=label, help_text=_("For example 08:00."), input_formats=formats, widget=widget, error_messages=told
    )


def _ticks(label: Any, missing: Any = "") -> Any:
    return given.Several(
        queryset=Office.objects.none(),
        label=label,
        required=bool(missing),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing},
    )


class VisitForm(forms.Form):
    """Who goes where and when."""

    title = forms.CharField(
        label=_("What the visit is about"), max_length=300, error_messages={"required": _("Enter what it is about.")}
    )
    hosts = _ticks(_("Communes that are visited"), _("Choose at least one commune."))
    day = DayField(label=_("Day of the visit"), say=_("Enter the day, for example 24/11/2026."))
    begins = _clock(_("Begins at"), _("Enter when it begins, for example 08:00."))
    last_day = DayField(label=_("Last day, if it takes more than one"), required=False)
    ends = _clock(_("Ends at"), _("Enter when it ends, for example 16:30."))
    place = forms.CharField(label=_("Meeting place"), max_length=300, required=False)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    delegates = forms.CharField(
        label=_("Delegation"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One line each: name; position; mail address. Only the name is needed."),
    )
    taking_part = _ticks(_("Departments that take part: their people write along"))
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One line each. Directives that these communes have open are put first by themselves."),
    )

    def __init__(self, *given: Any, offices: QuerySet[Office], **options: Any) -> None:
        super().__init__(*given, **options)
        communes = offices.filter(kind=COMMUNE)
        self.fields["hosts"].queryset = communes or offices  # type: ignore[attr-defined]
        self.fields["taking_part"].queryset = offices.exclude(kind=COMMUNE)  # type: ignore[attr-defined]

    @staticmethod
    def told(visit: Visit) -> dict[str, Any]:
        """What the plan says now."""
        begins, ends = timezone.localtime(visit.begins_at), timezone.localtime(visit.ends_at)
        people = visit.members.values_list("name", "position", "email")
        return {
            "title": visit.title,
            "hosts": [host.commune_id for host in visit.hosts.all()],
            "day": begins.date(),
            "begins": begins.time(),
            "last_day": ends.date() if ends.date() != begins.date() else None,
            "ends": ends.time(),
            "place": visit.place,
            "purpose": visit.purpose,
            "delegates": "\n".join("; ".join(filter(None, person)) for person in people),
            "taking_part": visit.matter.parties.current().filter(capacity="helping").values_list("office", flat=True),
            "agenda": "\n".join(visit.agenda.values_list("text", flat=True)),
        }

    def clean_delegates(self) -> list[Delegate]:
        """Somebody in each line."""
        return [_delegate(line) for line in self.cleaned_data["delegates"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        given = dict(super().clean() or {})
        if not self.errors and self._moment("last_day", "ends") <= self._moment("day", "begins"):
            self.add_error("ends", _("Enter an end that comes after the beginning."))
        return given

    def _moment(self, day: str, clock: str) -> datetime:
        given = self.cleaned_data
        return timezone.make_aware(datetime.combine(given[day] or given["day"], given[clock]))

    def plan(self) -> Plan:
        """As services take it."""
        given = self.cleaned_data
        return Plan(
            title=given["title"],
            begins_at=self._moment("day", "begins"),
            ends_at=self._moment("last_day", "ends"),
            hosts=list(given["hosts"]),
            delegates=given["delegates"],
            agenda=[line.strip() for line in given["agenda"].splitlines() if line.strip()],
            taking_part=list(given["taking_part"]),
            purpose=given["purpose"],
            place=given["place"],
        )


def _delegate(line: str) -> Delegate:
    """Name, position and mail address of one line, in this order; an address is known by its sign."""
    parts = [part.strip() for part in line.split(";") if part.strip()] or [line.strip()]
    mail = next((part for part in parts[1:] if "@" in part), "")
    if mail:
        try:
            validate_email(mail)
        except ValidationError:
            said = _("“%(mail)s” is no mail address. Write it like ten@vidu.vn, or leave it out.")
            raise ValidationError(said, params={"mail": mail}) from None
    rest = [part for part in parts[1:] if part != mail]
    return Delegate(parts[0][:200], ", ".join(rest)[:200], mail)


class PhotosInput(forms.ClearableFileInput):
    """Several photos at once."""

    allow_multiple_selected = True


class PhotosField(PictureField):
    """Photos as a telephone makes them; kept without place, moment and owner."""

    widget = PhotosInput

    def __init__(self, **options: Any) -> None:
        super().__init__(most=LARGEST_PHOTO, **options)

    def clean(self, data: Any, initial: Any = None) -> list[Taken]:
        """Plain pictures."""
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(given) > MOST_PHOTOS:
            raise ValidationError(_("Choose at most 6 photos of 15 MB each."))
        return [super(PhotosField, self).clean(each, initial) for each in given]


class CheckForm(forms.Form):
    """The checklist of one commune."""

    def __init__(self, *given: Any, host: Host, **options: Any) -> None:
        super().__init__(*given, **options)
        known = {check.what: check for check in host.checks.all()}
        for what in wording.CHECKS:
            check = known.get(what)
            marks = [(code, mark.word) for code, mark in wording.MARKS.items()]
            self.fields[f"{what}-mark"] = forms.ChoiceField(
                label=_("How it is"),
                required=False,
                choices=[("", _("Not looked at")), *marks],
                widget=forms.RadioSelect,
                initial=check.mark if check else "",
            )
            self.fields[f"{what}-words"] = forms.CharField(
                label=_("What was seen"),
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=check.words if check else "",
            )
            self.fields[f"{what}-photos"] = PhotosField(
                label=_("Photos"),
                required=False,
                widget=PhotosInput(attrs={"accept": "image/*", "multiple": True}),
            )

    def groups(self, host: Host) -> list[dict[str, Any]]:
        """The fields of each thing, with the photos that are kept."""
        photos = {check.what: list(check.photos.all()) for check in host.checks.prefetch_related("photos")}
        return [
            {
                "what": what,
                "label": label,
                "fields": [self[f"{what}-{part}"] for part in ("mark", "words", "photos")],
                "photos": photos.get(what, []),
            }
            for what, label in wording.CHECKS.items()
        ]

    def seen(self) -> dict[str, Seen]:
        """As services take it: what was changed, with the new photos kept."""
        return {
            what: Seen(
                self.cleaned_data[f"{what}-mark"],
                self.cleaned_data[f"{what}-words"],
                [files.keep(photo.content, type=photo.type) for photo in self.cleaned_data[f"{what}-photos"] or ()],
            )
            for what in wording.CHECKS
            if any(f"{what}-{part}" in self.changed_data for part in ("mark", "words", "photos"))
        }


class FindingForm(forms.Form):
    """Something that was found."""

    kind = forms.ChoiceField(
        label=_("What kind of finding"), choices=list(wording.FINDINGS.items()), widget=forms.RadioSelect
    )
    host = forms.ModelChoiceField(
        queryset=Host.objects.none(), label=_("Where"), required=False, empty_label=_("Everywhere")
    )
    text = words(_("What was found"), _("Write what was found."), longest=2000)

    def __init__(self, *given: Any, visit: Visit, **options: Any) -> None:
        super().__init__(*given, **options)
        hosts: Any = self.fields["host"]
        hosts.queryset = visit.hosts.select_related("commune")
        hosts.label_from_instance = lambda host: host.commune.name
        self.fields["kind"].error_messages["required"] = _("Choose what kind of finding it is.")


class MinutesForm(forms.Form):
    """What was said and agreed."""

    minutes = words(_("Minutes"), _("Write the minutes."), rows=10, longest=20_000)


def refuse(form: forms.Form, refused: services.Incomplete) -> None:
    """Say at its field what the service found missing."""
    said = {
        "hosts": _("Choose communes that this office can visit."),
        "ends_at": _("Enter an end after the beginning."),
    }
    field = {"ends_at": "ends"}.get(refused.field, refused.field)
    form.add_error(field, ValidationError(said.get(refused.field, _("Write it."))))
