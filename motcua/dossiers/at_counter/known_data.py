"""What a person's earlier dossiers say, at the counter: shown after that person's yes, put in one by one.

Nouns: KnownData (the offers on one sheet, and what was put in of them). Without a recorded yes it is empty, whatever
the page sends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries, services
from motcua.dossiers.queries import KNOWN_APPLICANT, Known
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures.definition import Definition

LINES: Mapping[str, str | Promise] = {"phone": _("Phone"), "email": _("E-mail"), "address": _("Address")}


class Desk(Protocol):
    """As much of the sheet as is needed here."""

    op_id: str
    definition: Definition
    context: eforms.Context
    data: QueryDict | None
    by: Person

    @property
    def at_counter(self) -> Office:
        """The commune at whose counter the person stands."""


@dataclass
class KnownData:
    """The offers; `agreed` says that the person has said yes, even if there is nothing."""

    offers: Sequence[Known] = ()
    agreed: bool = False
    chosen: frozenset[str] = frozenset()
    # (number, question) of what was put in before.
    put_in: list[str] = field(default_factory=list)

    @property
    def ticked(self) -> list[Known]:
        """The offers that were ticked."""
        return [each for each in self.offers if each.sid in self.chosen]

    @property
    def rows(self) -> list[tuple[Known, str | Promise, bool]]:
        """Each offer with its label, and whether it was put in."""
        return [(each, label_of(each), _mark(each) in self.put_in) for each in self.offers]

    def put(self, each: Known, data: QueryDict, raw: dict[str, Any]) -> None:
        """This one into its line or question."""
        if each.sid.startswith(KNOWN_APPLICANT):
            data[f"who-{each.sid.removeprefix(KNOWN_APPLICANT)}"] = each.value
        else:
            raw[each.sid] = each.value
        if _mark(each) not in self.put_in:
            self.put_in.append(_mark(each))

    def used(self, who: Mapping[str, Any], answers: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Of what was put in, what still stands there when it is taken in."""
        said = {**answers, **{KNOWN_APPLICANT + name: value for name, value in who.items()}}
        return [(e.number, e.sid) for e in self.offers if _mark(e) in self.put_in and said.get(e.sid) == e.value]


def label_of(each: Known) -> str | Promise:
    """What the line or question is called."""
    return LINES.get(each.label, each.label) if each.sid.startswith(KNOWN_APPLICANT) else each.label


def _mark(each: Known) -> str:
    return f"{each.number}/{each.sid}"


def citizen_id_in(data: QueryDict | None) -> str:
    """The citizen id that stands on the sheet, if it is a whole one."""
    digits = "".join(each for each in (data or QueryDict()).get("who-citizen_id", "") if each.isdigit())
    return digits if len(digits) == 12 else ""


def agree(desk: Desk, citizen_id: str, at: datetime) -> KnownData:
    """The person says yes now."""
    found = services.agree_to_reuse(commune=desk.at_counter, citizen_id=citizen_id, op_id=desk.op_id, by=desk.by, at=at)
    return _shown(desk, found)


def agreed_before(desk: Desk) -> KnownData:
    """What the person said yes to on this sheet, as long as the citizen id is the same."""
    sources = queries.reuse_sources(desk.at_counter, citizen_id_in(desk.data), desk.by, desk.context.today)
    return _shown(desk, queries.agreed_to_reuse(sources, desk.op_id, desk.by))


def _shown(desk: Desk, found: Sequence[Any]) -> KnownData:
    data = desk.data or QueryDict()
    offers = queries.known(found, desk.definition, desk.context)
    marks = {_mark(each) for each in offers}
    put_in = [each for each in data.getlist("reused") if each in marks]
    return KnownData(offers, agreed=True, chosen=frozenset(data.getlist("known")), put_in=put_in)
