"""`motcua report NAME`: a report of a commune for a period, as JSON or CSV on standard output."""

import json
import sys
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.config.cli import database, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers import reports
from motcua.dossiers.queries import periods
from motcua.dossiers.queries.periods import Reported
from motcua.kernel import organisation, tables
from motcua.kernel.organisation import Office


def run(options: Options) -> int:
    if options.first > options.last:
        print(_("The period ends before it begins: give --from the earlier day."), file=sys.stderr)
        return troubles.WRONG_USE
    at = timezone.now()
    with database.alone():
        database.prepare(at)
    office = _office(options.commune, at)
    if office is None:
        print(_("There is no commune {slug}.").format(slug=options.commune), file=sys.stderr)
        return troubles.WRONG_USE
    found = periods.reported_between(office, options.first, options.last, at)
    _say(options.name, found, options.format)
    return 0


def _office(slug: str, at: datetime) -> Office | None:
    """By the word in its address, or by its code: a province has no address of its own."""
    offices = Office.objects.on(timezone.localdate(at)).filter(kind__in=(organisation.COMMUNE, organisation.PROVINCE))
    return offices.filter(slug=slug).first() or offices.filter(code=slug).first()


def _say(name: str, found: Reported, form: str) -> None:
    table, zone = reports.REPORTS[name].make(found), timezone.get_current_timezone()
    if form == "csv":
        sys.stdout.write(tables.as_csv(table, zone))
        return
    records: Any = tables.records(table, zone)
    if name == "figures":
        records = records[0] | {"adjustments": found.adjustments}
    print(json.dumps(records, ensure_ascii=False, indent=1))
