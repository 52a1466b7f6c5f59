"""On which line of a YAML file a thing stands: read again only when there is a fault to name.

Nouns: none but lines, counted from one. It decides nothing about what is right.
"""

import re
from collections.abc import Iterator

import yaml

_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_TWICE = re.compile(r"'([^']+)' stands \d+ times")
_NAMES = ("sid", "oid", "kind")


def line_of(text: str, where: str, message: str = "") -> int:
    """The line of the key at this path ("components[3].title"), or of the nearest thing above it that is there.

    A name given twice is found by the name that the message quotes: its last place.
    """
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        return 1
    if twice := _TWICE.match(message):
        found = [node.start_mark.line for node in _named(root) if node.value == twice[1]]
        return int(found[-1]) + 1 if found else 1
    node, line = root, root.start_mark.line
    for key, index in _PART.findall(where):
        below = _below(node, key, index)
        if below is None:
            break
        node, line = below
    return int(line) + 1


def _below(node: yaml.Node, key: str, index: str) -> tuple[yaml.Node, int] | None:
    """What stands under this key or number, and its line."""
    if index and isinstance(node, yaml.SequenceNode) and int(index) < len(node.value):
        return node.value[int(index)], node.value[int(index)].start_mark.line
    if key and isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            if key_node.value == key:
                return value, key_node.start_mark.line
    return None


def _named(node: yaml.Node) -> Iterator[yaml.Node]:
    """Every node that names something, in the order of the file."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _named(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in _NAMES:
                yield value
            yield from _named(value)
