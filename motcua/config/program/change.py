"""From one version to another, with the way back: what `sudo motcua update` does on a machine with the package.

The order is the whole point. The new version lies ready before anything is touched. The old one, which knows its own
tables, makes the proven copy. Only then the link moves and the new one renews and checks itself. Whatever fails or is
cut off, the link moves back and the old version puts its copy back. What was begun is written down first
(updating.json), so that `heal`, which runs before every start, ends what a power cut left.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from motcua.config.program import offers, packages, renewal, units, versions
from motcua.config.program.offers import NoOffer, Offer
from motcua.config.program.packages import NotGenuine
from motcua.config.program.shelf import CannotLayDown, Shelf

JOURNAL, LOCK, INCOMING = "updating.json", ".lock", ".incoming.deb"
KEYS = "publisher.pub"


class CannotUpdate(Exception):
    """One sentence that says why, and what to do. Nothing was changed, or everything is as it was."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where programs and data lie, and who owns the data (empty: whoever runs this)."""

    shelf: Shelf
    frame: Path
    data: Path
    account: str

    @property
    def journal(self) -> Path:
        """What was begun and is not ended."""
        return self.shelf.root / JOURNAL

    def run(self, version: str, *words: str) -> int:
        """The `motcua` of this version, as the account that owns the data."""
        command = [str(self.shelf.command(version)), *words]
        if self.account:
            command = ["runuser", "-u", self.account, "--", *command]
        own = {**os.environ, "MOTCUA_DATA": str(self.data)}
        return subprocess.run(command, check=False, cwd="/", stdin=subprocess.DEVNULL, env=own).returncode


@contextmanager
def alone(machine: Machine) -> Iterator[None]:
    """One change at a time; whoever comes meanwhile, waits."""
    with (machine.shelf.root / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# --- bringing a new version ------------------------------------------------------------------------------------------
def update(machine: Machine, place: str) -> None:
    """The newest version that is to be had there takes the place of this one. Raises CannotUpdate."""
    with alone(machine):
        _end_what_was_begun(machine)
        offer = _offer(machine, place)
        current = machine.shelf.current
        if versions.key(offer.version) == versions.key(current):
            print(_("This is the newest version already: {version}.").format(version=current))
            return
        if versions.key(offer.version) < versions.key(current):
            raise CannotUpdate(
                _("There is only version {offered}, which is older than {current}. Nothing was changed.").format(
                    offered=offer.version, current=current
                )
            )
        incoming = machine.shelf.root / INCOMING
        try:
            _bring(machine, offer, incoming)
            _change(machine, offer.version)
            _tell_dpkg(machine, incoming)
        finally:
            incoming.unlink(missing_ok=True)


def _offer(machine: Machine, place: str) -> Offer:
    keys = packages.keys_in(machine.frame / KEYS)
    if not keys:
        raise CannotUpdate(
            _("This program carries no publisher's key, so no update can be tried for being genuine: install the new "
              "package with apt.")
        )  # fmt: skip
    try:
        if "://" in place:
            return offers.at_address(place, keys)
        return offers.in_folder(Path(place).resolve())
    except NoOffer as nothing:
        raise CannotUpdate(
            _("No update is to be had from {place} ({detail}). Nothing was changed.").format(
                place=place, detail=nothing
            )
        ) from nothing


def _bring(machine: Machine, offer: Offer, incoming: Path) -> None:
    print(_("Version {version} is brought and laid beside this one.").format(version=offer.version), flush=True)
    try:
        offers.bring(offer, incoming)
        packages.check(incoming, packages.keys_in(machine.frame / KEYS))
        machine.shelf.lay_down(incoming, offer.version)
    except NotGenuine as why:
        raise CannotUpdate(
            _("This file is not a genuine update ({detail}): get it from the publisher again. Nothing was changed.")
            .format(detail=why)
        ) from why  # fmt: skip
    except (CannotLayDown, NoOffer) as why:
        raise CannotUpdate(
            _("The new version cannot be laid down ({detail}). Nothing was changed.").format(detail=why)
        ) from why


def _tell_dpkg(machine: Machine, package: Path) -> None:
    """So that the system knows which version is here, and its services are the new package's."""
    if machine.account and shutil.which("dpkg"):
        subprocess.run(["dpkg", "--install", str(package)], check=False, capture_output=True)


# --- from one to the other -------------------------------------------------------------------------------------------
def change(machine: Machine, version: str) -> None:
    """To a version that lies ready already: the package's own road, by apt. Raises CannotUpdate."""
    with alone(machine):
        _end_what_was_begun(machine)
        if versions.key(version) > versions.key(machine.shelf.current):
            _change(machine, version)


def _change(machine: Machine, version: str) -> None:
    before, served = machine.shelf.current, units.running()
    _write(machine, {"before": before, "after": version, "units": served})
    units.stop(served)
    try:
        _step_by_step(machine, before, version)
    except BaseException:
        _back(machine, before, version)
        raise
    finally:
        units.start(served)
    machine.journal.unlink()
    machine.shelf.thin_out()
    print(_("From now on this is version {version}.").format(version=version), flush=True)


def _step_by_step(machine: Machine, before: str, version: str) -> None:
    if machine.run(before, "update", "--step", "prepare"):
        raise CannotUpdate(_("No proven copy could be made, so nothing was changed."))
    machine.shelf.switch(version)
    if machine.run(version, "update", "--step", "renew") or not _is_done(machine, version):
        raise CannotUpdate(
            _(
                "Version {version} did not stand its own tests; version {before} goes on, with the data as they were. "
                "Tell the province's support."
            ).format(version=version, before=before)
        )


def _is_done(machine: Machine, version: str) -> bool:
    last = renewal.last(machine.data)
    return last is not None and last.state == renewal.DONE and last.after == version


def _back(machine: Machine, before: str, after: str) -> None:
    """The data first, by the old version, which waits for whoever still works on them; then the program. What was
    done after all while it waited, stays. The new one goes, so that it is brought anew next time.
    """
    if machine.run(before, "update", "--step", "back"):
        raise CannotUpdate(
            _(
                "The copy could not be put back by itself: call the province's support before anything else. The "
                "centre stays closed; nothing of the copy is lost."
            )
        )
    if machine.shelf.current == after and _is_done(machine, after):
        machine.journal.unlink(missing_ok=True)
        return
    machine.shelf.switch(before)
    machine.journal.unlink(missing_ok=True)
    machine.shelf.remove(after)


def _write(machine: Machine, begun: dict[str, object]) -> None:
    half = machine.journal.with_suffix(".part")
    with half.open("w") as file:
        json.dump(begun, file)
        file.flush()
        os.fsync(file.fileno())
    half.replace(machine.journal)


# --- what was cut off ------------------------------------------------------------------------------------------------
def heal(machine: Machine) -> None:
    """Before every start: end what a power cut or a kill has left, forward when it was done, else back."""
    with alone(machine):
        _end_what_was_begun(machine)


def _end_what_was_begun(machine: Machine) -> None:
    try:
        begun = json.loads(machine.journal.read_text())
        before, after, served = str(begun["before"]), str(begun["after"]), list(begun["units"])
    except FileNotFoundError:
        return
    except (ValueError, KeyError, TypeError):  # written whole or not at all, so somebody else's hand
        machine.journal.unlink()
        return
    if machine.shelf.current == after and _is_done(machine, after):
        machine.journal.unlink()
    else:
        print(_("An update was cut off; version {before} takes its place again.").format(before=before), flush=True)
        _back(machine, before, after)
    units.start(served)
