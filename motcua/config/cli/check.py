"""`motcua check`: everything that must hold, tried; exit code 1 when something does not."""

import json

from motcua.config.checks import run_checks
from motcua.config.cli.parser import Options


def run(options: Options) -> int:
    results = list(run_checks())
    faults = [result for result in results if not result.ok]
    if options.json:
        print(json.dumps([result.__dict__ for result in results], ensure_ascii=False, indent=1))
        return 1 if faults else 0
    return 1 if faults else 0
