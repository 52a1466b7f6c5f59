"""Answers checked and put into their stored form: one page as it is typed, or the whole set before it is sent."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures import conditions
from motcua.procedures.conditions import Answers
from motcua.procedures.definition import Check, Definition, Field, Page, Text
from motcua.procedures.eforms.plan import PagePlan, page_plan, plan
from motcua.procedures.eforms.shown import holds, is_required, shown
from motcua.procedures.fields import Context, FieldProblem, FieldType, Message, Path, said


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: at which field (or component), where for a machine, where on the page, and how."""

    sid: str
    pointer: str
    message: Message
    anchor: str
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The values to store; problems forbid sending, warnings only ask for a second look; dropped was not asked."""

    values: Mapping[str, Any]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    dropped: tuple[str, ...] = ()


class _Reading:
    """Answers while they are cleaned, question after question; what is asked next depends on what is clean so far."""

    def __init__(self, answers: Mapping[str, Any], context: Context, demanded: Collection[str] = ()) -> None:
        self.values = dict(answers)
        self.context = context
        # Must be answered here, whatever the form says of everybody.
        self.demanded = demanded
        self.asked: list[tuple[Field, FieldType]] = []
        self.problems: dict[str, list[Problem]] = {}

    def page(self, page: PagePlan, raw: Mapping[str, Any], own: Collection[str] | None = None) -> None:
        """Its questions, or those of them that are open."""
        today = self.context.today
        for field, type_ in page.questions:
            if (own is None or field.sid in own) and holds(field.show_if, self.values, today):
                self.asked.append((field, type_))
                self._question(field, type_, raw.get(field.sid))

    def part(self, page: PagePlan, raw: Mapping[str, Any], answers: Answers, own: Collection[str]) -> None:
        """The open questions from what was sent; the others keep the answers that they have."""
        today = self.context.today
        for field, type_ in page.questions:
            if not holds(field.show_if, self.values, today):
                continue
            if field.sid in own:
                self.asked.append((field, type_))
                self._question(field, type_, raw.get(field.sid))
            elif field.sid in answers:
                self.values[field.sid] = answers[field.sid]

    def _question(self, field: Field, type_: FieldType, raw: Any) -> None:
        if _is_blank(raw):
            return
        try:
            self.values[field.sid] = type_.clean(field, raw, self.context)
        except FieldProblem as problem:
            self.problems[field.sid] = [_problem(field, type_, message, path) for path, message in problem.items]

    def demand(self) -> None:
        """A problem for every question that must be answered and was not."""
        for field, type_ in self.asked:
            unanswered = field.sid not in self.values and field.sid not in self.problems
            needed = field.sid in self.demanded or is_required(field, self.values, self.context.today)
            if unanswered and needed:
                self.problems[field.sid] = [_problem(field, type_, type_.missing(field), ())]

    def check(self, checks: Iterable[Check]) -> list[Problem]:
        """Notes every broken check; those that only warn are returned."""
        types = {field.sid: (field, type_) for field, type_ in self.asked}
        warnings = []
        for check in _broken(checks, self.values, self.context.today):
            sid = next((sid for sid in check.sids if sid in types), None)
            if sid is None:
                continue  # between answers that stay as they are
            problem = _problem(*types[sid], _words(check.message), ())
            if check.level == "warning":
                warnings.append(problem)
            else:
                self.problems.setdefault(sid, []).append(problem)
        return warnings

    def remarks(self) -> Iterator[Problem]:
        """What is worth a second look at single questions."""
        for field, type_ in self.asked:
            if field.sid in self.values:
                for message in type_.remarks(field, self.values[field.sid], self.values, self.context):
                    yield _problem(field, type_, message, ())
            for warn in field.warn:
                if conditions.evaluate(warn.when, self.values, self.context.today):
                    yield _problem(field, type_, _words(warn.message), ())

    def cleaned(self, checks: Iterable[Check]) -> Cleaned:
        """The outcome, problems in the order of the questions."""
        self.demand()
        warnings = self.check(checks)
        problems = tuple(each for field, _type in self.asked for each in self.problems.get(field.sid, ()))
        return Cleaned(self.values, problems, (*self.remarks(), *warnings))


def clean(definition: Definition, answers: Answers, context: Context) -> Cleaned:
    """The whole set: what is not asked is dropped, computed fields are filled in, everything is checked."""
    ready = plan(definition)
    reading = _Reading({}, context)
    for each in ready.pages:
        if holds(each.page.show_if, reading.values, context.today):
            reading.page(each, answers)
    result = reading.cleaned(definition.checks)
    for field, type_ in ready.computed:
        if computed := type_.compute(field, reading.values):
            reading.values[field.sid] = computed
    asked = {field.sid for field, _type in reading.asked} | {field.sid for field, _type in ready.computed}
    dropped = tuple(sid for sid in answers if sid not in asked)
    return Cleaned(result.values, result.problems, result.warnings, dropped)


def clean_page(
    definition: Definition,
    page: Page,
    raw: Mapping[str, Any],
    answers: Answers,
    context: Context,
    *,
    demanded: Collection[str] = (),
) -> Cleaned:
    """One page as it was typed, in the light of the answers so far. `values` are this page's alone.

    The page may be one that was narrowed to a few of its questions; `demanded` must be answered in any case.
    """
    own = {field.sid for field in page.fields}
    others = {sid: value for sid, value in answers.items() if sid not in own}
    ready = page_plan(definition, page)
    reading = _Reading(shown(definition, others, context.today).answers, context, demanded)
    reading.page(ready, raw, own)
    result = reading.cleaned(ready.checks)
    values = {sid: value for sid, value in reading.values.items() if sid in own}
    dropped = tuple(sid for sid in raw if sid not in {field.sid for field, _type in reading.asked})
    return Cleaned(values, result.problems, result.warnings, dropped)


def clean_part(
    definition: Definition,
    raw: Mapping[str, Any],
    answers: Answers,
    own: Collection[str],
    context: Context,
    *,
    demanded: Collection[str] = (),
) -> Cleaned:
    """A few questions checked again, as a whole, in the light of the other answers, which stay as they are.

    `values` are those of the open questions alone, and what is computed from them; `dropped` was sent and is not open.
    """
    ready = plan(definition)
    reading = _Reading({}, context, demanded)
    for each in ready.pages:
        if holds(each.page.show_if, reading.values, context.today):
            reading.part(each, raw, answers, own)
    result = reading.cleaned(definition.checks)
    for field, type_ in ready.computed:
        if computed := type_.compute(field, reading.values):
            reading.values[field.sid] = computed
    asked = {field.sid for field, _type in reading.asked}
    derived = {field.sid for field, _type in ready.computed if answers.get(field.sid) != reading.values.get(field.sid)}
    values = {sid: value for sid, value in reading.values.items() if sid in asked | derived}
    dropped = tuple(sid for sid in raw if sid not in asked)
    return Cleaned(values, result.problems, result.warnings, dropped)


def with_page(page: Page, answers: Answers, values: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with this page's taken out and the new ones put in."""
    own = {field.sid for field in page.fields}
    return {sid: value for sid, value in answers.items() if sid not in own} | dict(values)


def missing_components(
    definition: Definition, answers: Answers, given: Collection[str], today: date
) -> tuple[Problem, ...]:
    """A problem for every paper that must be there and is not among those given."""
    asked = shown(definition, answers, today)
    missing = (each for each in asked.components if each.sid in asked.required and each.sid not in given)
    return tuple(
        Problem(each.sid, f"/components/{each.sid}", said(_("Add “%(title)s”."), title=each.title), each.sid)
        for each in missing
    )


def _broken(checks: Iterable[Check], values: Mapping[str, Any], today: date) -> Iterator[Check]:
    for check in checks:
        if all(sid in values for sid in check.sids) and not conditions.evaluate(check.rule, values, today):
            yield check


def _is_blank(raw: object) -> bool:
    return conditions.is_empty(raw) or (isinstance(raw, str) and not raw.strip())


def _words(text: Text) -> Message:
    return said("%(text)s", text=text)


def _problem(field: Field, type_: FieldType, message: Message, path: Path) -> Problem:
    pointer = "/".join(("/answers", field.sid, *map(str, path)))
    return Problem(field.sid, pointer, message, type_.anchor(field, field.sid, path), path)
