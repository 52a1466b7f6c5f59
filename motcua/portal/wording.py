"""The words for what is recorded about an office, and for what a change of its calendar does."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.kernel import health, watch
from motcua.kernel.watch import Breach
from motcua.portal.queries import Act
from motcua.portal.queries import Promise as Promised
from motcua.ui import writing

ACTS = {
    "portal.centre_opened": _("The centre was opened"),
    "portal.office_opened": _("The office was opened"),
    "portal.person_added": _("Began to work here"),
    "portal.person_changed": _("Name or contact data put right"),
    "portal.account_made": _("Account made"),
    "portal.account_closed": _("Sign-in closed"),
    "portal.account_reopened": _("Sign-in opened again"),
    "portal.password_link_given": _("Link for a new password given"),
    "portal.password_chosen": _("Password chosen"),
    "portal.post_given": _("Post given"),
    "portal.person_absent": _("Absence, and who stands in"),
    "portal.post_ended": _("Post ended"),
    "portal.post_withdrawn": _("Post withdrawn before it began"),
    "portal.contacts_set": _("Address or telephone changed"),
    "payments.account_set": _("Account for fees set"),
    "portal.numbering_set": _("Form of numbers changed"),
    "procedures.sheet_posted": _("Sheet of a field recorded as hung"),
    "procedures.sheet_taken_down": _("Sheet of a field recorded as taken down"),
    "dossiers.scan_folder_set": _("The scanner's folder changed"),
    "dossiers.escalation_set": _("What is told of late work changed"),
    "oversight.route_set": _("Who answers for difficulties set"),
    "oversight.time_limit_set": _("Time of a step of difficulties set"),
    "oversight.digest_made": _("Weekly letter on guidance sent"),
    "oversight.digest_chosen": _("Weekly letter on guidance chosen or refused"),
    "kernel.calendar_day_set": _("Day of the calendar set"),
    "kernel.office_hours_set": _("Office hours set"),
    "portal.downtime_announced": _("Planned pause announced"),
    "portal.downtime_called_off": _("Planned pause called off"),
    "portal.help_contact_set": _("Who helps was set"),
    "portal.delivery_tried_again": _("A message was tried again"),
    "portal.authority_founded": _("The centre's own authority for https was founded"),
    "portal.authority_forgotten": _("The centre's own authority for https was given up"),
    "portal.certificate_renewed": _("The certificate for https was renewed"),
}
OTHER = _("Something else was changed")


@dataclass(frozen=True, slots=True)
class LightWords:
    """A light: its sentence, the shape beside it and the tone that repeats them."""

    title: str | Promise
    sentence: str | Promise
    icon: str
    kind: str


LIGHTS = {
    "green": LightWords(_("All is well"), _("Nothing is to be done."), "check", "success"),
    "amber": LightWords(
        _("Something is to be seen to"),
        _("Work goes on. Please do what stands below, in the next days."),
        "alert",
        "wait",
    ),
    "red": LightWords(_("Something is broken"), _("Please do what stands below now."), "cross", "error"),
    "dark": LightWords(
        _("Nobody has looked for a while"),
        _("The centre looks after itself every minute, but has not done so. Start it again; if that is no help, call."),
        "alert",
        "error",
    ),
}
DUTIES = {
    health.KEEPER: _("Whoever looks after this machine"),
    health.SUPPORT: _("Technical support of the province, when records are in danger"),
}
CHAIN = _("What is recorded of it was changed afterwards, or a part is missing.")


def breaches_in_words(breaches: Iterable[Breach]) -> list[tuple[Breach, str | Promise]]:
    """Each breach with what is wrong."""
    return [(each, CHAIN if each.kind == watch.CHAIN else watch.words_of(each.kind)) for each in breaches]


def with_words(acts: Iterable[Act]) -> list[tuple[Act, str | Promise]]:
    """Each act with what it is called."""
    return [(act, ACTS.get(act.type, OTHER)) for act in acts]


def moved(before: Promised, after: Promised) -> str:
    """What a change of the calendar makes of a dossier received now, in one sentence."""
    if before.at == after.at:
        return gettext("A dossier received now with a limit of three working days stays due at %(at)s.") % {
            "at": _moment(after)
        }
    return gettext(
        "A dossier received now with a limit of three working days was due at %(before)s, now at %(after)s."
    ) % {
        "before": _moment(before),
        "after": _moment(after),
    }


def _moment(promise: Promised) -> str:
    return writing.moment(promise.at) if promise.at else "–"
