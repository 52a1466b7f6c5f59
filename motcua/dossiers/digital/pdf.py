"""What pyHanko does for us: a signature put behind a PDF, and what the signatures of a PDF say.

The package is large and few processes need it: it is loaded when something is signed or looked at.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.kernel import outside

FIELD = "MotCua"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: `whole` when not a byte of what it covers has changed; `trusted` when its issuer is known here."""

    by: str
    at: datetime | None
    whole: bool
    trusted: bool
    issuer: str
    # Nothing was added behind it.
    covers_all: bool


def signed(content: bytes, key_file: bytes, password: bytes, *, reason: str, place: str) -> bytes:
    """The PDF with a signature added behind it. Raises outside.Refused for a file that cannot carry one."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import signers

    signer = signers.SimpleSigner.load_pkcs12_data(key_file, other_certs=[], passphrase=password or None)
    if signer is None:
        raise OSError("the key does not open")
    try:
        # Not strict: scanners write files that bend the rules, and are read everywhere.
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        number = len(writer.prev.embedded_signatures) + 1
        about = signers.PdfSignatureMetadata(field_name=f"{FIELD}{number}", reason=reason, location=place)
        out: Any = signers.sign_pdf(writer, about, signer=signer)
    except (PdfError, ValueError, KeyError, TypeError) as problem:
        raise outside.Refused(type(problem).__name__) from None
    made: bytes = out.getvalue()
    return made


def signatures(content: bytes) -> list[Signature]:
    """What the signatures of this PDF say; none of a file that carries none, or that cannot be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        return [_said(each) for each in PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures]
    except (PdfError, ValueError, KeyError, TypeError):
        return []


def _said(embedded: Any) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    status = validate_pdf_signature(embedded, ValidationContext(trust_roots=_roots()))
    certificate = status.signing_cert
    return Signature(
        by=str(certificate.subject.native.get("common_name", "")),
        at=status.signer_reported_dt,
        whole=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        issuer=str(certificate.issuer.native.get("common_name", "")),
        covers_all=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )


def _roots() -> list[Any]:
    """The certificates that this centre trusts (MOTCUA_SIGNING_ROOTS, PEM); none unless somebody said so."""
    from pyhanko import keys

    read: Any = keys.load_certs_from_pemder
    place = settings.SIGNING_ROOTS
    return list(read([place])) if place and Path(place).is_file() else []
