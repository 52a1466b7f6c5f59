"""Files that people choose on a page: what the gate (kernel.gate) says of each, in words that say how to mend it.

Nouns: TakenField, PictureField (a form's field whose value is what the gate took). A file that is far too large is
counted and thrown away while it comes (`Counted`), so that it needs no room and the page can still say so at its field,
with everything that was typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from motcua.kernel import gate
from motcua.kernel.gate import NotTaken, Taken

MEGABYTE = 1024 * 1024
# More than any page takes as one file.
MOST_KEPT = 24 * MEGABYTE
WORDS: Mapping[str, str | Promise] = {
    "empty": gettext_lazy("The file is empty. Choose another file."),
    "too_large": gettext_lazy(
        "The file is larger than %(megabytes)s MB. Choose a smaller file, or take the photo again with fewer details."
    ),
    "type": gettext_lazy(
        "The file is not a photo (JPEG, PNG, WebP, HEIC) or a PDF. Take a photo of the paper, or choose a PDF."
    ),
    "office": gettext_lazy(
        "Word, Excel and packed files are not taken here. Open the file, save it as PDF and choose the PDF; or take a "
        "photo of the paper."
    ),
    "broken": gettext_lazy("The file cannot be opened. Take the photo again, or choose another file."),
    "too_many_pixels": gettext_lazy("The picture is too large to open. Take the photo again at a smaller size."),
    "locked": gettext_lazy(
        "The PDF is locked with a password. Open it, print it to a new PDF without a password and choose that one; or "
        "take a photo of the paper."
    ),
    "acts": gettext_lazy(
        "The PDF holds a program that would run when it is opened. Open it, print it to a new PDF and choose that one; "
        "or take a photo of the paper."
    ),
    "holds_files": gettext_lazy(
        "Other files are attached inside the PDF. Print the PDF to a new one and choose that; send each attached paper "
        "as a file of its own."
    ),
    "foreign": gettext_lazy(
        "Something else is hidden in the file. Open it, print or save it anew and choose the new file; or take a photo "
        "of the paper."
    ),
    "bomb": gettext_lazy(
        "The file becomes far too large when it is opened. Print or save it anew and choose the new file; or take a "
        "photo of the paper."
    ),
    "unclear": gettext_lazy(
        "The PDF is packed in a way that cannot be looked into. Open it, print it to a new PDF and choose that one; or "
        "take a photo of the paper."
    ),
    "macros": gettext_lazy(
        "The sheet holds macros or other files. Save it as an ordinary XLSX without them, and choose that one."
    ),
    "links": gettext_lazy(
        "The sheet fetches values from other files. Copy the values into a new XLSX, and choose that one."
    ),
}

# Where only a photo is taken.
OF_A_PICTURE = gettext_lazy("The file is not a photo. Choose a photo (JPEG, PNG, WebP, HEIC) or take one.")


def sentence(reason: str, *, most: int = gate.LARGEST) -> str:
    """What is wrong and how to mend it; empty for a reason that is none of the gate's."""
    words = str(WORDS.get(reason, ""))
    return words % {"megabytes": most // MEGABYTE} if reason == "too_large" else words


class TakenField(forms.FileField):
    """A photo or PDF, not demanded unless it is said; what stands in the form afterwards is what the gate took."""

    def __init__(self, *, most: int = gate.LARGEST, **options: Any) -> None:
        self.most = most
        told: dict[str, Any] = {"required": False, "error_messages": {"empty": WORDS["empty"]}}
        super().__init__(**told | options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """What may be kept, or None."""
        sent: UploadedFile[Any] | None = super().clean(data, initial)
        if not sent:
            return None
        try:
            return self.take(sent.read(), sent.name or "")
        except NotTaken as refused:
            raise forms.ValidationError(sentence(refused.reason, most=self.most)) from None

    def take(self, content: bytes, name: str) -> Taken:
        """Through the gate."""
        return gate.take(content, name, most=self.most)


class PictureField(TakenField):
    """A photo only, kept in the size in which pages show it."""

    def take(self, content: bytes, name: str) -> Taken:
        """Through the gate."""
        try:
            return gate.take_picture(content, name, most=self.most)
        except NotTaken as refused:
            if refused.reason != "type":
                raise
            raise forms.ValidationError(OF_A_PICTURE) from None


class Counted(TemporaryFileUploadHandler):
    """A file on its way in: what is more than any page takes is counted and not kept."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Django's own count of the file goes on; its bytes do not."""
        if start < MOST_KEPT:
            super().receive_data_chunk(raw_data, start)
