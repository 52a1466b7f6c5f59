"""Loading the catalogue of a commune: some 400 new files, the same unchanged, and the same without their memory."""

import re
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from benchmarks import figures
from motcua.procedures import services

FIRST, AGAIN = 5000, 1000
_CODE = re.compile(r'^code: "[^"]+"', re.MULTILINE)
_FORM = re.compile(r"^form: \w+", re.MULTILINE)


def run() -> None:
    """The seconds of a first load, of an unchanged one, and of one that has to read every file again."""
    with tempfile.TemporaryDirectory() as place, transaction.atomic():
        folder = Path(place)
        number = copy(services.SHIPPED, folder)
        at = timezone.now()
        figures.say("files", str(number))
        for name, budget in (("first load", FIRST), ("load when nothing changed", AGAIN)):
            took = figures.wall_ms(lambda: services.load_catalogue(folder=folder, at=at))
            figures.say(name, f"{took:.0f} ms", f"<= {budget} ms {'ok' if took <= budget else 'MISSED'}")
        (Path(settings.MOTCUA_DATA) / "catalogue.json").unlink()
        took = figures.wall_ms(lambda: services.load_catalogue(folder=folder, at=at))
        figures.say("load when nothing changed, every file read again", f"{took:.0f} ms")
        took = figures.wall_ms(lambda: services.faults_of(services.SHIPPED))
        figures.say("check of every shipped file", f"{took:.0f} ms")
        transaction.set_rollback(True)


def copy(shipped: Path, folder: Path) -> int:
    """Every procedure of communes under a code that is nobody's yet, so that the database must take it as new."""
    number = 0
    for path in sorted(shipped.rglob("[1-9].*.yaml")):
        text = path.read_text(encoding="utf-8")
        # Police and military procedures are not counted; conditions read the questions of one form only.
        if "\nhandled_by:" in text or "show_if:" in text:
            continue
        number += 1
        code = f"8.{number:06}"
        target = folder / path.parent.name / f"{code}.yaml"
        target.parent.mkdir(exist_ok=True)
        # A form serves only the codes it names; the general one serves all.
        text = _FORM.sub("form: general", _CODE.sub(f'code: "{code}"', text))
        target.write_text(text, encoding="utf-8")
    return number
