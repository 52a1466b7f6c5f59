"""Statements written as Turtle: nodes with properties, nothing more.

Nouns: Node (a subject with its properties; without an address it stands inside the property that names it), Name (an
address), Literal. It does not read Turtle and knows no vocabulary. Escapes follow the W3C's grammar of Turtle 1.1,
which JSON's are a part of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

INDENT = "  "


@dataclass(frozen=True, slots=True)
class Name:
    """The address of a thing, in full or with a declared prefix ("skos:Concept")."""

    text: str

    def __str__(self) -> str:
        return f"<{quote(self.text, safe=_SAFE)}>" if "://" in self.text or ":" not in self.text else self.text


# Everything that an IRI may hold and Turtle takes inside < >.
_SAFE = ":/?#[]@!$&'()*+,;=%~-._"


@dataclass(frozen=True, slots=True)
class Literal:
    """A text in a language, or a value of a type ("xsd:duration")."""

    text: str
    lang: str = ""
    type: str = ""

    def __str__(self) -> str:
        quoted = json.dumps(self.text, ensure_ascii=False).replace("\x7f", "\\u007f")
        if self.lang:
            return f"{quoted}@{self.lang}"
        return f"{quoted}^^{self.type}" if self.type else quoted


@dataclass(frozen=True, slots=True)
class Node:
    """A thing and what is said of it."""

    kind: str
    properties: tuple[tuple[str, tuple[Value, ...]], ...]
    name: Name | None = None


Value = Name | Literal | Node
Properties = Mapping[str, Value | Iterable[Value] | None]


def node(kind: str, properties: Properties, name: str = "") -> Node:
    """A thing of this kind; properties without a value are left out."""
    said = tuple((key, many) for key, value in properties.items() if (many := _many(value)))
    return Node(kind, said, Name(name) if name else None)


def _many(value: Value | Iterable[Value] | None) -> tuple[Value, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, Name | Literal | Node) else tuple(value)


def document(prefixes: Mapping[str, str], nodes: Iterable[Node]) -> str:
    """The whole file, in the order given."""
    head = "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in prefixes.items())
    return head + "".join(f"\n{each.name}{''.join(_said(each, INDENT))} .\n" for each in nodes)


def _said(thing: Node, indent: str) -> Iterator[str]:
    yield f" a {thing.kind}"
    for key, values in thing.properties:
        yield f" ;\n{indent}{key} " + f",\n{indent}{INDENT}".join(_written(value, indent + INDENT) for value in values)


def _written(value: Value, indent: str) -> str:
    if not isinstance(value, Node):
        return str(value)
    if value.name is not None:
        return str(value.name)
    return f"[{''.join(_said(value, indent))} ]"
