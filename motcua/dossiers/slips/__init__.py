"""The papers of a dossier as tagged PDF (PDF/UA-1): the confirmation that it was sent; Form 01, receipt and
appointment; Form 03, refusal.

Forms of Circular 03/2025/TT-VPCP, Annex I; their layout was read from public copies and is not yet checked against the
Annex itself. Official papers are Vietnamese, whatever language the desk is read in.
"""

from pathlib import Path

from motcua.dossiers.models import Dossier
from motcua.dossiers.slips import content
from motcua.ui import press

__all__ = ["applicants_slip", "filing_confirmation", "receipt_slip", "refusal_notice"]
_FOLDER = Path(__file__).parent


def applicants_slip(dossier: Dossier, claim_code: str = "", *, origin: str = "") -> bytes:
    """What its sender may keep of the dossier today: Form 01 certifies a receipt, so before there was one it is the
    confirmation of the filing.
    """
    paper = filing_confirmation if dossier.received_at is None else receipt_slip
    return paper(dossier, claim_code, origin=origin)


def filing_confirmation(dossier: Dossier, claim_code: str = "", *, origin: str = "") -> bytes:
    """That the dossier was sent and has its number; it says of itself that it is not Form 01."""
    return press.pdf(_FOLDER / "filing.typ", content.of_filing(dossier, claim_code, origin))


def receipt_slip(dossier: Dossier, claim_code: str = "", *, origin: str = "") -> bytes:
    """Form 01. The claim code is printed only when it has just been given; `origin` makes the QR a full address."""
    return press.pdf(_FOLDER / "receipt.typ", content.of_receipt(dossier, claim_code, origin))


def refusal_notice(dossier: Dossier) -> bytes:
    """Form 03. Ending.DoesNotExist when the dossier was not refused."""
    return press.pdf(_FOLDER / "refusal.typ", content.of_refusal(dossier))
