"""All communes at once, made ready for its page and its files: what came, what is late, what is hard, who is silent.
Reads only, and live: every number is counted when it is asked for.

Nouns: Standing (one commune's numbers), median (of all communes, the only thing that one commune reads of the others).
Numbers of a period are those of the board; what is overdue, open or silent is of now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import communes as dossiers
from motcua.dossiers.queries import periods
from motcua.dossiers.queries.communes import Period
from motcua.kernel import organisation, schedule
from motcua.kernel.organisation import Office
from motcua.kernel.tables import Column, Linked, Table
from motcua.oversight import queries as oversight
from motcua.portal import queries

# Whoever has done nothing for so many working days is silent.
SILENT_DAYS = 2
_NONE, _NOTHING = dossiers.Counted(), oversight.DirectiveCount()


@dataclass(frozen=True, slots=True)
class Standing:
    """One commune's numbers."""

    office: Office
    counted: dossiers.Counted
    difficulties: int
    directives: oversight.DirectiveCount
    last_act: datetime | None
    silent: bool

    @property
    def online(self) -> float | None:
        """The share of what was received that was filed online."""
        return _share(self.counted.online, self.counted.received)

    @property
    def late(self) -> float | None:
        """The share of what was settled that was settled late."""
        return _share(self.counted.settled_late, self.counted.settled)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: which days, in which order, which field of difficulties, only who is silent."""

    within: Period
    sort: str = "overdue"
    down: bool = True
    field: str | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """One column: its title, the kind of its value, what it is of a commune, and the list that it opens."""

    title: Any
    kind: Any
    of: Callable[[Standing], Any]
    opens: Callable[[Standing, Asked], str] | None = None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _dossiers(what: str, *, now: bool = False, **more: str) -> Callable[[Standing, Asked], str]:
    """The list of dossiers behind a number; of `now`, the days until today."""
    base = reverse("desk-board-list")

    def opens(one: Standing, asked: Asked) -> str:
        within = asked.within
        last = max(within.last, timezone.localdate(within.as_of)) if now else within.last
        days = {"from": within.first.isoformat(), "to": last.isoformat()}
        return f"{base}?{urlencode({'office': one.office.code} | days | {'what': what} | more)}"

    return opens


def _difficulties(one: Standing, asked: Asked) -> str:
    field = {} if asked.field is None else {"sector": asked.field}
    return f"{reverse('difficulties')}?{urlencode({'commune': one.office.code, 'state': 'open'} | field)}"


def _directives(one: Standing, _asked: Asked) -> str:
    return f"{reverse('directives')}?{urlencode({'office': one.office.code, 'outcome': 'open_late'})}"


def numbers() -> Mapping[str, Number]:
    """Every column in order, by its key."""
    return {
        "received": Number(_("Received"), "number", lambda one: one.counted.received, _dossiers(dossiers.RECEIVED)),
        "online": Number(_("Filed online"), "share", lambda one: one.online, _dossiers("received", channel="online")),
        "settled": Number(_("Settled in these days"), "number", lambda one: one.counted.settled, _dossiers("settled")),
        "late": Number(_("Settled late"), "share", lambda one: one.late, _dossiers("settled_late")),
        "overdue": Number(
            _("Overdue now"), "number", lambda one: one.counted.overdue, _dossiers(dossiers.OVERDUE, now=True)
        ),
        "difficulties": Number(_("Open difficulties"), "number", lambda one: one.difficulties, _difficulties),
        "directives": Number(_("Overdue directives"), "number", lambda one: one.directives.late, _directives),
        "last_act": Number(_("Last act"), "moment", lambda one: one.last_act),
    }


# --- what is ---------------------------------------------------------------------------------------------------------
def standings(province: Office, asked: Asked, now: datetime) -> list[Standing]:
    """Every commune that exists in these days, by name; seven statements, however many communes and dossiers."""
    within = asked.within
    offices = list(Office.objects.filter(path__startswith=province.path).order_by("path"))
    communes = {one.pk: one for one in offices if one.kind == organisation.COMMUNE and _exists(one, within)}
    places = _places(offices, communes)
    counted = _summed(dossiers.counted([*places], within, now), places)
    hard = oversight.open_difficulties(province, asked.field)
    directives = oversight.directive_counts(province, now)
    acts, since = queries.last_acts(province), silent_since(province, now)
    return [
        _standing(one, counted, hard, directives, acts.get(one.code), since)
        for one in sorted(communes.values(), key=lambda each: (each.name, each.code))
    ]


def _standing(
    one: Office,
    counted: Mapping[int, dossiers.Counted],
    hard: Mapping[int, int],
    directives: Mapping[int, oversight.DirectiveCount],
    last_act: datetime | None,
    since: datetime,
) -> Standing:
    return Standing(
        one,
        counted.get(one.pk, _NONE),
        hard.get(one.pk, 0),
        directives.get(one.pk, _NOTHING),
        last_act,
        last_act is None or last_act < since,
    )


def _exists(office: Office, within: Period) -> bool:
    return office.valid_from <= within.last and (office.valid_to is None or office.valid_to > within.first)


def _places(offices: Iterable[Office], communes: Mapping[int, Office]) -> dict[int, int]:
    """Each office of these communes, and the commune to which it belongs."""
    of_path = {one.path: pk for pk, one in communes.items()}
    found = {}
    for office in offices:
        above = next((of_path[path] for path in _paths(office) if path in of_path), None)
        if above is not None:
            found[office.pk] = above
    return found


def _paths(office: Office) -> list[str]:
    return ["/".join(office.codes[:n]) + "/" for n in range(len(office.codes), 0, -1)]


def _summed(found: Mapping[int, dossiers.Counted], places: Mapping[int, int]) -> dict[int, dossiers.Counted]:
    """A commune's own and those of its parts."""
    sums: dict[int, list[int]] = {}
    for office, one in found.items():
        row = sums.setdefault(places[office], [0] * 5)
        for place, number in enumerate((one.received, one.online, one.settled, one.settled_late, one.overdue)):
            row[place] += number
    return {commune: dossiers.Counted(*row) for commune, row in sums.items()}


def silent_since(province: Office, now: datetime) -> datetime:
    """Whoever did nothing since then is silent: the beginning of the working day so many working days ago."""
    calendar, day, left = schedule.calendar_for(province), timezone.localdate(now), SILENT_DAYS
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working_day(day)
    return calendar.at(day, time())


# --- as a table ------------------------------------------------------------------------------------------------------
def table(found: Sequence[Standing], asked: Asked, *, linked: bool = True) -> Table:
    """One row for each commune."""
    columns = numbers()
    rows = [[one.office.name, *(_cell(each, one, asked, linked) for each in columns.values())] for one in found]
    return Table(_("All communes"), _columns(columns), rows)


def _columns(columns: Mapping[str, Number]) -> tuple[Column, ...]:
    return (
        Column("commune", _("Commune"), width=34),
        *(Column(key, each.title, each.kind) for key, each in columns.items()),
    )


def _cell(number: Number, one: Standing, asked: Asked, linked: bool) -> Any:
    value = number.of(one)
    opens = number.opens if linked and value else None
    return Linked(value, opens(one, asked)) if opens else value


def own_table(own: Sequence[Standing], every: Sequence[Standing], asked: Asked, *, linked: bool = True) -> Table:
    """A commune beside the median of all: nobody's name but its own."""
    columns = numbers()
    rows = [[one.office.name, *(_cell(each, one, asked, linked) for each in columns.values())] for one in own]
    middle = [_median([each.of(one) for one in every]) for each in columns.values()]
    return Table(_("Own commune and the median"), _columns(columns), [*rows, [_("Median of all communes"), *middle]])


def _median(values: Iterable[Any]) -> Any:
    known = [value for value in values if isinstance(value, int | float)]
    return median(known) if known else None


def in_order(found: Iterable[Standing], asked: Asked) -> list[Standing]:
    """As the address asks; what has no value stands last, equals by name."""
    kept = [one for one in found if one.silent or not asked.silent]
    if asked.sort not in numbers():
        return sorted(kept, key=lambda one: one.office.name, reverse=asked.down)
    of = numbers()[asked.sort].of
    valued = sorted((one for one in kept if of(one) is not None), key=of, reverse=asked.down)
    return [*valued, *(one for one in kept if of(one) is None)]


def asked(given: Mapping[str, str], province: Office, now: datetime, day: date) -> Asked:
    """Read the address; what makes no sense in it counts as not said."""
    first, last = periods.span_asked(given, periods.months_of(province), day)
    within = dossiers.period_between(first, last, now)
    sort = given.get("sort", "overdue")
    known = sort if sort in (*numbers(), "commune") else "overdue"
    down = given.get("order", "up" if known == "commune" else "down") != "up"
    return Asked(within, known, down, given.get("field"), given.get("silent") == "1")


def scope(offices: Sequence[Office]) -> tuple[Office, tuple[Office, ...]]:
    """The province whose screen it is, and the communes to whom it shows themselves alone; none for who leads it."""
    province = next((one for one in offices if one.kind == organisation.PROVINCE), None)
    if province is not None:
        return province, ()
    return Office.objects.get(Q(code=offices[0].codes[0])), tuple(offices)
