"""`python -m benchmarks [part …]`: makes a demonstration centre in a folder of its own, then measures. The parts are in
PARTS and LONG.
"""

import logging
import os
import sys
import tempfile
from importlib import import_module

PARTS = (
    "filing",
    "load",
    "memory",
    "inbox",
    "board",
    "search",
    "catalogue",
    "pages",
    "sheets",
    "keeping",
    "counter",
    "province",
)
# So long that they run only when they are named.
LONG = ("restore", "endurance")


def main() -> None:
    """Run the parts named, or all of them."""
    with tempfile.TemporaryDirectory(prefix="motcua-bench-") as folder:
        os.environ["MOTCUA_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        _make()
        for part in sys.argv[1:] or PARTS:
            print(f"\n{part}")
            import_module(f"benchmarks.{part}").run()


def _make() -> None:
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command
    from django.utils import timezone

    from motcua.portal import demo

    call_command("migrate", run_syncdb=True, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    demo.make(at=timezone.now(), progress=lambda done, total: None)


if __name__ == "__main__":
    main()
