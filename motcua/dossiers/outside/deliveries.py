"""Carries out the messages to applicants: an e-mail written from the recorded event, or a note on the console.

Words and address are read at this moment, never from the queue. Nothing personal beyond the number is in an e-mail,
and a note on the console names no person.
"""

import hashlib
import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.dossiers import rules, services
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.services import erasure, messages, resuming
from motcua.dossiers.words import wording
from motcua.kernel import outbox
from motcua.kernel.outbox import Delivery
from motcua.ui import mail, writing

logger = logging.getLogger(__name__)


def register() -> None:
    """Say how each kind is carried out. An e-mail that was cut off in the middle is not sent again by itself."""
    outbox.register(messages.MAIL, send_mail, repeatable=False, system=mail.NAME, given_up=_somebody_tells)
    outbox.register(messages.NOTE, leave_note, repeatable=False, given_up=_somebody_tells)
    # A code that is sent twice does no harm; one that does not arrive still stands on every page.
    outbox.register(resuming.MAIL, send_code, repeatable=True, system=mail.NAME)
    outbox.register(erasure.BYTES, remove_bytes, repeatable=True)


def _somebody_tells(delivery: Delivery, at: datetime) -> None:
    """What did not arrive becomes work in the office's inbox."""
    services.note_undelivered(delivery=delivery, at=at)


def remove_bytes(delivery: Delivery) -> None:
    """Take the papers of an erased dossier off the disk."""
    erasure.remove_bytes(sha256s=delivery.payload["files"])


def send_mail(delivery: Delivery) -> None:
    """Send the e-mail about the delivery's event."""
    dossier = _dossier(delivery)
    if not dossier.applicant.email:
        return  # erased by law since: there is nobody to write to
    with override(settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=_("Dossier %(number)s: news") % {"number": dossier.number},
            body=_body(delivery, dossier),
            to=[dossier.applicant.email],
            headers={"Message-ID": message_id(delivery)},
        )
        mail.send(message)


def send_code(delivery: Delivery) -> None:
    """Send the code of a draft to whoever typed it; nothing of what was typed is in the e-mail."""
    draft = Draft.objects.filter(pk=delivery.payload["draft"], dossier=None).select_related("commune").first()
    if draft is None or not draft.applicant.get("email"):
        return  # sent or over since: the code opens nothing any more
    with override(settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=_("Code to go on with your dossier"),
            body=_code_body(draft),
            to=[draft.applicant["email"]],
            headers={"Message-ID": message_id(delivery)},
        )
        mail.send(message)


def _code_body(draft: Draft) -> str:
    said = {
        "office": draft.commune.name,
        "code": rules.spaced(resuming.code_of(draft.send_op_id, draft.resume_hash)),
        "address": f"{settings.MOTCUA_BASE_URL}/resume/",
        "moment": writing.moment(draft.expires_at),
    }
    return "\n\n".join(
        [
            _("You began a dossier for %(office)s. It has not been sent yet.") % said,
            _("To go on, open %(address)s and type the code %(code)s. It is kept until %(moment)s.") % said,
            _("Whoever has the code can read and change what you typed: keep it to yourself."),
            _("We never ask for a password or a payment by e-mail."),
        ]
    )


def leave_note(delivery: Delivery) -> None:
    """Say on the console about which dossier somebody should be called; who that is stands on its page."""
    dossier = _dossier(delivery)
    with override(settings.LANGUAGE_CODE):
        logger.info("%s | %s", dossier.number, wording.sentence_of(delivery.event))


def message_id(delivery: Delivery) -> str:
    """The same for the same delivery: a mail server that gets it twice can tell."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    return f"<{hashlib.sha256(delivery.key.encode()).hexdigest()[:32]}@{host}>"


def _dossier(delivery: Delivery) -> Dossier:
    related = ("matter", "applicant", "competent_office", "receiving_office")
    return Dossier.objects.select_related(*related).get(matter__reference=delivery.payload["dossier"])


def _body(delivery: Delivery, dossier: Dossier) -> str:
    centre = dossier.receiving_office or dossier.competent_office
    happened = _("At %(moment)s: %(text)s") % {
        "moment": writing.moment(delivery.event.at),
        "text": wording.sentence_of(delivery.event),
    }
    address = f"{settings.MOTCUA_BASE_URL}/status/?number={dossier.number}"
    return "\n\n".join(
        [
            _("Dossier %(number)s at %(office)s.")
            % {"number": dossier.number, "office": dossier.competent_office.name},
            happened,
            _("To see where it stands, open %(address)s and type your claim code.") % {"address": address},
            _("Questions: %(office)s, telephone %(phone)s.") % {"office": centre.name, "phone": centre.phone}
            if centre.phone
            else _("Questions: %(office)s.") % {"office": centre.name},
            _("We never ask for a password or a payment by e-mail."),
        ]
    )
