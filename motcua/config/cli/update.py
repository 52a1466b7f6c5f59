"""`motcua update`: the tables follow a new version of the program, with a way back.

The servers end, a copy is made and proven, the tables are renewed, everything is checked; when something is broken that
was not broken before, the copy is put back and what was made is kept aside. A server that is started meanwhile waits.
Where the program was installed from the package, motcua.config.program puts a new version in place and calls the three
steps one by one: the old version makes the copy, whose tables it knows, and the new one renews; whatever happens, the
old one goes back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from motcua.config.backup import layout, make, places, postgres, prove, restore
from motcua.config.backup.layout import Copy
from motcua.config.checks import Finding, run_checks
from motcua.config.cli import answering, database, presence, progress, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.config.program import renewal, versions
from motcua.config.program.renewal import Renewal
from motcua.kernel import health, highwater, organisation
from motcua.portal import services

# What an update can break; that a disk is full or the clock is wrong is not its doing.
OURS = frozenset(
    {"engine", "database_file", "migrations", "kept_rows", "chains", "promises", "difficulties", "directives"}
)


def run(options: Options) -> int:
    if options.source:
        raise CannotRun(
            _(
                "This program was not installed from the package: bring the new version the way this one came, then "
                "run motcua update."
            )
        )
    steps: dict[str, Callable[[datetime], int]] = {"prepare": _prepare, "renew": _renew, "back": _back, "": _whole}
    with database.alone(patience=presence.PATIENCE if options.step else 0):
        return steps[options.step or ""](timezone.now())


def _data() -> Path:
    return Path(settings.MOTCUA_DATA)


def _whole(at: datetime) -> int:
    """All steps by one program, that was put in the place of the one before."""
    _back(at)
    database.is_not_newer()
    if not _is_needed():
        services.bring_roles(at=at)
        print(_("The tables are those of this version; nothing is to be done."))
        return 0
    _prepare(at)
    code = _renew(at)
    begun = renewal.last(_data())
    if code and begun:
        sentence = _("Install version {version} of the program again, and tell the province's support.")
        print(sentence.format(version=begun.before))
    return code


def _is_needed() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


# --- the copy --------------------------------------------------------------------------------------------------------
def _prepare(at: datetime) -> int:
    """End the servers and make a copy, after they have ended, so that nothing is lost by going back."""
    _back(at)
    if not presence.stop_all():
        raise CannotRun(_("motcua serve does not end: stop it, then run this command again. Nothing was changed."))
    copy = _proven_copy(at)
    begun = Renewal(renewal.COPIED, at.isoformat(), copy.manifest.program, versions.own(), copy.manifest.name)
    renewal.note(_data(), begun)
    return 0


def _proven_copy(at: datetime) -> Copy:
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


# --- the tables ------------------------------------------------------------------------------------------------------
def _renew(at: datetime) -> int:
    """Renew the tables and check; go back when something is broken that was not broken before."""
    begun = renewal.last(_data())
    if begun is None or begun.state != renewal.COPIED:
        raise CannotRun(_("No copy was made for this update: run motcua update. Nothing was changed."))
    database.is_not_newer()
    broken_before = _known_faults()
    begun = renewal.note(_data(), Renewal(renewal.RENEWING, begun.begun, begun.before, versions.own(), begun.copy))
    trouble = _renewed(broken_before)
    if trouble:
        _restore(begun, at, trouble)
        return troubles.FAULTS_FOUND
    renewal.enter(_data(), begun, renewal.DONE)
    print(_("Updated and checked. A server that waited goes on by itself; else start it with motcua serve."))
    return 0


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
        organisation.forget_installation()
        broken = [str(each.sentence) for each in run_checks() if _is_new(each, broken_before)]
        return "; ".join([*broken, *answering.faults()])
    except Exception as problem:
        return f"{type(problem).__name__}: {problem}"


def _is_new(finding: Finding, broken_before: frozenset[str]) -> bool:
    return not finding.ok and finding.name in OURS and finding.name not in broken_before


# --- the way back ----------------------------------------------------------------------------------------------------
def _back(at: datetime) -> int:
    """What an update that was cut off has made is taken back; without such a one there is nothing to do."""
    begun = renewal.last(_data())
    if begun is None or not begun.is_open:
        return 0
    if begun.state == renewal.COPIED:  # nothing had been changed yet
        renewal.enter(_data(), begun, renewal.BACK, _("it was cut off"))
        return 0
    presence.stop_all()
    _restore(begun, at, _("it was cut off"))
    return 0


def _restore(begun: Renewal, at: datetime, trouble: str) -> None:
    print(_("The update did not go well: {trouble}").format(trouble=trouble))
    copy = layout.copy_at(places.own().copies / begun.copy)
    if copy is None:
        raise CannotRun(_("The copy {name} is gone: restore another one with motcua restore.").format(name=begun.copy))
    try:
        with progress.bar(_("Restoring")) as step:
            restore.restore(copy, at, step)
    except restore.CannotRestore as refused:
        raise CannotRun(str(refused)) from refused
    highwater.begin_anew()
    renewal.enter(_data(), begun, renewal.BACK, trouble)
    print(_("Everything is as it was before; what the update had made is kept in MOTCUA_DATA/aside-…."))
