"""Reports of this room as tables; each is one function, and REPORTS says under which name it can be taken.

How a table looks (page, spreadsheet, CSV, paper) is `kernel.tables`' and the template's affair. Figures carry the way
to the list behind each number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries.periods import Reported
from motcua.dossiers.queries.situation import names_below
from motcua.dossiers.reports import books, periods, register
from motcua.dossiers.reports.groups import (
    BOARD_KEYS,
    PERIOD_KEYS,
    Key,
    Link,
    by_channel,
    by_office,
    by_officer,
    by_place,
    by_procedure,
    by_sector,
    grouped,
    no_link,
    said,
)
from motcua.dossiers.reports.titles import TITLES
from motcua.kernel.tables import Table

__all__ = [
    "BOARD_KEYS",
    "PERIOD_KEYS",
    "REPORTS",
    "TITLES",
    "Key",
    "Link",
    "Report",
    "by_channel",
    "by_office",
    "by_officer",
    "by_place",
    "by_procedure",
    "by_sector",
    "grouped",
    "no_link",
    "period_groups",
    "said",
]


@dataclass(frozen=True, slots=True)
class Report:
    """One report that can be taken as a file; `personal` ones name people, and taking them is noted."""

    title: Any
    make: Callable[[Reported], Table]
    personal: bool = False
    # The same with words in place of codes, where a person and not a machine reads it.
    for_people: Callable[[Reported], Table] | None = None
    for_paper: Callable[[Reported], Table] | None = None

    def read(self, found: Reported) -> Table:
        """As a person reads it."""
        return (self.for_people or self.make)(found)

    def printed(self, found: Reported) -> Table:
        """As it stands on paper."""
        return (self.for_paper or self.for_people or self.make)(found)


def _by(title: Any, what: Any, key: Callable[[Any], Key]) -> Callable[[Reported], Table]:
    return lambda reported: grouped(reported.situation, title, what, key, PERIOD_KEYS, no_link)


def _by_commune(reported: Reported) -> Table:
    key = by_office(names_below(reported.situation.office))
    return grouped(reported.situation, _("By commune"), _("Commune"), key, PERIOD_KEYS, no_link)


GROUPS: tuple[tuple[str, Any, Any, Callable[[Any], Key]], ...] = (
    ("sectors", _("By field"), _("Field"), by_sector),
    ("officers", _("By officer"), _("Officer"), by_officer),
    ("channels", _("By way of filing"), _("Way of filing"), by_channel),
)
REPORTS: Mapping[str, Report] = {
    "figures": Report(_("Figures of the period"), periods.line),
    **{name: Report(title, _by(title, what, key)) for name, title, what, key in GROUPS},
    "procedures": Report(_("By procedure"), _by(_("By procedure"), _("Procedure"), by_procedure)),
    "communes": Report(_("By commune"), _by_commune),
    "register": Report(
        _("Dossier tracking book (Form 07)"),
        lambda found: register.book(found.situation),
        personal=True,
        for_people=lambda found: register.book(found.situation, words=True),
        for_paper=lambda found: register.paper(found.situation),
    ),
    "results": Report(_("Book of results"), lambda found: books.results(found.situation), True),
    "certification": Report(_("Certification register"), lambda found: books.certification(found.situation), True),
}


def period_groups(reported: Reported, link: Link) -> list[tuple[str, Table]]:
    """The figures of the period in groups, each number leading to its list."""
    situation = reported.situation
    return [(name, grouped(situation, title, what, key, PERIOD_KEYS, link)) for name, title, what, key in GROUPS]
