"""Fields of ordinary Django forms, made ready for their template, and the errors that a page names on top.

The questions of a procedure are drawn by procedures; these are for the desk's settings and for signing in.
"""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, RadioSelect, Select, Textarea
from django.forms.widgets import CheckboxSelectMultiple, SelectDateWidget
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# The one label that the sign-in package leaves to Django to make from a variable.
gettext_noop("Name")
KINDS: tuple[tuple[type[Any] | tuple[type[Any], ...], str, str], ...] = (
    (CheckboxSelectMultiple, "checkboxes", ""),
    (RadioSelect, "radios", ""),
    (CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (SelectDateWidget, "text", "govuk-select"),
    (Select, "text", "govuk-select"),
    (Textarea, "text", "govuk-textarea"),
    (FileInput, "text", "govuk-file-upload"),
)


def _kind(field: BoundField) -> tuple[str, str]:
    widget = field.field.widget
    return next(((kind, css) for types, kind, css in KINDS if isinstance(widget, types)), ("text", "govuk-input"))


def prepared(field: BoundField, width: str, *, hint: bool) -> dict[str, Any]:
    """Its kind and its control as HTML with the right classes; the template adds label, hint and error."""
    kind, css = _kind(field)
    # A placeholder disappears when it is needed most; the label says it already.
    field.field.widget.attrs.pop("placeholder", None)
    if not hint:
        field.help_text = ""
    if field.field.label is None:  # a package's field that was given no words
        field.label = _(str(field.label))
    if css.startswith("govuk-") and width:
        css += f" govuk-input--width-{width}"
    if field.errors and kind == "text":
        css += f" {css.split(maxsplit=1)[0]}--error"
    own = field.field.widget.attrs.get("class", "")
    return {"kind": kind, "control": field.as_widget(attrs={"class": f"{css} {own}".strip()}) if css else ""}


def _one(item: Any) -> dict[str, Any]:
    """A pair (anchor, text), an object or a mapping with anchor and message, or words alone."""
    if isinstance(item, Mapping):
        item = (item["anchor"], item["message"])
    if isinstance(item, tuple):
        return {"href": item[0] and f"#{item[0]}", "text": item[1]}
    anchor = getattr(item, "anchor", "")
    return {"href": anchor and f"#{anchor}", "text": getattr(item, "message", item)}


def problems(source: Any) -> list[dict[str, Any]]:
    """What is to be mended, each with the control that its link leads to."""
    if not isinstance(source, BaseForm):
        return [_one(item) for item in source or ()]
    found = [{"href": "", "text": text} for text in source.non_field_errors()]
    for field in source:
        found += [{"href": f"#{_first_id(field)}", "text": _named(field, text)} for text in field.errors]
    return found


def _named(field: BoundField, text: object) -> str:
    """Django's own errors do not say which field they mean; beside the field they need not."""
    words = str(text)
    return words if str(field.label) in words else f"{field.label}: {words}"


def _first_id(field: BoundField) -> str:
    """The control that the link of an error leads to: the first radio, not the group, which cannot be focused."""
    grouped = isinstance(field.field.widget, RadioSelect)  # CheckboxSelectMultiple is one too
    return f"{field.auto_id}_0" if grouped else field.id_for_label
