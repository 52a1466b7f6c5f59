"""Which check is tried how often, and all of them on request."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from motcua.config.checks import certificate, copies, machine, program, records, standing
from motcua.config.checks.findings import SUPPORT, Finding, fault, seen
from motcua.kernel import health

Check = Callable[[], Iterator[Finding]]
OF_THE_MACHINE: tuple[Check, ...] = (
    machine.data_folder,
    machine.disk,
    machine.engine,
    machine.database_file,
    machine.migrations,
)
OF_THE_TABLES: tuple[Check, ...] = (
    standing.database,
    standing.company,
    standing.age,
    machine.clock,
    records.kept_rows,
    records.chains,
    records.receipts,
    records.projections,
    records.promises,
    records.difficulties,
    records.directives,
    records.blank_slips,
    records.watching,
    records.deliveries,
    records.systems,
    copies.copies,
    copies.elsewhere,
    certificate.certificate,
    program.program,
)
MINUTE, HOUR, NIGHT = "minute", "hour", "night"
PACES: dict[str, tuple[Check, ...]] = {
    MINUTE: (
        standing.database,
        standing.company,
        machine.data_folder,
        machine.disk,
        machine.clock,
        records.promises,
        records.deliveries,
        records.systems,
    ),
    HOUR: (
        machine.engine,
        machine.migrations,
        standing.age,
        records.kept_rows,
        records.difficulties,
        records.directives,
        records.blank_slips,
        copies.copies,
        copies.elsewhere,
        certificate.certificate,
        program.program,
    ),
    NIGHT: (machine.database_file, records.chains, records.receipts, records.projections),
}


def run_checks() -> list[Finding]:
    """Every check that can be made; those of the tables only when the tables are there."""
    findings = [finding for check in OF_THE_MACHINE for finding in _tried(check)]
    if any(finding.name == "migrations" and finding.ok for finding in findings):
        findings += [finding for check in OF_THE_TABLES for finding in _tried(check)]
    return findings


def run_pace(pace: str, at: datetime) -> list[Finding]:
    """Those of this pace, kept for the operator's page."""
    findings = [finding for check in PACES[pace] for finding in _tried(check)]
    health.note(pace, [seen(finding) for finding in findings], at)
    return findings


def run_here(at: datetime) -> None:
    """Those of the minute, for this process only: what is found cannot be written down."""
    health.keep_here([seen(finding) for check in PACES[MINUTE] for finding in _tried(check)], at)


def _tried(check: Check) -> Iterator[Finding]:
    """What the check finds; a database that does not answer is a finding too."""
    try:
        yield from check()
    except DatabaseError as error:
        sentence = _("The database did not answer a check: {detail}.")
        yield fault(check.__name__, sentence, machine.STOP_WORK, SUPPORT, detail=str(error))
