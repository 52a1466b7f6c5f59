"""The demonstration: one province, two communes, people and dossiers that are all made up (data/demo.yaml,
demo_dossiers.yaml, demo_oversight.yaml, demo_visits.yaml).

It uses only services, so that whatever it holds could have happened at a desk. A second run finds it ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

from motcua.kernel import identity
from motcua.kernel.organisation import Installation
from motcua.portal import services, shipped
from motcua.portal.demo import difficulties, dossiers, feedback, offices, quarter, visits
from motcua.portal.demo.stories import Stage, Step
from motcua.procedures import services as catalogue

Progress = Callable[[int, int], None]
# Who sees figures and board of the first commune.
LEADER = "lanhdao1"
BEGUN_BEFORE = timedelta(days=70)


def make(*, at: datetime, progress: Progress, of_quarter: int = 0) -> None:
    """Make the demonstration in an empty, migrated database; nothing when it is there already. With so many dossiers of
    a quarter beside its own stories (quarter.length).
    """
    if Installation.objects.filter(demo=True, ready_at__isnull=False).exists():
        return
    names = ("demo", "demo_dossiers", "demo_oversight", "demo_visits")
    data, script, raised, visited = (shipped.read(name) for name in names)
    hand, begun = identity.system_person(), at - BEGUN_BEFORE
    if of_quarter:
        begun = min(begun, quarter.begun_before(at))
    total = quarter.length(of_quarter) + 2 if of_quarter else 0
    total += (
        len(script["dossiers"])
        + len(script["portal"]["messages"])
        + len(data["wall"])
        + difficulties.length(raised)
        + feedback.length(raised)
        + visits.length(visited)
        + len(data["communes"])
        + 3
    )
    installation = services.found(province=data["province"], demo=True, by=hand, at=begun)
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=begun, progress=lambda done, of: None)
    progress(1, total)
    places = offices.open_all(data, installation.province, hand, begun)
    before = 1 + len(places.towns)
    progress(before, total)

    def more(stage: Stage) -> Iterable[Iterator[Step]]:
        return quarter.courses(data, places, stage, of_quarter) if of_quarter else ()

    known = data | {"oversight": raised, "visits": visited}
    dossiers.make(script, known, places, at, lambda done: progress(before + done, total), more)
    services.finish(installation=installation, by=hand, at=at)
    progress(total, total)


def password() -> str:
    """The password of everybody in the demonstration; it opens nothing real."""
    return str(shipped.read("demo")["password"])
