"""One sheet on the manager's desk: the form with its rows of fees, filled from what the office laid last.

Nouns: Sheet. It joins forms into the one thing that a page shows, checks and hands to the service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from motcua.kernel.organisation import Office
from motcua.procedures import facts, laying
from motcua.procedures.facts import Fact
from motcua.procedures.forms import EMPTY_ROWS, MOST_FEES, OTHERWISE, SENTENCES, FeeForm, OverlayForm
from motcua.procedures.laying import Ground
from motcua.procedures.models import Overlay, Procedure
from motcua.procedures.rules import Refusal
from motcua.ui import fields, writing


class Sheet:
    """The overlay as it is being written."""

    def __init__(self, office: Office, procedure: Procedure, today: date, typed: QueryDict | None = None) -> None:
        self.office, self.procedure, self.today = office, procedure, today
        self.ground = ground = laying.ground_for(office, procedure, today)
        laid: Mapping[str, Any] = ground.newest.doc if ground.newest else {}
        inherited = _("As the law and the offices above say")
        self.form = OverlayForm(typed, initial=_initial(ground, laid), inherited=inherited)
        rows = forms.formset_factory(FeeForm, extra=EMPTY_ROWS, max_num=MOST_FEES)
        self.fees = rows(
            typed,
            initial=[_fee(fee) for fee in laid.get("fees", ())],
            prefix="fee",
            form_kwargs={"channels": ground.channels},
        )

    def is_valid(self) -> bool:
        """Whether everything has its shape; the rules are asked afterwards."""
        return bool(self.form.is_valid() & self.fees.is_valid())

    @property
    def doc(self) -> dict[str, Any]:
        """The overlay's document; of a valid sheet only."""
        fees = [fee for fee in (row.fee() for row in self.fees) if fee]
        return self.form.document() | ({"fees": fees} if fees else {})

    @property
    def legal_source(self) -> str:
        """The document that sets limit and fees; of a valid sheet only."""
        return str(self.form.cleaned_data["legal_source"])

    @property
    def day(self) -> date:
        """From when; of a valid sheet only."""
        day: date = self.form.cleaned_data["effective_from"]
        return day

    @property
    def seen(self) -> int:
        """The number of the office's last overlay that its author saw; of a valid sheet only."""
        return int(self.form.cleaned_data["seen"])

    def refuse(self, refusals: tuple[Refusal, ...]) -> None:
        """Say each reason at its field, in words that say how to mend it."""
        for refusal in refusals:
            if refusal.reason == "changed_meanwhile":
                # Having read this, whoever goes on has seen what the other made.
                self.ground = laying.ground_for(self.office, self.procedure, self.ground.day)
                self.form.data = MultiValueDict(self.form.data)
                self.form.data["seen"] = str(self.ground.newest_no)
            name, words = SENTENCES.get(refusal.reason, OTHERWISE)
            at = refusal.key if refusal.reason == "makes_a_fault" and refusal.key in self.form.fields else name
            self.form.add_error(at, str(words))

    def check(self) -> bool:
        """Whether it could be laid now; what speaks against it stands at its field."""
        if self.is_valid():
            self.ground = laying.ground_for(self.office, self.procedure, self.day)
            self.refuse(laying.refusals(self.ground, self.doc, self.legal_source, today=self.today, seen=self.seen))
        return not self.problems

    @property
    def given(self) -> dict[str, Any]:
        """What the service is given of a checked sheet."""
        laid = {"doc": self.doc, "legal_source": self.legal_source, "seen": self.seen, "effective_from": self.day}
        return {"office": self.office, "procedure": self.procedure, **laid}

    def preview(self) -> list[Fact]:
        """What people read on that day, before and after; of a checked sheet only."""
        return facts.compared(self.ground.before(), self.ground.after(self.doc))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Everything to be mended, each with the control to which a link leads."""
        return list(self._problems()) if self.form.is_bound else []

    def _problems(self) -> Iterator[tuple[str, str]]:
        yield from (("", str(words)) for words in self.fees.non_form_errors())
        for form in (self.form, *self.fees):
            for problem in fields.problems(form):
                yield str(problem["href"]).removeprefix("#"), str(problem["text"])

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Everything typed, as it travels through the preview."""
        data = self.form.data
        names = [field.html_name for form in (self.form, self.fees.management_form, *self.fees) for field in form]
        return [(name, data.get(name, "")) for name in names]

    @property
    def limit_shown(self) -> bool:
        """Whether a limit is asked for: where it is open, or where one stands that must now be emptied."""
        return self.ground.limit_open or bool(self.form["limit_value"].value())

    @property
    def retention_shown(self) -> bool:
        """Whether it is asked how long it is kept: where nobody has said it, or where it must now be emptied."""
        return not self.ground.base.get("retention") or bool(self.form["retention_source"].value())

    @property
    def waiting(self) -> Overlay | None:
        """What the office laid that has not begun yet."""
        newest = self.ground.newest
        return newest if newest and newest.effective_from > self.today and newest.effective_to is None else None

    @property
    def in_force(self) -> str:
        """The day in words; of a valid sheet only."""
        return writing.long_date(self.day)


def _initial(ground: Ground, laid: Mapping[str, Any]) -> dict[str, Any]:
    limit = laid.get("limit", {})
    texts = {key: _text(laid.get(key), "vi") for key in ("counter", "hours", "notes")}
    english = {f"{key}_en": _text(laid.get(key), "en") for key in ("counter", "hours", "notes")}
    return {
        "mode": laid.get("mode", ""),
        **{f"limit_{key}": limit.get(key, "") for key in ("value", "unit", "cutoff")},
        "legal_source": ground.newest.legal_source if ground.newest else "",
        "effective_from": ground.day,
        "seen": ground.newest_no,
        **texts,
        **english,
        "retention_years": laid.get("retention", {}).get("years", ""),
        "retention_permanent": laid.get("retention", {}).get("permanent", False),
        "retention_source": laid.get("retention", {}).get("legal_source", ""),
    }


def _fee(fee: Mapping[str, Any]) -> dict[str, Any]:
    amount = fee.get("amount")
    return {
        "amount": f"{amount:,}".replace(",", ".") if isinstance(amount, int) else "",
        "per": _text(fee.get("per"), "vi"),
        "note": _text(fee.get("note"), "vi"),
        "channel": fee.get("channel", ""),
        "kind": fee.get("kind", "fee"),
    }


def _text(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(language, ""))
    return str(value or "") if language == "vi" else ""
