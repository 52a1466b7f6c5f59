"""What somebody types to say that sheets hang or hang no more, and what each refusal says at its field."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from motcua.kernel.files import File
from motcua.kernel.gate import Taken
from motcua.procedures import services
from motcua.procedures.queries import Sheet
from motcua.ui.days import DayField
from motcua.ui.taking import PictureField

_SEAL = "procedures.wall.photo"
# By reason: the field that is to be mended, and how.
SENTENCES: Mapping[str, tuple[str, str | Promise]] = {
    "no_sheets": ("keys", gettext_lazy("Choose at least one sheet.")),
    "no_place": ("place", gettext_lazy("Write where they hang, for example: Notice board in the hall.")),
    "in_the_future": ("day", gettext_lazy("Choose today or an earlier day: what hangs tomorrow is recorded tomorrow.")),
    "not_offered": (
        "day",
        gettext_lazy(
            "On that day these were not in force here, so no sheet could say it: %(sheets)s. Choose a later day."
        ),
    ),
    "hung_later": (
        "day",
        gettext_lazy("At this place these were hung on a later day already: %(sheets)s. Choose a later day."),
    ),
    "before_it_hung": ("day", gettext_lazy("Choose the day on which it was hung or a later one.")),
}


def _say(form: forms.Form, refused: services.PostingRefused, names: Mapping[str, str]) -> None:
    field, words = SENTENCES[refused.reason]
    shown = [names.get(key, key) for key in refused.keys]
    some = ", ".join(shown[:3]) + ("…" if len(shown) > 3 else "")
    form.add_error(field, str(words) % {"sheets": some})


class PostForm(forms.Form):
    """That some sheets hang at a place since a day, with a photo."""

    place = forms.CharField(
        label=gettext_lazy("Where they hang"),
        help_text=gettext_lazy("The same words each time for the same place. For example: Notice board in the hall."),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "known-places", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write where they hang, for example: Notice board in the hall.")},
    )
    day = DayField(
        label=gettext_lazy("Since when"), help_text=gettext_lazy("Today or earlier, for example 24/11/2026.")
    )
    photo = PictureField(
        label=gettext_lazy("Photo as proof"),
        help_text=gettext_lazy(
            "One photo of the wall for all of them. Place and time that a phone adds are taken out."
        ),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )
    keys = forms.MultipleChoiceField(
        label=gettext_lazy("Which sheets"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one sheet.")},
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    op_id = forms.RegexField(r"[0-9a-f]{32}", widget=forms.HiddenInput)

    def __init__(
        self, sheets: Sequence[Sheet], data: Any = None, files: Any = None, *, today: date, place: str = ""
    ) -> None:
        self.names = {sheet.key: sheet.name for sheet in sheets}
        begun = {"place": place, "day": today, "keys": list(self.names), "op_id": uuid.uuid4().hex}
        super().__init__(data, files, initial=begun)
        self.fields["keys"].choices = [(key, f"{name} ({key})") for key, name in self.names.items()]  # type: ignore[attr-defined]

    def clean_photo(self) -> File | None:
        """The photo as it is kept; one that came with an earlier attempt stays."""
        taken: Taken | None = self.cleaned_data["photo"]
        if taken is None:
            return _kept_before(self.data.get("kept", ""))
        photo = services.keep_photo(taken)
        # Carried along, so that another field's error does not ask for the photo again.
        self.data = MultiValueDict(self.data)
        self.data["kept"] = signing.Signer(salt=_SEAL).sign(photo.sha256)
        return photo

    @property
    def has_photo(self) -> bool:
        """Whether a photo came with an earlier attempt."""
        return _kept_before(self.data.get("kept", "")) is not None

    def post(self, **who: Any) -> bool:
        """Whether the service took it; a refusal stands at its field."""
        typed = self.cleaned_data
        said = {"place": typed["place"], "posted_date": typed["day"], "photo": typed["photo"], "op_id": typed["op_id"]}
        try:
            services.post_sheets(keys=typed["keys"], **said, **who)
        except services.PostingRefused as refused:
            _say(self, refused, self.names)
        return not self.errors


def _kept_before(sealed: str) -> File | None:
    try:
        sha256 = signing.Signer(salt=_SEAL).unsign(sealed)
    except signing.BadSignature:
        return None
    return File.objects.filter(pk=sha256).first()


class TakeDownForm(forms.Form):
    """That a sheet hangs no more since a day."""

    day = DayField(label=gettext_lazy("Taken down on"), help_text=gettext_lazy("Today or earlier."))

    def take_down(self, **what: Any) -> bool:
        """Whether the service took it; a refusal stands at its field."""
        try:
            services.take_down_sheet(taken_down_date=self.cleaned_data["day"], **what)
        except services.PostingRefused as refused:
            _say(self, refused, {})
        return not self.errors
