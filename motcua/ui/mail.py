"""Mail to people, through whatever server the centre was told of; one system outside, with one wall.

It knows no content: rooms write messages from recorded events and hand them over here, inside a delivery.
"""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext_lazy as _

from motcua.kernel import outside
from motcua.kernel.outside import System

NAME = "mail"
# Written to the console, or nowhere: nobody is reached, so nobody misses it.
NOT_USED = ("console", "dummy", "filebased")
# From here on the server says that asking again will not help.
FOR_GOOD = 500


def register() -> None:
    """Mail is a system that may be down."""
    outside.register(
        System(
            NAME,
            label=_("E-mail messages"),
            effect=_(
                "News about your dossier may reach you by e-mail later than usual. Your dossier is handled as always; "
                "number and claim code show where it stands."
            ),
            seconds=settings.EMAIL_TIMEOUT,
            probe=_probe,
            is_used=is_used,
        )
    )


def is_used() -> bool:
    """Whether mail leaves this machine at all."""
    return not any(f".{name}." in settings.EMAIL_BACKEND for name in NOT_USED)


def send(message: EmailMessage) -> None:
    """Send it; raises outside.Refused when the server answers that it will never take this one."""
    try:
        message.send()
    except SMTPRecipientsRefused as refusal:
        raise outside.Refused(_code_and_words(next(iter(refusal.recipients.values()), ""))) from refusal
    except (SMTPDataError, SMTPSenderRefused) as refusal:
        if refusal.smtp_code >= FOR_GOOD:
            raise outside.Refused(str(refusal.smtp_code)) from refusal
        raise


def _code_and_words(answer: object) -> str:
    """The number only: a mail server's words repeat the address."""
    return str(answer[0]) if isinstance(answer, tuple) else ""


def _probe() -> None:
    connection = get_connection()
    try:
        connection.open()
    finally:
        connection.close()
