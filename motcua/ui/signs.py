"""Signs that nobody types and no page, file or letter can carry: they are left out of what comes in.

Control signs break databases, feeds and Word files; signs that turn the direction of writing let a name or a file's
name read as another. What is left out is never part of a word.
"""

import re

# Line ends and tabs stay; halves of a letter (surrogates) can come in JSON only.
_LEFT_OUT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def are_plain(text: str) -> bool:
    """Whether there is nothing to leave out."""
    return _LEFT_OUT.search(text) is None


def plain(text: str) -> str:
    """The text without them."""
    return _LEFT_OUT.sub("", text)
