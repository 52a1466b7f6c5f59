"""The officer's inbox with a thousand open dossiers and with a hundred thousand."""

import gc
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.utils import timezone

from benchmarks import figures, filing
from motcua.config.engine import care
from motcua.dossiers.models import Applicant, Dossier
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter, MatterParty, WorkItem, new_id

SIZES = (1_000, 100_000)
ROUNDS = 100


def grow(until: int) -> None:
    """Copies of one filed dossier, written in bulk: a benchmark measures reading, so their chains are left out."""
    pattern = Dossier.objects.select_related("matter", "applicant").filter(state="submitted").latest("filed_at")
    item = WorkItem.objects.get(matter=pattern.matter, closed_by=None)
    event = Event.objects.filter(matter=pattern.matter).earliest("seq")
    parties = list(MatterParty.objects.filter(matter=pattern.matter))
    have = Dossier.objects.count()
    for start in range(have, until, 2000):
        _copies(pattern, item, event, parties, range(start, min(until, start + 2000)))


def _copies(pattern: Dossier, item: WorkItem, event: Event, parties: list[MatterParty], numbers: range) -> None:
    matters = [
        Matter(
            id=new_id(), kind="dossier", reference=f"BENCH-{n}", title=pattern.matter.title, opened_at=timezone.now()
        )
        for n in numbers
    ]
    Matter.objects.bulk_create(matters)
    MatterParty.objects.bulk_create(
        MatterParty(matter=matter, office_id=party.office_id, capacity=party.capacity, from_at=party.from_at)
        for matter in matters
        for party in parties
    )
    fields = [field.attname for field in Dossier._meta.concrete_fields if field.attname != "matter_id"]
    same = {name: getattr(pattern, name) for name in fields}
    Dossier.objects.bulk_create(Dossier(matter=matter, **same) for matter in matters)
    Applicant.objects.bulk_create(Applicant(dossier_id=matter.pk, full_name="Người Mẫu") for matter in matters)
    WorkItem.objects.bulk_create(
        WorkItem(
            matter=matter,
            step=item.step,
            act=item.act,
            office_id=item.office_id,
            due_at=item.due_at + timedelta(seconds=number),
            opened_by=event,
        )
        for number, matter in enumerate(matters)
    )


def run() -> None:
    """Print the ninety-fifth percentile at both sizes, and their ratio."""
    client = Client()
    filing.Ours(client).file()
    officer = Client()
    sign_in(officer)
    slowest = []
    for size in SIZES:
        grow(size)
        # As a server does every day: figures taken when the tables were small make plans for small tables.
        care.tend(connection)
        # What was only needed to make the rows is no part of a server's memory.
        gc.collect()
        gc.freeze()
        for _ in range(3):
            assert officer.get("/desk/").status_code == 200
        slowest.append(figures.percentile([figures.wall_ms(lambda: officer.get("/desk/")) for _ in range(ROUNDS)], 95))
        figures.say(f"inbox at {size} open dossiers, p95", f"{slowest[-1]:.1f} ms", "≤ 40 ms")
    figures.say("inbox, large / small", f"{slowest[1] / slowest[0]:.2f} ×", "≤ 1.5 ×")


def sign_in(client: Client) -> None:
    """As somebody who receives dossiers in the commune that the filings went to."""
    from motcua.kernel.identity import Account, Post

    office = WorkItem.objects.filter(closed_by=None, matter__kind="dossier").latest("id").office
    post = Post.objects.filter(office=office, role__capabilities__icontains="dossiers.intake").first()
    assert post is not None
    client.force_login(Account.objects.get(person=post.person), "allauth.account.auth_backends.AuthenticationBackend")
