"""Pictures that people send: what they really are, and a plain copy that carries nothing but the picture.

Nouns: picture, NotAPicture (why some bytes are none). Size is asked before anything is unpacked, and only so many dots
are unpacked at once in a process, so that many large photos together need no more memory than one. It keeps nothing;
files does.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

# MPO is what many telephones write: a JPEG with a second one behind it, which is left out.
TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "HEIF": "image/heic"}
_READ = ("JPEG", "PNG", "WEBP", "HEIF")
# A camera of today makes 50 million; a small file that claims more is a bomb.
MOST_PIXELS = 80_000_000
# Of kinds that are unpacked whole before they can be made smaller: A4 at 600 dots an inch is 35 million.
MOST_UNPACKED = 40_000_000
LONGEST, QUALITY = 1600, 80

pillow_heif.register_heif_opener()


class NotAPicture(ValueError):
    """These bytes are no picture that is taken; `reason` is type, broken or too_many_pixels."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Room:
    """How many dots may be unpacked at once; who comes when there is no room waits."""

    def __init__(self) -> None:
        self._taken, self._changed = 0, threading.Condition()

    @contextmanager
    def for_(self, pixels: int) -> Iterator[None]:
        """Held until this picture is small again."""
        with self._changed:
            self._changed.wait_for(lambda: self._taken == 0 or self._taken + pixels <= MOST_UNPACKED)
            self._taken += pixels
        try:
            yield
        finally:
            with self._changed:
                self._taken -= pixels
                self._changed.notify_all()


_room = _Room()


def type_of(content: bytes) -> str:
    """The media type that the bytes show. Raises NotAPicture."""
    with _opened(content) as image:
        image.verify()
        return TYPES[image.format or ""]


def re_encoded(content: bytes, *, longest: int = LONGEST, quality: int = QUALITY) -> bytes:
    """The picture as a JPEG of ordinary size, upright, without what a camera adds: place, moment, owner, thumbnail; of
    a moving one the first picture.

    Raises NotAPicture.
    """
    out = io.BytesIO()
    with _opened(content) as image:
        whole = image.width * image.height
        image.draft("RGB", (longest, longest))
        # One that comes clearer by and by is unpacked whole, however small it is wanted.
        pixels = whole if "progressive" in image.info else image.width * image.height
        if pixels > MOST_UNPACKED:
            raise NotAPicture("too_many_pixels")
        with _room.for_(pixels):
            small = _made_small(image, longest)
        upright = _on_white(ImageOps.exif_transpose(small))
        # A picture made in memory: no exif, colour profile or comment can be passed on.
        upright.info.clear()
        upright.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _made_small(image: Image.Image, longest: int) -> Image.Image:
    """In place where that can be, so that a large one is in memory once."""
    if image.mode not in ("RGB", "RGBA", "L", "LA"):
        image = image.convert("RGBA" if "transparency" in image.info or image.mode in ("PA", "La", "RGBa") else "RGB")
    image.thumbnail((longest, longest))
    return image


def _on_white(image: Image.Image) -> Image.Image:
    """What can be seen through is paper."""
    if "A" not in image.getbands():
        return image.convert("RGB")
    ground = Image.new("RGB", image.size, "white")
    ground.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return ground


@contextmanager
def _opened(content: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(content), formats=_READ) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture("too_many_pixels")
            yield image
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotAPicture("too_many_pixels") from None
    except (UnidentifiedImageError, KeyError):
        raise NotAPicture("type") from None
    except (OSError, SyntaxError, ValueError, EOFError, RuntimeError, MemoryError):
        raise NotAPicture("broken") from None
