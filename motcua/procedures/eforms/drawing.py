"""A page of questions as HTML, and what was typed on it.

Questions that depend on another page are drawn or not; those that depend on this page are always drawn, with the
condition beside them for conditions.js and in words for a browser without it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.procedures import conditions
from motcua.procedures.conditions import Answers, Rule
from motcua.procedures.definition import Definition, Field, Page
from motcua.procedures.eforms.cleaning import Problem
from motcua.procedures.eforms.plan import page_plan, plan
from motcua.procedures.eforms.shown import holds, shown
from motcua.procedures.eforms.wording import needed_if, only_if
from motcua.procedures.fields import Context, FieldProblem, Form, Place, registry

# Enter in a line of text presses the first button of the form: it must not be one that belongs to a question.
_FIRST_BUTTON = '<button class="govuk-visually-hidden" type="submit" tabindex="-1" aria-hidden="true">{}</button>'
_WITH_BUTTONS = {"address", "commune", "table"}
_REDRAW = ("_reload", "_add_row", "_remove_row")


def read_page(page: Page, post: Form) -> dict[str, Any]:
    """What was typed, for every question that has something in it."""
    types = registry()
    typed = ((each.sid, types[each.type].from_form(each, post, each.sid)) for each in page.fields)
    return {sid: raw for sid, raw in typed if raw is not None}


def wants_redraw(post: Form) -> bool:
    """Whether a button inside a question was pressed: draw the page again with what was typed, check nothing."""
    return any(name in post for name in _REDRAW)


def starting_answers(definition: Definition, known: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """Answers for the questions that can be prefilled from what is known ("applicant.full_name" …)."""
    types = plan(definition).types
    found: dict[str, Any] = {}
    for field in definition.fields:
        raw = known.get(field.prefill) if field.prefill else None
        if not conditions.is_empty(raw):
            try:
                found[field.sid] = types[field.sid].clean(field, raw, context)
            except FieldProblem:
                continue  # what is known does not fit this question: it is asked
    return found


def render_page(
    definition: Definition,
    page: Page,
    answers: Answers,
    context: Context,
    *,
    raw: Mapping[str, Any] | None = None,
    problems: Sequence[Problem] = (),
    names_of_files: Mapping[str, str] | None = None,
    demanded: Collection[str] = (),
    everything: bool = False,
) -> SafeString:
    """The questions of one page: what was typed (`raw`), else what was answered, else the default.

    A narrowed page draws only the questions that it holds; `demanded` are never called optional. With `everything`, a
    question that depends on another page is drawn too, for a browser that decides without a line.
    """
    with translation.override(context.lang):
        drawing = _Drawing(definition, page, answers, context, demanded)
        drawing.everything = everything
        return drawing.html(raw, problems, names_of_files or {})


class _Drawing:
    """One page while it is drawn."""

    def __init__(
        self, definition: Definition, page: Page, answers: Answers, context: Context, demanded: Collection[str]
    ) -> None:
        self.own = {field.sid for field in page.fields}
        self.demanded = demanded
        others = {sid: value for sid, value in answers.items() if sid not in self.own}
        self.definition, self.page, self.context, self.answers = definition, page, context, answers
        # What stands fixed while this page is open.
        self.fixed = shown(definition, others, context.today).answers
        self.everything = False
        self.drawn: set[str] = set()
        self.needed: set[str] = set()

    def html(
        self, raw: Mapping[str, Any] | None, problems: Sequence[Problem], names_of_files: Mapping[str, str]
    ) -> SafeString:
        pieces = []
        questions = page_plan(self.definition, self.page).questions
        for field, type_ in ((field, type_) for field, type_ in questions if field.sid in self.own):
            depends = field.show_if if self._depends(field.show_if) else None
            if depends is None and not holds(field.show_if, self.fixed, self.context.today):
                continue
            self.drawn.add(field.sid)
            value = self.answers.get(field.sid, field.default) if raw is None else raw.get(field.sid)
            pieces.append(type_.render(field, value, self._place(field, depends, problems, names_of_files)))
        if any(field.type in _WITH_BUTTONS and field.sid in self.drawn for field in self.page.fields):
            pieces.insert(0, format_html(_FIRST_BUTTON, _("Continue")))
        return self._wrapped(mark_safe("\n".join(pieces)))  # noqa: S308

    def _depends(self, rule: Rule | None) -> bool:
        """Whether the rule reads a question of this page; notes what else it reads, for the browser."""
        names = conditions.variables(rule) if rule else frozenset()
        if names & self.drawn or (names and self.everything):
            self.needed |= names - self.drawn
            return True
        return False

    def _place(
        self, field: Field, depends: Rule | None, problems: Sequence[Problem], names_of_files: Mapping[str, str]
    ) -> Place:
        lang = self.context.lang
        return Place(
            id=field.sid,
            context=self.context,
            errors=tuple((each.path, each.message) for each in problems if each.sid == field.sid),
            note=self._note(field, lang),
            only_if=only_if(self.definition, depends, lang) if depends else "",
            show_if=depends,
            optional=not (field.required or field.required_if or field.sid in self.demanded),
            names_of_files=names_of_files,
        )

    def _note(self, field: Field, lang: str) -> str:
        """When the answer is not needed, and when it is although not always."""
        notes = [field.not_needed_when.note.get(lang)] if field.not_needed_when else []
        if field.required_if and not field.required:
            notes.append(needed_if(self.definition, field.required_if, lang))
        return " ".join(notes)

    def _wrapped(self, questions: SafeString) -> SafeString:
        if not any(self._reads_this_page(field) for field in self.page.fields):
            return questions
        answers = {sid: self.fixed[sid] for sid in sorted(self.needed) if sid in self.fixed}
        return format_html(
            '<div data-conditions data-today="{}" data-answers="{}">{}</div>',
            self.context.today.isoformat(),
            json.dumps(answers, ensure_ascii=False),
            questions,
        )

    def _reads_this_page(self, field: Field) -> bool:
        return (
            field.sid in self.drawn
            and bool(field.show_if)
            and (self.everything or bool(conditions.variables(field.show_if or {}) & self.drawn))
        )
