"""The leader's board with ten thousand open dossiers, and with an archive of years behind the same month."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from benchmarks import figures, filing, inbox
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Account, Post
from motcua.kernel.matters import WorkItem

OPEN, ARCHIVE, ROUNDS = 10_000, 60_000, 10
PAGES = ("/desk/board/", "/desk/board/list/?what=in_progress", "/desk/reports/")


def run() -> None:
    """Print the ninety-fifth percentile of the processor time of each page, without and with the archive."""
    client = Client()
    filing.Ours(client).file()
    office = Dossier.objects.latest("filed_at").competent_office
    leader = Client()
    leader.force_login(Account.objects.get(person=Post.objects.get(office=office, role__code="leader").person))
    inbox.grow(OPEN)
    _received()
    before = [_p95(leader, page) for page in PAGES]
    # The pattern of a copy is a dossier that was only filed.
    filing.Ours(client).file()
    inbox.grow(OPEN + ARCHIVE)
    _settled_long_ago()
    for page, first in zip(PAGES, before, strict=True):
        figures.say(f"{page} at {OPEN} open, p95", f"{first:.0f} ms", "≤ 1,000 ms")
        figures.say(f"{page} with {ARCHIVE} in the archive", f"{_p95(leader, page) / first:.2f} ×", "≤ 1.2 ×")


def _received() -> None:
    """All that was only filed is received, some of it late."""
    now = timezone.now()
    filed = Dossier.objects.filter(state="submitted")
    filed.update(state="received", filed_at=now, received_at=now, due_at=now + timedelta(days=2))


def _settled_long_ago() -> None:
    """What was added since lies years back and is finished."""
    then = timezone.now() - timedelta(days=700)
    old = Dossier.objects.filter(state="submitted")
    WorkItem.objects.filter(matter__dossier__state="submitted").delete()
    old.update(state="returned", filed_at=then, received_at=then, due_at=then, settled_at=then, returned_at=then)


def _p95(client: Client, page: str) -> float:
    def ask() -> None:
        assert client.get(page).status_code == 200

    ask()
    return figures.percentile([figures.cpu_ms(ask) for _ in range(ROUNDS)], 95)
