"""`motcua projections verify`: rows against what their events say; exit code 1 when something differs."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from motcua.config.cli import troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers.queries import projections as dossiers
from motcua.kernel.matters import Matter
from motcua.oversight.queries import projections as oversight


def run(_options: Options) -> int:
    differing = 0
    for number, what, stored, meant in chain(dossiers.differences(), oversight.differences()):
        words = _("✗ {number}: {what} is {stored}, its events say {meant}")
        print(words.format(number=number, what=what, stored=stored, meant=meant))
        differing += 1
    matters = Matter.objects.filter(kind__in=("dossier", "difficulty", "directive", "feedback"))
    kinds = Counter(matters.values_list("kind", flat=True))
    words = _("Rebuilt from events: {dossiers} dossiers, {others} difficulties, directives, feedback and petitions.")
    others = kinds["difficulty"] + kinds["directive"] + kinds["feedback"]
    print(words.format(dossiers=kinds["dossier"], others=others))
    print(_("What differs: {number}").format(number=differing))
    return troubles.FAULTS_FOUND if differing else 0
