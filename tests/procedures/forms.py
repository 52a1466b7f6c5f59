"""The shipped forms for tests: each put into a small procedure, and complete sets of answers that take a branch."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.procedures import conditions, definition, eforms, fields, shared_forms, strict_yaml
from motcua.procedures.conditions import Rule
from motcua.procedures.definition import Definition, Field

TODAY = date(2026, 11, 23)
NAMES = sorted(path.stem for path in shared_forms.SHIPPED.glob("*.yaml"))
_AGES = ("2026-11-01", "2014-05-20", "2000-05-20", "1955-05-20", "1948-05-20")
_BARE = {
    "name": "Thủ tục mẫu", "short_name": "Thủ tục mẫu", "sector": "thu-nghiem", "sector_name": "Thử nghiệm",
    "mode": "here",
    "steps": [
        {"sid": "receive", "name": "Tiếp nhận", "act": "receive", "role": "intake_officer"},
        {"sid": "return", "name": "Trả", "act": "return", "role": "intake_officer"},
    ],
}  # fmt: skip


def content(name: str) -> dict[str, Any]:
    """What the form's file says."""
    return dict(strict_yaml.loaded(shared_forms.SHIPPED / f"{name}.yaml"))


def alone(name: str) -> Definition:
    """A procedure that has nothing but this form; each paper that the form speaks of is there under a made-up name."""
    form = content(name)
    papers = [
        each if "title" in each else {"sid": f"paper_{number}", "title": "Giấy mẫu"} | each
        for number, each in enumerate(form.get("components", []))
    ]
    code = "9.000010" if form["codes"] == shared_forms.EVERY else form["codes"][0]
    lent = {key: form[key] for key in shared_forms.LENT if key in form}
    return definition.parse({"code": code, **_BARE, **lent, "components": papers})


def answered(whole: Definition, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """A complete set of answers with these among them; None stands for "left blank"."""
    registry, answers = fields.registry(), {}
    for _ in whole.fields:
        asked = [each for each in eforms.shown(whole, answers, TODAY).fields if registry[each.type].sent]
        missing = [each for each in asked if each.sid not in answers and chosen.get(each.sid, "") is not None]
        if not missing:
            break
        first = missing[0]
        plain = registry[first.type].example(first) if first.example is None else first.example
        answers[first.sid] = chosen.get(first.sid, plain)
    return {sid: value for sid, value in answers.items() if whole.field(sid).type != "file" or value is not None}


def rules(whole: Definition) -> Iterator[tuple[str, Rule]]:
    """Every condition of the form with its place."""
    for page in whole.pages:
        if page.show_if:
            yield f"page {page.sid}", page.show_if
        for each in page.fields:
            yield from (
                (f"{each.sid}.{key}", rule) for key in ("show_if", "required_if") if (rule := getattr(each, key))
            )
            yield from ((f"{each.sid}.warn", warn.when) for warn in each.warn)
    for paper in whole.components:
        yield from ((f"{paper.sid}.{key}", rule) for key in ("show_if", "required_if") if (rule := getattr(paper, key)))
        if paper.not_needed_when:
            yield f"{paper.sid}.not_needed_when", paper.not_needed_when.when


def ways(whole: Definition, rule: Rule) -> Iterator[dict[str, Any]]:
    """Choices of the questions that this rule hangs on, and of those that these hang on."""
    names = list(_roots(whole, rule))
    for values in itertools.product(*(_candidates(whole.field(name)) for name in names)):
        yield dict(zip(names, values, strict=True))


def _roots(whole: Definition, rule: Rule) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = sorted(conditions.variables(rule))
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = None
        page = next(page for page in whole.pages if any(each.sid == name for each in page.fields))
        for above in (whole.field(name).show_if, page.show_if):
            waiting += sorted(conditions.variables(above)) if above else []
    return found


def _candidates(field: Field) -> list[Any]:
    if field.type == "choice" and field.options:
        return [option.oid for option in field.options]
    if field.type == "choices":
        return [[option.oid] for option in field.options]
    if field.type == "boolean":
        return [True, False]
    if field.type in {"date", "date_or_year"}:
        return list(_AGES)
    if field.type == "country":
        return ["VN", "FR"]
    return [fields.registry()[field.type].example(field) if field.example is None else field.example, None]
