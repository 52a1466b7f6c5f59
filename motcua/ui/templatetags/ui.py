"""What templates say instead of markup: `{% load ui %}`. Each is described in docs/reference/ui.md.

Tags with a body come as pairs: {% panel … %} … {% endpanel %}.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.kernel.tables import Table
from motcua.ui import charts, fields, marks, slots, writing

register = template.Library()


# --- files and drawings ----------------------------------------------------------------------------------------
@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file. A page without its style is better than no page: a missing file is no error."""
    try:
        return staticfiles_storage.url(f"built/{name}")
    except ValueError:
        return f"/static/built/{name}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside a word; it says nothing by itself."""
    return format_html(
        '<svg class="mc-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="{}" fill="none" '
        'stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>',
        marks.ICONS[name],
    )


@lru_cache(maxsize=256)
def _qr(content: str) -> str:
    code = segno.make(content, error="m", micro=False)
    return str(code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None))


@register.simple_tag
def qr(content: str, label: str) -> SafeString:
    """A QR code as SVG in the page; the label says what scanning it does."""
    drawing = mark_safe(_qr(str(content)))  # noqa: S308  segno's own markup
    return format_html('<span class="mc-qr" role="img" aria-label="{}">{}</span>', label, drawing)


# --- marks of a status -----------------------------------------------------------------------------------------
def tag(mark: marks.Mark | None) -> SafeString | str:
    if mark is None:
        return ""
    tone = f" mc-tag--{mark.tone}" if mark.tone else ""
    return format_html('<strong class="mc-tag{}">{}{}</strong>', tone, icon(mark.icon), mark.word)


@register.simple_tag
def status(code: Any) -> SafeString | str:
    """One of the eleven statuses."""
    return tag(marks.mark_of(marks.STATUSES, code))


@register.simple_tag
def standing(code: Any) -> SafeString | str:
    """Where the due moment stands; nothing when there is none."""
    return tag(marks.mark_of(marks.STANDINGS, code))


@register.simple_tag
def paid(code: Any) -> SafeString | str:
    """Whether it is paid; nothing where it costs nothing."""
    return tag(marks.mark_of(marks.MONEY, code)) if code != "nothing" else ""


@register.filter
def status_word(code: Any) -> str:
    mark = marks.mark_of(marks.STATUSES, code)
    return str(mark.word) if mark else ""


# --- writing ---------------------------------------------------------------------------------------------------
@register.filter
def short_date(value: date | None) -> str:
    return writing.short_date(value) if value else ""


@register.filter
def iso_day(value: str) -> str:
    """A day as tables keep it ("1990-11-24"), as people write it; anything else as it is."""
    try:
        return writing.short_date(date.fromisoformat(value))
    except ValueError:
        return value


@register.filter
def long_date(value: date | None) -> str:
    return writing.long_date(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    return writing.moment(value) if value else ""


@register.filter
def short_moment(value: datetime | None) -> str:
    return writing.short_moment(value) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    return writing.clock_time(value) if value else ""


@register.filter
def money(value: int | None) -> str:
    return "" if value is None else writing.amount(value)


@register.simple_tag
def duration(value: int, unit: str) -> str:
    return writing.duration(value, unit)


@register.filter
def in_words(value: Any) -> str:
    return "" if value is None else writing.in_words(value)


@register.filter
def share(value: float | None) -> str:
    """A part of a whole as 97,50 %; a dash where there is no whole."""
    return "–" if value is None else writing.share(value)


@register.filter
def masked(value: str, keep: int = 3) -> str:
    return writing.masked(value or "", keep=keep)


# --- parts of a page -------------------------------------------------------------------------------------------
@register.inclusion_tag("ui/error_summary.html")
def error_summary(source: Any) -> dict[str, Any]:
    """What is to be mended, on top of the page; draws nothing when there is nothing."""
    return {"problems": fields.problems(source)}


@register.inclusion_tag("ui/summary_list.html")
def summary_list(rows: Iterable[Mapping[str, Any]], *, compact: bool = False) -> dict[str, Any]:
    """Rows of key, value and, where it can be changed, href; compact leaves the lines between them out."""
    listed = list(rows)
    return {"rows": listed, "compact": compact, "actions": any(row.get("href") for row in listed)}


@register.inclusion_tag("ui/task_list.html")
def task_list(tasks: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows of name, href, hint and status."""
    return {"tasks": list(tasks)}


@register.inclusion_tag("ui/pagination.html")
def pagination(previous: str = "", next: str = "") -> dict[str, str]:
    return {"previous": previous, "next": next}


@register.inclusion_tag("ui/back_link.html")
def back_link(href: str, text: str = "") -> dict[str, str]:
    return {"href": href, "text": text}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*pairs: str) -> dict[str, Any]:
    """Address, words, address, words …"""
    return {"items": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.inclusion_tag("ui/button.html")
def button(text: str, **options: Any) -> dict[str, Any]:
    """href= makes a link of it; kind= secondary or warning; name=, value=, key= ("F9", "Alt+N"), once=True, form=,
    paper= (the title of what a link prints)."""
    return {"text": text, "kind": "", **options}


@register.simple_tag
def script(name: str) -> SafeString:
    """One of the built scripts beyond ui.js: autosave, picture, desk. Belongs in the block page_scripts."""
    return format_html('<script type="module" src="{}"></script>', asset(f"{name}.js"))


@register.simple_tag
def autosave(address: str) -> SafeString:
    """Inside <form …>: its fields are saved at this address while they are typed (with script "autosave")."""
    return format_html(
        'data-autosave="{}" data-words-saved="{}" data-words-unsaved="{}"',
        address,
        _("Saved at {time}."),
        _("Not saved: there is no network. What was typed is still on this page; it is saved as soon as it can be."),
    )


@register.inclusion_tag("ui/table.html")
def report_table(table: Table, bars: Mapping[str, str] | None = None, caption: str = "") -> dict[str, Any]:
    """A report as a table that scrolls by itself; `bars` draws a chart beside each row: {"overdue": "stop", …}."""
    tones = bars or {}
    legend = [(column.title, tones[column.key]) for column in table.columns if column.key in tones]
    total = [charts.cell(column, value) for column, value in zip(table.columns, table.total, strict=False)]
    return {
        "table": table,
        "caption": caption or table.title,
        "lines": charts.lines(table, tones),
        "legend": sorted(legend, key=lambda pair: list(tones.values()).index(pair[1])),
        "total": total,
        "bars": bool(tones),
    }


@register.simple_tag(takes_context=True)
def from_other_rooms(context: template.Context, name: str) -> SafeString:
    """What other rooms have to say at this place of the page."""
    parts = slots.drawn(name, context["page"], context.get("request"))
    return mark_safe("".join(parts))  # noqa: S308  drawn by templates, which escape


# --- parts with a body -----------------------------------------------------------------------------------------
@register.simple_block_tag
def inset(content: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def details(content: str, summary: str, *, open: bool = False) -> SafeString:
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary"><span class="govuk-details__summary'
        '-text">{}</span></summary><div class="govuk-details__text">{}</div></details>',
        mark_safe(" open") if open else "",
        summary,
        content,
    )


NOTICES = {"": "info", "success": "check", "wait": "alert", "error": "alert"}


@register.simple_block_tag
def notice(content: str, kind: str = "") -> SafeString:
    """Something to know before going on: plain, success, wait or error."""
    tone = f" mc-notice--{kind}" if kind else ""
    role = "alert" if kind == "error" else "status"
    return format_html(
        '<div class="mc-notice{}" role="{}">{}<div class="mc-notice__body">{}</div></div>',
        tone,
        role,
        icon(NOTICES[kind]),
        content,
    )


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """The end of a journey: what was done, the number in large digits."""
    return format_html(
        '<div class="mc-panel"><h1 class="govuk-heading-l">{} {}</h1>{}</div>', icon("check"), title, content
    )


# --- fields of ordinary Django forms ---------------------------------------------------------------------------
@register.inclusion_tag("ui/form_field.html")
def form_field(field: BoundField, width: str = "", *, small: bool = False, hint: bool = True) -> dict[str, Any]:
    """Label, hint, error and control of one field; width is GOV.UK's (2, 3, 4, 5, 10, 20, 30)."""
    return {"field": field, "small": small, **fields.prepared(field, width, hint=hint)}


@register.inclusion_tag("ui/form_fields.html")
def form_fields(form: BaseForm) -> dict[str, Any]:
    """All visible fields, then the hidden ones."""
    return {"form": form}
