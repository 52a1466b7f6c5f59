"""`motcua demo`: a demonstration province with synthetic people and dossiers; a second run finds it ready."""

from datetime import datetime

from django.utils import timezone

from motcua.config.cli import database, progress
from motcua.config.cli.database import State
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.portal import demo


def run(options: Options) -> int:
    with database.alone():
        at = timezone.now()
        database.prepare(at)
        _make_unless_there(database.state(), at)
    print(_("The demonstration is ready."))
    return 0


def _make_unless_there(found: State, at: datetime) -> None:
    if found is State.DEMO:
        return
    if found is State.REAL:
        raise CannotRun(
            _(
                "This database belongs to a real centre, so no demonstration is made in it: "
                "name another folder in MOTCUA_DATA. Nothing was changed."
            )
        )
    if found is State.HALF_MADE:
        database.put_aside(at)
        database.prepare(at)
    with progress.bar(_("Making the demonstration")) as step:
        demo.make(at=at, progress=step)
