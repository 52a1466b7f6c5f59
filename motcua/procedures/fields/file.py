"""Photos or PDF files of one paper: the handles that the upload gave out.

It checks the handles' shape and number; whether they exist and whose they are is the dossier's business.
"""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field, Text
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Message, Place, said

_HANDLE = re.compile(r"[A-Za-z0-9_\-]{8,128}")
MOST = 20


class FileType(FieldType):
    """A list of upload handles. The page sends kept handles as <sid>; new files arrive as <sid>-file."""

    name = "file"
    template = "procedures/fields/file.html"

    def clean(self, field: Field, raw: Any, context: Context) -> list[str]:
        """The handles, each once."""
        handles = list(dict.fromkeys(raw)) if isinstance(raw, list) and all(isinstance(h, str) for h in raw) else []
        if not handles or not all(_HANDLE.fullmatch(handle) for handle in handles):
            raise FieldProblem(self.missing(field))
        if len(handles) > self.most(field):
            raise FieldProblem(said(_("Keep at most %(most)s files."), most=self.most(field)))
        if len(handles) < (field.min_items or 1):
            raise FieldProblem(said(_("Add at least %(least)s files."), least=field.min_items))
        return handles

    def most(self, field: Field) -> int:
        """How many files one paper may have."""
        return field.max_items or MOST

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """The handles that stay; the view adds those of the new files."""
        return data.getlist(prefix) or None

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """How many files there are."""
        return f"{len(value)} {Text('tệp', 'file' if len(value) == 1 else 'files').get(lang)}"

    def schema(self, field: Field) -> dict[str, Any]:
        """Lists of handles."""
        items = {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,128}$"}
        return {"type": "array", "items": items, "minItems": field.min_items or 1, "maxItems": self.most(field)}

    def example(self, field: Field) -> list[str]:
        """Handles as an upload gives them out."""
        return [f"example-upload-{number}" for number in range(1, (field.min_items or 1) + 1)]

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """What is there already, and a way to add more."""
        handles = [handle for handle in value if isinstance(handle, str)] if isinstance(value, list) else []
        names = place.names_of_files
        return {"files": [{"handle": h, "name": names.get(h, str(n))} for n, h in enumerate(handles, 1)]}

    def missing(self, field: Field) -> Message:
        """Asks for a photo."""
        return said(_("Add a photo or a PDF file of “%(label)s”."), label=field.label)
