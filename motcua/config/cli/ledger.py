"""`motcua ledger verify`: the chain of every matter, or an exported pack; exit code 1 when something does not hold."""

from __future__ import annotations

import sys
from pathlib import Path

from motcua.config.cli import troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers.queries import packs
from motcua.kernel import ledger
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter


def run(options: Options) -> int:
    return _pack(Path(options.pack)) if options.pack else _chains()


def _chains() -> int:
    broken = list(ledger.breaks())
    numbers = dict(Matter.objects.filter(pk__in={each.matter_id for each in broken}).values_list("pk", "reference"))
    for each in broken:
        words = _("✗ {number}: event {position} does not follow from the one before it")
        print(words.format(number=numbers.get(each.matter_id, each.matter_id), position=each.position))
    words = _("Events looked at: {events}, chains: {chains}. What does not hold: {number}")
    print(words.format(events=Event.objects.count(), chains=Matter.objects.count(), number=len(broken)))
    return troubles.FAULTS_FOUND if broken else 0


def _pack(place: Path) -> int:
    try:
        found = list(packs.faults(place))
    except packs.NotAPack:
        print(_("{place} is neither a folder nor a ZIP file.").format(place=place), file=sys.stderr)
        return troubles.WRONG_USE
    for each in found:
        print(f"✗ {each}")
    print(_("What does not hold: {number}").format(number=len(found)) if found else _("The pack is as it was made."))
    return troubles.FAULTS_FOUND if found else 0
