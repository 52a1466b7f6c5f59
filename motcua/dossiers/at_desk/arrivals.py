"""The page of something that another system sent and that fits nothing: what it says, what is missing, what may be
meant. Reads only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, queries, rules
from motcua.dossiers.forms.exchange import AsideForm, MatchForm
from motcua.dossiers.models import Arrival
from motcua.dossiers.rules import exchange
from motcua.dossiers.services.exchange import matching
from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures

FAULTS: Mapping[str, str | Promise] = {
    exchange.UNREADABLE: _("It is no message that can be read. Ask whoever runs the other system to send it again."),
    exchange.NUMBER: _("It has no number of its own (MaHoSo). Ask the other system to send it again with its number."),
    exchange.OFFICE: _("It does not name a commune of this centre. Choose the competent commune."),
    exchange.PROCEDURE: _("This commune has no procedure of this code. Choose the procedure that is meant."),
    exchange.VERSION: _("It was filled in for another version of the procedure. Compare, then choose the procedure."),
    exchange.APPLICANT: _("It does not say who asks. Type the name that stands in its papers."),
    exchange.STATUS: _("It is already under way there, or has a status that is not known here."),
    exchange.CHANGED: _("It says something new about a dossier that is here. Read it, and act on it if needed."),
}
# Mending does not help: it has to be sent again.
_HOPELESS = frozenset({exchange.UNREADABLE, exchange.NUMBER})


def page(person: Person, arrival: Arrival, now: datetime, day: date) -> dict[str, Any]:
    """Everything on the page but forms that were sent."""
    message = queries.exchange.message_of(arrival)
    item = WorkItem.objects.select_related("office").filter(matter=arrival.matter_id, closed_by=None).first()
    may = item is not None and policies.can_do(person, item, [rules.MATCH], day)
    faults = [fault for fault in arrival.faults if fault in FAULTS]
    return {
        "arrival": arrival,
        "item": item,
        "rows": exchange.lines(message),
        "papers": exchange.read(message).papers if message else (),
        "raw": "" if message else arrival.content[:4000],
        "faults": [FAULTS[fault] for fault in faults],
        "may": may,
        "may_match": may and arrival.dossier is None and _HOPELESS.isdisjoint(faults),
        "form": match_form(person, arrival, now, day),
        "aside": AsideForm(prefix="aside"),
    }


def match_form(person: Person, arrival: Arrival, now: datetime, day: date, *given: Any) -> MatchForm:
    """The form of matching, begun with whatever the message says."""
    message = queries.exchange.message_of(arrival)
    record = exchange.read(message) if message else None
    communes = communes_of(person, day)
    commune = matching.commune_of(arrival.system, record, now) if record else None
    commune = commune or (communes[0] if communes else None)
    initial = {
        "commune": commune,
        "procedure": _likely(commune, record, day) if commune and record else "",
        "full_name": record.applicant["full_name"] if record else "",
    }
    return MatchForm(*given, communes=communes, day=day, initial=initial)


def communes_of(person: Person, day: date) -> list[Office]:
    """For which communes this person may take something in: those of the posts, or of everything below them."""
    posts = [post for post in identity.posts_of(person, day) if identity.INTAKE in post.role.capabilities]
    there = [each for each in organisation.communes(day) if any(_reaches(post.office, each) for post in posts)]
    return list(there)


def _reaches(office: Office, commune: Office) -> bool:
    return commune.path.startswith(office.path) or office.path.startswith(commune.path)


def _likely(commune: Office, record: exchange.Record, day: date) -> str:
    """The code that it names, else the one that its words mean."""
    if procedures.is_offered(commune, record.procedure, day):
        return record.procedure
    found = procedures.ranked_codes(commune, record.procedure_name) if record.procedure_name else []
    return found[0] if found else ""
