"""Yes or no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field, Text
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Message, Place, said, words

WORDS = {"yes": Text("Có", "Yes"), "no": Text("Không", "No")}
_READ = {"yes": True, "true": True, "no": False, "false": False}


class BooleanType(FieldType):
    """Two radios; no answer is neither yes nor no."""

    name = "boolean"
    template = "procedures/fields/radios.html"

    def clean(self, field: Field, raw: Any, context: Context) -> bool:
        """True or false."""
        answer = raw if isinstance(raw, bool) else _READ.get(raw.strip().lower()) if isinstance(raw, str) else None
        if answer is None:
            raise FieldProblem(self.missing(field))
        return answer

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """Có, or Không."""
        return WORDS["yes" if value else "no"].get(lang)

    def schema(self, field: Field) -> dict[str, Any]:
        """true or false."""
        return {"type": "boolean"}

    def example(self, field: Field) -> bool:
        """Yes."""
        return True

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """The two radios side by side."""
        ids = {"yes": place.id, "no": f"{place.id}-no"}
        options = [{"id": ids[oid], "oid": oid, "label": words(WORDS[oid], place.context.lang)} for oid in WORDS]
        chosen = ("yes" if value else "no") if isinstance(value, bool) else value
        return {"options": options, "value": chosen or "", "inline": True}

    def missing(self, field: Field) -> Message:
        """Asks for one of the two."""
        return said(_("Choose yes or no at “%(label)s”."), label=field.label)
