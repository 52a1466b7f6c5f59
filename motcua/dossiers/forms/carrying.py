"""Which list of an earlier system is carried over, and for which commune."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.services import carried
from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office

# A page does not keep somebody waiting for longer lists; the command takes them.
MOST_ROWS, LARGEST = 500, 5 * 1024 * 1024


class CarryForm(forms.Form):
    """The list, read when the form is: what stands in `file` afterwards are its rows."""

    commune = forms.ModelChoiceField(
        label=_("Commune"), queryset=Office.objects.none(), empty_label=None,
        error_messages={"required": _("Choose the commune."), "invalid_choice": _("Choose the commune.")},
    )  # fmt: skip
    file = forms.FileField(
        label=_("List of open dossiers (XLSX or CSV)"),
        help_text=_("At most 500 rows here; a longer list goes in parts, or by the command motcua import."),
        error_messages={"required": _("Choose the list."), "empty": _("The file is empty. Choose another file.")},
    )

    def __init__(self, *args: Any, person: Person, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [post for post in identity.posts_of(person, day) if identity.SETTINGS in post.role.capabilities]
        above = tuple(post.office.path for post in posts)
        there = [each.pk for each in organisation.communes(day) if above and each.path.startswith(above)]
        field: Any = self.fields["commune"]
        field.queryset = Office.objects.filter(pk__in=there).order_by("name", "code")

    def clean_file(self) -> list[carried.Row]:
        """The rows of the list."""
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB. Carry the list over in parts."))
        try:
            rows = carried.read(sent.read(), sent.name or "")
        except carried.NotAList as wrong:
            raise forms.ValidationError(str(wrong)) from None
        if len(rows) > MOST_ROWS:
            raise forms.ValidationError(_("The list has more than 500 rows. Carry it over in parts."))
        return rows
