"""`motcua update`: after a new version of the program was put in place, its tables, with a way back.

The servers end, a copy is made and proven, the tables are renewed, everything is checked; when something is broken that
was not broken before, the copy is put back and what was made is kept aside. A server that is started meanwhile waits.
"""

from __future__ import annotations

from datetime import datetime

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from motcua.config.backup import layout, make, postgres, prove, restore
from motcua.config.backup.layout import Copy
from motcua.config.checks import Finding, run_checks
from motcua.config.cli import database, presence, progress, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.kernel import health, highwater, organisation
from motcua.portal import services

# What an update can break; that a disk is full or the clock is wrong is not its doing.
OURS = frozenset(
    {"engine", "database_file", "migrations", "kept_rows", "chains", "promises", "difficulties", "directives"}
)


def run(options: Options) -> int:
    at = timezone.now()
    with database.alone():
        if not _is_needed():
            services.bring_roles(at=at)
            print(_("The tables are those of this version; nothing is to be done."))
            return 0
        if not presence.stop_all():
            raise CannotRun(_("motcua serve does not end: stop it, then run this command again. Nothing was changed."))
        copy = _proven_copy(at)
        broken_before = _known_faults()
        trouble = _renewed(broken_before)
        if trouble:
            _back(copy, at, trouble)
            return troubles.FAULTS_FOUND
    print(_("Updated and checked. A server that waited goes on by itself; else start it with motcua serve."))
    return 0


def _is_needed() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _proven_copy(at: datetime) -> Copy:
    """Made after the servers have ended, so that nothing is lost by going back."""
    try:
        with progress.bar(_("Copying and proving")) as step:
            copy = make.make(layout.BEFORE_UPDATE, at, step)
            proof = prove.prove(copy, at, step)
    except postgres.ProgramMissing as missing:
        raise CannotRun(_("No copy was made: {detail}.").format(detail=missing)) from missing
    if not proof.ok:
        raise CannotRun(
            _("The copy is not whole, so nothing was updated: {faults}.").format(faults="; ".join(proof.faults))
        )
    print(_("A copy was made and proven: {folder}").format(folder=copy.folder))
    return copy


def _known_faults() -> frozenset[str]:
    """What was broken already; an older database may not say."""
    try:
        return frozenset(each.name for each in health.conditions() if each.state == health.FAULT)
    except DatabaseError:
        return frozenset()


def _renewed(broken_before: frozenset[str]) -> str:
    """Renew the tables and check; what went wrong, if anything did."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
        services.bring_roles(at=timezone.now())
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"
    organisation.forget_installation()
    broken = [each for each in run_checks() if _is_new(each, broken_before)]
    return "; ".join(str(each.sentence) for each in broken)


def _is_new(finding: Finding, broken_before: frozenset[str]) -> bool:
    return not finding.ok and finding.name in OURS and finding.name not in broken_before


def _back(copy: Copy, at: datetime, trouble: str) -> None:
    print(_("The update did not go well: {trouble}").format(trouble=trouble))
    try:
        with progress.bar(_("Restoring")) as step:
            restore.restore(copy, at, step)
    except restore.CannotRestore as refused:
        raise CannotRun(str(refused)) from refused
    highwater.begin_anew()
    print(_("Everything is as it was before; what the update had made is kept in MOTCUA_DATA/aside-…."))
    print(
        _("Install version {version} of the program again, and tell the province's support.").format(
            version=copy.manifest.program
        )
    )
