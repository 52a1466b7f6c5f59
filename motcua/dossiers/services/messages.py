"""What an applicant is told: queued in the transaction of the recorded event, written from it when it goes out.

No message without an event; never the same message twice: its key is the event's place in the ledger.
"""

from datetime import datetime

from motcua.dossiers.models import Dossier
from motcua.kernel import outbox
from motcua.kernel.ledger import Event

MAIL, NOTE = "dossiers.mail", "dossiers.note"


def announce(event: Event, dossier: Dossier, email: str, at: datetime) -> None:
    """Queue what the applicant reads about this event: by e-mail where there is an address, else as a note at the
    centre.

    The payload names the dossier; address and words are read when it goes out, so that none of them lies in the queue.
    """
    outbox.enqueue(
        event=event,
        target=MAIL if email else NOTE,
        key=f"message:{event.position}",
        at=at,
        payload={"dossier": dossier.number},
    )
