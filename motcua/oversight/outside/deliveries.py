"""Carries out the messages to officers: a short mail from the recorded event, with the number and where to read.

What people wrote stands on the page, not in the mail.
"""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from motcua.kernel import outbox
from motcua.kernel.identity import Person
from motcua.kernel.outbox import Delivery
from motcua.oversight import queries
from motcua.oversight.models import Difficulty
from motcua.oversight.queries import News
from motcua.oversight.services import digest, messages
from motcua.oversight.words import wording
from motcua.ui import mail, writing


def register() -> None:
    """Say how it is carried out. A mail that was cut off in the middle is not sent again by itself."""
    outbox.register(messages.MAIL, send_mail, repeatable=False, system=mail.NAME)
    outbox.register(digest.LETTER, send_digest, repeatable=False, system=mail.NAME)


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


def send_digest(delivery: Delivery) -> None:
    """Send the weekly letter: what is new, changed or ended in guidance where the person works."""
    person = Person.objects.get(pk=delivery.payload["person"])
    since, until = (datetime.fromisoformat(delivery.payload[name]) for name in ("since", "until"))
    found = queries.news_for(person, queries.news(since, until), queries.day_of(delivery.event.at))
    # Taken out of the list or away since: there is nobody to write to.
    if not found or not person.email or not queries.wants_digest(person):
        return
    with override(settings.LANGUAGE_CODE):
        message = EmailMessage(
            subject=_("Guidance: %(number)s news of the week") % {"number": len(found)},
            body=_letter(found, since, until),
            to=[person.email],
            headers={"Message-ID": message_id(delivery)},
        )
        mail.send(message)


def _letter(found: list[News], since: datetime, until: datetime) -> str:
    days = {"since": writing.short_date(queries.day_of(since)), "until": writing.short_date(queries.day_of(until))}
    parts = [_("What holds where you work, from %(since)s to %(until)s:") % days]
    for meaning, words in wording.NEWS.items():
        of_kind = [_line(each) for each in found if each.meaning == meaning]
        if of_kind:
            parts.append("\n".join([f"{words}:", *of_kind]))
    address = f"{settings.MOTCUA_BASE_URL}/desk/guidance/"
    parts.append(_("This letter comes on Mondays. To stop it: %(address)s") % {"address": address})
    return "\n\n".join(parts)


def _line(one: News) -> str:
    where = "documents" if one.is_document else "guidance"
    return f"- {one.title}\n  {settings.MOTCUA_BASE_URL}/desk/{where}/{one.reference}/"


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
