"""Reading one mapping of a document: every key asked for is checked, every key not asked for is a fault.

Nouns: Fault (a path and what is wrong there), DefinitionFaults (all of them at once), Entry (a mapping being read).
A reader never stops at the first fault: a wrong value is noted and a harmless one taken in its place.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from motcua.procedures import conditions
from motcua.procedures.conditions import Rule
from motcua.procedures.definition.shape import Text

SID = re.compile(r"[a-z][a-z0-9_]{0,39}")
MISSING: Any = object()
NO_RULE: Rule = {"and": []}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a document: where, and what."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or 'the document'}: {self.message}"


class DefinitionFaults(ValueError):
    """A document that is no definition, with every fault in it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Entry:
    """A mapping of the document while it is read."""

    def __init__(self, doc: object, path: str, faults: list[Fault]) -> None:
        self.path = path
        self.faults = faults
        self._asked: set[str] = set()
        self._doc: Mapping[Any, Any] = {}
        if isinstance(doc, Mapping):
            self._doc = doc
        else:
            self.fault("", f"must be a mapping of keys, not {doc!r}")

    def at(self, key: object) -> str:
        """The path of this key."""
        return f"{self.path}.{key}" if self.path and key != "" else f"{self.path}{key}"

    def fault(self, key: object, message: str) -> None:
        """Note what is wrong at this key."""
        self.faults.append(Fault(self.at(key), message))

    def raw(self, key: str, *, required: bool = False) -> Any:
        """The value as it stands, or MISSING."""
        self._asked.add(key)
        value = self._doc.get(key, MISSING)
        if value is None:
            value = MISSING
        if value is MISSING and required:
            self.fault(key, "is missing")
        return value

    def refuse_the_rest(self) -> None:
        """A fault for every key that nobody asked for."""
        for key in self._doc:
            if key not in self._asked:
                self.fault(key, "is not a key that can stand here")

    def string(
        self, key: str, *, required: bool = False, longest: int = 1000, shape: re.Pattern[str] | None = None
    ) -> str:
        """A plain string; numbers and dates that lost their quotes are faults, not guesses."""
        value = self.raw(key, required=required)
        if value is MISSING:
            return ""
        if not isinstance(value, str):
            self.fault(key, f"must be text in quotes, not {value!r}")
        elif len(value) > longest:
            self.fault(key, f"is longer than {longest} characters")
        elif not value.strip() or (shape and not shape.fullmatch(value)):
            self.fault(key, f"cannot be {value!r}")
        else:
            return value
        return ""

    def sid(self, key: str = "sid") -> str:
        """A name for ever: lower-case letters, digits and underscores."""
        return self.string(key, required=True, shape=SID)

    def one_of(self, key: str, known: Collection[str], *, required: bool = False, default: str = "") -> str:
        """One word of a closed set."""
        value = self.raw(key, required=required)
        if value is MISSING:
            return default
        if value not in known:
            self.fault(key, f"is {value!r}, which is none of: {', '.join(known)}")
            return default
        return str(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """True or false."""
        value = self.raw(key)
        if value is not MISSING and not isinstance(value, bool):
            self.fault(key, f"must be true or false, not {value!r}")
        return value if isinstance(value, bool) else default

    def integer(self, key: str, *, least: int = 0, most: int = 10**15) -> int | None:
        """A whole number in bounds, or None."""
        value = self.raw(key)
        if value is MISSING:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(key, f"must be a whole number from {least} to {most}, not {value!r}")
            return None
        return value

    def text(self, key: str, *, longest: int = 2000) -> Text | None:
        """Words: a plain string is Vietnamese, a mapping may give vi and en."""
        value = self.raw(key)
        return None if value is MISSING else self._text(key, value, longest)

    def required_text(self, key: str, *, longest: int = 2000) -> Text:
        """Words that must be there."""
        value = self.raw(key, required=True)
        return Text("") if value is MISSING else self._text(key, value, longest)

    def _text(self, key: str, value: object, longest: int) -> Text:
        if isinstance(value, str):
            value = {"vi": value}
        inner = Entry(value, self.at(key), self.faults)
        text = Text(inner.string("vi", required=True, longest=longest), inner.string("en", longest=longest))
        inner.refuse_the_rest()
        return text

    def rule(self, key: str) -> Rule | None:
        """A condition of the closed language."""
        value = self.raw(key)
        return None if value is MISSING else self._rule(key, value)

    def required_rule(self, key: str) -> Rule:
        """A condition that must be there."""
        value = self.raw(key, required=True)
        return NO_RULE if value is MISSING else self._rule(key, value)

    def _rule(self, key: str, value: Any) -> Rule:
        wrong = list(conditions.faults(value))
        for message in wrong:
            self.fault(key, message)
        return NO_RULE if wrong else dict(value)

    def inner(self, key: str, build: "Callable[[Entry], T]") -> T | None:
        """What one mapping below says, or None."""
        value = self.raw(key)
        return None if value is MISSING else built(value, self.at(key), self.faults, build)

    def each(self, key: str, build: "Callable[[Entry], T]", *, required: bool = False) -> tuple[T, ...]:
        """What each mapping of a list says."""
        paths = (f"{self.at(key)}[{index}]" for index in range(10_000))
        return tuple(
            built(item, path, self.faults, build)
            for item, path in zip(self._items(key, required=required), paths, strict=False)
        )

    def strings(self, key: str, *, known: Collection[str] = (), required: bool = False) -> tuple[str, ...]:
        """A list of plain strings, each of a closed set where one is given."""
        found = []
        for index, item in enumerate(self._items(key, required=required)):
            if not isinstance(item, str) or not item.strip():
                self.fault(f"{key}[{index}]", f"must be text in quotes, not {item!r}")
            elif known and item not in known:
                self.fault(f"{key}[{index}]", f"is {item!r}, which is none of: {', '.join(known)}")
            else:
                found.append(item)
        return tuple(found)

    def names(self, key: str, known: Collection[str] = ()) -> dict[str, str] | None:
        """A small mapping of words to words, the keys from a closed set."""
        value = self.raw(key)
        if value is MISSING:
            return None
        inner = Entry(value, self.at(key), self.faults)
        found = {name: inner.string(name, longest=80) for name in known if inner.raw(name) is not MISSING}
        inner.refuse_the_rest()
        return found

    def texts(self, key: str) -> dict[str, Text]:
        """Words under free names."""
        value = self.raw(key)
        if value is MISSING:
            return {}
        inner = Entry(value, self.at(key), self.faults)
        return {str(name): inner.required_text(str(name)) for name in inner._doc}

    def _items(self, key: str, *, required: bool) -> list[Any]:
        value = self.raw(key, required=required)
        if value is MISSING:
            return []
        if not isinstance(value, list | tuple):
            self.fault(key, f"must be a list, not {value!r}")
            return []
        if required and not value:
            self.fault(key, "must not be empty")
        return list(value)


def built(doc: object, path: str, faults: list[Fault], build: Callable[[Entry], T]) -> T:
    """What `build` makes of this mapping, with a fault for every key it did not ask for."""
    entry = Entry(doc, path, faults)
    result = build(entry)
    entry.refuse_the_rest()
    return result
