"""`motcua demo`: a demonstration province with synthetic people and dossiers; a second run finds it ready.

With `--quarter` a quarter of one commune beside it, and at the end what it came to.
"""

from datetime import datetime

from django.utils import timezone

from motcua.config.cli import database, progress
from motcua.config.cli.database import State
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.kernel.organisation import Installation
from motcua.portal import demo, services
from motcua.portal.demo import quarter


def run(options: Options) -> int:
    with database.alone():
        at = timezone.now()
        database.prepare(at)
        _make_unless_there(database.state(), at, quarter.length() if options.quarter else 0)
    print(_("The demonstration is ready."))
    if options.quarter:
        print("\n".join(_summary()))
    return 0


def _make_unless_there(found: State, at: datetime, of_quarter: int) -> None:
    if found is State.DEMO:
        services.bring_roles(at=at)
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
        demo.make(at=at, progress=step, of_quarter=of_quarter)


def _summary() -> list[str]:
    """How much it is, and the figures of its months as they were closed."""
    made = Installation.objects.get().ready_at
    found = quarter.told(made) if made else None
    if found is None:
        return [_("This demonstration has no quarter: name another folder in MOTCUA_DATA to make one.")]
    said = _("{dossiers} dossiers of {procedures} procedures in {commune}, over {roads} roads: {list}.")
    roads = ", ".join(f"{name} {number}" for name, number in quarter.roads().items())
    words = {"dossiers": found.dossiers, "procedures": found.procedures, "commune": found.commune}
    lines = [said.format(**words, roads=len(quarter.roads()), list=roads)]
    for month, figures in found.months:
        lines.append(f"{month:%Y-%m}  " + "  ".join(f"{key} {number}" for key, number in figures.items() if number))
    pages = _("Register, figures and index: motcua report …, or /desk/reports/ and /desk/index/ as {name}.")
    return [*lines, pages.format(name=demo.LEADER)]
