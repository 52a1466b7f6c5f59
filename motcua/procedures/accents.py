"""What the accents of a typed text say, where it has some: who writes đỏ does not mean đò, who writes do means either.

Nouns: Written (each folded word with the marks that it was written with). Everything is found by folded words, so that
accents are never needed; but an expression that stands for other words must not be heard where another word is written.
Pure.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping

from motcua.kernel.search import fold

# đ has no mark that could be taken off; this one stands for its stroke.
_STROKE = "\u0335"
Written = Mapping[str, list[frozenset[str]]]


@functools.lru_cache(maxsize=2000)
def written(text: str) -> Written:
    """Each folded word of the text with its marks, wherever they stand in it: hoà and hòa are written alike."""
    found: dict[str, list[frozenset[str]]] = {}
    for word in unicodedata.normalize("NFC", text.lower()).split():
        for folded in fold(word).split():
            found.setdefault(folded, []).append(_marks(word))
    return found


def agrees(phrase: str, typed: Written) -> bool:
    """Whether the text can mean this phrase, as far as accents go: none is written that the phrase does not have."""
    return all(
        any(marks <= meant for marks in typed[word] for meant in forms)
        for word, forms in written(phrase).items()
        if word in typed
    )


def _marks(word: str) -> frozenset[str]:
    return frozenset(filter(unicodedata.combining, unicodedata.normalize("NFD", word.replace("đ", f"d{_STROKE}"))))
