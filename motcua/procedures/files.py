"""Procedures kept as files: one YAML document a procedure, found, read, and checked with the place of every fault.

Nouns: FileFault (which file, where in it, what is wrong). It writes nothing; services publish what is read here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from motcua.procedures import definition
from motcua.procedures.definition import DefinitionFaults

SHIPPED = Path(__file__).resolve().parent / "catalogue"
# Communes of two levels settle these procedures since that day; a file may name another.
BEGUN = date(2026, 7, 1)
_START = "effective_from"


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing to mend in one file."""

    file: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.message}"


def files_in(folder: Path) -> list[Path]:
    """Every file of the catalogue in this folder, in a lasting order."""
    return sorted(folder.rglob("*.yaml"))


def document(path: Path) -> tuple[dict[str, Any], date]:
    """What the file says and from which day; only for a file without faults."""
    doc = _loaded(path)
    return doc, date.fromisoformat(doc.pop(_START, BEGUN.isoformat()))


def faults_of(folder: Path) -> list[FileFault]:
    """Every fault of every file, and codes that two files claim."""
    found: list[FileFault] = []
    claimed: dict[str, str] = {}
    for path in files_in(folder):
        name = path.relative_to(folder).as_posix()
        found += _faults(path, name)
        if path.stem in claimed:
            found.append(FileFault(name, "code", f"stands in {claimed[path.stem]} as well"))
        claimed[path.stem] = name
    return found


def _faults(path: Path, name: str) -> Iterator[FileFault]:
    try:
        doc = _loaded(path)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        yield FileFault(name, _line(error), " ".join(str(error).split()))
        return
    if not isinstance(doc, Mapping):
        yield FileFault(name, "line 1", "must be a mapping of keys")
        return
    yield from _place_faults(doc, path, name)
    try:
        definition.parse({key: value for key, value in doc.items() if key != _START})
    except DefinitionFaults as error:
        yield from (FileFault(name, fault.path or "the document", fault.message) for fault in error.faults)


def _place_faults(doc: Mapping[Any, Any], path: Path, name: str) -> Iterator[FileFault]:
    """A file stands under its sector and its code, so that it is found by them."""
    if isinstance(doc.get("code"), str) and doc["code"] != path.stem:
        yield FileFault(name, "code", f"is {doc['code']!r}, but the file is called {path.stem!r}")
    if isinstance(doc.get("sector"), str) and doc["sector"] != path.parent.name:
        yield FileFault(name, "sector", f"is {doc['sector']!r}, but the folder is called {path.parent.name!r}")
    if not _is_day(doc.get(_START, BEGUN.isoformat())):
        yield FileFault(name, _START, "must be a day in quotes such as '2026-07-01'")


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark else "the file"


class _Loader(yaml.CSafeLoader):
    """The safe loader that refuses a key given twice, of which YAML would silently keep the last."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in keys:
            raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands twice", key_node.start_mark)
        keys.add(key)
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def _loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - the loader is a safe one
