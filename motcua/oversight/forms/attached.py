"""A file beside words: what it is, its bytes say; a picture is opened and kept without what a camera adds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from motcua.kernel import files, pictures
from motcua.oversight.services import Given

LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 120
PDF, ENDS, TAIL = b"%PDF-", b"%%EOF", 1024
WHY_NOT = {
    "type": _("Choose a PDF or a photo (JPEG, PNG, WebP, HEIC)."),
    "broken": _("The file cannot be opened. Choose another, or take the photo again."),
    "too_many_pixels": _("The picture is too large to open. Take the photo again at a smaller size."),
}


@dataclass(frozen=True, slots=True)
class Attached:
    """What was sent, read whole: ready to be kept."""

    content: bytes
    type: str
    name: str


class AttachedField(forms.FileField):
    """A picture or PDF, not demanded."""

    def __init__(self, **options: Any) -> None:
        told: dict[str, Any] = {
            "label": _("A picture or file"),
            "help_text": _("PDF or a photo (JPEG, PNG, WebP, HEIC), at most 10 MB. Nothing is needed."),
            "required": False,
        }
        super().__init__(**told | options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, if its bytes are what they should be from the first to the last."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if not file:
            return None
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB. Choose a smaller one."))
        try:
            return _read(file.read(), file.name or "")
        except pictures.NotAPicture as refused:
            raise forms.ValidationError(WHY_NOT[refused.reason]) from None


def _read(content: bytes, name: str) -> Attached:
    """Raises NotAPicture for what is neither a whole PDF nor a picture that opens."""
    if content.startswith(PDF):
        if ENDS not in content[-TAIL:]:
            raise pictures.NotAPicture("broken")
        return Attached(content, "application/pdf", _plain(name, ".pdf"))
    # Opened to the last line and written anew: what a camera says of place and owner does not travel along.
    return Attached(pictures.re_encoded(content), "image/jpeg", _plain(name, ".jpg"))


def _plain(name: str, ending: str) -> str:
    """The name without folders, control characters and a misleading ending."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    plain = " ".join("".join(each for each in stem if each.isprintable()).split())[:LONGEST_NAME]
    return f"{plain or 'tep'}{ending}"


def kept(sent: Attached | None) -> list[Given]:
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


def kept_all(sent: list[Attached]) -> list[Given]:
    """What was sent, on the disk."""
    return [given for each in sent for given in kept(each)]
