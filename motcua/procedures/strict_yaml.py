"""YAML as the catalogue reads it: safe, and a key given twice is a fault where YAML would silently keep the last.

Nouns: none. It knows nothing of procedures.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FAULTS = (yaml.YAMLError, UnicodeDecodeError)


class _Loader(yaml.CSafeLoader):
    """The safe loader that refuses a key given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in keys:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        keys.add(key)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def loaded(path: Path) -> Any:
    """What the file says. Raises one of FAULTS."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - the loader is a safe one


def loaded_once(path: Path) -> Any:
    """The same for a file that many others name: read again only when it changed. Never write into what this gives."""
    return _as_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _as_of(path: Path, _changed: int) -> Any:
    return loaded(path)


def line(error: Exception) -> str:
    """Where in the file this fault is, as far as YAML says."""
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "the file"
