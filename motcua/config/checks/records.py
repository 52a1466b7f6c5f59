"""The records: what must never change, what each number promises, what should have reached somebody."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, islice

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.config.checks.findings import KEEPER, SUPPORT, Finding, fault, ok, warning
from motcua.config.checks.machine import STOP_WORK
from motcua.dossiers.queries import blanks, sealed
from motcua.dossiers.queries import projections as of_dossiers
from motcua.kernel import ledger, outbox, outside, protection, watch
from motcua.kernel.watch import Watch
from motcua.oversight import queries as oversight
from motcua.oversight.queries import projections as of_oversight

# A delivery that is due is tried within seconds; later than this, nobody carries them out.
PATIENCE = timedelta(minutes=15)
# The watch looks every minute.
NOT_WATCHED_AFTER = timedelta(minutes=10)


def kept_rows() -> Iterator[Finding]:
    """What must never change cannot be changed: the triggers are there, and really refuse."""
    absent, passed = protection.missing(connection), protection.unrefused(connection)
    if absent or passed:
        sentence = _("The database would let records be changed that must never change: {detail}.")
        yield fault("kept_rows", sentence, STOP_WORK, SUPPORT, detail=", ".join([*absent, *passed]))
    else:
        yield ok("kept_rows", _("The database refuses to change or delete what must never change; it was tried."))


def chains() -> Iterator[Finding]:
    """The record of what happened is unbroken."""
    broken = next(ledger.breaks(), None)
    if broken:
        yield fault("chains", _("The record of what happened is broken: {detail}."), STOP_WORK, SUPPORT, detail=broken)
    else:
        yield ok("chains", _("The record of what happened is unbroken."))


def receipts() -> Iterator[Finding]:
    """Every filing has its seal still, and every day its root."""
    broken = list(islice(chain(sealed.faults_of_seals(), sealed.faults_of_roots()), 3))
    if broken:
        sentence = _("Receipts that were given out do not agree with what is kept: {detail}.")
        yield fault("receipts", sentence, STOP_WORK, SUPPORT, detail=", ".join(broken))
    else:
        yield ok("receipts", _("Every signed receipt agrees with what is kept, and so does the root of every day."))


def promises() -> Iterator[Finding]:
    """Every number stands for a filing, and somebody has the dossier until it is finished: as the watch sees it."""
    found = watch.open_breaches().exclude(matter__kind="difficulty")
    if broken := list(found[:3]):
        named = ", ".join(breach.matter.reference for breach in broken)
        sentence = _("{count} dossiers do not hold together, the newest: {detail}.")
        advice = _("The operator's page names each with what is wrong. The applicants read that we are checking.")
        said = {"count": found.count(), "detail": named}
        yield fault("promises", sentence, advice, SUPPORT, **said)
    else:
        yield ok("promises", _("Every number has its filing and, until it is finished, an open step."))


def difficulties() -> Iterator[Finding]:
    """Whatever was raised is somebody's open step until it is over: as the watch sees it."""
    found = watch.open_breaches().filter(matter__kind="difficulty")
    if broken := found.first():
        advice = _("Its office must be told: nobody has it now.")
        said = {"detail": broken.matter.reference}
        yield fault("difficulties", _("A difficulty does not hold together: {detail}."), advice, SUPPORT, **said)
    else:
        yield ok("difficulties", _("Every difficulty is somebody's open step until it is over."))


def directives() -> Iterator[Finding]:
    """Whatever was asked of an office is somebody's open step until it is over, or rests between two reports."""
    wrong = next(oversight.directive_faults(), None)
    if wrong:
        advice = _("Its office must be told: nobody has it now.")
        yield fault("directives", _("A directive does not hold together: {detail}."), advice, SUPPORT, detail=wrong)
    else:
        yield ok("directives", _("Every directive is somebody's open step until it is over."))


def projections() -> Iterator[Finding]:
    """What is stored is what the events say."""
    differing = list(islice(chain(of_dossiers.differences(), of_oversight.differences()), 3))
    if differing:
        sentence = _("What is stored is not what the events say: {detail}.")
        named = "; ".join(f"{number} ({what})" for number, what, _stored, _meant in differing)
        advice = _("motcua projections verify names each difference with both values.")
        yield fault("projections", sentence, advice, SUPPORT, detail=named)
    else:
        yield ok("projections", _("Every dossier, difficulty, directive and feedback is what its events say."))


def blank_slips() -> Iterator[Finding]:
    """What was given out on paper during an outage is entered in time, and the next outage finds slips ready."""
    late, first = blanks.overdue(timezone.now())
    low = blanks.running_low()
    if late:
        sentence = _("{count} slips of an outage were given out and are not entered in time, the first: {detail}.")
        advice = _("The counter enters them, or says on the page of blank slips which are void.")
        yield warning("blank_slips", sentence, advice, "", count=late, detail=first)
    elif low:
        sentence = _("Few blank slips for an outage are left: {detail}.")
        advice = _("The counter prints new ones while there is power: Counter, Blank slips for an outage.")
        detail = "; ".join(f"{name} ({left})" for name, left in low)
        yield warning("blank_slips", sentence, advice, "", detail=detail)
    else:
        yield ok("blank_slips", _("Every blank slip that was given out is entered, or still in its time."))


def watching() -> Iterator[Finding]:
    """Somebody looks."""
    last = _last_look()
    if last is not None and _nobody_watches():
        sentence = _("Nobody has looked after the dossiers since {last}.")
        advice = _("Start the centre again with motcua serve; if that does not help, call.")
        said = timezone.localtime(last).strftime("%H:%M %d/%m/%Y")
        yield warning("watching", sentence, advice, KEEPER, last=said)


def _last_look() -> datetime | None:
    return Watch.objects.values_list("looked_at", flat=True).first()


def _nobody_watches() -> bool:
    """No server has run for a while, or none ever has."""
    last = _last_look()
    return last is None or last < timezone.now() - NOT_WATCHED_AFTER


def deliveries() -> Iterator[Finding]:
    """Nothing waits for a person that should have reached somebody, and somebody carries out what is due."""
    since = timezone.now() - PATIENCE
    stuck, late = outbox.stuck(), outbox.overdue(since)
    # A centre that was just started works off what had piled up.
    if late.exists() and not outbox.has_delivered_since(since) and not _nobody_watches():
        sentence = _("{count} messages are due and nobody carries them out.")
        yield fault("deliveries", sentence, _("Start the centre again with motcua serve."), count=late.count())
    elif stuck.exists():
        sentence = _("{count} messages did not arrive and will not be tried again by themselves, the first: {detail}.")
        advice = _("They are named on the operator's page; call the applicants or have them tried again.")
        first = stuck[0]
        said = {"count": stuck.count(), "detail": f"{first.key} ({first.state}: {first.failure})"}
        yield warning("deliveries", sentence, advice, "", **said)
    else:
        yield ok("deliveries", _("No message is stuck."))


def systems() -> Iterator[Finding]:
    """Each system outside answers."""
    for system in outside.systems():
        standing = outside.standings()[system.name]
        if standing.down_since:
            sentence = _("{system}: no answer since {since} ({failure}).")
            since = timezone.localtime(standing.down_since).strftime("%H:%M %d/%m/%Y")
            said = {"system": system.label, "since": since, "failure": standing.failure}
            advice = _("It is asked again by itself. If it stays so, check the line and the settings of this system.")
            yield warning(f"system_{system.name}", sentence, advice, KEEPER, **said)
        elif standing.state == "up":
            yield ok(f"system_{system.name}", _("{system}: it answers."), system=system.label)
