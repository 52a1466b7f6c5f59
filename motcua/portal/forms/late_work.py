"""When and whom late work is told: a ladder of rungs, each so many working hours before or after the due moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import Level
from motcua.kernel import identity
from motcua.kernel.identity import Role

# Chosen where no role in particular is told.
_LEADS = "-"
WHEN = {"before": _("before it is due"), "after": _("after it was due")}


class LateWorkForm(forms.Form):
    """One row for each rung; a row without hours is not used."""

    def __init__(self, data: Any = None, *, levels: Sequence[Level]) -> None:
        super().__init__(data)
        roles = [(_LEADS, _("Whoever leads the office")), *_leading()]
        for n in range(1, dossiers.MOST_LEVELS + 1):
            known = levels[n - 1] if n <= len(levels) else None
            self.fields[f"hours_{n}"] = forms.IntegerField(
                label=_("Working hours"),
                min_value=0,
                max_value=dossiers.LONGEST_HOURS,
                required=False,
                initial=known.hours if known else None,
                error_messages={"invalid": _("Enter whole hours, for example 4.")},
            )
            self.fields[f"when_{n}"] = forms.ChoiceField(
                label=_("Before or after"), choices=list(WHEN.items()), initial=known.when if known else "after"
            )
            self.fields[f"role_{n}"] = forms.ChoiceField(
                label=_("Who is told"), choices=roles, initial=(known.role if known else "") or _LEADS
            )

    def rungs(self) -> list[list[BoundField]]:
        """The fields of each rung, for the page."""
        return [[self[f"{name}_{n}"] for name in ("hours", "when", "role")] for n in self._numbers()]

    def _numbers(self) -> range:
        return range(1, dossiers.MOST_LEVELS + 1)

    def clean(self) -> dict[str, Any]:
        """Each rung comes later than the one before it."""
        said = super().clean() or {}
        last: int | None = None
        for n in self._numbers():
            hours = said.get(f"hours_{n}")
            if hours is None:
                continue
            moment = -hours if said.get(f"when_{n}") == "before" else hours
            if last is not None and moment <= last:
                self.add_error(f"hours_{n}", _("This comes before the line above. Put the lines in the order of time."))
            last = moment
        return said

    def levels(self) -> list[Level]:
        """The rungs that are used, in order."""
        said = self.cleaned_data
        used = [n for n in self._numbers() if said[f"hours_{n}"] is not None]
        return [
            Level(place, said[f"when_{n}"], said[f"hours_{n}"], said[f"role_{n}"].removeprefix(_LEADS))
            for place, n in enumerate(used, 1)
        ]


def _leading() -> list[tuple[str, str]]:
    """The roles that lead: nobody else has late work to see to."""
    english = (get_language() or "").startswith("en")
    roles = (role for role in Role.objects.all() if identity.LEAD in role.capabilities)
    return [(role.code, role.name_en if english else role.name_vi) for role in roles]
