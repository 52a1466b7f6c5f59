"""The same on PostgreSQL: our server killed, its server killed, and another one promoted in its place."""

from __future__ import annotations

import random
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres
from tests.browser.fixtures import absent
from tests.faults import proof
from tests.faults.centre import Centre, NotUp
from tests.faults.clients import Filer, Ledger, at_once
from tests.faults.cluster import Cluster

pytestmark = pytest.mark.faults
KILLS, CLIENTS = (50 if proof.WHOLE else 10), 6


def short_folder() -> Path:
    """A path short enough for a socket, that the account of PostgreSQL can enter."""
    made = Path(tempfile.mkdtemp(prefix="motcua-faults-"))
    made.chmod(0o755)
    return made


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Cluster, Centre]]:
    """A demonstration on PostgreSQL, stopped, for copying."""
    folder = short_folder()
    try:
        cluster = Cluster(folder / "model")
    except postgres.Absent as reason:
        absent(str(reason))
    cluster.make()
    cluster.start()
    centre = Centre(tmp_path_factory.mktemp("model") / "data", {"MOTCUA_DATABASE_URL": cluster.address})
    centre.command("demo")
    cluster.stop()
    yield cluster, centre
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def folder() -> Iterator[Path]:
    made = short_folder()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def cluster(models: tuple[Cluster, Centre], folder: Path) -> Iterator[Cluster]:
    own = models[0].copy(folder / "first")
    own.start()
    yield own
    own.kill()


@pytest.fixture
def centre(models: tuple[Cluster, Centre], cluster: Cluster, tmp_path: Path) -> Iterator[Centre]:
    own = models[1].copied(tmp_path, MOTCUA_DATABASE_URL=cluster.address)
    own.start()
    yield own
    own.stop()


def test_killed_servers_have_lost_nothing_on_postgres_either(centre: Centre, cluster: Cluster) -> None:
    ledger, stop, dice = Ledger(), threading.Event(), random.Random()
    filers = [Filer(centre, ledger) for _ in range(CLIENTS)]
    threads = at_once(filers, stop, dice.randrange(10**6))
    for kill in range(KILLS):
        time.sleep(dice.uniform(0.05, 0.6))
        if kill % 2:
            cluster.kill()
            cluster.start()
        else:
            centre.kill()
            centre.start()
    stop.set()
    for thread in threads:
        thread.join(60)
    filers[0].settle()
    found = proof.outcome(centre, filers[0], ledger)
    proof.say(f"PostgreSQL, our server and its server killed {KILLS} times in turn", found)
    assert found.acknowledged > KILLS
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])


def test_a_follower_that_lagged_behind_is_not_gone_on_with_in_silence(
    centre: Centre, cluster: Cluster, folder: Path
) -> None:
    second = Cluster(folder / "second")
    second.follow(cluster)
    second.stop()
    cluster.ask("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    ledger = Ledger()
    filer = Filer(centre, ledger)
    try:
        assert filer.send(filer.begin())  # acknowledged by the first alone
        cluster.kill()
        centre.stop()
        second.start()
        second.promote()
        again = Centre(centre.data, {"MOTCUA_DATABASE_URL": second.address, "MOTCUA_LANG": "en"}, port=centre.port)
        with pytest.raises(NotUp, match="lacks what was confirmed"):
            again.start()
    finally:
        second.kill()
    proof.say("PostgreSQL, a follower promoted that lacked the last filing: noticed at the start", 1)


def test_the_one_that_followed_takes_over_with_everything_that_was_acknowledged(
    centre: Centre, cluster: Cluster, folder: Path
) -> None:
    second = Cluster(folder / "second")
    second.follow(cluster)
    ledger, stop = Ledger(), threading.Event()
    filers = [Filer(centre, ledger) for _ in range(CLIENTS)]
    threads = at_once(filers, stop, 8)
    time.sleep(3)
    try:
        cluster.kill()
        centre.stop()
        second.promote()
        # The address of the centre names the folder of the socket: the same program, the other server.
        again = Centre(centre.data, {"MOTCUA_DATABASE_URL": second.address}, port=centre.port)
        again.start()
        time.sleep(2)
        stop.set()
        for thread in threads:
            thread.join(60)
        filers[0].settle()
        found = proof.outcome(again, filers[0], ledger)
        again.stop()
    finally:
        second.kill()
    proof.say("PostgreSQL, a follower promoted under load", found)
    assert found.acknowledged
    assert found.is_clean, (found.lost[:5], found.doubled[:5], found.faults[:5])
