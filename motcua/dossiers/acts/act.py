"""What an act on the desk is: a button, its key, to whom it is offered, what is asked, which service does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.utils.functional import Promise

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.kernel import identity
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.payments import queries as payments
from motcua.payments.queries import Balance

Do = Callable[[Dossier, Person, datetime, Any], Any]


class Seen:
    """A dossier as one person sees it at a moment: what decides which acts are offered and what they ask.

    Open work and history are read once, however many acts look at them.
    """

    def __init__(self, person: Person, dossier: Dossier, now: datetime, day: date) -> None:
        self.person, self.dossier, self.now, self.day = person, dossier, now, day

    @cached_property
    def items(self) -> list[WorkItem]:
        """Everything that is open, the most urgent first."""
        return queries.open_items(self.dossier, self.day)

    @cached_property
    def item(self) -> WorkItem | None:
        """The open step of the route; of parallel ones this person's."""
        return queries.item_for(self.person, self.items, self.day)

    @cached_property
    def history(self) -> list[Event]:
        """Everything recorded, in order."""
        return queries.history_of(self.dossier)

    @cached_property
    def money(self) -> Balance:
        """What it costs and what came; not asked where nothing is recorded of money."""
        told = any(event.type.startswith("payments.") for event in self.history)
        return payments.balance(self.dossier.matter) if told else Balance((), ())

    @cached_property
    def work(self) -> tuple[str, ...]:
        """The acts that move the dossier and that this person may do."""
        return queries.possible_acts(self.person, self.dossier, self.item, self.day)

    def may(self, capability: str, office: Office | None = None) -> bool:
        """Whether the person may do that for this office; without one, for the office that has the open step."""
        office = office or (self.item.office if self.item else self.dossier.competent_office)
        return identity.post_for(self.person, self.day, capability, office.path) is not None


def never(_seen: Seen) -> bool:
    """Offered nowhere."""
    return False


def of_work(name: str) -> Callable[[Seen], bool]:
    """Offered where this is what the open step asks for."""
    return lambda seen: name in seen.work


def no_options(_seen: Seen) -> Mapping[str, Any]:
    """The form is the same for everybody."""
    return {}


def no_notes(_seen: Seen) -> Iterable[str | Promise]:
    """Nothing is to be known before."""
    return ()


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what its button says, its key, what is asked, what was done when it is done.

    `rare` ones stand behind "Other acts", so that the row stays quiet. `options` go to the form, `notes` stand above.
    """

    label: str | Promise
    key: str
    form: type[forms.Form]
    do: Do
    # What is said when it is done; where it depends, on what the service answered.
    done: str | Promise | Callable[[Any], str | Promise]
    kind: str = ""
    offered: Callable[[Seen], bool] = never
    rare: bool | Callable[[Seen], bool] = False
    options: Callable[[Seen], Mapping[str, Any]] = no_options
    notes: Callable[[Seen], Iterable[str | Promise]] = no_notes
    # The name of the address of its own page, where one form is not enough.
    page: str = ""
    # Where what is asked depends on the dossier.
    form_of: Callable[[Dossier], type[forms.Form]] | None = None

    def said_when_done(self, outcome: Any) -> str:
        """What was done, in words."""
        return str(self.done(outcome) if callable(self.done) else self.done)

    def is_rare(self, seen: Seen) -> bool:
        """Whether it stands behind "Other acts"."""
        return self.rare(seen) if callable(self.rare) else self.rare

    def form_for(self, dossier: Dossier) -> type[forms.Form]:
        """What is asked of this dossier."""
        return self.form_of(dossier) if self.form_of else self.form
