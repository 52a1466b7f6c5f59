"""A condition in words, for the page that cannot hide a question: "Only if “Copies” is “Yes”."."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from motcua.procedures.conditions import Rule
from motcua.procedures.definition import Definition
from motcua.procedures.eforms.plan import plan


def only_if(definition: Definition, rule: Rule, lang: str) -> str:
    """The sentence, in the language that is active."""
    return _("Only if %(condition)s.") % {"condition": _condition(definition, rule, lang)}


def needed_if(definition: Definition, rule: Rule, lang: str) -> str:
    """The same for a question that must be answered in some cases."""
    return _("Needed if %(condition)s.") % {"condition": _condition(definition, rule, lang)}


def _condition(definition: Definition, rule: Rule, lang: str) -> str:
    ((operator, operands),) = rule.items()
    operands = operands if isinstance(operands, list | tuple) else [operands]
    if operator in {"and", "or"}:
        joint = _(" and ") if operator == "and" else _(" or ")
        return joint.join(_condition(definition, each, lang) for each in operands)
    sid = _variable(operands[0]) if operands else ""
    if sid and operator in {"filled", "empty"}:
        said = _("“%(label)s” is filled in") if operator == "filled" else _("“%(label)s” is left blank")
        return said % {"label": definition.field(sid).label.get(lang)}
    if sid and operator in {"==", "!=", "in"}:
        answer = _answers(definition, sid, operands[1], lang)
        said = _("“%(label)s” is not “%(answer)s”") if operator == "!=" else _("“%(label)s” is “%(answer)s”")
        if answer:
            return said % {"label": definition.field(sid).label.get(lang), "answer": answer}
    if sid and operator in {"<", "<=", ">", ">="}:
        amount = _answers(definition, sid, operands[1], lang)
        if amount:
            return _orders()[operator] % {"label": definition.field(sid).label.get(lang), "answer": amount}
    return _("this applies to you")


def _orders() -> Mapping[str, str]:
    return {
        "<": _("“%(label)s” is less than %(answer)s"),
        "<=": _("“%(label)s” is %(answer)s or less"),
        ">": _("“%(label)s” is more than %(answer)s"),
        ">=": _("“%(label)s” is %(answer)s or more"),
    }


def _variable(operand: Any) -> str:
    """The sid of a plain variable; empty for anything else."""
    name = operand.get("var", "") if isinstance(operand, Mapping) else ""
    name = name[0] if isinstance(name, list | tuple) else name
    return "" if "." in name else name


def _answers(definition: Definition, sid: str, literal: Any, lang: str) -> str:
    """The literal as people read it; empty when it cannot be said."""
    type_, field = plan(definition).types[sid], definition.field(sid)
    values: Sequence[Any] = literal if isinstance(literal, list | tuple) else [literal]
    if field.type not in {"choice", "boolean", "integer", "money"} or isinstance(literal, Mapping):
        return ""
    return ", ".join(type_.to_text(field, value, lang) for value in values)
