"""Proving a copy: it is restored into a scratch area, by what a real restore does, and compared with the counts."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from motcua.config.backup import beside, facts, layout, places, postgres
from motcua.config.backup.engines import engine
from motcua.config.backup.layout import Copy, Proof
from motcua.dossiers import queries as dossiers
from motcua.kernel import ledger, protection

Progress = Callable[[int, int], None]
# Every paper is read again whole once in so many nights; that all are there in their size is looked at each night.
NIGHTS = 7
MOST_NAMED = 5


def prove(copy: Copy, at: datetime, progress: Progress, *, every_paper: bool = False) -> Proof:
    """Restore it into a scratch area, compare, take the scratch area away, and write down what was found."""
    began, looked = time.monotonic(), _Papers(copy, at, every_paper=every_paper)
    faults = [*of_the_copy(copy)]
    if not faults:
        faults += [*_of_the_database(copy), *looked.faults(progress)]
    proof = Proof(at, tuple(faults[:MOST_NAMED]), round(time.monotonic() - began), looked.read, looked.number)
    (copy.folder / layout.PROOF).write_text(proof.written(), encoding="utf-8")
    return proof


def of_the_copy(copy: Copy) -> Iterator[str]:
    """What was written is what is there."""
    manifest = copy.manifest
    if _digest(copy.database) != manifest.sha256:
        yield _("the database's file is damaged or was changed")
    if _digest(copy.folder / layout.PAPERS) != manifest.papers_sha256:
        yield _("the list of papers is damaged or was changed")
    for name, sha256 in manifest.keys.items():
        if _digest(copy.folder / layout.KEYS / name) != sha256:
            yield _("the key {name} is damaged or was changed").format(name=name)


def _digest(path: Path) -> str:
    try:
        return layout.digest_of(path)
    except OSError:
        return "missing"


def _of_the_database(copy: Copy) -> Iterator[str]:
    """Restored, the database has what was counted, its chains hold, and it still refuses what it must refuse."""
    own = engine()
    scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=places.own().root))
    try:
        with own.opened(own.lay_down(copy.database, scratch)) as restored:
            yield from of_the_restored(restored, copy)
    except postgres.ProgramMissing as refused:
        yield str(refused)
    finally:
        shutil.rmtree(scratch)


def of_the_restored(restored: BaseDatabaseWrapper, copy: Copy) -> Iterator[str]:
    """What is not in the restored database as it was in the living one."""
    yield from engine().faults(restored)

    def ask(sql: str) -> list[tuple[object, ...]]:
        with restored.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    found = facts.facts(ask, restored.introspection.table_names())
    for name in facts.differing(copy.manifest.facts, found):
        yield _("restored, {name} is not as it was").format(name=name)
    if _is_of_this_program(restored):
        yield from _of_the_records(beside.RESTORED)
        yield from protection.missing(restored)


def _is_of_this_program(restored: BaseDatabaseWrapper) -> bool:
    """Tables of an older program can be counted; only its own can be read through the models."""
    executor = MigrationExecutor(restored)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _of_the_records(using: str) -> Iterator[str]:
    for broken in ledger.breaks(using=using):
        yield str(broken)
    for number in dossiers.filings_unlike_their_digest(using):
        yield _("restored, what was sent under {number} is not what was recorded").format(number=number)


class _Papers:
    """The papers of a copy, in its place."""

    def __init__(self, copy: Copy, at: datetime, *, every_paper: bool) -> None:
        self._copy, self._at, self._every = copy, at, every_paper or (copy.proof is None and len(copy.place.all()) < 2)
        self.read = self.number = 0

    def faults(self, progress: Progress) -> Iterator[str]:
        """Each is there in its size; of those whose turn it is, and of those that are new, every byte."""
        known = self._proven_before()
        for sha256, size in self._copy.papers():
            self.number += 1
            paper = self._copy.place.paper(sha256)
            try:
                there = paper.stat().st_size == size
            except OSError:
                there = False
            if not there:
                yield _("the paper {name} is missing or cut off").format(name=sha256[:12])
            elif self._every or sha256 not in known or self._has_its_turn(sha256):
                self.read += 1
                if layout.digest_of(paper) != sha256:
                    yield _("the paper {name} is damaged").format(name=sha256[:12])
            if self.number % 100 == 0:
                progress(self.number, self._copy.manifest.papers)

    def _has_its_turn(self, sha256: str) -> bool:
        return int(sha256[:8], 16) % NIGHTS == self._at.toordinal() % NIGHTS

    def _proven_before(self) -> frozenset[str]:
        """The papers of the last copy of this place that was proven to be well."""
        for other in self._copy.place.all():
            if other.folder != self._copy.folder and other.proof and other.proof.ok:
                return frozenset(sha256 for sha256, _size in other.papers())
        return frozenset()
