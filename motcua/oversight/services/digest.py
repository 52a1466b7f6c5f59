"""Once a week, everybody who works by guidance is told what is new, changed or ended in it, unless they said no."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.kernel import identity, ledger, matters, organisation, outbox
from motcua.kernel.identity import Person
from motcua.oversight import queries
from motcua.oversight.events.guidance import DigestChosen, DigestMade
from motcua.oversight.models import Digest, DigestChoice

LETTER = "oversight.digest"


def tell_of_guidance(*, at: datetime) -> int:
    """Queue the letters of the week that has ended, if that was not done; how many."""
    until, installation = queries.week_begun(at), organisation.installation()
    if installation is None or Digest.objects.filter(until=until).exists():
        return 0
    since, day = queries.told_until(until), queries.day_of(at)
    found = queries.news(since, until)
    told = [person for person in queries.readers(day) if queries.news_for(person, found, day)] if found else []
    with transaction.atomic():
        # Unique by its end: of two processes at once one writes it, and the other's letters are not queued.
        _row, made = Digest.objects.get_or_create(until=until, defaults={"since": since, "made_at": at})
        if made and told:
            _queue(told, since, until, len(found), at)
    return len(told) if made else 0


def _queue(told: list[Person], since: datetime, until: datetime, number: int, at: datetime) -> None:
    installation = organisation.installation()
    assert installation is not None
    matter = matters.administration_of(installation.province, at)
    happening = DigestMade(since, until, number, len(told))
    event = ledger.record(happening, matter=matter, at=at, by=identity.system_person(), office=installation.province)
    for person in told:
        payload = {"person": person.pk, "since": since.isoformat(), "until": until.isoformat()}
        key = f"{LETTER}:{until.date().isoformat()}:{person.pk}"
        outbox.enqueue(event=event, target=LETTER, key=key, at=at, payload=payload)


def choose_digest(*, wanted: bool, by: Person, at: datetime) -> DigestChoice:
    """The person gets the weekly letter, or does not."""
    post = identity.posts_of(by, queries.day_of(at))[0]
    with transaction.atomic():
        choice, _made = DigestChoice.objects.update_or_create(person=by, defaults={"wanted": wanted, "set_at": at})
        matter = matters.administration_of(post.office, at)
        ledger.record(DigestChosen(by.pk, wanted), matter=matter, at=at, by=by, post=post, office=post.office)
    return choice
