"""Before a command goes to work: is this the database that the centre left, and does no older server run on it?"""

from __future__ import annotations

from pathlib import Path

from django.db import DatabaseError, connection
from django.utils import timezone

from motcua.config.cli import presence
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.kernel import highwater
from motcua.kernel.highwater import Lost, Mark


def nothing_is_missing() -> None:
    """Everything that was confirmed is there; else nothing is begun, and the sentence says what can be done."""
    lost = highwater.lost()
    if lost is not None:
        raise CannotRun("\n".join(_sentences(lost)))


def _sentences(lost: Lost) -> list[str]:
    return [
        _("This database lacks what was confirmed to people: nothing was begun and nothing was changed."),
        _("Confirmed last: event {position} of {moment}.").format(**_said(lost.last)),
        _("Last in the database: event {position} of {moment}.").format(**_said(lost.there))
        if lost.there
        else _("In the database: nothing."),
        _(
            "Either an older copy was put in its place, or its file was copied without the -wal file beside it, or "
            "MOTCUA_DATABASE_URL names another database."
        ),
        _("1. Put the right file back together with its -wal file, and run the same command again; or"),
        _("2. restore the newest copy: motcua restore FOLDER --replace; or"),
        _("3. if what is missing is lost for good: motcua ledger accept. That leaves an event."),
    ]


def _said(mark: Mark) -> dict[str, object]:
    return {"position": mark.position, "moment": timezone.localtime(mark.at).strftime("%H:%M %d/%m/%Y")}


def no_older_server(migration: str) -> None:
    """Nobody works on tables that are about to be changed."""
    living = presence.servers()
    if living:
        raise CannotRun(
            _(
                "Another motcua serve is open on this folder (process {number}) and its tables are of another version: "
                "stop it, or run motcua update, which does. Nothing was changed."
            ).format(number=", ".join(map(str, living)), migration=migration)
        )


def whole_after_a_sudden_end() -> None:
    """A log that was left over is carried into the file when it is opened, whoever the two belong to: then everything
    is looked through before anybody works with it.
    """
    if connection.vendor != "sqlite" or presence.servers() or not _left_over():
        return
    print(_("The centre did not end in order: its database is looked through."), flush=True)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(3)")
            found = [str(row[0]) for row in cursor.fetchall()]
    except DatabaseError as trouble:
        found = [str(trouble)]
    if found != ["ok"]:
        raise CannotRun(
            _(
                "The database is damaged ({detail}); perhaps its -wal file belongs to another file. Put the right "
                "files back, or restore the newest copy: motcua restore FOLDER --replace. Nothing was changed."
            ).format(detail="; ".join(found))
        )


def _left_over() -> bool:
    try:
        return Path(f"{connection.settings_dict['NAME']}-wal").stat().st_size > 0
    except OSError:
        return False
