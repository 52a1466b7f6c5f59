"""What a device that may lose its line is told of an application: under which name it keeps what is typed, and where
the whole form can be fetched that opens without a network.

Nouns: facts (of one page of the way), bundle (every page of the form at once, without a word of anybody's answers).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import get_language

from motcua.dossiers import applicant
from motcua.dossiers.online.application import Application
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.definition import Component, Definition, Field, Page
from motcua.procedures.queries import Edition

_SIGNER = signing.Signer(salt="motcua.dossiers.device", sep="~")


class NotOurs(LookupError):
    """The name of an edition that this centre never gave."""


def facts(own: Application, sid: str) -> dict[str, str]:
    """For the page of an application: names and addresses only."""
    place = [own.commune.slug, own.edition.code]
    return {
        "op": own.draft.send_op_id,
        "page": sid,
        "start": reverse("citizen-start", args=place),
        "offline": reverse("citizen-offline", args=[*place, named(own.edition)]),
        "bring": reverse("citizen-bring", args=place),
        "marks": _json(marks(own)),
        "done": " ".join(own.draft.pages_done),
        "papers": " ".join(sid for sid, listed in own.draft.papers.items() if listed),
    }


def marks(own: Application) -> dict[str, str]:
    """What is saved of each page, named: a device that brings a page says from which state of it it came."""
    pages = (applicant.PAGE, *own.definition.pages)
    return {page.sid: own.mark(page) for page in pages if own.stored(page)[1]}


def named(edition: Edition) -> str:
    """The edition as an address names it; signed, so that nobody puts another commune's fees into a draft."""
    return _SIGNER.sign(".".join(map(str, (edition.version_id, *edition.overlay_ids))))


def edition_of(name: str, code: str) -> Edition:
    """The edition of this name. Raises NotOurs."""
    try:
        version, *overlays = map(int, _SIGNER.unsign(name).split("."))
    except (signing.BadSignature, ValueError):
        raise NotOurs(name) from None
    edition = procedures.edition(version, tuple(overlays))
    if edition.code != code:
        raise NotOurs(name)
    return edition


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of questions in the bundle."""

    sid: str
    title: str
    html: str
    rules: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The whole form of an edition, blank."""

    commune: Office
    edition: Edition
    name: str
    leaves: tuple[Leaf, ...]
    # The papers as JSON, for the script.
    listed: str


def bundle(commune: Office, edition: Edition, context: eforms.Context) -> Bundle:
    """Everything that a device needs to go on without a line."""
    definition, lang = edition.definition, get_language() or "vi"
    pages = [(applicant.DEFINITION, applicant.PAGE), *((definition, page) for page in definition.pages)]
    papers = tuple(_paper(each, lang) for each in definition.components if each.handed_in)
    return Bundle(
        commune=commune,
        edition=edition,
        name=(definition.short_name or definition.name).get(lang),
        leaves=tuple(_leaf(whole, page, context, lang) for whole, page in pages),
        listed=_json(papers),
    )


def _leaf(definition: Definition, page: Page, context: eforms.Context, lang: str) -> Leaf:
    html = eforms.render_page(definition, page, {}, context, everything=True)
    rules = {"show_if": page.show_if, "fields": {each.sid: _rules(each, lang) for each in page.fields}}
    return Leaf(page.sid, page.title.get(lang), html, _json(rules))


def _paper(component: Component, lang: str) -> dict[str, Any]:
    title, hint = component.title.get(lang), component.hint.get(lang) if component.hint else ""
    return {"sid": component.sid, "title": title, "hint": hint, "rules": _rules(component, lang)}


def _rules(thing: Field | Component, lang: str) -> dict[str, Any]:
    words = thing.label if isinstance(thing, Field) else thing.title
    found = {
        "label": words.get(lang),
        "required": thing.required,
        "required_if": thing.required_if,
        "show_if": thing.show_if,
        "not_needed": thing.not_needed_when.when if thing.not_needed_when else None,
        "type": thing.type if isinstance(thing, Field) else "file",
    }
    return {name: value for name, value in found.items() if value}


def _json(value: Mapping[str, Any] | Iterable[Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
