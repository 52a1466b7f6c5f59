"""A built file as text, for the page that has to carry it inside itself, because nothing can be fetched from there."""

import base64
import functools
import hashlib
from pathlib import Path

FOLDER = Path(__file__).parent / "static" / "built"


@functools.cache
def text(name: str) -> str:
    """What a built script or style says; empty where nothing was built yet."""
    path = FOLDER / name
    return path.read_text() if path.exists() else ""


def digest(content: str) -> str:
    """How a page's own policy names a part that it allows (Content-Security-Policy)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
