"""Carries out the messages to officers: a short mail from the recorded event, with the number and where to read.

What people wrote stands on the page, not in the mail.
"""

import hashlib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.kernel import outbox
from motcua.kernel.identity import Person
from motcua.kernel.outbox import Delivery
from motcua.oversight import wording
from motcua.oversight.models import Difficulty
from motcua.oversight.services import messages
from motcua.ui import mail, writing


def register() -> None:
    """Say how it is carried out. A mail that was cut off in the middle is not sent again by itself."""
    outbox.register(messages.MAIL, send_mail, repeatable=False, system=mail.NAME)


def send_mail(delivery: Delivery) -> None:
    """Send the mail about the delivery's event."""
    person = Person.objects.get(pk=delivery.payload["person"])
    difficulty = Difficulty.objects.select_related("matter").get(matter__reference=delivery.payload["difficulty"])
    if not person.email:
        return  # taken out since: there is nobody to write to
    with override(settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=_("Difficulty %(number)s: news") % {"number": difficulty.number},
            body=_body(delivery, difficulty),
            to=[person.email],
            headers={"Message-ID": message_id(delivery)},
        )
        mail.send(message)


def message_id(delivery: Delivery) -> str:
    """The same for the same delivery: a mail server that gets it twice can tell."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{hashlib.sha256(delivery.key.encode()).hexdigest()[:32]}@{host}>"


def _body(delivery: Delivery, difficulty: Difficulty) -> str:
    happened = {"moment": writing.moment(delivery.event.at), "text": wording.EVENTS[delivery.event.type]}
    address = f"{settings.MOTCUA_BASE_URL}/desk/difficulties/{difficulty.number}/"
    return "\n\n".join(
        [
            difficulty.matter.title,
            _("At %(moment)s: %(text)s") % happened,
            _("To read it: %(address)s") % {"address": address},
        ]
    )
