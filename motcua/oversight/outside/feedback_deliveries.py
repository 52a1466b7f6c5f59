"""Carries out what happens outside because of feedback: a short mail to whoever sent it, bytes that leave the disk.

What was said stands on the page, not in the mail.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.kernel import outbox
from motcua.kernel.outbox import Delivery
from motcua.oversight.models import Feedback
from motcua.oversight.outside.deliveries import message_id
from motcua.oversight.services import erasing
from motcua.oversight.services.feedback import course
from motcua.oversight.words import wording_feedback
from motcua.ui import mail, writing


def register() -> None:
    """Say how it is carried out. A mail that was cut off in the middle is not sent again by itself."""
    outbox.register(course.MAIL, tell_the_person, repeatable=False, system=mail.NAME)
    outbox.register(erasing.BYTES, remove_bytes, repeatable=True)


def remove_bytes(delivery: Delivery) -> None:
    """Take the files of erased feedback and difficulties off the disk."""
    erasing.remove_bytes(sha256s=delivery.payload["files"])


def tell_the_person(delivery: Delivery) -> None:
    """Mail to whoever sent feedback that something happened, and where to read it; nothing of what was said."""
    feedback = Feedback.objects.select_related("matter", "commune").get(matter__reference=delivery.payload["feedback"])
    if not feedback.email:
        return  # erased since: there is nobody to write to
    with override(settings.LANGUAGE_CODE):
        happened = wording_feedback.EVENTS[delivery.event.type]
        where = f"{settings.MOTCUA_BASE_URL}/{feedback.commune.slug}/feedback/status/?number={feedback.number}"
        message = EmailMessage(
            subject=_("Feedback %(number)s: news") % {"number": feedback.number},
            body="\n\n".join(
                [
                    _("At %(moment)s: %(text)s") % {"moment": writing.moment(delivery.event.at), "text": happened},
                    _("To read it, open %(address)s with the claim code that you were given.") % {"address": where},
                ]
            ),
            to=[feedback.email],
            headers={"Message-ID": message_id(delivery)},
        )
        mail.send(message)
