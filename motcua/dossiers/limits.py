"""How often one network may ask: requests of machines in a minute, and wrong claim codes in a quarter of an hour.

Counted by each process for itself, since losing count harms nobody. A whole office may stand behind one address: of
claim codes only wrong ones count, few of them close one dossier to that network for a while, and it takes hundreds to
close them all.
"""

from datetime import datetime

from django.http import HttpRequest

from motcua.dossiers import policies
from motcua.dossiers.models import BlankSlip, Dossier, Draft
from motcua.dossiers.services import resuming
from motcua.dossiers.services.resuming import Resumed
from motcua.kernel import networks, organisation
from motcua.kernel.networks import TooMany, address_of

__all__ = ["MINUTE", "TooMany", "address_of", "count", "opened_by_claim", "opened_or_waiting", "resumed"]

# Requests of one kind in a minute; a demonstration bears a test of 50 filings a second.
MOST, MOST_IN_DEMO = 120, 12_000
MINUTE = 60
# Wrong codes in a quarter of an hour: for one number, and for all numbers together.
WRONG_FOR_ONE, WRONG_FOR_ALL, WHILE = 10, 300, 15 * MINUTE
# Wrong resume codes in the same time: a code has fifty bits, and a whole office may stand behind one address.
WRONG_CODES = 30
# A demonstration is there to be tried.
IN_DEMO = 10


def count(request: HttpRequest, what: str, now: datetime) -> None:
    """Count this request. Raises TooMany when the network has had enough of this minute."""
    most = MOST_IN_DEMO if organisation.is_demo() else MOST
    networks.count(request, f"api-{what}", now, most=most, window=MINUTE)


def opened_by_claim(request: HttpRequest, number: str, code: str, now: datetime) -> Dossier:
    """The dossier that number and claim code open. Raises Dossier.DoesNotExist, the same whatever is wrong, and TooMany
    where this network has guessed too often, however right the code may then be.
    """
    if not (number.strip() and code.strip()):
        raise Dossier.DoesNotExist
    with networks.guessing(request, "claim", number, now, _guesses(), Dossier.DoesNotExist):
        return policies.get_dossier_by_claim(number, code)


def opened_or_waiting(request: HttpRequest, number: str, code: str, now: datetime) -> Dossier | BlankSlip:
    """The same, or the blank slip under that number which is not entered yet."""
    if not (number.strip() and code.strip()):
        raise Dossier.DoesNotExist
    with networks.guessing(request, "claim", number, now, _guesses(), Dossier.DoesNotExist):
        return _dossier_or_slip(number, code)


def _dossier_or_slip(number: str, code: str) -> Dossier | BlankSlip:
    try:
        return policies.get_dossier_by_claim(number, code)
    except Dossier.DoesNotExist:
        try:
            return policies.get_slip_by_claim(number, code)
        except BlankSlip.DoesNotExist:
            raise Dossier.DoesNotExist from None


def _guesses() -> networks.Guesses:
    more = IN_DEMO if organisation.is_demo() else 1
    return networks.Guesses(WRONG_FOR_ONE * more, WRONG_FOR_ALL * more, WHILE)


def resumed(request: HttpRequest, code: str, now: datetime) -> Resumed:
    """The draft that a resume code opens. Raises Draft.DoesNotExist, TooMany where this network guesses too often."""
    if not code.strip():
        raise Draft.DoesNotExist
    most = WRONG_CODES * (IN_DEMO if organisation.is_demo() else 1)
    with networks.guessing(request, "resume", code, now, networks.Guesses(most, most, WHILE), Draft.DoesNotExist):
        return resuming.resume(code=code, at=now)
