"""Typed differences between two documents of the catalogue; it writes nothing."""

from collections.abc import Iterator, Mapping
from typing import Any


def differences(old: Mapping[str, Any], new: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, str, Any, Any]]:
    """Typed differences between two documents: (path, "added" | "removed" | "changed", old value, new value).

    Lists of things with a sid or oid are compared by that id, so that moving a field is not a hundred changes.
    """
    for key in [*old, *(key for key in new if key not in old)]:
        path = f"{at}/{key}"
        if key not in new:
            yield path, "removed", old[key], None
        elif key not in old:
            yield path, "added", None, new[key]
        else:
            yield from _difference(path, old[key], new[key])


def _difference(path: str, old: Any, new: Any) -> Iterator[tuple[str, str, Any, Any]]:
    old_by_id, new_by_id = _by_id(old), _by_id(new)
    if old_by_id is not None and new_by_id is not None:
        yield from differences(old_by_id, new_by_id, path)
    elif old != new:
        yield path, "changed", old, new


def _by_id(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value):
        ids = [item.get("sid") or item.get("oid") or item.get("kind") or item.get("code") for item in value]
        if all(ids) and len(set(ids)) == len(ids):
            return dict(zip(map(str, ids), value, strict=True))
    return None
