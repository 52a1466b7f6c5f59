"""Whether the parts of a definition fit together: names are unique, references lead somewhere, the route arrives.

A question may depend only on questions asked before it, so no condition can go in a circle and one pass from the
top decides everything, here and in the browser.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from motcua.procedures import conditions
from motcua.procedures.conditions import Rule
from motcua.procedures.definition import route, vocabulary
from motcua.procedures.definition.entry import Fault
from motcua.procedures.definition.shape import Component, Definition, Field, Step

_WITH_OPTIONS = {"choice", "choices"}
# Words of the citizen's own addresses (dossiers.urls.citizen), and the group that stands before the first page.
RESERVED_PAGES = frozenset({"applicant", "papers", "check", "newest", "sent"})


def faults(definition: Definition) -> Iterator[Fault]:
    """Every fault between the parts."""
    yield from _twice("pages", (page.sid for page in definition.pages))
    yield from _twice("steps", (step.sid for step in definition.steps))
    yield from _twice("fields and components", _lasting_names(definition))
    yield from _twice("channels", (channel.kind for channel in definition.channels))
    yield from _twice("supplement_reasons", (each.code for each in definition.supplement_reasons))
    yield from _mode(definition)
    yield from _limits(definition)
    yield from _pages(definition)
    yield from _checks(definition)
    for index, component in enumerate(definition.components):
        yield from _component(component, f"components[{index}]", {each.sid for each in definition.fields})
    yield from _route(definition.steps, {each.sid for each in definition.fields})


def _mode(definition: Definition) -> Iterator[Fault]:
    """Nobody files with this centre what it does not handle, nor online what it only receives for others."""
    if definition.handled_by != "commune" and definition.mode != "none":
        yield Fault("mode", f"is {definition.mode!r}, but {definition.handled_by} handles it: write none")
    if definition.settled_by_commune is False and definition.mode == "here":
        yield Fault("mode", "is 'here', but no commune settles this: write portal or counter")


def _lasting_names(definition: Definition) -> Iterator[str]:
    yield from (each.sid for each in definition.fields)
    yield from (each.sid for each in definition.components)


def _twice(path: str, names: Iterable[str]) -> Iterator[Fault]:
    for name, times in Counter(names).items():
        if name and times > 1:
            yield Fault(path, f"{name!r} stands {times} times; a name is given once")


def _limits(definition: Definition) -> Iterator[Fault]:
    """Zero means the day of receipt, which only a limit in working days can say."""
    for index, channel in enumerate(definition.channels):
        limit = channel.limit
        if limit and limit.value == 0 and limit.unit not in (None, "working_day"):
            path = f"channels[{index}].limit.unit"
            yield Fault(path, f"is {limit.unit!r}, but 0 means the day of receipt: write working_day")


def _pages(definition: Definition) -> Iterator[Fault]:
    order = {each.sid: place for place, each in enumerate(definition.fields)}
    reads = {each.sid: conditions.variables(each.show_if) for each in definition.fields if each.show_if}
    place = 0
    for page_index, page in enumerate(definition.pages):
        path = f"pages[{page_index}]"
        if page.sid in RESERVED_PAGES:
            yield Fault(f"{path}.sid", f"is {page.sid!r}, a word of the citizen's addresses: choose another")
        yield from _earlier(page.show_if, f"{path}.show_if", order, place, reads, "")
        for index, each in enumerate(page.fields):
            here = f"{path}.fields[{index}]"
            yield from _earlier(each.show_if, f"{here}.show_if", order, place, reads, each.sid)
            yield from _field(each, here, definition, order)
            place += 1


def _earlier(
    rule: Rule | None, path: str, order: dict[str, int], place: int, reads: dict[str, frozenset[str]], own: str
) -> Iterator[Fault]:
    for name in sorted(conditions.variables(rule)) if rule else ():
        if name not in order:
            yield Fault(path, f"reads {name!r}, which no field is called")
        elif order[name] >= place:
            circular = own and (name == own or own in reads.get(name, ()))
            yield Fault(path, f"goes in a circle with {name!r}" if circular else f"reads {name!r}, asked only later")


def _known(rule: Rule | None, path: str, known: Iterable[str]) -> Iterator[Fault]:
    for name in sorted(conditions.variables(rule) - set(known)) if rule else ():
        yield Fault(path, f"reads {name!r}, which no field is called")


def _field(each: Field, path: str, definition: Definition, order: dict[str, int]) -> Iterator[Fault]:
    yield from _known(each.required_if, f"{path}.required_if", order)
    for index, warn in enumerate(each.warn):
        yield from _known(warn.when, f"{path}.warn[{index}].when", order)
    if each.not_needed_when:
        yield from _known(each.not_needed_when.when, f"{path}.not_needed_when.when", order)
    for role, sid in (each.matches or {}).items():
        if sid not in order:
            yield Fault(f"{path}.matches.{role}", f"reads {sid!r}, which no field is called")
    yield from _options(each, path)
    yield from _bounds(each, path)
    yield from _columns(each, path)
    yield from _computed(each, path, definition)


def _options(each: Field, path: str) -> Iterator[Fault]:
    yield from _twice(f"{path}.options", (option.oid for option in each.options))
    if each.type in _WITH_OPTIONS and bool(each.options) == bool(each.options_ref):
        yield Fault(f"{path}.options", "must be given, or else options_ref, for this type")
    if each.type not in _WITH_OPTIONS and (each.options or each.options_ref):
        yield Fault(f"{path}.options", f"cannot stand at a field of type {each.type}")


def _bounds(each: Field, path: str) -> Iterator[Fault]:
    pairs = (("min", each.min, each.max), ("min_length", each.min_length, each.max_length))
    for name, least, most in (*pairs, ("min_items", each.min_items, each.max_items)):
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield Fault(f"{path}.{name}", f"is {least}, above its maximum {most}")


def _columns(each: Field, path: str) -> Iterator[Fault]:
    if each.type != "table":
        if each.columns:
            yield Fault(f"{path}.columns", "can stand only at a table")
        return
    if not each.columns:
        yield Fault(f"{path}.columns", "must be given for a table")
    yield from _twice(f"{path}.columns", (column.sid for column in each.columns))
    for index, column in enumerate(each.columns):
        here = f"{path}.columns[{index}]"
        if column.type and column.type not in vocabulary.COLUMN_TYPES:
            yield Fault(f"{here}.type", f"is {column.type!r}, which cannot stand in a table")
        if column.show_if or column.required_if or column.prefill or column.matches or column.warn:
            yield Fault(here, "is a column: it can only be required or not, conditions stand at the table")
        yield from _options(column, here)
        yield from _bounds(column, here)


def _computed(each: Field, path: str, definition: Definition) -> Iterator[Fault]:
    if each.type != "computed":
        if each.computed:
            yield Fault(f"{path}.computed", "can stand only at a field of type computed")
        return
    if not each.computed or len(each.computed) != 1:
        yield Fault(
            f"{path}.computed", f"must name one of: {', '.join(vocabulary.COMPUTATIONS)}, and the field it reads"
        )
        return
    source = next(iter(each.computed.values()))
    types = {field.sid: field.type for field in definition.fields}
    if source not in types:
        yield Fault(f"{path}.computed", f"reads {source!r}, which no field is called")
    elif "date_in_words" in each.computed and types[source] not in {"date", "date_or_year"}:
        yield Fault(f"{path}.computed", f"reads {source!r}, which is no date")
    if each.required or each.required_if:
        yield Fault(f"{path}.required", "cannot stand at a computed field: nobody is asked for it")


def _checks(definition: Definition) -> Iterator[Fault]:
    known = {each.sid for each in definition.fields}
    for index, check in enumerate(definition.checks):
        yield from _known(check.rule, f"checks[{index}].rule", known)
        for sid in check.sids:
            if sid not in known:
                yield Fault(f"checks[{index}].sids", f"names {sid!r}, which no field is called")


def _component(component: Component, path: str, known: set[str]) -> Iterator[Fault]:
    yield from _known(component.show_if, f"{path}.show_if", known)
    yield from _known(component.required_if, f"{path}.required_if", known)
    if component.not_needed_when:
        yield from _known(component.not_needed_when.when, f"{path}.not_needed_when.when", known)
    if component.role == "present" and (component.required or component.required_if):
        yield Fault(f"{path}.required", "cannot stand at a paper that is only shown, never handed in")


def _route(steps: tuple[Step, ...], known: set[str]) -> Iterator[Fault]:
    """The route as a graph, its conditions and its shares of the limit."""
    found = list(route.faults(steps))
    yield from found
    for index, step in enumerate(steps):
        yield from _known(step.when, f"steps[{index}].when", known)
    if not found and (total := max(route.ends(steps).values(), default=0)) > 100:
        yield Fault("steps", f"shares add up to {total} percent")
