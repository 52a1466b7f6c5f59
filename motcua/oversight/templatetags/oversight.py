"""Marks of this room: `{% load oversight %}`."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from motcua.oversight.words import wording, wording_feedback
from motcua.ui import marks
from motcua.ui.templatetags import ui

register = template.Library()


@register.simple_tag
def difficulty_state(code: Any) -> SafeString | str:
    """Where a difficulty stands: a word, a shape, a tone."""
    return ui.tag(marks.mark_of(wording.STATES, code))


@register.simple_tag
def guidance_worth(code: Any) -> SafeString | str:
    """What an entry is worth: an exchange between professionals, or guidance by a document."""
    return ui.tag(marks.mark_of(wording.WORTHS, code))


@register.simple_tag
def directive_state(code: Any) -> SafeString | str:
    """Where a directive stands: a word, a shape, a tone."""
    return ui.tag(marks.mark_of(wording.DIRECTIVE_STATES, code))


@register.simple_tag
def outcome(code: Any) -> SafeString | str:
    """Done or not × in time or late: a word, a shape, a tone."""
    return ui.tag(marks.mark_of(wording.OUTCOMES, code))


@register.simple_tag
def period(every: int | None, unit: str) -> str:
    """How often a regular one is reported on; nothing for what is done once."""
    return wording.period(every, unit)


@register.simple_tag
def visit_state(code: Any) -> SafeString | str:
    """Where a visit stands."""
    return ui.tag(marks.mark_of(wording.VISIT_STATES, code))


@register.simple_tag
def seen_mark(code: Any) -> SafeString | str:
    """How something was found to be; nothing where nobody looked."""
    return ui.tag(marks.mark_of(wording.MARKS, code))


@register.simple_tag
def feedback_state(code: Any) -> SafeString | str:
    """Where feedback stands: a word, a shape, a tone."""
    return ui.tag(marks.mark_of(wording_feedback.STATES, code))


@register.simple_tag
def report_state(code: Any) -> SafeString | str:
    """Where a situation report stands."""
    return ui.tag(marks.mark_of(wording.REPORT_STATES, code))
