"""What a procedure's public page says about time and money, in the reader's language.

Nouns: Said (words for one way of filing). It invents nothing: what the law leaves open is said to be set at receipt,
and a zero of the national portal is quoted, never called free.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from motcua.procedures.definition import Channel, Component, Definition, Fee, Limit
from motcua.ui import writing

CHANNELS = {
    "online": gettext_lazy("Online"),
    "postal": gettext_lazy("By post"),
    "direct": gettext_lazy("At the counter"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences, and for which way of filing where the ways differ."""

    channel: str
    sentences: tuple[str, ...]


def limits(definition: Definition) -> list[Said]:
    """How long it takes; one entry for all ways of filing that take as long."""
    return _together(definition, lambda channel: (limit_words(channel.limit),))


def fees(definition: Definition) -> list[Said]:
    """How much it costs; one entry for all ways of filing that cost the same."""
    return _together(definition, lambda channel: tuple(map(fee_words, channel.fees)) or (_unknown_fee(),))


def ways(definition: Definition) -> str:
    """The ways of filing by name, as one sentence; empty when they are not known."""
    named = ", ".join(str(CHANNELS[channel.kind]) for channel in definition.channels)
    return f"{named[:1].upper()}{named[1:].lower()}." if named else ""


def _together(definition: Definition, say: Callable[[Channel], tuple[str, ...]]) -> list[Said]:
    found: dict[tuple[str, ...], list[str]] = {}
    for channel in definition.channels:
        found.setdefault(say(channel), []).append(str(CHANNELS[channel.kind]))
    if len(found) == 1:
        return [Said("", sentences) for sentences in found]
    return [Said(", ".join(ways), sentences) for sentences, ways in found.items()]


def limit_words(limit: Limit | None) -> str:
    """A limit as a sentence; what is open is set at receipt."""
    if limit is None or limit.value is None or limit.unit is None:
        noted = limit.note.get(get_language() or "vi") if limit and limit.note else ""
        return f"{noted} {_received_words()}".strip()
    if limit.value:
        words = _("%(duration)s after receipt.") % {"duration": writing.duration(limit.value, limit.unit)}
    else:
        words = _("On the day of receipt.")
    return f"{words} {_cutoff_words(limit)}".strip()


def _received_words() -> str:
    return _("The date is set when the dossier is received; it is written on the receipt.")


def _cutoff_words(limit: Limit) -> str:
    if limit.cutoff is None:
        return ""
    return _("What is received after %(time)s counts from the next working day.") % {"time": f"{limit.cutoff:%H:%M}"}


def fee_words(fee: Fee) -> str:
    """An amount with whose word it is."""
    if fee.amount is None:
        return _unknown_fee()
    return f"{_amount_words(fee)} {_note(fee)}".strip()


def _amount_words(fee: Fee) -> str:
    if fee.status == "portal" and fee.amount == 0:
        return _("The national portal says 0 VND; the office tells you what is really due.")
    amount = writing.amount(fee.amount or 0)
    if fee.per:
        unit = fee.per.get(get_language() or "vi")
        amount = _("%(amount)s for each %(unit)s") % {"amount": amount, "unit": unit}
    if fee.status == "portal":
        return _("%(amount)s, as the national portal says.") % {"amount": amount}
    return f"{amount}."


def _note(fee: Fee) -> str:
    return fee.note.get(get_language() or "vi") if fee.note else ""


def _unknown_fee() -> str:
    return _("You are told the amount when the dossier is received.")


def papers(definition: Definition) -> Iterator[tuple[str, list[Component]]]:
    """What to hand in, what only if it applies, what only to show; the declaration is the form itself."""
    return by_role(definition.components)


def by_role(components: Iterable[Component]) -> Iterator[tuple[str, list[Component]]]:
    """The same of some papers."""
    titles = {
        "paper": _("Papers to hand in"),
        "if_applies": _("Only if it applies to you"),
        "present": _("Papers that you only show"),
    }
    for role, title in titles.items():
        if found := [each for each in components if each.role == role]:
            yield title, found
