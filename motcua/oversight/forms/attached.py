"""A file beside words, as the gate (kernel.gate) takes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel import files
from motcua.kernel.gate import Taken
from motcua.oversight.services import Given
from motcua.ui.taking import TakenField


class AttachedField(TakenField):
    """A picture or PDF, not demanded."""

    def __init__(self, **options: Any) -> None:
        told: dict[str, Any] = {
            "label": _("A picture or file"),
            "help_text": _("PDF or a photo (JPEG, PNG, WebP, HEIC), at most 10 MB. Nothing is needed."),
        }
        super().__init__(**told | options)


def kept(sent: Taken | None) -> list[Given]:
    """What was sent, on the disk; nothing when nothing was chosen."""
    return [Given(files.keep(sent.content, type=sent.type), sent.name)] if sent else []


MOST_FILES = 3


class _Several(forms.ClearableFileInput):
    """Several files may be chosen at once."""

    allow_multiple_selected = True


class FilesField(AttachedField):
    """A few pictures or PDFs, not demanded."""

    def __init__(self, **options: Any) -> None:
        told: dict[str, Any] = {
            "label": _("Photos or files"),
            "help_text": _("Photos or PDF, at most 3, each at most 10 MB. Nothing is needed."),
            "widget": _Several(attrs={"accept": "image/*,application/pdf"}),
        }
        super().__init__(**told | options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploads, if the bytes of all of them are what they should be."""
        given = [each for each in data or () if each]
        if len(given) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most 3 files."))
        return [super(FilesField, self).clean(each, initial) for each in given]


def kept_all(sent: list[Taken]) -> list[Given]:
    """What was sent, on the disk."""
    return [given for each in sent for given in kept(each)]
