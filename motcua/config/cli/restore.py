"""`motcua restore FROM`: a copy becomes the centre of this machine, told step by step."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from motcua.config.backup import nightly, restore
from motcua.config.backup.layout import Copy
from motcua.config.cli import database, presence, progress, questions, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.config.program import renewal
from motcua.portal.services import standing


def run(options: Options) -> int:
    copy = _chosen(options)
    _tell(copy)
    if presence.servers():
        raise CannotRun(_("This centre is open: stop motcua serve first, then run this command again."))
    with database.alone():
        _may_replace(options)
        questions.must_be_yes(options.yes, _("Restore this copy now? Type YES and press Enter:"))
        at = timezone.now()
        try:
            with progress.bar(_("Restoring")) as step:
                lost = restore.restore(copy, at, step)
        except restore.CannotRestore as refused:
            raise CannotRun(str(refused)) from refused
        renewal.forget(Path(settings.MOTCUA_DATA))
        database.prepare(at, as_it_is=True)
        standing.note_restored(copy.manifest.name, copy.manifest.made_at, at=timezone.now())
    return _told(copy, lost)


def _chosen(options: Options) -> Copy:
    folder = Path(options.folder).resolve()
    copies = restore.found_in(folder)
    if options.copy:
        copies = [copy for copy in copies if copy.manifest.name == options.copy]
    if not copies:
        raise CannotRun(
            _("No copy was found in {folder}: name the folder that holds motcua-backup, or plug the disk in.").format(
                folder=folder
            )
        )
    return restore.best_of(copies)


def _tell(copy: Copy) -> None:
    manifest, proof = copy.manifest, copy.proof
    print(
        _("Copy of {centre}, made at {moment}: {dossiers} dossiers, {papers} papers, {size}.").format(
            centre=manifest.centre,
            moment=timezone.localtime(manifest.made_at).strftime("%H:%M %d/%m/%Y"),
            dossiers=manifest.facts.get("dossiers_dossier", "?"),
            papers=manifest.papers,
            size=nightly.size_of(copy),
        )
    )
    if proof and proof.ok:
        print(_("It was restored for trial before, and everything was the same."))
    else:
        print(_("It was not yet proven to be whole; it is compared before it takes the place of anything."))


def _may_replace(options: Options) -> None:
    """A living centre is not overwritten by mistake; with --replace it is kept aside."""
    if restore.holds_something() and not options.replace:
        raise CannotRun(
            _(
                "There is a centre on this machine already. To put it aside and restore this copy in its place, run "
                "the same command again with --replace. Nothing was changed."
            )
        )


def _told(copy: Copy, lost: list[str]) -> int:
    for sentence in lost[:20]:
        print(f"✗ {sentence}")
    if lost:
        print(_("Papers that could not be brought back: {number}").format(number=len(lost)))
    print(
        _("The centre is restored as it was at {moment}.").format(
            moment=timezone.localtime(copy.manifest.made_at).strftime("%H:%M %d/%m/%Y")
        )
    )
    print(_("What was done after that moment is not in it: compare with the slips and the mail of that time."))
    print(_("Start it with motcua serve. Then run motcua backup use FOLDER for the disk that copies go to."))
    return troubles.FAULTS_FOUND if lost else 0
