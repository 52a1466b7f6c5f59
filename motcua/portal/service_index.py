"""The service index of Decision 766/QĐ-TTg for an office and a period, made ready for its page. Reads only.

Nouns: Line (one indicator: numerator, denominator, the lists behind both, or why it cannot be computed), Group. Rooms
give numbers; here they meet. No points and no sum: the points of single indicators are not confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.queries import index as dossiers
from motcua.dossiers.queries import periods
from motcua.dossiers.queries import situation as situations
from motcua.dossiers.queries.index import Index
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.kernel.tables import Column, Linked, Table
from motcua.portal import feedback_index
from motcua.portal.index_line import Line
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Listed

OFFERED, ONLINE, USED = "offered", "online", "used"
_ALL = 2000


@dataclass(frozen=True, slots=True)
class Group:
    """One of the five groups of the decision."""

    title: Any
    lines: list[Line] = field(default_factory=list)


def page(office: Office, offices: tuple[Office, ...], first: date, last: date, now: datetime) -> dict[str, Any]:
    """The whole index of the office for these days."""
    reported = periods.reported_between(office, first, last, now)
    found = dossiers.of_situation(reported.situation)
    offered = in_competence(office, min(last, timezone.localdate(now)))
    return {
        "office": office,
        "offices": offices,
        "within": reported.situation.within,
        "groups": list(groups(found, offered)),
        "times": _times(found),
        "communes": _communes(found) if office.kind == organisation.PROVINCE else None,
    }


def groups(found: Index, offered: list[Listed]) -> Iterator[Group]:
    """The five groups with their lines."""
    yield Group(_("Openness"), list(_openness()))
    yield Group(_("Progress"), list(_progress(found)))
    yield Group(_("Online services and payment"), list(_online(found, offered)))
    yield Group(_("Digitisation"), list(_digitisation(found)))
    yield Group(_("Satisfaction"), list(feedback_index.lines(found, address)))


def _openness() -> Iterator[Line]:
    no_day = _("The catalogue's data do not say on which day a decision was announced and published.")
    yield Line("1.1", _("Announced on time"), why_not=no_day)
    yield Line("1.2", _("Updated and published on time"), why_not=no_day)
    no_steps = _("The catalogue's data lack the order of steps, one of the mandatory parts.")
    yield Line("1.3", _("All mandatory parts present"), why_not=no_steps)
    no_link = _("There is no connection to the national system yet, so nothing was synchronised.")
    yield Line("1.4", _("Dossiers synchronised"), why_not=no_link)


def _progress(found: Index) -> Iterator[Line]:
    note = _("A second supplement request makes a dossier count as late.")
    yield _of_dossiers(found, "2.1", _("Settled early or on time, or still in time"), *_IN_TIME, note=note)


def _online(found: Index, offered: list[Listed]) -> Iterator[Line]:
    online = [each for each in offered if is_online(each)]
    used = codes_used(found).intersection(each.code for each in online)
    partly = _("The data do not tell full from partial online service.")
    links = {what: procedures_address(found, what) for what in (OFFERED, ONLINE, USED)}
    yield Line(
        "3.1", _("Procedures offered online"), len(online), len(offered), links[ONLINE], links[OFFERED], 80, partly
    )
    yield Line("3.2", _("Online services with dossiers"), len(used), len(online), links[USED], links[ONLINE])
    yield _of_dossiers(found, "3.3", _("Filed online"), dossiers.ONLINE, "received", target=50, note=_E_RESULT)
    for channel, title in (("postal", _("Filed by post")), ("direct", _("Filed at the counter"))):
        whole, filed = found.received(), found.received(channel)
        href = address(found, "received", channel=channel)
        yield Line("3.3", title, len(filed), len(whole), href, address(found, "received"))
    no_money = _("Payments are not handled here yet.")
    yield Line("3.5", _("Payable procedures integrated"), target=80, why_not=no_money)
    yield Line("3.6", _("Dossiers paid online"), why_not=no_money)


def _digitisation(found: Index) -> Iterator[Line]:
    yield _of_dossiers(found, "4.1", _("Electronic results"), dossiers.E_RESULT, dossiers.WITH_RESULT)
    note = _("A file of a paper and, once there is a result, a file of it.")
    yield _of_dossiers(found, "4.2", _("Digitised dossiers"), dossiers.DIGITISED, "received", target=80, note=note)
    not_kept = _("It is not recorded yet from where a paper was taken over.")
    yield Line("4.3", _("Digitised papers used again"), target=80, why_not=not_kept)
    no_store = _("There is no connection to the personal data store.")
    yield Line("4.4", _("Shared with the personal store"), why_not=no_store)
    no_people = _("There is no connection to the national population database.")
    yield Line("4.5a", _("Procedures that use population data"), why_not=no_people)
    yield Line("4.5b", _("Dossiers that use population data"), why_not=no_people)


_IN_TIME = (dossiers.IN_TIME, dossiers.HANDLED)
_E_RESULT = _("A settled dossier counts only if its result was given as a file, too.")


def _of_dossiers(found: Index, code: str, title: Any, part: str, whole: str, **more: Any) -> Line:
    """Both numbers are counts of dossiers, and both lists are one click away."""
    count = found.number(whole) if whole in dossiers.TESTS else len(found.received())
    return Line(code, title, found.number(part), count, address(found, part), address(found, whole), **more)


def in_competence(office: Office, day: date) -> list[Listed]:
    """The procedures that the office settles; what is only posted for others (police, military) is not counted."""
    every = procedures.listed(office, day, limit=_ALL)
    return [each for each in every if each.mode != procedures.MODE_NONE]


def is_online(listed: Listed) -> bool:
    """Whether it can be filed online, here or on the National Portal."""
    return listed.mode in (procedures.MODE_HERE, procedures.MODE_PORTAL)


def codes_used(found: Index) -> set[str]:
    """The procedures under which something was filed online in the period."""
    return {item.fact.procedure for item in found.received("online")}


def address(found: Index, what: str, **more: str) -> str:
    """The list of dossiers behind a number."""
    return f"{reverse('desk-board-list')}?{urlencode(_fixed(found) | {'what': what} | more)}"


def procedures_address(found: Index, what: str) -> str:
    """The list of procedures behind a number."""
    return f"{reverse('desk-index-procedures')}?{urlencode(_fixed(found) | {'what': what})}"


def _fixed(found: Index) -> dict[str, str]:
    within = found.situation.within
    office = found.situation.office.code
    return {"office": office, "from": within.first.isoformat(), "to": within.last.isoformat()}


def _times(found: Index) -> Table:
    """Indicator 2.2."""
    columns = (
        Column("procedure", _("Procedure"), width=40),
        Column("number", _("Dossiers settled"), "number"),
        Column("mean", _("Mean time, working days"), "number"),
    )
    rows = [
        [
            each.named.name if each.named else each.code,
            Linked(each.number, address(found, dossiers.WITH_RESULT, procedure=each.code)),
            each.mean,
        ]
        for each in dossiers.times(found)
    ]
    return Table(_("2.2 Mean settling time of each procedure"), columns, rows)


_COMMUNES = (
    ("in_time", _("2.1 In time"), *_IN_TIME),
    ("online", _("3.3 Online"), dossiers.ONLINE, "received"),
    ("e_result", _("4.1 Electronic results"), dossiers.E_RESULT, dossiers.WITH_RESULT),
    ("digitised", _("4.2 Digitised"), dossiers.DIGITISED, "received"),
)


def _communes(found: Index) -> Table:
    """What dossiers say, commune by commune."""
    names = situations.names_below(found.situation.office)
    columns = (
        Column("commune", _("Commune"), width=40),
        *(Column(key, title, "share") for key, title, *_x in _COMMUNES),
    )
    counted = {name: _by_office(found, name) for _k, _t, *names_ in _COMMUNES for name in names_}
    offices = sorted({office for each in counted.values() for office in each}, key=lambda pk: names.get(pk, ""))
    rows = [
        [
            names.get(office, ""),
            *(
                counted[part].get(office, 0) / counted[whole][office] if counted[whole].get(office) else None
                for _k, _t, part, whole in _COMMUNES
            ),
        ]
        for office in offices
    ]
    return Table(_("Commune by commune"), columns, rows)


def _by_office(found: Index, name: str) -> dict[int, int]:
    items = found.chosen(name) if name in dossiers.TESTS else found.received()
    counted: dict[int, int] = {}
    for item in items:
        counted[item.fact.office] = counted.get(item.fact.office, 0) + 1
    return counted


def procedures_page(office: Office, what: str, first: date, last: date, now: datetime) -> dict[str, Any]:
    """The procedures behind a number, each with how many dossiers came online in the period."""
    reported = periods.reported_between(office, first, last, now)
    found = dossiers.of_situation(reported.situation)
    used = codes_used(found)
    titles = {
        OFFERED: _("Procedures in competence"),
        ONLINE: _("Procedures offered online"),
        USED: _("Online services with dossiers"),
    }
    what = what if what in titles else OFFERED
    offered = procedures.listed(office, min(last, timezone.localdate(now)), limit=_ALL)
    chosen = [
        each for each in offered if what == OFFERED or (is_online(each) and (what == ONLINE or each.code in used))
    ]
    columns = (
        Column("procedure", _("Procedure"), width=40),
        Column("field", _("Field"), width=30),
        Column("number", _("Filed online in the period"), "number"),
    )
    counted = online_by_code(found)
    rows = [
        [each.short_name, each.sector_name, Linked(counted.get(each.code, 0), _online_of(found, each.code))]
        for each in chosen
    ]
    return {"office": office, "within": reported.situation.within, "table": Table(titles[what], columns, rows)}


def online_by_code(found: Index) -> dict[str, int]:
    """How many dossiers of each procedure were received after an online filing."""
    counted: dict[str, int] = {}
    for item in found.received("online"):
        counted[item.fact.procedure] = counted.get(item.fact.procedure, 0) + 1
    return counted


def _online_of(found: Index, code: str) -> str:
    return address(found, "received", channel="online", procedure=code)
