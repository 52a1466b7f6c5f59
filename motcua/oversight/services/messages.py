"""Who is told what happened, by mail where somebody has an address: queued in the transaction of the act."""

from collections.abc import Iterable
from datetime import datetime

from motcua.kernel import outbox
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.oversight.models import Difficulty

MAIL = "oversight.mail"


def tell(event: Event, difficulty: Difficulty, people: Iterable[Person | None], at: datetime) -> None:
    """Queue a message to each of these who has an address, once each; not to whoever did it."""
    for person in dict.fromkeys(people):
        if person is not None and person.email and person.pk != event.actor_id:
            payload = {"difficulty": difficulty.number, "person": person.pk}
            outbox.enqueue(event=event, target=MAIL, key=f"{MAIL}:{event.position}:{person.pk}", at=at, payload=payload)
