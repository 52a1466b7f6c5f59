"""Whoever signs: a PDF comes back with its own bytes before the signature, whole, by somebody named, without a key."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from motcua.dossiers import digital
from motcua.dossiers.digital import PROVIDERS, certificates
from motcua.kernel import outside


def pdf(pages: int = 1) -> bytes:
    """A PDF with empty pages."""
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.write(out)
    return out.getvalue()


@pytest.fixture(params=sorted(PROVIDERS))
def provider(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> digital.Provider:
    """Every provider that there is, with keys of this test alone."""
    settings.MOTCUA_DATA = tmp_path
    file = tmp_path / "khoa.p12"
    file.write_bytes(certificates.sample()[0])
    settings.SIGNING_FILE, settings.SIGNING_PASSWORD = str(file), ""
    return PROVIDERS[request.param]()


def test_it_signs_behind_what_was_there_and_names_who_signed(provider: digital.Provider) -> None:
    provider.probe()
    before = pdf(2)
    after = provider.sign(before, reason="Kết quả mẫu", place="Xã Mẫu")
    assert after.startswith(before)
    assert len(PdfReader(io.BytesIO(after)).pages) == 2
    (said,) = digital.signatures(after)
    assert (said.whole, said.trusted, said.covers_all) == (True, False, True)
    assert said.by == said.issuer == certificates.SAMPLE_NAME
    assert said.at is not None
    assert b"PRIVATE" not in after


def test_a_second_signature_leaves_the_first_one_valid(provider: digital.Provider) -> None:
    twice = provider.sign(provider.sign(pdf(), reason="1", place=""), reason="2", place="")
    assert [each.whole for each in digital.signatures(twice)] == [True, True]


def test_a_changed_byte_is_seen(provider: digital.Provider) -> None:
    after = bytearray(provider.sign(pdf(), reason="", place=""))
    place = after.find(b"MediaBox")
    after[place + 13 : place + 14] = b"9"
    assert [each.whole for each in digital.signatures(bytes(after))] == [False]


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.4\nbroken"])
def test_what_cannot_be_signed_is_refused_for_good(provider: digital.Provider, content: bytes) -> None:
    with pytest.raises(outside.Refused):
        provider.sign(content, reason="", place="")
    assert digital.signatures(content) == []


def test_an_authority_is_trusted_where_somebody_said_so(
    provider: digital.Provider, settings: Any, tmp_path: Path
) -> None:
    certificate = certificates.opened(*certificates.sample())
    roots = tmp_path / "goc.pem"
    roots.write_bytes(certificate.public_bytes(certificates.serialization.Encoding.PEM))
    settings.SIGNING_ROOTS = str(roots)
    (said,) = digital.signatures(provider.sign(pdf(), reason="", place=""))
    assert said.trusted


def test_the_samples_key_is_its_owners_alone(provider: digital.Provider, tmp_path: Path) -> None:
    assert (tmp_path / "signing" / "sample.p12").stat().st_mode & 0o077 == 0
