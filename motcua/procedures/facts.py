"""What a procedure's public page says, fact by fact, and how it differs from what it would say.

Nouns: Fact (a name and its sentences before and after). The sentences are those of the public page itself (guidance),
so that a preview cannot promise anything else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.procedures import guidance
from motcua.procedures.definition import Definition, Retention, Text
from motcua.ui import writing

MODES: Mapping[str, str | Promise] = {
    "here": gettext_lazy("Filed online here"),
    "counter": gettext_lazy("At the counter"),
    "portal": gettext_lazy("On the National Public Service Portal"),
    "none": gettext_lazy("Not received at the moment"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that people read, before and after; each sentence is one element."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def change(self) -> str:
        """added, removed, changed, or empty when it stays as it is."""
        if self.before == self.after:
            return ""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"

    @property
    def change_words(self) -> str:
        """The same for a reader."""
        return str(CHANGES[self.change])


CHANGES: Mapping[str, str | Promise] = {
    "": gettext_lazy("Unchanged"),
    "added": gettext_lazy("Added"),
    "removed": gettext_lazy("Removed"),
    "changed": gettext_lazy("Changed"),
}


def compared(before: Definition, after: Definition) -> list[Fact]:
    """Every fact that an overlay can change, in the order of the public page."""
    earlier, later = dict(_facts(before)), dict(_facts(after))
    return [Fact(name, earlier[name], later[name]) for name in later]


def of(definition: Definition) -> list[tuple[str, tuple[str, ...]]]:
    """The facts of one edition, without those of which nothing is said."""
    return [(name, sentences) for name, sentences in _facts(definition) if sentences]


def _facts(definition: Definition) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield _("How it is filed"), (str(MODES[definition.mode]),)
    yield _("Ways of filing"), tuple(guidance.ways(definition))
    yield _("How long it takes"), _said(guidance.limits(definition))
    yield _("How much it costs"), _said(guidance.fees(definition))
    yield _("Where at the counter"), _text(definition.counter)
    yield _("When the counter is open for it"), _text(definition.hours)
    yield _("How long it is kept"), (_kept(definition.retention),) if definition.retention else ()
    yield _("Notes"), _text(definition.notes)


def _said(found: list[guidance.Said]) -> tuple[str, ...]:
    return tuple(
        f"{said.channel}: {' '.join(said.sentences)}" if said.channel else " ".join(said.sentences) for said in found
    )


def _kept(retention: Retention) -> str:
    words = _("For ever (%(source)s).") if retention.permanent else _("%(years)s years (%(source)s).")
    return words % {"years": retention.years, "source": retention.legal_source}


def _text(text: Text | None) -> tuple[str, ...]:
    return (writing.in_words(text),) if text else ()
