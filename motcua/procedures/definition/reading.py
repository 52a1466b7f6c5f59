"""From a document (YAML or JSON, already loaded) to a Definition: one small builder for each noun.

Keys are those of the nouns in shape.py; docs/reference/field-types.md shows a document with all of them.
"""

import re
from collections.abc import Mapping
from datetime import time
from types import MappingProxyType
from typing import Any

from motcua.procedures.definition import coherence, route, vocabulary
from motcua.procedures.definition.entry import MISSING, DefinitionFaults, Entry, Fault, built
from motcua.procedures.definition.shape import (
    Channel,
    Check,
    Component,
    Definition,
    Fee,
    Field,
    Limit,
    NotNeeded,
    Option,
    Page,
    Result,
    Retention,
    Step,
    SupplementReason,
    Text,
    Warn,
)

_CODE = re.compile(r"[1-9]\.[0-9]{6}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OID = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_DATED = {"date", "date_or_year", "datetime"}


def parse(doc: Mapping[str, Any]) -> Definition:
    """The definition this document describes. Raises DefinitionFaults, naming every fault with its path."""
    faults: list[Fault] = []
    definition = built(doc, "", faults, _definition)
    faults.extend(coherence.faults(definition))
    if faults:
        raise DefinitionFaults(tuple(faults))
    return definition


def _definition(entry: Entry) -> Definition:
    return Definition(
        code=_code(entry),
        name=entry.required_text("name"),
        short_name=entry.required_text("short_name", longest=150),
        sector=entry.string("sector", required=True, longest=80, shape=_SLUG),
        sector_name=entry.required_text("sector_name", longest=200),
        mode=entry.one_of("mode", vocabulary.MODES, required=True),
        handled_by=entry.one_of("handled_by", vocabulary.KEEPERS, default="commune"),
        detail=entry.one_of("detail", vocabulary.DETAILS, default="full"),
        name_shortened=entry.flag("name_shortened"),
        settled_by_commune=_maybe(entry, "settled_by_commune"),
        issuing_agency=entry.string("issuing_agency"),
        agencies=entry.strings("agencies"),
        announcement_decision=entry.string("announcement_decision", longest=100),
        legal_basis=entry.strings("legal_basis"),
        applicants=_texts(entry, "applicants"),
        portal_url=entry.string("portal_url", shape=re.compile(r"https://\S+")),
        posted_by=entry.strings("posted_by"),
        summary=entry.text("summary"),
        keywords=entry.strings("keywords"),
        channels=entry.each("channels", _channel),
        pages=entry.each("pages", _page),
        checks=entry.each("checks", _check),
        components=entry.each("components", _component),
        steps=_route(entry),
        results=entry.each("results", _result),
        supplement_reasons=entry.each("supplement_reasons", _supplement_reason),
        texts=MappingProxyType(entry.texts("texts")),
        retention=entry.inner("retention", _retention),
        draft_grade=entry.one_of("draft_grade", ("A", "B", "C")),
        sources=entry.strings("sources"),
        counter=entry.text("counter"),
        hours=entry.text("hours"),
        notes=entry.text("notes"),
    )


def _code(entry: Entry) -> str:
    """The national code as text: `1.010820` without quotes is read as a number and loses its zero."""
    value = entry.raw("code", required=True)
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    if value is not MISSING:
        entry.fault("code", f"must be a digit, a point and six digits in quotes, not {value!r}: a zero may be lost")
    return ""


def _maybe(entry: Entry, key: str) -> bool | None:
    """True, false, or not said."""
    return entry.flag(key) if entry.raw(key) is not MISSING else None


def _route(entry: Entry) -> tuple[Step, ...]:
    """The steps as given; without any, the standard route, and none where another authority handles it."""
    if entry.raw("steps") is not MISSING:
        return entry.each("steps", _step, required=True)
    return route.STANDARD_ROUTE if entry.raw("handled_by") in (MISSING, "commune") else ()


def _texts(entry: Entry, key: str) -> tuple[Text, ...]:
    """A list of words, each a plain string or vi and en."""
    value = entry.raw(key)
    if value is MISSING:
        return ()
    if not isinstance(value, list | tuple):
        entry.fault(key, "must be a list")
        return ()
    items = Entry({str(index): item for index, item in enumerate(value)}, entry.at(key), entry.faults)
    return tuple(items.required_text(str(index), longest=300) for index in range(len(value)))


def _page(entry: Entry) -> Page:
    return Page(
        sid=entry.sid(),
        title=entry.required_text("title", longest=200),
        intro=entry.text("intro"),
        show_if=entry.rule("show_if"),
        fields=entry.each("fields", _field, required=True),
    )


def _field(entry: Entry) -> Field:
    type_ = entry.one_of("type", vocabulary.TYPES, required=True)
    return Field(
        sid=entry.sid(),
        type=type_,
        label=entry.required_text("label", longest=300),
        hint=entry.text("hint"),
        required=entry.flag("required"),
        required_if=entry.rule("required_if"),
        show_if=entry.rule("show_if"),
        not_needed_when=entry.inner("not_needed_when", _not_needed),
        warn=entry.each("warn", _warn),
        prefill=entry.one_of("prefill", vocabulary.PREFILLS),
        default=_plain(entry, "default"),
        example=_plain(entry, "example"),
        options=entry.each("options", _option),
        options_ref=entry.one_of("options_ref", vocabulary.OPTION_LISTS),
        min=_bound(entry, "min", type_),
        max=_bound(entry, "max", type_),
        min_length=entry.integer("min_length", most=10_000),
        max_length=entry.integer("max_length", least=1, most=10_000),
        min_items=entry.integer("min_items", most=100),
        max_items=entry.integer("max_items", least=1, most=100),
        places=entry.integer("places", most=6),
        columns=entry.each("columns", _field),
        computed=entry.names("computed", vocabulary.COMPUTATIONS),
        matches=entry.names("matches", ("sex", "birth")),
        subject=entry.one_of("subject", ("any", "person", "organisation"), default="any"),
    )


def _plain(entry: Entry, key: str) -> Any:
    value = entry.raw(key)
    return None if value is MISSING else value


def _bound(entry: Entry, key: str, type_: str) -> int | str | None:
    """A number, or for dates a day or the word today."""
    if type_ not in _DATED:
        return entry.integer(key, least=-(10**15))
    value = entry.string(key, longest=10)
    if value and value != "today" and not _DAY.fullmatch(value):
        entry.fault(key, f"must be a day such as '1990-11-24' or the word today, not {value!r}")
    return value or None


def _option(entry: Entry) -> Option:
    return Option(entry.string("oid", required=True, shape=_OID), entry.required_text("label", longest=300))


def _warn(entry: Entry) -> Warn:
    return Warn(entry.required_rule("when"), entry.required_text("message"))


def _not_needed(entry: Entry) -> NotNeeded:
    return NotNeeded(entry.required_rule("when"), entry.required_text("note"))


def _check(entry: Entry) -> Check:
    return Check(
        rule=entry.required_rule("rule"),
        sids=entry.strings("sids", required=True),
        message=entry.required_text("message"),
        level=entry.one_of("level", ("error", "warning"), default="error"),
    )


def _component(entry: Entry) -> Component:
    originals, copies = entry.integer("originals", most=20), entry.integer("copies", most=20)
    return Component(
        sid=entry.sid(),
        title=entry.required_text("title", longest=80),
        full=entry.string("full", longest=5000),
        role=entry.one_of("role", vocabulary.ROLES, default="paper"),
        hint=entry.text("hint"),
        required=entry.flag("required"),
        required_if=entry.rule("required_if"),
        show_if=entry.rule("show_if"),
        not_needed_when=entry.inner("not_needed_when", _not_needed),
        originals=1 if originals is None else originals,
        copies=copies or 0,
        group=entry.string("group", longest=300),
        kinds=entry.strings("kinds", known=vocabulary.KINDS) or vocabulary.KINDS,
    )


def _step(entry: Entry) -> Step:
    return Step(
        sid=entry.sid(),
        name=entry.required_text("name", longest=200),
        act=entry.one_of("act", vocabulary.ACTS, required=True),
        role=entry.string("role", required=True, longest=40, shape=re.compile(r"[a-z][a-z_]*")),
        division=entry.string("division", longest=80),
        share=entry.integer("share", most=100) or 0,
        next=entry.strings("next"),
        when=entry.rule("when"),
        agency=entry.text("agency", longest=200),
    )


def _channel(entry: Entry) -> Channel:
    kind = entry.one_of("kind", vocabulary.CHANNELS, required=True)
    return Channel(kind, entry.inner("limit", _limit), entry.each("fees", _fee))


def _limit(entry: Entry) -> Limit:
    unit = entry.one_of("unit", vocabulary.UNITS) or None
    return Limit(entry.integer("value", most=10_000), unit, _clock(entry, "cutoff"), entry.text("note"))


def _clock(entry: Entry, key: str) -> time | None:
    """A time of day in quotes: `15:00` without them is the number 900 to YAML."""
    value = entry.string(key, shape=_CLOCK)
    return time.fromisoformat(value) if value else None


def _fee(entry: Entry) -> Fee:
    return Fee(
        amount=entry.integer("amount", most=10**12 - 1),
        kind=entry.one_of("kind", ("fee", "charge"), default="fee"),
        currency=entry.one_of("currency", ("VND", "USD"), default="VND"),
        per=entry.text("per", longest=80),
        status=entry.one_of("status", ("portal", "confirmed"), default="portal"),
        note=entry.text("note"),
        channel=entry.one_of("channel", vocabulary.CHANNELS),
    )


def _result(entry: Entry) -> Result:
    return Result(
        entry.string("code", longest=40),
        entry.required_text("name", longest=500),
        entry.one_of("template", vocabulary.RESULT_TEMPLATES),
    )


def _retention(entry: Entry) -> Retention:
    """A period without the text that says so is no period."""
    found = Retention(
        entry.string("legal_source", required=True, longest=300),
        entry.integer("years", least=1, most=200),
        entry.flag("permanent"),
    )
    if (found.years is None) != found.permanent:
        entry.fault("years", "must stand alone: so many years, or permanent")
    return found


def _supplement_reason(entry: Entry) -> SupplementReason:
    return SupplementReason(
        code=entry.string("code", required=True, shape=_OID),
        label=entry.required_text("label", longest=200),
        remedy=entry.required_text("remedy", longest=2000),
    )
