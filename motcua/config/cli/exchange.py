"""`motcua exchange`: with which systems dossiers are exchanged, and on what terms."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from motcua.config.cli import database, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers.queries import exchange as queries
from motcua.dossiers.services import exchange
from motcua.dossiers.services.exchange import folders
from motcua.kernel import identity, organisation
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures


class Wrong(ValueError):
    """What was typed names nothing; the words say what."""


def run(options: Options) -> int:
    at = timezone.now()
    with database.alone():
        database.prepare(at)
    try:
        _ACTS[options.act](options, at)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return troubles.WRONG_USE
    return 0


def _list(_options: Options, _at: datetime) -> None:
    for system in queries.systems():
        way = system.endpoint or _("nothing is told to it")
        key = _("has a key") if system.key_hash else _("has no key")
        print(f"{system.code}: {system.name} ({system.kind}), {way}, {key}")


def _add(options: Options, at: datetime) -> None:
    try:
        office = organisation.commune_by_slug(options.commune, timezone.localdate(at))
    except Office.DoesNotExist:
        raise Wrong(_("There is no commune {slug}.").format(slug=options.commune)) from None
    exchange.add_system(
        code=options.system,
        name=options.name,
        kind=options.kind,
        office=office,
        endpoint=options.endpoint,
        file_hosts=options.files or (),
        folder=options.folder and str(Path(options.folder).resolve()),
        by=identity.system_person(),
        at=at,
    )
    print(_("{system} is known now. What fits nothing is shown to {office}.").format(**_said(options, office)))


def _said(options: Options, office: Office) -> dict[str, str]:
    return {"system": options.system, "office": office.name}


def _key(options: Options, at: datetime) -> None:
    key = exchange.give_key(system=_system(options), by=identity.system_person(), at=at)
    print(_("The key, shown only now; earlier ones open nothing any more:"))
    print(key)


def _owner(options: Options, at: datetime) -> None:
    system = _system(options)
    try:
        edition = procedures.edition_for(system.office, options.procedure, timezone.localdate(at))
        exchange.own_status(
            version_id=edition.version_id, system=system, owner=options.owner, by=identity.system_person(), at=at
        )
    except procedures.NotInForce:
        raise Wrong(_("There is no procedure {code} in force.").format(code=options.procedure)) from None
    except exchange.NotPossibleNow:
        raise Wrong(
            _(
                "Dossiers of this version came from another system already; who owns their status cannot change "
                "under them. It can for the next version."
            )
        ) from None
    print(_("Noted for version {no} of {code}.").format(no=edition.version_no, code=edition.code))


def _mean(options: Options, at: datetime) -> None:
    exchange.mean(
        system=_system(options), kind=options.what, theirs=options.theirs, ours=options.ours,
        by=identity.system_person(), at=at,
    )  # fmt: skip
    print(_("Noted."))


def _status(options: Options, at: datetime) -> None:
    exchange.spell_status(
        system=_system(options), state=options.state, code=options.code, by=identity.system_person(), at=at
    )
    print(_("Noted."))


def _take(options: Options, at: datetime) -> None:
    for name, arrived in folders.take(system=_system(options), folder=Path(options.folder), at=at):
        print(f"{name}: {arrived.number or _('waits in the inbox to be matched')}")


def _system(options: Options) -> Any:
    found = queries.system(options.system)
    if found is None:
        raise Wrong(_("There is no system {code}: add it first.").format(code=options.system))
    return found


_ACTS = {
    "list": _list, "add": _add, "key": _key, "owner": _owner, "mean": _mean, "status": _status, "take": _take,
}  # fmt: skip
