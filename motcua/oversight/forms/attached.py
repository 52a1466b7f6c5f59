"""A file beside words: what it is, its bytes say."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from motcua.kernel import files
from motcua.oversight.services import Given

LARGEST = 10 * 1024 * 1024
SIGNATURES = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
}
LONGEST_NAME = 120


class AttachedField(forms.FileField):
    """A picture or PDF, not demanded."""

    def __init__(self, **options: Any) -> None:
        told: dict[str, Any] = {
            "label": _("A picture or file"),
            "help_text": _("PDF, JPEG or PNG, at most 10 MB. Nothing is needed."),
            "required": False,
        }
        super().__init__(**told | options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The upload, if its bytes are of a kind that is taken."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB. Choose a smaller one."))
        if file and not _kind(file.read(8)):
            raise forms.ValidationError(_("Choose a PDF, JPEG or PNG file."))
        if file:
            file.seek(0)
        return file


def kept(file: UploadedFile[Any] | None) -> list[Given]:
    """The upload, kept under a name without folders; nothing when nothing was chosen."""
    if not file:
        return []
    content = file.read()
    kind = _kind(content[:8])
    assert kind is not None
    stem = PurePosixPath((file.name or "").replace("\\", "/")).stem
    plain = " ".join("".join(each for each in stem if each.isprintable()).split())[:LONGEST_NAME]
    return [Given(files.keep(content, type=kind[0]), f"{plain or 'tep'}{kind[1]}")]


def _kind(start: bytes) -> tuple[str, str] | None:
    return next((kind for mark, kind in SIGNATURES.items() if start.startswith(mark)), None)
