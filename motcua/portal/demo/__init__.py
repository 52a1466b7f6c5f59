"""The demonstration: one province, two communes, people and dossiers that are all made up (data/demo.yaml,
demo_dossiers.yaml, demo_oversight.yaml, demo_visits.yaml).

It uses only services, so that whatever it holds could have happened at a desk. A second run finds it ready.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from motcua.kernel import identity
from motcua.kernel.organisation import Installation
from motcua.portal import services, shipped
from motcua.portal.demo import difficulties, dossiers, offices, visits
from motcua.procedures import services as catalogue

Progress = Callable[[int, int], None]
BEGUN_BEFORE = timedelta(days=70)


def make(*, at: datetime, progress: Progress) -> None:
    """Make the demonstration in an empty, migrated database; nothing when it is there already."""
    if Installation.objects.filter(demo=True, ready_at__isnull=False).exists():
        return
    names = ("demo", "demo_dossiers", "demo_oversight", "demo_visits")
    data, script, raised, visited = (shipped.read(name) for name in names)
    hand, begun = identity.system_person(), at - BEGUN_BEFORE
    total = (
        len(script["dossiers"])
        + len(script["portal"]["messages"])
        + len(data["wall"])
        + difficulties.length(raised)
        + visits.length(visited)
        + len(data["communes"])
        + 2
    )
    installation = services.found(province=data["province"], demo=True, by=hand, at=begun)
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=begun, progress=lambda done, of: None)
    progress(1, total)
    places = offices.open_all(data, installation.province, hand, begun)
    before = 1 + len(places.towns)
    progress(before, total)
    told = data | {"oversight": raised, "visits": visited}
    dossiers.make(script, told, places, at, lambda done: progress(before + done, total))
    services.finish(installation=installation, by=hand, at=at)
    progress(total, total)


def password() -> str:
    """The password of everybody in the demonstration; it opens nothing real."""
    return str(shipped.read("demo")["password"])
