"""Pictures that people send: what they really are, and a plain copy that carries nothing but the picture.

Nouns: picture, NotAPicture (why some bytes are none). It keeps nothing; files does.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
# A camera of today makes 50 million; a small file that claims more is a bomb.
MOST_PIXELS = 80_000_000
LONGEST, QUALITY = 1600, 80

pillow_heif.register_heif_opener()


class NotAPicture(ValueError):
    """These bytes are no picture that is taken; `reason` is type, broken or too_many_pixels."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def type_of(content: bytes) -> str:
    """The media type that the bytes show. Raises NotAPicture."""
    with _opened(content) as image:
        image.verify()
        return TYPES[image.format or ""]


def re_encoded(content: bytes) -> bytes:
    """The picture as a JPEG of ordinary size, upright, without what a camera adds: place, moment, owner, thumbnail.

    Raises NotAPicture.
    """
    out = io.BytesIO()
    with _opened(content) as image:
        image.draft("RGB", (LONGEST, LONGEST))
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((LONGEST, LONGEST))
        # Saved without exif, colour profile or comment: nothing is passed on.
        upright.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=tuple(TYPES)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture("too_many_pixels")
            yield image
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("too_many_pixels") from None
    except (UnidentifiedImageError, KeyError):
        raise NotAPicture("type") from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError):
        raise NotAPicture("broken") from None
