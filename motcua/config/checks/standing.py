"""Whether the database is the one that this centre left, and whether anybody else works in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.config.backup import places
from motcua.config.backup.layout import Copy
from motcua.config.checks.findings import KEEPER, SUPPORT, Finding, fault, ok, warning
from motcua.config.engine import files
from motcua.kernel import highwater, ledger
from motcua.kernel.duties import Duty
from motcua.kernel.highwater import Lost

# Milliseconds.
PATIENCE = 2_000
DECIDE = _(
    "Stop the server and start it again: it takes nothing until the right database is back, a copy is restored "
    "(motcua restore FOLDER), or you decide with motcua ledger accept to go on without what is missing."
)


def database() -> Iterator[Finding]:
    """It holds everything that was confirmed, it lies in its place, and it can be written."""
    if not _is_in_its_place():
        sentence = _("Another file was put in the place of the database while the centre was open: nothing is taken.")
        yield fault("database", sentence, DECIDE, SUPPORT)
    elif lost := highwater.lost():
        yield _of_the_lost(lost)
    elif trouble := _trouble_with_writing():
        yield _of_the_trouble(trouble)
    elif highwater.is_unreadable():
        sentence = _("The marks in {file} are of another centre or damaged: a database put back would not be noticed.")
        advice = _("If the secret of this centre was changed on purpose, remove that file: it is begun anew.")
        yield warning("database", sentence, advice, SUPPORT, file="high-water")
    else:
        yield ok("database", _("The database holds everything that was confirmed, and takes what comes."))


def _is_in_its_place() -> bool:
    return connection.vendor != "sqlite" or connection.is_of_this_file()  # type: ignore[attr-defined]


def _of_the_lost(lost: Lost) -> Finding:
    sentence = _(
        "The database lacks what was confirmed: event {last} of {moment} is not in it, the last that is there is "
        "{there}. Perhaps an older copy was put in its place, or its file was copied without the -wal file."
    )
    said = {"last": lost.last.position, "moment": moment(lost.last.at)}
    there = f"{lost.there.position} ({moment(lost.there.at)})" if lost.there else "–"
    return fault("database", sentence, DECIDE, SUPPORT, there=there, **said)


def _trouble_with_writing() -> str:
    """What the database said to a write that changes nothing; empty when it took it. A follower refuses; another
    program is not waited for as long as a person's act waits.
    """
    try:
        with _short_patience(), transaction.atomic():
            Duty.objects.filter(name="").update(failure="")
            transaction.set_rollback(True)
    except DatabaseError as trouble:
        return str(trouble) or type(trouble).__name__
    return ""


@contextmanager
def _short_patience() -> Iterator[None]:
    """Our own writers have their turn before; whoever else holds the file is not ours."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _of_the_trouble(trouble: str) -> Finding:
    """A locked one by the name of the program that holds it, where it can be known."""
    held = _programs()
    if "locked" in trouble and held:
        sentence = _("Another program holds the database and nothing can be kept meanwhile: {programs}.")
        return fault("database", sentence, _("Close that program now."), KEEPER, programs=held)
    advice = _("See that the disk has room and can be written, and that no other program has the database open.")
    return fault("database", _("The database takes nothing: {detail}."), advice, SUPPORT, detail=trouble)


def _programs() -> str:
    if connection.vendor != "sqlite":
        return ""
    return ", ".join(map(str, files.others(connection.settings_dict["NAME"])))


def company() -> Iterator[Finding]:
    """No other program has the database's file open."""
    if connection.vendor != "sqlite":
        return
    if held := _programs():
        sentence = _("Another program has the database open: {programs}. Whatever it changes passes by every rule.")
        advice = _("Close it. To look into the data, open a copy: motcua backup now makes one.")
        yield warning("company", sentence, advice, programs=held)
    else:
        yield ok("company", _("No other program has the database open."))


def age() -> Iterator[Finding]:
    """The database is not older than its own copies: also where the marks were put back together with it."""
    if newer := newer_copy():
        sentence = _("The database is older than its copy of {moment}: what was done until then is missing in it.")
        yield fault("age", sentence, DECIDE, SUPPORT, moment=moment(newer.manifest.made_at))
    else:
        yield ok("age", _("The database is newer than every copy of it."))


def newer_copy() -> Copy | None:
    """A copy that knows of events which the database lacks; not one from before somebody decided to go on."""
    last = ledger.last_position()
    since = ledger.last_of("portal.centre_restored", "portal.database_accepted")
    for place in (places.own(), *filter(places.is_there, places.others())):
        for copy in place.all()[:1]:
            if copy.manifest.events_to > last and (since is None or copy.manifest.made_at > since):
                return copy
    return None


def moment(at: datetime) -> str:
    """For people."""
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")
