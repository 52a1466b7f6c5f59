"""A picture that is kept carries nothing but the picture, upright, in an ordinary size."""

import io

import pillow_heif
import pytest
from PIL import Image

from motcua.kernel import pictures

LATITUDE, ORIENTATION, TURNED = 2, 0x0112, 6


def photo(format: str = "JPEG", size: tuple[int, int] = (2400, 1200)) -> bytes:
    """A photo with the place where it was taken, held sideways."""
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(0x8825)[LATITUDE] = (11.0, 30.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, format, exif=exif)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_the_place_where_it_was_taken_is_not_kept() -> None:
    assert opened(photo()).getexif().get_ifd(0x8825)
    kept = opened(pictures.re_encoded(photo()))
    assert dict(kept.getexif()) == {}
    assert "exif" not in kept.info


def test_a_photo_held_sideways_is_kept_upright_and_no_longer_than_it_need_be() -> None:
    kept = opened(pictures.re_encoded(photo()))
    assert kept.format == "JPEG"
    assert kept.size == (800, 1600)


def test_a_small_picture_is_not_made_larger() -> None:
    assert opened(pictures.re_encoded(photo(size=(300, 200)))).size == (200, 300)


@pytest.mark.parametrize("mode", ["P", "LA", "RGBA", "CMYK", "1"])
def test_every_kind_of_picture_becomes_an_ordinary_one(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(pictures.re_encoded(out.getvalue())).mode == "RGB"


def test_a_photo_of_a_telephone_in_heic_is_taken() -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 32), "white")).save(out)
    assert pictures.type_of(out.getvalue()) == "image/heic"
    assert opened(pictures.re_encoded(out.getvalue())).size == (64, 32)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "type"),
        (b"%PDF-1.7", "type"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00", "type"),
        (photo()[:-2000], "broken"),
        (photo("PNG")[:200], "broken"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(pictures.NotAPicture) as refused:
        pictures.re_encoded(content)
    assert refused.value.reason == reason


def test_a_small_file_that_claims_a_huge_picture_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 100)
    for read in (pictures.type_of, pictures.re_encoded):
        with pytest.raises(pictures.NotAPicture) as refused:
            read(photo())
        assert refused.value.reason == "too_many_pixels"
