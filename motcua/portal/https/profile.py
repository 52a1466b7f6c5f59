"""The authority's certificate as a configuration profile, which an iPhone, iPad or Mac installs with two taps."""

from __future__ import annotations

import plistlib
import uuid

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization


def of(root: x509.Certificate, title: str, description: str) -> bytes:
    """The file; the same bytes for the same authority, so that a second installation replaces the first."""
    digits = root.fingerprint(hashes.SHA256()).hex()
    inner = {
        "PayloadType": "com.apple.security.root",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"vn.motcua.{digits[:16]}.root",
        "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{digits} root")).upper(),
        "PayloadDisplayName": title,
        "PayloadCertificateFileName": "mot-cua.crt",
        "PayloadContent": root.public_bytes(serialization.Encoding.DER),
    }
    outer = {
        "PayloadType": "Configuration",
        "PayloadVersion": 1,
        "PayloadIdentifier": f"vn.motcua.{digits[:16]}",
        "PayloadUUID": str(uuid.uuid5(uuid.NAMESPACE_OID, digits)).upper(),
        "PayloadDisplayName": title,
        "PayloadDescription": description,
        "PayloadRemovalDisallowed": False,
        "PayloadContent": [inner],
    }
    return plistlib.dumps(outer)
