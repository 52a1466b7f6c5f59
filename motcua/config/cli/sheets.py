"""`motcua catalogue sheets`: the sheets of a commune's wall as PDF files."""

import sys
import tempfile
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from motcua.config.cli import database, progress, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.queries import Sheet


def run(options: Options) -> int:
    at = timezone.now()
    with database.alone():
        database.prepare(at)
    day = timezone.localdate(at)
    try:
        office = organisation.commune_by_slug(options.commune, day)
    except Office.DoesNotExist:
        return _wrong(_("There is no commune {name}. There are: {known}."), options.commune, _communes(day))
    sheets = _chosen(office, day, options)
    if options.field and not sheets and not options.outdated:
        fields = [each.key for each in procedures.sheets_on(office, day).values() if each.kind == "sector"]
        return _wrong(_("There is no field {name}. There are: {known}."), options.field, fields)
    return _print(office, sheets, day, Path(options.out))


def _communes(day: date) -> list[str]:
    return [str(each.slug) for each in organisation.communes(day)]


def _wrong(sentence: str, name: str, known: list[str]) -> int:
    print(sentence.format(name=name, known=", ".join(known)), file=sys.stderr)
    return troubles.WRONG_USE


def _chosen(office: Office, day: date, options: Options) -> list[Sheet]:
    """Every sheet of the commune, or those on its reprint list; of one field where it is named."""
    if options.outdated:
        stale = (each.sheet for each in procedures.outdated_postings(office, day))
        found = list(dict.fromkeys(each for each in stale if each))
    else:
        found = list(procedures.sheets_on(office, day).values())
    return [each for each in found if options.field in (None, each.sector)]


def _print(office: Office, sheets: list[Sheet], day: date, folder: Path) -> int:
    _can_be_written(folder)
    with progress.bar(_("Printing the sheets")) as step:
        made = catalogue.print_sheets(
            office=office, sheets=sheets, day=day, origin=settings.MOTCUA_BASE_URL, folder=folder, progress=step
        )
    print(_("Sheets written: {number}, in {folder}").format(number=len(made), folder=folder))
    return 0


def _can_be_written(folder: Path) -> None:
    """Tried with a real file before anything is printed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CannotRun(_("Nothing can be written to {folder}: name another folder.").format(folder=folder)) from error
