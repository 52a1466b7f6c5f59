"""The result as a file that a stranger can check: made from the version's template or sent by the officer, with a page
that shows who signed it, when, under which number, and a QR to the page that says whether it still holds.

The page is the visible sign of the signing; the office's digital signature comes behind it afterwards, where somebody
signs at all (digital_signing).
"""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from motcua.dossiers import queries, rules
from motcua.dossiers.models import Dossier
from motcua.kernel import organisation
from motcua.kernel.identity import Person
from motcua.ui import press, writing

_FOLDER = Path(__file__).parent


def address(code: str) -> str:
    """Where a result under this code is checked."""
    return f"{settings.MOTCUA_BASE_URL}/verify/result/{code}/"


def made(
    dossier: Dossier, sent: bytes, *, from_template: bool, name: str, number: str, by: Person, at: datetime, code: str
) -> bytes:
    """The result as a file: written from the template where that is asked for, else what was sent, a PDF with the page
    of its signing behind it; nothing when the result is on paper.
    """
    said = _signature(dossier, name=name, number=number, by=by, at=at, code=code)
    if from_template:
        said |= {"sections": queries.filing_content(dossier).get("readback", [])}
        said |= {"applicant": dossier.applicant.full_name}
        return press.pdf(_FOLDER / "result.typ", said)
    return _with_signature_page(sent, said) if sent.startswith(b"%PDF-") else sent


def _with_signature_page(sent: bytes, said: dict[str, Any]) -> bytes:
    reader = _changeable(sent)
    if reader is None:
        return sent
    said["sha256"] = hashlib.sha256(sent).hexdigest()
    writer = PdfWriter(clone_from=reader)
    writer.append(PdfReader(io.BytesIO(press.pdf(_FOLDER / "signing.typ", said))))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _changeable(sent: bytes) -> PdfReader | None:
    """The file to which a page may be added: not one that is signed already, since that would break its signature, nor
    one that is locked or cannot be read through.
    """
    try:
        reader = PdfReader(io.BytesIO(sent))
        if reader.is_encrypted or not len(reader.pages):
            return None
        return None if "/SigFlags" in reader.root_object.get("/AcroForm", {}) else reader
    except (PyPdfError, KeyError, ValueError, TypeError, RecursionError):
        return None


def _signature(dossier: Dossier, *, name: str, number: str, by: Person, at: datetime, code: str) -> dict[str, Any]:
    commune, day = dossier.competent_office, timezone.localtime(at)
    with translation.override("vi"):
        return {
            "demo": organisation.is_demo(),
            "agency": commune.name,
            "place": commune.locality.name if commune.locality else "",
            "number": dossier.number,
            "document_number": number,
            "name": name,
            "signer": by.full_name,
            "signed_at": writing.moment(at),
            "date": [day.day, day.month, day.year],
            "code": rules.spaced(code),
            "address": address(code),
            "qr": press.qr_drawing(address(code)),
        }
