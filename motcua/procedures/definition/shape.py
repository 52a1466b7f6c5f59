"""The nouns of a definition as frozen values; nothing here reads a document or decides anything.

A sid names a field or component for ever and is never reused; an oid names an option: answers store oids, never labels.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Any, TypeVar

from motcua.procedures.conditions import Rule
from motcua.procedures.definition.vocabulary import KINDS


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the catalogue in Vietnamese, and in English where somebody wrote them."""

    vi: str
    en: str = ""

    def get(self, lang: str) -> str:
        """The words in this language, or in Vietnamese."""
        return self.en if self.en and lang.startswith("en") else self.vi


@dataclass(frozen=True, slots=True)
class Option:
    """One possible choice."""

    oid: str
    label: Text


@dataclass(frozen=True, slots=True)
class Warn:
    """A remark beside a field when the rule holds; it never stops anybody."""

    when: Rule
    message: Text


@dataclass(frozen=True, slots=True)
class NotNeeded:
    """When the office can fetch this itself, it is not demanded, and the page says so."""

    when: Rule
    note: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question."""

    sid: str
    type: str
    label: Text
    hint: Text | None = None
    required: bool = False
    required_if: Rule | None = None
    show_if: Rule | None = None
    not_needed_when: NotNeeded | None = None
    warn: tuple[Warn, ...] = ()
    prefill: str = ""
    default: Any = None
    example: Any = None
    options: tuple[Option, ...] = ()
    options_ref: str = ""
    min: int | str | None = None
    max: int | str | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_items: int | None = None
    max_items: int | None = None
    places: int | None = None
    columns: tuple[Field, ...] = ()
    computed: Mapping[str, str] | None = None
    matches: Mapping[str, str] | None = None
    subject: str = "any"

    def __hash__(self) -> int:
        return hash(self.sid)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over several answers that must hold once all of `sids` are answered; the first sid carries the message."""

    rule: Rule
    sids: tuple[str, ...]
    message: Text
    level: str = "error"


@dataclass(frozen=True, slots=True)
class Page:
    """One group of questions, shown on a page of its own."""

    sid: str
    title: Text
    fields: tuple[Field, ...]
    intro: Text | None = None
    show_if: Rule | None = None


@dataclass(frozen=True, slots=True)
class Component:
    """A paper of the dossier: a short title for people, the law's full words behind it."""

    sid: str
    title: Text
    full: str = ""
    role: str = "paper"
    hint: Text | None = None
    required: bool = False
    required_if: Rule | None = None
    show_if: Rule | None = None
    not_needed_when: NotNeeded | None = None
    originals: int = 1
    copies: int = 0
    group: str = ""
    kinds: tuple[str, ...] = KINDS

    @property
    def handed_in(self) -> bool:
        """Whether it is a paper to hand in: one that is only shown, or that the answers are, never is."""
        return self.role in {"paper", "if_applies"}


@dataclass(frozen=True, slots=True)
class Step:
    """One stretch of the route: which act, who by role and duty, its part of the limit in percent, and whether it is
    walked at all.
    """

    sid: str
    name: Text
    act: str
    role: str
    division: str = ""
    share: int = 0
    next: tuple[str, ...] = ()
    when: Rule | None = dataclasses.field(default=None, hash=False)
    agency: Text | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """How long it takes; what is None the law's text leaves open. Received after the cutoff counts as the next day."""

    value: int | None = None
    unit: str | None = None
    cutoff: time | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount; `portal` means that the national portal says so, which is no promise until `confirmed`."""

    amount: int | None
    kind: str = "fee"
    currency: str = "VND"
    per: Text | None = None
    status: str = "portal"
    note: Text | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way of filing with its limit and fees."""

    kind: str
    limit: Limit | None = None
    fees: tuple[Fee, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What the applicant gets; `template` names the one from which it can be written."""

    code: str
    name: Text
    template: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long its dossiers are kept after they end, and the text that says so: so many years, or for ever."""

    legal_source: str
    years: int | None = None
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class SupplementReason:
    """What may be wrong with an answer or a paper of this procedure, and how a person mends it."""

    code: str
    label: Text
    remedy: Text


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """Everything that one version of a procedure says. Compared by identity, so that it can be a cache key.

    `settled_by_commune` False: the agencies named include no commune, so it is received there at most; None: not said.
    `name_shortened`: the name stands as a commune's board had it, not as the law has it.
    """

    code: str
    name: Text
    short_name: Text
    sector: str
    sector_name: Text
    mode: str
    handled_by: str = "commune"
    detail: str = "full"
    name_shortened: bool = False
    settled_by_commune: bool | None = None
    issuing_agency: str = ""
    agencies: tuple[str, ...] = ()
    announcement_decision: str = ""
    legal_basis: tuple[str, ...] = ()
    applicants: tuple[Text, ...] = ()
    portal_url: str = ""
    posted_by: tuple[str, ...] = ()
    summary: Text | None = None
    keywords: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    pages: tuple[Page, ...] = ()
    checks: tuple[Check, ...] = ()
    components: tuple[Component, ...] = ()
    steps: tuple[Step, ...] = ()
    results: tuple[Result, ...] = ()
    supplement_reasons: tuple[SupplementReason, ...] = ()
    texts: Mapping[str, Text] = dataclasses.field(default_factory=lambda: MappingProxyType({}))
    retention: Retention | None = None
    draft_grade: str = ""
    sources: tuple[str, ...] = ()
    counter: Text | None = None
    hours: Text | None = None
    notes: Text | None = None
    fields: tuple[Field, ...] = dataclasses.field(init=False)
    _fields: Mapping[str, Field] = dataclasses.field(init=False, repr=False)

    def __post_init__(self) -> None:
        fields = tuple(each for page in self.pages for each in page.fields)
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "_fields", {each.sid: each for each in fields})

    def field(self, sid: str) -> Field:
        """The field of this sid; KeyError if there is none."""
        return self._fields[sid]

    def page(self, sid: str) -> Page:
        """The page of this sid; KeyError if there is none."""
        return _named(self.pages, sid)

    def component(self, sid: str) -> Component:
        """The component of this sid; KeyError if there is none."""
        return _named(self.components, sid)

    def step(self, sid: str) -> Step:
        """The step of this sid; KeyError if there is none."""
        return _named(self.steps, sid)

    def limit_for(self, channel: str) -> Limit | None:
        """The limit that counts for this way of filing, or another's where it has none; None where it is left open."""
        own = next((each.limit for each in self.channels if each.kind == channel), None)
        own = own or next((each.limit for each in self.channels if each.limit), None)
        return own if own is not None and own.value is not None and own.unit is not None else None

    def channel(self, kind: str) -> Channel:
        """The way of filing of this kind; KeyError if the procedure has none."""
        for each in self.channels:
            if each.kind == kind:
                return each
        raise KeyError(kind)


Named = TypeVar("Named", Page, Component, Step)


def _named(things: tuple[Named, ...], sid: str) -> Named:
    for each in things:
        if each.sid == sid:
            return each
    raise KeyError(sid)
