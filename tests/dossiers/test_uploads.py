"""Files before a filing: only photos and PDF, known by an unguessable handle for a day, so many from each network."""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from PIL import Image

from motcua.dossiers.models import Upload
from motcua.dossiers.services import uploads
from motcua.kernel import files, pictures
from motcua.kernel.gate.refusal import CODES

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(format: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), "white").save(buffer, format)
    return buffer.getvalue()


def keep(content: bytes = PDF, name: str = "giấy khai sinh.pdf", network: str = "192.0.2.7", at: datetime = AT):
    return uploads.keep_upload(content=content, name=name, network=network, at=at)


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/jpeg"),
        (picture("WEBP"), "image/jpeg"),
        (picture("HEIF"), "image/jpeg"),
        (picture("MPO"), "image/jpeg"),
        (PDF, "application/pdf"),
    ],
)
def test_a_picture_of_any_kind_is_kept_as_one_and_a_pdf_as_it_came(content: bytes, type_: str) -> None:
    taken = uploads.take(content, "a")
    assert taken.type == type_
    assert (taken.content == content) == (type_ == "application/pdf")
    assert taken.sent_sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"x" * (uploads.LARGEST + 1), "too_large"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type"),
        (b"<!doctype html><script>alert(1)</script>", "type"),
        (b"PK\x03\x04word/vbaProject.bin", "office"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "type"),
        (picture("PNG")[:60], "broken"),
    ],
)
def test_anything_else_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(uploads.UploadRefused) as refused:
        uploads.take(content, "a")
    assert refused.value.code == code


def test_a_small_file_that_claims_a_huge_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    with pytest.raises(uploads.UploadRefused) as refused:
        uploads.take(picture(), "a")
    assert refused.value.code == "too_many_pixels"


def test_a_refusal_says_what_to_do_in_both_languages() -> None:
    for code in ("quota", *CODES):
        with override("en"):
            english = uploads.UploadRefused(code).message
        with override("vi"):
            vietnamese = uploads.UploadRefused(code).message
        assert english
        assert vietnamese
        assert english != vietnamese


@pytest.mark.django_db
def test_a_kept_file_is_known_by_its_handle_in_one_query() -> None:
    one, other = keep(), keep(picture(), "ảnh.png")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        known = uploads.known_uploads([one.handle, other.handle, "nobody-gave-this-out"], AT)
    assert len(asked) == 1
    assert known[one.handle].sha256 == one.sha256
    assert set(known) == {one.handle, other.handle}
    assert files.read(one.sha256) == PDF


@pytest.mark.django_db
def test_neither_handle_nor_address_is_stored() -> None:
    kept = keep()
    row = Upload.objects.get()
    assert len(kept.handle) >= 43
    assert kept.handle not in (row.handle_hash, row.network, row.name)
    assert "192.0.2" not in row.network


@pytest.mark.django_db
def test_a_handle_lives_a_day_and_is_then_forgotten() -> None:
    kept = keep()
    late = AT + uploads.LIFETIME
    assert uploads.known_uploads([kept.handle], late - timedelta(seconds=1))
    assert not uploads.known_uploads([kept.handle], late)
    assert uploads.remove_expired(at=late) == 1
    assert files.read(kept.sha256) == PDF


@pytest.mark.django_db
def test_a_network_has_a_quota_and_another_is_not_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_IN_WINDOW", 2)
    keep(network="192.0.2.1")
    keep(network="192.0.2.2")
    with pytest.raises(uploads.UploadRefused) as refused:
        keep(network="192.0.2.3")
    assert refused.value.code == "quota"
    keep(network="198.51.100.1")
    keep(network="192.0.2.3", at=AT + uploads.WINDOW)
