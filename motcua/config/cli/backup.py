"""`motcua backup`: a copy now, the list of copies, and which other disk they go to."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from motcua.config.backup import layout, nightly, places, postgres
from motcua.config.backup.layout import Copy, Place
from motcua.config.checks import paces, run_pace
from motcua.config.cli import database, progress, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _


def run(options: Options) -> int:
    acts: dict[str, Callable[[Options], int]] = {"now": _now, "list": _list, "use": _use, "forget": _forget}
    return acts[options.act or "now"](options)


def _now(options: Options) -> int:
    at, by_itself = timezone.now(), bool(getattr(options, "nightly", False))
    if by_itself:
        os.nice(10)
    with database.alone("copying"):
        well = _made(layout.NIGHTLY if by_itself else layout.ASKED, at)
    if by_itself:
        run_pace(paces.NIGHT, timezone.now())
    run_pace(paces.HOUR, timezone.now())
    return 0 if well else troubles.FAULTS_FOUND


def _made(kind: str, at: datetime) -> bool:
    well = True
    try:
        with progress.bar(_("Copying and proving")) as step:
            for place, copy, fault in nightly.run(kind, at, step):
                print(_sentence(place, copy, fault), flush=True)
                well = well and not fault
    except postgres.ProgramMissing as missing:
        raise CannotRun(_("No copy was made: {detail}.").format(detail=missing)) from missing
    return well


def _sentence(place: Place, copy: Copy | None, fault: str) -> str:
    if copy is None:
        return "✗ " + _("{place}: nothing was copied: {fault}.").format(place=place.root, fault=fault)
    said = {"folder": copy.folder, "size": nightly.size_of(copy), "fault": fault}
    if fault:
        return "✗ " + _("{folder}: copied ({size}), but restored it is not the same: {fault}.").format(**said)
    return "✓ " + _("{folder}: copied ({size}), restored for trial and compared: everything is the same.").format(
        **said
    )


def _list(options: Options) -> int:
    for place in [places.own(), *places.others()]:
        if place != places.own() and not places.is_there(place):
            last = places.brought_at(place)
            when = _moment(last) if last else _("never")
            print(_("{place}: this disk is not plugged in; its last copy: {last}.").format(place=place.root, last=when))
            continue
        print(f"{place.root}:")
        for copy in place.all():
            print(f"  {copy.manifest.name}  {_moment(copy.manifest.made_at)}  {nightly.size_of(copy)}  {_state(copy)}")
    return 0


def _state(copy: Copy) -> str:
    proof = copy.proof
    if proof is None:
        return _("not yet tried")
    if not proof.ok:
        return _("not whole: {faults}").format(faults="; ".join(proof.faults))
    return _("restored for trial on {moment}, everything the same").format(moment=_moment(proof.at))


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")


def _use(options: Options) -> int:
    folder = Path(options.folder).resolve()
    if not folder.is_dir():
        raise CannotRun(_("There is no folder {folder}: plug the disk in and look again.").format(folder=folder))
    if os.stat(folder).st_dev == os.stat(places.own().root.parent).st_dev:
        print(_("This folder lies on the same disk as the centre: if that disk breaks, both are lost."))
    try:
        place = places.use(folder)
    except places.NotOurs as other:
        raise CannotRun(_("The copies there are another centre's: choose another folder.")) from other
    print(_("From now on every copy is brought to {place} as well, whenever it is there.").format(place=place.root))
    print(_("It holds personal data: keep it locked away like the papers themselves."))
    return 0


def _forget(options: Options) -> int:
    place = Place(Path(options.folder).resolve())
    known = [each for each in places.others() if place.root in (each.root, each.root.parent)]
    if not known:
        raise CannotRun(_("No copies go to {folder}.").format(folder=place.root))
    places.forget(known[0])
    print(_("No more copies go to {place}; what is there stays.").format(place=known[0].root))
    return 0
