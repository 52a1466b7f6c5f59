"""Procedures kept as files: one YAML document a procedure, found, read, and checked with the place of every fault.

Nouns: FileFault (which file and line, where in it, what is wrong), CatalogueFaults (all of a folder).
It writes nothing; services publish what is read here.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from motcua.procedures import completeness, definition, lines, shared_forms, strict_yaml
from motcua.procedures.completeness import Completeness
from motcua.procedures.definition import DefinitionFaults

SHIPPED = Path(__file__).resolve().parent / "catalogue"
# Communes of two levels settle these procedures since that day; a file may name another.
BEGUN = date(2026, 7, 1)
_START = "effective_from"
_FORM = re.compile(r"^form:[ \t]*(\w+)[ \t]*(?:#.*)?$", re.MULTILINE)
# Counted up when the same files give other documents than before.
_READING = b"1"


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing to mend in one file; line 0 when `where` says the line itself."""

    file: str
    where: str
    message: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.message}" + (f" (line {self.line})" if self.line else "")


class CatalogueFaults(ValueError):
    """A folder that cannot be loaded, with every fault of the files that were to be."""

    def __init__(self, faults: list[FileFault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def files_in(folder: Path) -> list[Path]:
    """Every procedure's file in this folder, in a lasting order; the forms they share are no procedures."""
    forms = folder / shared_forms.FOLDER
    return sorted(path for path in folder.rglob("*.yaml") if forms not in path.parents)


def document(path: Path) -> tuple[dict[str, Any], date]:
    """What the file says, its form written into it, and from which day; only for a file without faults."""
    return _resolved(strict_yaml.loaded(path), path)


def _resolved(said: Mapping[str, Any], path: Path) -> tuple[dict[str, Any], date]:
    doc = shared_forms.resolved(said, path.parents[1])
    return doc, date.fromisoformat(doc.pop(_START, BEGUN.isoformat()))


class Unsound(ValueError):
    """A file that has faults beside those of its definition: faults_in names them."""


def sound_document(path: Path) -> tuple[dict[str, Any], date]:
    """Like document, for a file that nobody has looked at yet. Raises one of UNREADABLE; its definition is not read."""
    doc = strict_yaml.loaded(path)
    if not isinstance(doc, Mapping):
        raise Unsound(path)
    if next(_place_faults(doc, path, path.name), None) or next(shared_forms.troubles(doc, path.parents[1]), None):
        raise Unsound(path)
    return _resolved(doc, path)


def source_digest(path: Path) -> str:
    """SHA-256 over the file and the form it names: the same files give the same document."""
    text = path.read_bytes()
    said = hashlib.sha256(_READING + text)
    named = _FORM.search(text.decode(errors="replace"))
    if named and (form := shared_forms.form_path(path.parents[1], named[1])):
        said.update(form.read_bytes())
    return said.hexdigest()


UNREADABLE = (*strict_yaml.FAULTS, Unsound)


def faults_of(folder: Path) -> list[FileFault]:
    """Every fault of every file, and codes that two files claim."""
    found: list[FileFault] = []
    claimed: dict[str, str] = {}
    for path in files_in(folder):
        name = path.relative_to(folder).as_posix()
        found += faults_in(path, folder)
        if path.stem in claimed:
            found.append(FileFault(name, "code", f"stands in {claimed[path.stem]} as well"))
        claimed[path.stem] = name
    return list(dict.fromkeys(found))


def completeness_of(folder: Path) -> Completeness:
    """What is missing in the files of this folder, which must be without faults."""
    return completeness.of(definition.parse(document(path)[0]) for path in files_in(folder))


def faults_in(path: Path, folder: Path) -> list[FileFault]:
    """Every fault of this one file and of the form it names, each with its line."""
    return [_lined(fault, path, folder) for fault in _faults(path, path.relative_to(folder).as_posix())]


def _lined(fault: FileFault, path: Path, folder: Path) -> FileFault:
    """The fault with the line where its key stands, found only now: sound files pay nothing for it."""
    if fault.where.startswith("line "):
        return fault
    file = path if fault.file == path.relative_to(folder).as_posix() else folder / fault.file
    if not file.is_file():
        file = shared_forms.SHIPPED.parent / fault.file
    return replace(fault, line=lines.line_of(file.read_text(encoding="utf-8"), fault.where, fault.message))


def _faults(path: Path, name: str) -> Iterator[FileFault]:
    try:
        doc = strict_yaml.loaded(path)
    except strict_yaml.FAULTS as error:
        yield FileFault(name, strict_yaml.line(error), str(getattr(error, "problem", None) or error))
        return
    if not isinstance(doc, Mapping):
        yield FileFault(name, "line 1", "must be a mapping of keys")
        return
    yield from _place_faults(doc, path, name)
    if troubles := list(shared_forms.troubles(doc, path.parents[1])):
        yield from (FileFault(_form(doc) if each.in_form else name, each.where, each.message) for each in troubles)
        return
    yield from _content_faults(doc, path, name)


def _content_faults(doc: Mapping[Any, Any], path: Path, name: str) -> Iterator[FileFault]:
    whole = shared_forms.resolved(doc, path.parents[1])
    try:
        definition.parse({key: value for key, value in whole.items() if key != _START})
    except DefinitionFaults as error:
        for fault in error.faults:
            lent = fault.path.partition("[")[0].partition(".")[0] not in doc
            in_form = lent and fault.path.startswith(shared_forms.LENT)
            yield FileFault(_form(doc) if in_form else name, fault.path or "the document", fault.message)


def _form(doc: Mapping[Any, Any]) -> str:
    """The name of the form's file, for a fault that is to be mended there."""
    return f"{shared_forms.FOLDER}/{doc[shared_forms.KEY]}.yaml"


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
