"""Why an answer or paper does not do, in words, and the usual way to mend it: the version's own reasons come first.

Nouns: Reason. The remedy is what an officer begins with and may edit; what is sent stands in the request itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from motcua.dossiers import rules
from motcua.dossiers.services import content
from motcua.procedures.definition import Definition, Text

FIELD, COMPONENT = "field", "component"
Words = str | Promise

LABELS: Mapping[str, Words] = {
    "missing": _("It is missing"),
    "unreadable": _("It cannot be read"),
    "wrong_paper": _("It is something else than what is needed"),
    "not_signed": _("It is not signed or not stamped"),
    "expired": _("It is no longer valid"),
    "contradicts": _("It does not agree with another paper or answer"),
    "not_certified": _("It is a copy that nobody certified"),
    "other": _("Another reason"),
}
_OF_FIELD: Mapping[str, Words] = {
    "missing": _("Please fill in “%(title)s”."),
    "unreadable": _("Please write “%(title)s” again, in full and clearly."),
    "wrong_paper": _("Please look at the question “%(title)s” again and write what it asks for."),
    "not_signed": _("Please look at “%(title)s” again; the paper behind it must be signed."),
    "expired": _("Please write “%(title)s” as it is today."),
    "contradicts": _("Please compare “%(title)s” with your papers and write it as it stands there."),
    "not_certified": _("Please write “%(title)s” as it stands on the certified paper."),
    "other": _("Please write “%(title)s” again."),
}
_OF_COMPONENT: Mapping[str, Words] = {
    "missing": _("Please send “%(title)s”: a photo or a PDF file of every page."),
    "unreadable": _(
        "Please photograph “%(title)s” again in good light, so that all four corners and every word can be seen."
    ),
    "wrong_paper": _("Please send “%(title)s” instead of the paper that you sent."),
    "not_signed": _("Please have “%(title)s” signed (and stamped where it needs a stamp), then send it again."),
    "expired": _("Please send a “%(title)s” that is still valid."),
    "contradicts": _("Please compare “%(title)s” with your answers and send the paper that agrees with them."),
    "not_certified": _("Please send a certified copy of “%(title)s”, or bring the original to be compared with it."),
    "other": _("Please send “%(title)s” again."),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One possible reason: its code, and what it is called in the reader's language."""

    code: str
    label: Words


def reasons(definition: Definition, lang: str) -> list[Reason]:
    """The version's own first; a general one with the same code is covered by it."""
    own = [Reason(each.code, each.label.get(lang)) for each in definition.supplement_reasons]
    codes = {each.code for each in own}
    return own + [Reason(code, LABELS[code]) for code in rules.SUPPLEMENT_REASONS if code not in codes]


def label(definition: Definition, code: str, lang: str) -> str:
    """What this reason is called; "another reason" for one that the version no longer names."""
    return str(next((each.label for each in reasons(definition, lang) if each.code == code), LABELS["other"]))


def remedy(definition: Definition, code: str, kind: str, title: str) -> str:
    """The usual way to mend it, in Vietnamese: it is written to the applicant."""
    for own in definition.supplement_reasons:
        if own.code == code:
            return own.remedy.vi
    with override("vi"):
        words = _OF_FIELD if kind == FIELD else _OF_COMPONENT
        return str(words.get(code, words["other"])) % {"title": title}


def likely(kind: str, *, is_there: bool) -> str:
    """The reason that an officer most likely means."""
    if not is_there:
        return "missing"
    return "contradicts" if kind == FIELD else "unreadable"


def title(definition: Definition, kind: str, sid: str) -> Text:
    """What the field or paper is called; its bare name where the edition no longer has it."""
    return content.title_of(definition, kind, sid)
