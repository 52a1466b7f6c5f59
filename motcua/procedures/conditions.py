"""Conditions of an e-form: a closed subset of JsonLogic, the same here and in the browser (conditions.js).

Nouns: a *rule* (true or false) built of *operators* over *operands* (literals, answers, ages).
A missing answer makes every comparison false; `!=` and `!` only negate, so they are then true.
It knows no form, no clock (today is passed in) and no Django. One vector file, data/conditions_vectors.json,
is run through this module and through conditions.js: both must say the same.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

Rule = Mapping[str, Any]
Answers = Mapping[str, Any]

MAX_DEPTH = 8
_LOGIC = {"and": (1, 16), "or": (1, 16), "!": (1, 1)}
_COMPARISONS = {"==": (2, 2), "!=": (2, 2), "<": (2, 2), "<=": (2, 2), ">": (2, 2), ">=": (2, 2), "in": (2, 2)}
_TESTS = {"empty": (1, 1), "filled": (1, 1)}
_OPERANDS = {"var": (1, 1), "today": (0, 0), "age_days": (1, 1), "age_years": (1, 1), "count": (1, 1)}
RULES = _LOGIC | _COMPARISONS | _TESTS

_VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,63}(\.[a-z][a-z0-9_]{0,63})?")
_DECIMAL = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_DAY = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})-([0-9]{2})(?:T[0-9]{2}:[0-9]{2})?)?")


def evaluate(rule: Rule, answers: Answers, today: date) -> bool:
    """Whether the rule holds for these answers on this day."""
    operator, arguments = _split(rule)
    if operator == "and":
        return all(evaluate(each, answers, today) for each in arguments)
    if operator == "or":
        return any(evaluate(each, answers, today) for each in arguments)
    if operator == "!":
        return not evaluate(arguments[0], answers, today)
    values = [_value(each, answers, today) for each in arguments]
    if operator in _TESTS:
        return is_empty(values[0]) == (operator == "empty")
    return _COMPARE[operator](*values)


def variables(rule: Rule) -> frozenset[str]:
    """The sids of the answers this rule reads."""
    return frozenset(name.partition(".")[0] for name in _names(rule))


def faults(rule: object, depth: int = 0) -> Iterator[str]:
    """What is wrong with the shape of this rule; nothing when it may be evaluated."""
    if depth > MAX_DEPTH:
        yield f"is nested deeper than {MAX_DEPTH} levels"
    elif not isinstance(rule, Mapping) or len(rule) != 1:
        yield "must be one operator with its operands, such as {'==': [{'var': 'sid'}, 'oid']}"
    else:
        operator, arguments = _split(rule)
        yield from _operator_faults(str(operator), arguments, RULES)
        if operator in RULES:
            below = faults if operator in _LOGIC else _operand_faults
            for each in arguments:
                yield from below(each, depth + 1)


def is_empty(value: object) -> bool:
    """Whether this counts as no answer. Zero and "no" are answers."""
    return value is None or (isinstance(value, str | list | tuple | Mapping) and len(value) == 0)


def _split(node: Mapping[str, Any]) -> tuple[str, Sequence[Any]]:
    ((operator, arguments),) = node.items()
    return operator, arguments if isinstance(arguments, list | tuple) else [arguments]


def _operator_faults(operator: str, arguments: Sequence[Any], known: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    if operator not in known:
        yield f"has the unknown operator {operator!r}; known here: {', '.join(known)}"
        return
    least, most = known[operator]
    if not least <= len(arguments) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        yield f"gives {operator!r} {len(arguments)} operand(s) instead of {wanted}"


def _operand_faults(node: object, depth: int) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from _nested_operand_faults(node, depth)
    elif isinstance(node, list | tuple):
        if not all(isinstance(each, str | int | float) for each in node):
            yield "may list only plain values"
    elif not isinstance(node, str | int | float):
        yield f"has an operand that is no plain value: {node!r}"


def _nested_operand_faults(node: Mapping[str, Any], depth: int) -> Iterator[str]:
    if len(node) != 1 or depth > MAX_DEPTH:
        yield "must have one operator in each operand and few levels"
        return
    operator, arguments = _split(node)
    yield from _operator_faults(operator, arguments, _OPERANDS)
    if operator == "var":
        for each in arguments:
            if not (isinstance(each, str) and _VARIABLE.fullmatch(each)):
                yield f"reads {each!r}, which is no sid"
    elif operator in {"age_days", "age_years", "count"}:
        for each in arguments:
            yield from _operand_faults(each, depth + 1)


def _names(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for operator, arguments in node.items():
            if operator == "var":
                yield str(arguments[0] if isinstance(arguments, list | tuple) else arguments)
            else:
                yield from _names(arguments)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _names(each)


def _value(node: object, answers: Answers, today: date) -> Any:
    """An operand's value; None stands for a missing answer."""
    if not isinstance(node, Mapping):
        return node
    operator, arguments = _split(node)
    if operator == "var":
        return _answer(arguments[0], answers)
    if operator == "today":
        return today.isoformat()
    value = _value(arguments[0], answers, today)
    if operator == "count":
        return _count(value)
    born = _day(value)
    if born is None:
        return None
    return (today - born).days if operator == "age_days" else _years(born, today)


def _answer(name: str, answers: Answers) -> Any:
    sid, _, part = name.partition(".")
    value = answers.get(sid)
    if part:
        return value.get(part) if isinstance(value, Mapping) else None
    return value


def _count(value: object) -> int | None:
    if value is None:
        return 0
    return len(value) if isinstance(value, list | tuple) else None


def _day(value: object) -> date | None:
    """The day of an ISO date or moment; a bare year counts as its last day, so that an age is never overstated."""
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day = match.groups(default="")
    try:
        return date(int(year), int(month or 12), int(day or 31))
    except ValueError:
        return None


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _number(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    return float(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else None


def _equal(left: object, right: object) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    numbers = _number(left), _number(right)
    return None not in numbers and numbers[0] == numbers[1]


def _order(left: object, right: object) -> int | None:
    """-1, 0 or 1 for two numbers or two dates; None for what has no order."""
    numbers = _number(left), _number(right)
    if numbers[0] is not None and numbers[1] is not None:
        return (numbers[0] > numbers[1]) - (numbers[0] < numbers[1])
    if isinstance(left, str) and isinstance(right, str) and _DAY.fullmatch(left) and _DAY.fullmatch(right):
        return (left > right) - (left < right)
    return None


def _is_in(item: object, items: object) -> bool:
    return isinstance(items, list | tuple) and any(_equal(item, each) for each in items)


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": _equal,
    "!=": lambda left, right: not _equal(left, right),
    "<": lambda left, right: _order(left, right) == -1,
    "<=": lambda left, right: _order(left, right) in {-1, 0},
    ">": lambda left, right: _order(left, right) == 1,
    ">=": lambda left, right: _order(left, right) in {1, 0},
    "in": _is_in,
}
