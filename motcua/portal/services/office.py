"""What an office says of itself: where it is, how it is called, how its dossiers are numbered."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.kernel import numbering
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.portal.events import ContactsSet, NumberingSet
from motcua.portal.services.record import CannotChange, record

# A number stands in addresses, in file names and on paper: nothing that would have to be written otherwise there.
_PATTERN = re.compile(r"(?:[A-Za-z0-9._-]|\{[a-z]+\})+")
_AGENCY = re.compile(r"[A-Za-z0-9._-]{1,20}")


def set_contacts(*, office: Office, address: str, phone: str, by: Person, at: datetime) -> Office:
    """Where people find and call the office; every page for citizens says it. Raises policies.NotAllowed."""
    given = {"address": " ".join(address.split()), "phone": " ".join(phone.split())}
    changed = tuple(key for key, value in given.items() if getattr(office, key) != value)
    with transaction.atomic():
        for key in changed:
            setattr(office, key, given[key])
        office.save(update_fields=list(given))
        record(ContactsSet(office.code, changed), office, by, at)
    return office


def set_numbering(*, office: Office, agency_code: str, number_pattern: str, by: Person, at: datetime) -> Office:
    """How numbers are formed from now on; numbers given before stay. Raises CannotChange, policies.NotAllowed."""
    _refuse_agency(office, agency_code)
    _refuse_pattern(number_pattern)
    with transaction.atomic():
        office.agency_code, office.number_pattern = agency_code, number_pattern
        office.save(update_fields=["agency_code", "number_pattern"])
        record(NumberingSet(office.code, agency_code, number_pattern), office, by, at)
    return office


def _refuse_agency(office: Office, agency_code: str) -> None:
    if not _AGENCY.fullmatch(agency_code):
        raise CannotChange(
            _("Write the code with letters, digits, dots and dashes only, for example H36.24."), "agency_code"
        )
    if Office.objects.filter(agency_code__iexact=agency_code).exclude(pk=office.pk).exists():
        raise CannotChange(_("Another office has this code: please look it up again."), "agency_code")


def _refuse_pattern(pattern: str) -> None:
    if not pattern:
        return
    try:
        numbering.check_pattern(pattern)
    except ValueError:
        sound = False
    else:
        sound = _PATTERN.fullmatch(pattern) is not None
    if not sound:
        raise CannotChange(
            _(
                "Put in {agency}, {n} and either the day {yy}{mm}{dd} or the year {yyyy}; between them only letters, "
                "digits, dots and dashes. For example {agency}-{yy}{mm}{dd}-{n}."
            ),
            "number_pattern",
        )
