"""The words for what is recorded about an office, and for what a change of its calendar does."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    "portal.post_ended": _("Post ended"),
    "portal.post_withdrawn": _("Post withdrawn before it began"),
    "portal.contacts_set": _("Address or telephone changed"),
    "portal.numbering_set": _("Form of numbers changed"),
    "procedures.sheet_posted": _("Sheet of a field recorded as hung"),
    "procedures.sheet_taken_down": _("Sheet of a field recorded as taken down"),
    "kernel.calendar_day_set": _("Day of the calendar set"),
    "kernel.office_hours_set": _("Office hours set"),
}
OTHER = _("Something else was changed")


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
