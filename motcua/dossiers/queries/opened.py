"""What a supplement request opens: the questions and papers that it names, and what other answers to them call for.

Nouns: Opened. Everything else of the filing stays closed and as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries import dossiers, supplements
from motcua.procedures import eforms
from motcua.procedures.definition import Component, Definition, Page


@dataclass(frozen=True)
class Opened:
    """The open part of a dossier's form; `filed` are its answers as they stand, `given` the papers that are there."""

    definition: Definition
    asked_fields: frozenset[str]
    asked_components: tuple[str, ...]
    fields: frozenset[str]
    filed: Mapping[str, Any]
    given: frozenset[str]
    today: date

    def merged(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """The filed answers with the new ones over them; files that are asked for again are not there yet."""
        files = {field.sid for field in self.definition.fields if field.type == "file"}
        kept = {sid: value for sid, value in self.filed.items() if sid not in files & self.fields}
        return kept | dict(answers)

    def pages(self, answers: Mapping[str, Any]) -> tuple[Page, ...]:
        """The pages with open questions, narrowed to them, in the light of the new answers."""
        return eforms.pages_of(self.definition, self.merged(answers), self.fields, self.today)

    def components(self, answers: Mapping[str, Any]) -> tuple[Component, ...]:
        """The papers that are asked for, and those that only the new answers call for."""
        before = eforms.shown(self.definition, self.filed, self.today).required
        after = eforms.shown(self.definition, self.merged(answers), self.today).required
        called = after - before - self.given
        names = {*self.asked_components, *called}
        return tuple(each for each in self.definition.components if each.sid in names and each.handed_in)

    def cleaned(self, answers: Mapping[str, Any], context: eforms.Context) -> eforms.Cleaned:
        """The open questions checked; what was asked for must be answered, and `dropped` names what is not open."""
        return eforms.clean_part(self.definition, answers, self.filed, self.fields, context, demanded=self.asked_fields)

    def missing_components(self, answers: Mapping[str, Any], given: Collection[str]) -> tuple[Component, ...]:
        """The open papers that are not among those given."""
        return tuple(each for each in self.components(answers) if each.sid not in given)


def opened_by(dossier: Dossier, request: SupplementRequest, today: date) -> Opened:
    """What this request opens; a place that the dossier's edition no longer has is passed over."""
    definition = dossiers.edition_of(dossier).definition
    contents = [content for _filing, content in supplements.filed_contents(dossier)]
    filed = supplements.standing_answers(contents)
    known = {field.sid for field in definition.fields}
    asked = frozenset(item.sid for item in request.items.all() if item.kind == "field" and item.sid in known)
    return Opened(
        definition=definition,
        asked_fields=asked,
        asked_components=tuple(item.sid for item in request.items.all() if item.kind == "component"),
        fields=eforms.opened(definition, filed, asked, today),
        filed=filed,
        given=frozenset(each["sid"] for content in contents for each in content.get("components", ())),
        today=today,
    )
