"""How a filing is written down: one form for one content, and its digest."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> str:
    """The one way to write a filing down: sorted keys, no blanks, as UTF-8 text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """Hexadecimal SHA-256 of the text."""
    return hashlib.sha256(text.encode()).hexdigest()
