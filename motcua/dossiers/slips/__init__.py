"""The papers of a dossier as tagged PDF (PDF/UA-1): the confirmation that it was sent; Form 01, receipt and
appointment; forms 02 to 05, each with the act that it documents; Form 06, who had it.

Forms of Circular 03/2025/TT-VPCP, Annex I; their layout was read from public copies and is not yet checked against the
Annex itself. Official papers are Vietnamese, whatever language the desk is read in.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

from motcua.dossiers.models import Dossier, IssuedForm
from motcua.dossiers.queries import Handover
from motcua.dossiers.slips import content, papers
from motcua.dossiers.slips.blank import blank_slips
from motcua.dossiers.slips.book import FORM_07, MOST_ROWS, TooLong, archive_list, person_list, printed
from motcua.kernel.identity import Person
from motcua.ui import press

__all__ = [
    "FORM_07",
    "MOST_ROWS",
    "TooLong",
    "applicants_slip",
    "archive_list",
    "blank_slips",
    "control_slip",
    "filing_confirmation",
    "handover_sheet",
    "issued_form",
    "person_list",
    "printed",
    "receipt_slip",
    "receipt_slips",
]
_FOLDER = Path(__file__).parent
TEMPLATES = {"02": "supplement.typ", "03": "refusal.typ", "04": "apology.typ", "05": "stopping.typ"}


def applicants_slip(dossier: Dossier, claim_code: str = "", *, origin: str = "") -> bytes:
    """What its sender may keep of the dossier today: Form 01 certifies a receipt, so before there was one it is the
    confirmation of the filing.
    """
    if dossier.received_at is None:
        return filing_confirmation(dossier, claim_code, origin=origin)
    return _receipts([(dossier, claim_code)], content.ONE_COPY, origin)


def filing_confirmation(dossier: Dossier, claim_code: str = "", *, origin: str = "") -> bytes:
    """That the dossier was sent and has its number; it says of itself that it is not Form 01."""
    return press.pdf(_FOLDER / "filing.typ", content.of_filing(dossier, claim_code, origin))


def receipt_slip(dossier: Dossier, claim_code: str = "", *, origin: str = "") -> bytes:
    """Form 01 in two copies, the centre's and the applicant's, said on each. The claim code is printed only when it has
    just been given, and on the applicant's copy only; `origin` makes the QR a full address.
    """
    return _receipts([(dossier, claim_code)], content.TWO_COPIES, origin)


def receipt_slips(found: Sequence[tuple[Dossier, str]], *, origin: str = "") -> bytes:
    """Form 01 of several dossiers, each in two copies, with the claim code of each."""
    return _receipts(found, content.TWO_COPIES, origin)


def _receipts(found: Sequence[tuple[Dossier, str]], copies: Sequence[content.Copy], origin: str) -> bytes:
    slips = [content.of_receipt(dossier, code, origin) for dossier, code in found]
    return press.pdf(_FOLDER / "receipt.typ", {"slips": slips, "copies": [asdict(each) for each in copies]})


def issued_form(issued: IssuedForm, *, origin: str, printed_at: datetime) -> bytes:
    """Form 02, 03, 04 or 05, as often as it is asked for, under the number that it got with its act."""
    return press.pdf(_FOLDER / TEMPLATES[issued.form], papers.of_issued(issued, origin=origin, printed_at=printed_at))


def control_slip(dossier: Dossier, *, origin: str, printed_at: datetime) -> bytes:
    """Form 06: who had the dossier, until now."""
    return press.pdf(_FOLDER / "control.typ", papers.of_control(dossier, origin=origin, printed_at=printed_at))


def handover_sheet(person: Person, found: Sequence[Handover], on: date) -> bytes:
    """What this person's office handed over that day, for both sides to sign; A4."""
    return press.pdf(_FOLDER / "handover.typ", papers.of_handovers(person, found, on))
