"""`motcua ledger verify`: the chain of every matter, or an exported pack; exit code 1 when something does not hold.
`motcua ledger accept`: go on although something is missing that was confirmed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from django.utils import timezone

from motcua.config.checks.standing import newer_copy
from motcua.config.cli import database, presence, questions, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.dossiers.queries import packs
from motcua.kernel import highwater, ledger
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.portal.services import standing


def run(options: Options) -> int:
    if options.act == "accept":
        return _accept(options)
    return _pack(Path(options.pack)) if options.pack else _chains()


def _accept(options: Options) -> int:
    """Only on a word of whoever types it, and with the servers stopped: they remember what they had confirmed."""
    if presence.servers():
        raise CannotRun(_("This centre is open: stop motcua serve first, then run this command again."))
    with database.alone():
        confirmed = _confirmed()
        if not confirmed:
            print(_("Nothing is missing: everything that was confirmed is in the database."))
            return 0
        questions.must_be_yes(options.yes, _("Go on without what is missing? Type YES and press Enter:"))
        now = timezone.now()
        database.prepare(now, as_it_is=True)
        missing = standing.accept_database(confirmed=confirmed, at=now)
    print(_("The centre goes on without what is missing, at most {number} events.").format(number=missing))
    print(_("Compare with slips, receipts and mail of that time; numbers that may have been given are left out."))
    return 0


def _confirmed() -> int:
    """The last event that was confirmed and is not there, by the marks or by a copy; 0 when nothing is missing."""
    lost, copy = highwater.lost(), newer_copy() if ledger.last_position() else None
    return max(lost.last.position if lost else 0, copy.manifest.events_to if copy else 0)


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
