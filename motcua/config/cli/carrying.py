"""`motcua import`: open dossiers of an earlier system go on here, with their numbers and appointments."""

import sys
from pathlib import Path

from django.utils import timezone

from motcua.config.cli import database, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers.services import carried
from motcua.kernel import identity, organisation
from motcua.kernel.organisation import Office

LARGEST = 50 * 1024 * 1024


def run(options: Options) -> int:
    return _template(Path(options.file)) if options.act == "template" else _dossiers(options)


def _template(file: Path) -> int:
    file.write_bytes(carried.template())
    print(_("Written: {file}").format(file=file))
    return 0


def _dossiers(options: Options) -> int:
    at = timezone.now()
    with database.alone():
        database.prepare(at)
    try:
        commune = organisation.commune_by_slug(options.commune, timezone.localdate(at))
    except Office.DoesNotExist:
        return _wrong(_("There is no commune {slug}.").format(slug=options.commune))
    file = Path(options.file)
    if not file.is_file() or file.stat().st_size > LARGEST:
        return _wrong(_("There is no such file, or it is larger than 50 MB: {file}").format(file=file))
    try:
        rows = carried.read(file.read_bytes(), file.name)
    except carried.NotAList as wrong:
        return _wrong(str(wrong))
    hand, trying = identity.system_person(), options.dry_run
    carried.carry(rows=rows, commune=commune, by=hand, at=at, dry_run=trying, system=options.system, told=_say)
    return _sum(rows)


def _say(row: carried.Row) -> None:
    print(_("row {line}, {number}: {words}").format(line=row.line, number=row.number or "?", words=row.words))
    for fault in row.faults:
        print(f"    {fault}")


def _sum(rows: list[carried.Row]) -> int:
    print(_("Together:"), ", ".join(f"{number} {words}" for words, number in carried.counted(rows)))
    return troubles.FAULTS_FOUND if any(row.outcome == carried.WRONG for row in rows) else 0


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return troubles.WRONG_USE
