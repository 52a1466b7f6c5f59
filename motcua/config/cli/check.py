"""`motcua check`: everything that must hold, tried; exit code 1 when something does not."""

import dataclasses
import json

from motcua.config.checks import run_checks
from motcua.config.cli import troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _


def run(options: Options) -> int:
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
