"""What keeping itself costs the centre with a hundred thousand dossiers: the watch, a proven copy, a restore."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks import figures, filing, inbox
from motcua.config.backup import layout, make, places, prove, restore
from motcua.config.checks import paces, run_pace
from motcua.dossiers.models import Dossier, Filing
from motcua.kernel import files, ledger, watch
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter

DOSSIERS, PAPERS, PAPER_SIZE, EVENTS = 100_000, 2_000, 500_000, 4
MINUTE_MS = 60_000


def run() -> None:
    """Print the cost of a minute and of a night, and how long a restore takes."""
    filing.Ours(Client()).file()
    inbox.grow(DOSSIERS)
    whole()
    for _ in range(PAPERS):
        files.keep(os.urandom(PAPER_SIZE), type="application/pdf")
    faults = watch.look_at_all(timezone.now())
    figures.say("dossiers, faults the watch finds", f"{Dossier.objects.count()}, {len(faults)}", "0 faults")
    _minute()
    _night()


def whole() -> None:
    """The copies that `inbox.grow` makes have no filing and no events: give them both, chained as real ones are."""
    pattern = Filing.objects.select_related("dossier__matter").earliest("filed_at")
    said = Event.objects.get(matter=pattern.dossier.matter, seq=1)
    bare = Matter.objects.filter(kind="dossier", reference__startswith="BENCH-").order_by("pk")
    ids = list(bare.values_list("pk", flat=True))
    for start in range(0, len(ids), 1000):
        part = ids[start : start + 1000]
        Filing.objects.bulk_create(
            Filing(
                dossier_id=pk,
                n=1,
                op_id=f"bench-{pk}",
                request_sha256="",
                version_id=pattern.version_id,
                content=pattern.content,
                sha256=pattern.sha256,
                filed_at=pattern.filed_at,
            )
            for pk in part
        )
        Event.objects.bulk_create(event for pk in part for event in _chain(pk, said, pattern.sha256))


def _chain(matter_id: Any, said: Event, sha256: str) -> list[Event]:
    chain: list[Event] = []
    for seq in range(1, EVENTS + 1):
        event = Event(matter_id=matter_id, seq=seq, type=said.type if seq == 1 else "bench.noted", at=said.at)
        event.payload = said.payload | {"filing_sha256": sha256} if seq == 1 else {"seq": seq}
        event.prev_hash = chain[-1].hash if chain else ""
        event.hash = ledger.digest(event)
        chain.append(event)
    return chain


def _minute() -> None:
    """Processor time of one minute's work: a part of the round, and every check of the minute."""
    spent = [figures.cpu_ms(lambda: watch.look(timezone.now())) for _ in range(5)]
    checks = [figures.cpu_ms(lambda: run_pace(paces.MINUTE, timezone.now())) for _ in range(5)]
    minute = sum(spent) / 5 + sum(checks) / 5
    figures.say("watch and checks, each minute", f"{minute:.0f} ms = {minute / MINUTE_MS:.2%}", "≤ 3 % of a core")
    hour = figures.cpu_ms(lambda: run_pace(paces.HOUR, timezone.now()))
    figures.say("checks of the hour", f"{hour:.0f} ms = {hour / MINUTE_MS / 60:.3%}")


def _night() -> None:
    made: dict[str, Any] = {}
    cost = {
        "copy on this disk": lambda: made.update(own=make.make(layout.NIGHTLY, timezone.now(), _step)),
        "proof of it, every paper read": lambda: made.update(
            proof=prove.prove(made["own"], timezone.now(), _step, every_paper=True)
        ),
        "copy to another folder": lambda: made.update(there=make.bring(made["own"], made["place"], _step)),
    }
    with tempfile.TemporaryDirectory(prefix="motcua-stick-") as folder:
        made["place"] = places.use(Path(folder))
        total = sum(_timed(name, act) for name, act in cost.items())
        day = 24 * 60 * MINUTE_MS
        figures.say("night's work, processor", f"{total / 1000:.0f} s = {total / day:.3%}", "≤ 3 % of a core")
        figures.say("faults of the proof", str(list(made["proof"].faults)), "[]")
        size = made["own"].manifest
        figures.say("database, papers", f"{size.size / 1e6:.0f} MB, {size.papers_size / 1e6:.0f} MB")
        _restore(made["there"])


def _restore(copy: layout.Copy) -> None:
    """Onto a new machine: another data folder of this one."""
    new = Path(tempfile.mkdtemp(prefix="motcua-new-"))
    settings.MOTCUA_DATA, settings.FILES_FOLDER = new, new / "files"
    connection.close()
    connection.settings_dict["NAME"] = new / "motcua.sqlite3"
    try:
        _timed("restore on a new machine", lambda: restore.restore(copy, timezone.now(), _step))
        figures.say("dossiers after it", str(Dossier.objects.count()), str(DOSSIERS))
    finally:
        connection.close()
        shutil.rmtree(new)


def _timed(name: str, act: Callable[[], Any]) -> float:
    """Says how long it took; the processor's milliseconds."""
    began, before = time.perf_counter(), time.process_time()
    act()
    cpu = (time.process_time() - before) * 1000
    figures.say(name, f"{time.perf_counter() - began:.0f} s, processor {cpu / 1000:.0f} s")
    return cpu


def _step(done: int, total: int) -> None:
    """Nobody looks."""
