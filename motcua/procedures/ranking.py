"""Which procedures a few everyday words mean, the likeliest first: the same answer on every database.

Nouns: Phrase (one way to name a procedure: its name, a keyword, a synonym), Ranking (all of them, ready to be asked),
Ear (what counts for whom), Scored. A procedure is as near to a query as the nearest of its phrases is, measured over
single words and pairs of neighbours, rare ones counting more, and how much of the query all its phrases together cover.
Pure: no database.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from motcua.procedures.spelling import Speller

MAX_WORDS = 16
# A procedure is shown when it is this near, and not much further away than the nearest one.
NEAR, BESIDE_THE_NEAREST = 0.48, 0.5
_PAIR, _COVERED, _FEATHER = 0.8, 0.9, 0.03
# Words of asking, not of the matter: they count little, whatever stands around them.
_ASKING = frozenset(
    """a ai bac ban bi bao can cac cach cai chi cho chung co con cu cua da dang dau de di do duoc em gi giup hoi hay
    khi khong la lam lay len luc ma minh moi mot muon nao nay neu nhe nhu nhung o oi phai ra roi sao tai the thi thu
    thuc toi tren trong tu tuc va vay ve vi voi xa xin them""".split()  # noqa: SIM905
)
_ASKED = 0.35


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words that name a procedure. `scope` is the office that says so; empty for everywhere."""

    code: str
    words: str
    weight: float = 1.0
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A procedure and how near it is; a number to order by, without a unit."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Ear:
    """What an office hears: phrases of these scopes beside everybody's, but not the `silent` ones (words, scope);
    `said` maps everyday words to those of the office.
    """

    scopes: frozenset[str] = frozenset()
    silent: frozenset[tuple[str, str]] = frozenset()
    said: Mapping[str, str] = field(default_factory=dict)

    def hears(self, phrase: Phrase) -> bool:
        """Whether this phrase counts."""
        known = not phrase.scope or phrase.scope in self.scopes
        return known and not (self.silent and (phrase.words, phrase.scope) in self.silent)


class Ranking:
    """Every phrase of the catalogue, taken apart once; `also` are words that may be typed though no phrase has them."""

    def __init__(self, phrases: Sequence[Phrase], also: Iterable[str] = ()) -> None:
        self._phrases = phrases
        self._features = [_features(phrase.words.split()) for phrase in phrases]
        self._codes: dict[str, set[str]] = defaultdict(set)
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, (phrase, features) in enumerate(zip(phrases, self._features, strict=True)):
            for feature in set(features):
                self._codes[feature].add(phrase.code)
                self._places[feature].append(place)
        self._all = max(1, len({phrase.code for phrase in phrases}))
        self._weights = {feature: self._weight(feature) for feature in self._places}
        lengths = [self._length(features) for features in self._features]
        self._factors = [phrase.weight / length for phrase, length in zip(phrases, lengths, strict=True)]
        counted = Counter({word: len(codes) for word, codes in self._codes.items() if " " not in word})
        counted.update({word: 0 for words in also for word in words.split()})
        self.speller = Speller(counted)

    def _weight(self, feature: str) -> float:
        rare = math.log(1 + self._all / len(self._codes[feature]))
        parts = feature.split()
        asked = sum(part in _ASKING for part in parts)
        return float(rare * (_PAIR if len(parts) == 2 else 1) * _ASKED ** (asked / len(parts)))

    def _length(self, features: Iterable[str]) -> float:
        return math.sqrt(sum(self._weights[feature] ** 2 for feature in set(features))) or 1.0

    def named(self, folded: str, ear: Ear) -> set[str]:
        """Procedures of which these words are a whole name, a keyword or an everyday expression."""
        return {phrase.code for phrase in self._phrases if phrase.words == folded and ear.hears(phrase)}

    def ranked(self, folded: str, ear: Ear) -> list[Scored]:
        """Procedures that are near enough to the folded words, the nearest first."""
        typed = list(self.speller.words_of(folded.split()[:MAX_WORDS]))
        best: dict[str, float] = {}
        for words in self._readings(typed, ear):
            for code, score in self._scores(words, ear).items():
                best[code] = max(score, best.get(code, 0))
        found = sorted((Scored(code, score) for code, score in best.items()), key=lambda one: (-one.score, one.code))
        least = max(NEAR, found[0].score * BESIDE_THE_NEAREST) if found else NEAR
        return [one for one in found if one.score >= least]

    def _readings(self, typed: list[str], ear: Ear) -> Iterator[list[str]]:
        """The words as typed, and as the office would say them."""
        yield typed
        surest = [next((each for each, _ in self.speller.meant(word)), word) for word in typed]
        said = list(_translated(surest, ear.said))
        if said != surest:
            yield said[: 2 * MAX_WORDS]

    def _scores(self, words: list[str], ear: Ear) -> dict[str, float]:
        asked = self._asked(words)
        whole = self._asked_length(words, asked)
        # What weighs almost nothing beside the rest stands in hundreds of phrases and would only cost time.
        least = _FEATHER * max((self._weights[one] ** 2 * sure for one, sure in asked.items()), default=0)
        near: dict[int, float] = defaultdict(float)
        covered: dict[str, float] = defaultdict(float)
        for feature, sure in asked.items():
            gain = sure * self._weights[feature] ** 2
            if gain >= least:
                for place in self._places[feature]:
                    near[place] += gain
            if " " not in feature:
                for code in self._codes[feature]:
                    covered[code] += gain
        all_words = sum(self._weights[one] ** 2 * sure for one, sure in asked.items() if " " not in one) or 1.0
        nearest = self._nearest(near, whole, ear)
        return {code: score + _COVERED * covered[code] / all_words * (score > 0) for code, score in nearest.items()}

    def _nearest(self, near: Mapping[int, float], whole: float, ear: Ear) -> dict[str, float]:
        """For each procedure how near its nearest phrase is."""
        best: dict[str, float] = {}
        all_heard = not ear.silent
        factors, phrases = self._factors, self._phrases
        for place, gain in near.items():
            phrase = phrases[place]
            score = gain * factors[place] / whole
            if score > best.get(phrase.code, 0) and ((all_heard and not phrase.scope) or ear.hears(phrase)):
                best[phrase.code] = score
        return best

    def _asked(self, words: Sequence[str]) -> dict[str, float]:
        """Features that the query has or may mean, with how sure that is."""
        meant = [self.speller.meant(word) for word in words]
        asked: dict[str, float] = {}
        for one in meant:
            asked.update({word: max(sure, asked.get(word, 0)) for word, sure in one if word in self._weights})
        for left, right in pairwise(meant):
            for word, sure in left:
                for other, as_sure in right:
                    if (pair := f"{word} {other}") in self._weights:
                        asked[pair] = max(sure * as_sure, asked.get(pair, 0))
        return asked

    def _asked_length(self, words: Sequence[str], asked: Mapping[str, float]) -> float:
        """How much was asked; a word that nobody knows counts as a rare one, so that nonsense is near to nothing."""
        unknown = math.log(1 + self._all) * sum(1 for word in words if not self.speller.meant(word))
        squares = 0.0
        for word in words:
            meant = [self._weights.get(each, 0) for each, _ in self.speller.meant(word)[:1]]
            squares += max(meant, default=0) ** 2
        pairs = sum(self._weights[feature] ** 2 for feature in asked if " " in feature and asked[feature] == 1)
        return math.sqrt(squares + pairs + unknown) or 1.0


def _translated(words: Sequence[str], said: Mapping[str, str]) -> Iterator[str]:
    """The longest everyday expressions replaced by the office's words."""
    at = 0
    while at < len(words):
        for longest in range(min(5, len(words) - at), 0, -1):
            if office := said.get(" ".join(words[at : at + longest])):
                yield from office.split()
                at += longest
                break
        else:
            yield words[at]
            at += 1


def _features(words: Sequence[str]) -> list[str]:
    """Single words and pairs of neighbours."""
    return [*words, *(f"{one} {other}" for one, other in pairwise(words))]
