"""`motcua catalogue check|load|import`: procedures kept as files, one procedure a file."""

import sys
from pathlib import Path

from django.utils import timezone

from motcua.config.cli import database, progress, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.procedures import services as procedures


def run(options: Options) -> int:
    folder = Path(options.folder) if options.folder else procedures.SHIPPED
    if not folder.is_dir():
        print(_("There is no folder {folder}.").format(folder=folder), file=sys.stderr)
        return troubles.WRONG_USE
    faults = procedures.faults_of(folder)
    if faults:
        print("\n".join(map(str, faults)), file=sys.stderr)
        return troubles.FAULTS_FOUND
    if options.act == "check":
        print(_("Every file is sound."))
        return 0
    return _load(folder)


def _load(folder: Path) -> int:
    at = timezone.now()
    with database.alone(), progress.bar(_("Loading the catalogue")) as step:
        database.prepare(at)
        made = procedures.load_catalogue(folder=folder, at=at, progress=step)
    print(_("New versions: {number}").format(number=made))
    return 0
