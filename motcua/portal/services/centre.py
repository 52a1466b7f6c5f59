"""A real centre is opened: all of it or nothing, so that a refused setup can simply be run again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.kernel import identity, localities, organisation
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.portal import shipped
from motcua.portal.services.accounts import AccountRefused, make_account
from motcua.portal.services.founding import finish, found, open_commune
from motcua.portal.services.people import add_person, give_post
from motcua.procedures import services as procedures

Progress = Callable[[int, int], None]


class CannotOpen(ValueError):
    """Why the centre cannot be opened, in a sentence that says how to mend it."""


def open_centre(
    *,
    province: str,
    communes: Sequence[str],
    admin_name: str,
    admin_username: str,
    admin_password: str,
    at: datetime,
    progress: Progress,
) -> Office:
    """Open the centre of this province with these communes and its first administrator. Raises CannotOpen."""
    total = len(communes) + 3
    with transaction.atomic():
        hand = identity.system_person()
        localities.load(at)
        _can_open(province, communes, admin_name)
        installation = found(province=province, demo=False, by=hand, at=at)
        progress(1, total)
        for done, code in enumerate(communes, 2):
            open_commune(province=installation.province, code=code, by=hand, at=at)
            progress(done, total)
        _administrator(installation.province, admin_name, admin_username, admin_password, hand, at)
        progress(total - 1, total)
        procedures.load_catalogue(folder=procedures.SHIPPED, at=at, progress=lambda done, of: None)
        finish(installation=installation, by=hand, at=at)
    organisation.forget_installation()
    progress(total, total)
    return installation.province


def _can_open(province: str, communes: Sequence[str], admin_name: str) -> None:
    known = {place.code for place in localities.communes_of(province)}
    if not known:
        raise CannotOpen(
            _("There is no province with the code {code}: it has two digits, for example 01.").format(code=province)
        )
    if unknown := [code for code in communes if code not in known]:
        raise CannotOpen(
            _("Not a commune of province {province} today: {codes}. Please look the codes up again.").format(
                province=province, codes=", ".join(unknown)
            )
        )
    if not communes:
        raise CannotOpen(_("Please name at least one commune."))
    if not admin_name.strip():
        raise CannotOpen(_("Please write the full name of the administrator."))


def _administrator(office: Office, name: str, username: str, password: str, hand: Person, at: datetime) -> None:
    person = add_person(full_name=name, office=office, by=hand, at=at)
    for role in shipped.read("centre")["first_roles"]:
        give_post(person=person, office=office, role=role, valid_from=timezone.localdate(at), by=hand, at=at)
    try:
        make_account(person=person, username=username, password=password, office=office, by=hand, at=at)
    except AccountRefused as refused:
        raise CannotOpen(str(refused)) from refused
