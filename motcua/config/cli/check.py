"""`motcua check`: everything that must hold, tried; exit code 1 when something does not."""

import dataclasses
import json

from django.utils import timezone

from motcua.config.checks import run_checks
from motcua.config.cli import troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.kernel import watch
from motcua.kernel.matters import Matter


def run(options: Options) -> int:
    if options.invariants:
        return _look_at_every_matter(options)
    findings = list(run_checks())
    if options.json:
        print(json.dumps([dataclasses.asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{'✓' if finding.ok else '✗'} {finding.sentence}")
    faults = sum(not finding.ok for finding in findings)
    if faults and not options.json:
        print(_("What does not hold: {number}").format(number=faults))
    return troubles.FAULTS_FOUND if faults else 0


def _look_at_every_matter(options: Options) -> int:
    """The watch's whole round at once; what it finds is kept for the operator's page, too."""
    faults = watch.look_at_all(timezone.now())
    numbers = dict(Matter.objects.filter(pk__in={pk for pk, _kind in faults}).values_list("pk", "reference"))
    found = [{"matter": numbers[pk], "kind": kind, "sentence": str(watch.words_of(kind))} for pk, kind in faults]
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for each in found:
            print(f"✗ {each['matter']}: {each['sentence']}")
        print(
            _("Looked at: {looked}. What does not hold: {number}").format(
                looked=Matter.objects.count(), number=len(found)
            )
        )
    return troubles.FAULTS_FOUND if found else 0
