"""What a typed word may have been meant to be: slips of the finger, of the Telex and VNI keyboards, of the ear.

Nouns: Speller (knows the folded words that can be found). Pure; it knows nothing of meaning. One slip is forgiven, in
words of three letters and more: Vietnamese syllables are so short that two slips make any word of any other.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 3
_MOST = 8
_AS_TYPED, _TELEX, _SOUNDS, _SLIP, _BEGUN = 1.0, 0.95, 0.8, 0.7, 0.6
# Ways of the Telex keyboard to write one letter with its mark, when the keyboard's program was off.
_MARKS = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"), ("uow", "uo"), ("ow", "o"), ("uw", "u"), ("aw", "a"))
_TONE = re.compile(r"(?<=[aeiouy])[sfrxj](?=[a-z]{0,2}$)|[sfrxj]$")
_VNI = re.compile(r"(?<=[a-z])\d+")
# Beginnings that sound the same somewhere in the country.
_ALIKE = (("tr", "ch"), ("s", "x"), ("gi", "d"), ("gi", "r"), ("d", "r"), ("l", "n"), ("ng", "ngh"), ("v", "d"))

Meant = list[tuple[str, float]]


class Speller:
    """Knows every word that can be found, with how often it stands there."""

    def __init__(self, words: Mapping[str, int]) -> None:
        self._words = words
        self._shortened: dict[str, list[str]] = defaultdict(list)
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        for word in words:
            for n in range(1, len(word)):
                self._beginnings[word[:n]].append(word)
            if len(word) >= SHORTEST:
                for shorter in {word, *_without_one(word)}:
                    self._shortened[shorter].append(word)
        # People ask with the same words again and again; the cache lives as long as these words do.
        self.meant = functools.lru_cache(maxsize=5000)(self._meant)

    def words_of(self, typed: Iterable[str]) -> Iterator[str]:
        """The words typed, those written together taken apart: "khaisinh" is "khai sinh"."""
        for word in typed:
            yield from self._apart(word) if word not in self._words else (word,)

    def _apart(self, word: str) -> tuple[str, ...]:
        cuts = [(word[:n], word[n:]) for n in range(2, len(word) - 1)]
        known = [cut for cut in cuts if cut[0] in self._words and cut[1] in self._words]
        known.sort(key=lambda cut: (-min(self._words[part] for part in cut), cut))
        return known[0] if known and not self._slips(word) and not self._beginnings.get(word) else (word,)

    def _meant(self, word: str) -> Meant:
        """Known words that this one may be, each with how sure that is (0 to 1), the surest first."""
        if word in self._words:
            return [(word, _AS_TYPED)]
        sure: dict[str, float] = {}
        for found, factor in (
            *((each, _TELEX) for each in _unmarked(word)),
            *((each, _SOUNDS) for each in _alike(word)),
            *((each, _SLIP) for each in self._slips(word)),
            *((each, _BEGUN) for each in self._begun(word)),
        ):
            if found in self._words:
                sure[found] = max(factor, sure.get(found, 0))
        return sorted(sure.items(), key=lambda one: (-one[1], -self._words[one[0]], one[0]))[:_MOST]

    def _begun(self, word: str) -> list[str]:
        return self._beginnings.get(word, []) if len(word) >= 2 else []

    def _slips(self, word: str) -> set[str]:
        """Known words that one letter too many, too few, wrong or swapped leads away from."""
        if len(word) < SHORTEST or word.isdigit():
            return set()
        near = {each for shorter in {word, *_without_one(word)} for each in self._shortened.get(shorter, ())}
        return {each for each in near if _one_slip(word, each)}


def _without_one(word: str) -> Iterator[str]:
    return (word[:n] + word[n + 1 :] for n in range(len(word)))


def _one_slip(typed: str, meant: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours makes one word of the other."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    differ = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if differ is None:
        return True
    a, b = typed[differ:], meant[differ:]
    if len(a) != len(b):
        return a[1:] == b or a == b[1:]
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _unmarked(word: str) -> Iterator[str]:
    """What the word is when its Telex or VNI keys are read as marks and tones."""
    yield _VNI.sub("", word)
    plain = word
    for keys, letter in _MARKS:
        plain = plain.replace(keys, letter)
    yield plain
    yield _TONE.sub("", plain, count=1)


def _alike(word: str) -> Iterator[str]:
    for pair in _ALIKE:
        for heard, written in (pair, pair[::-1]):
            if word.startswith(heard):
                yield written + word[len(heard) :]
