"""How often one network may send feedback or try a code.

A whole office may stand behind one address: what counts is generous, wrong codes close one number only, and whoever is
stopped keeps what was typed and can have it written down at the counter.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from motcua.kernel import networks, organisation
from motcua.kernel.matters import Matter
from motcua.kernel.networks import Guesses
from motcua.oversight import queries
from motcua.oversight.models import Feedback
from motcua.oversight.policies import feedback as policies

# In an hour from one network: more than an office behind one address sends in a day.
MOST, MOST_IN_DEMO, HOUR = 60, 600, 3600
WRONG, WRONG_IN_DEMO = Guesses(10, 300, 900), Guesses(100, 3000, 900)


class NotOpened(Exception):
    """Number and code together open no dossier, whatever is wrong."""


def count(request: HttpRequest, now: datetime) -> None:
    """Count feedback that is sent. Raises networks.TooMany."""
    most = MOST_IN_DEMO if organisation.is_demo() else MOST
    networks.count(request, "feedback", now, most=most, window=HOUR)


def opened(request: HttpRequest, number: str, code: str, now: datetime) -> Feedback:
    """The feedback that number and code open. Raises Feedback.DoesNotExist, networks.TooMany."""
    with networks.guessing(request, "claim-feedback", number, now, _wrong(), Feedback.DoesNotExist):
        return policies.get_feedback_by_claim(number, code)


def dossier(request: HttpRequest, number: str, code: str, now: datetime) -> Matter | None:
    """The dossier that number and code open, none without a number. Wrong ones count together with those that are tried
    on its own page. Raises NotOpened, networks.TooMany.
    """
    if not number.strip():
        return None
    with networks.guessing(request, "claim", number, now, _wrong(), NotOpened):
        found = queries.dossier_behind(number, code)
        if found is None:
            raise NotOpened
        return found


def _wrong() -> Guesses:
    return WRONG_IN_DEMO if organisation.is_demo() else WRONG
