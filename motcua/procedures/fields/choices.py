"""Several of several options."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Message, Place, said
from motcua.procedures.fields._lists import options_of
from motcua.procedures.fields.choice import drawn


class ChoicesType(FieldType):
    """The oids of the ticked options, in the order in which they stand."""

    name = "choices"
    template = "procedures/fields/checkboxes.html"

    def clean(self, field: Field, raw: Any, context: Context) -> list[str]:
        """The oids, each once; as many as the field allows."""
        known = [option.oid for option in options_of(field)]
        if not isinstance(raw, list) or not raw or not all(oid in known for oid in raw):
            raise FieldProblem(self.missing(field))
        chosen = [oid for oid in known if oid in raw]
        least, most = field.min_items or 1, field.max_items or len(known)
        if len(chosen) < least:
            raise FieldProblem(said(_("Choose at least %(least)s answers."), least=least))
        if len(chosen) > most:
            raise FieldProblem(said(_("Choose at most %(most)s answers."), most=most))
        return chosen

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """Every ticked box."""
        return data.getlist(prefix) or None

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """The labels, one after another."""
        return "; ".join(option.label.get(lang) for option in options_of(field) if option.oid in value)

    def schema(self, field: Field) -> dict[str, Any]:
        """Lists of oids without repetition."""
        items = {"oneOf": [{"const": option.oid, "title": option.label.vi} for option in options_of(field)]}
        bounds = {"minItems": field.min_items or 1, "maxItems": field.max_items or len(options_of(field))}
        return {"type": "array", "items": items, "uniqueItems": True, **bounds}

    def example(self, field: Field) -> list[str]:
        """As many as must be."""
        return [option.oid for option in options_of(field)[: field.min_items or 1]]

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """The boxes; the first carries the field's own id."""
        return {"options": drawn(field, place), "value": value if isinstance(value, list) else []}

    def missing(self, field: Field) -> Message:
        """Asks to tick."""
        return said(_("Choose the answers that fit at “%(label)s”."), label=field.label)
