"""The fifth group of the service index: what feedback and the one question to applicants give. Reads only."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import index as dossiers
from motcua.dossiers.queries.index import Index
from motcua.oversight.queries import feedback_figures as feedback
from motcua.oversight.queries.feedback_figures import Counted
from motcua.portal.index_line import Line


def lines(found: Index, address: Any) -> Iterator[Line]:
    """Indicators 5.1 to 5.4, each number with its list; `address` is that of a list of dossiers."""
    within = found.situation.within
    came = feedback.feedback_between(found.situation.office, within.first, within.last, within.as_of)
    count = functools.partial(_line, found, came)
    note = _("Counted without points.")
    yield count("5.1", _("Feedback about rules and procedures"), feedback.OF_RULES, feedback.ALL, note)
    yield count("5.1", _("Feedback about officers' conduct"), feedback.OF_CONDUCT, feedback.ALL, note)
    kept = _("All four clocks kept: 2, 5, 15 and 2 working days.")
    yield count("5.2", _("Feedback answered on time"), feedback.ON_TIME, feedback.ALL, kept)
    content = _("Without those that were disliked, overdue or repeated an earlier one.")
    yield count("5.3", _("Satisfaction with the answers"), feedback.CONTENT, feedback.FIRST, content)
    yield Line(
        "5.4",
        _("Satisfaction with the settlement"),
        found.number(dossiers.CONTENT),
        found.number(dossiers.HANDLED),
        address(found, dossiers.CONTENT),
        address(found, dossiers.HANDLED),
        90,
        _("In time, the applicant not displeased, no feedback about it. A dossier with several of these counts once."),
    )


def _line(found: Index, came: list[Counted], code: str, title: Any, part: str, whole: str, note: Any) -> Line:
    first, second = len(feedback.chosen(came, part)), len(feedback.chosen(came, whole))
    return Line(code, title, first, second, _address(found, part), _address(found, whole), note=note)


def _address(found: Index, what: str) -> str:
    """The list of feedback behind a number."""
    within, office = found.situation.within, found.situation.office.code
    given = {"office": office, "from": within.first.isoformat(), "to": within.last.isoformat(), "what": what}
    return f"{reverse('feedback-counted')}?{urlencode(given)}"
