"""One of several options."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Message, Place, said, words
from motcua.procedures.fields._lists import html_options, options_of

# More than this is a list to scroll in, not radios to compare.
MOST_RADIOS = 10


class ChoiceType(FieldType):
    """The oid of one option; radios for a few, a select for many."""

    name = "choice"
    template = "procedures/fields/radios.html"

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """The oid, if there is such an option."""
        if isinstance(raw, str) and any(option.oid == raw for option in options_of(field)):
            return raw
        raise FieldProblem(self.missing(field))

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """The option's label."""
        return next((option.label.get(lang) for option in options_of(field) if option.oid == value), str(value))

    def schema(self, field: Field) -> dict[str, Any]:
        """The oids with their labels."""
        return {"oneOf": [{"const": option.oid, "title": option.label.vi} for option in options_of(field)]}

    def example(self, field: Field) -> str:
        """The first option."""
        return options_of(field)[0].oid

    def render(self, field: Field, value: Any, place: Place) -> SafeString:
        """As a select when there are many options or little room."""
        if self.as_select(field, place):
            return SELECT.render(field, value, place)
        return super().render(field, value, place)

    def as_select(self, field: Field, place: Place) -> bool:
        """Whether a list to scroll in serves better than radios."""
        return len(options_of(field)) > MOST_RADIOS

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """The radios; the first carries the field's own id."""
        return {"options": drawn(field, place), "value": value}

    def missing(self, field: Field) -> Message:
        """Asks to choose."""
        return said(_("Choose one answer at “%(label)s”."), label=field.label)


class _Select(ChoiceType):
    """The same choice drawn as a select."""

    template = "procedures/fields/select.html"

    def as_select(self, field: Field, place: Place) -> bool:
        return False

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        lang = place.context.lang
        rows = [(option.oid, option.label.get(lang)) for option in options_of(field)]
        return {"options": html_options(rows, value, _("Choose"))}


SELECT = _Select()


def drawn(field: Field, place: Place) -> list[dict[str, Any]]:
    """The options as radios or checkboxes draw them."""
    return [
        {
            "id": place.id if index == 0 else f"{place.id}-{option.oid}",
            "oid": option.oid,
            "label": words(option.label, place.context.lang),
        }
        for index, option in enumerate(options_of(field))
    ]
