"""The shipped list of everyday words: how people name their matters, and what they mean (data/synonyms.yaml).

Nouns: Everyday (one phrase with the procedures it means, or the office's words that stand for it). Read once; what an
office changes is kept in rows beside it and never written here, so that a new edition of the list overwrites nothing.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from motcua.kernel.search import fold
from motcua.procedures import strict_yaml

FILE = Path(__file__).resolve().parent / "data" / "synonyms.yaml"


@dataclass(frozen=True, slots=True)
class Everyday:
    """One phrase: the codes that it means, or the words to read in its place."""

    phrase: str
    folded: str
    codes: tuple[str, ...] = ()
    words: str = ""


@functools.lru_cache(maxsize=1)
def shipped() -> dict[str, Everyday]:
    """Every shipped phrase by its folded words."""
    doc = strict_yaml.loaded(FILE)
    found: dict[str, Everyday] = {}
    for code, phrases in doc["procedures"].items():
        for phrase in phrases:
            codes = (*found[fold(phrase)].codes, code) if fold(phrase) in found else (code,)
            found[fold(phrase)] = Everyday(phrase, fold(phrase), tuple(dict.fromkeys(codes)))
    for phrase, words in doc["words"].items():
        before = found.get(fold(phrase))
        found[fold(phrase)] = Everyday(phrase, fold(phrase), before.codes if before else (), words)
    return found
