"""`motcua verify-receipt FILE`: whether this centre, or one whose keys are given, sealed what is in the file."""

import json
import sys
from pathlib import Path

from django.utils import timezone

from motcua.config.cli import database, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.dossiers.queries import blanks, sealed, shown
from motcua.dossiers.queries.blanks import SlipLine
from motcua.dossiers.queries.shown import Verdict
from motcua.kernel import seals


def run(options: Options) -> int:
    text = _text(options.file)
    try:
        found, slip = shown.read(text), None
    except shown.NotAReceipt:
        found, slip = [], blanks.line_in(text)
    if not found and slip is None:
        print(_("There is no receipt in this file: a line that begins with MC1~, or our JSON file."), file=sys.stderr)
        return troubles.WRONG_USE
    try:
        keys = _keys(options.keys)
    except (ValueError, KeyError, TypeError):
        print(_("The keys cannot be read: give the file that motcua keys show prints."), file=sys.stderr)
        return troubles.WRONG_USE
    if slip is not None:
        return _of_slip(slip, keys)
    verdicts = [shown.judged(each, keys) for each in found]
    for verdict in verdicts:
        print("\n".join(_sentences(verdict, here=not options.keys)))
    return 0 if all(each.holds for each in verdicts) else troubles.FAULTS_FOUND


def _of_slip(slip: SlipLine, keys: dict[str, str]) -> int:
    """Whether the centre reserved the number of a blank slip; it says nothing of what was written on it."""
    genuine = blanks.is_sealed(slip, keys)
    moment = timezone.localtime(slip.reserved.moment).strftime("%d/%m/%Y %H:%M:%S")
    print(f"{'✓' if genuine else '✗'} {slip.reserved.number} · {slip.reserved.office} · {moment}")
    if genuine:
        print(_("  The centre reserved this number for a blank slip; what is written on the slip it does not prove."))
        return 0
    print(_("  The signature does not hold: this is not what the centre sealed."))
    return troubles.FAULTS_FOUND


def _text(name: str) -> str:
    content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return content.decode("utf-8", errors="replace")


def _keys(name: str | None) -> dict[str, str]:
    """Those of the file, or the ones of this centre."""
    if name:
        return {str(key): str(public) for key, public in json.loads(Path(name).read_text())["keys"].items()}
    with database.alone():
        database.prepare(timezone.now())
    return seals.published()


def _sentences(verdict: Verdict, *, here: bool) -> list[str]:
    receipt = verdict.line.receipt
    moment = timezone.localtime(receipt.moment).strftime("%d/%m/%Y %H:%M:%S")
    mark = "✓" if verdict.holds else "✗"
    said = [f"{mark} {receipt.number} · {receipt.n} · {moment} · {receipt.sha256}"]
    if not verdict.is_genuine:
        return [*said, _("  The signature does not hold: this is not what the centre sealed.")]
    said.append(_("  The signature holds."))
    if verdict.is_whole is False:
        said.append(_("  The answers beside it are not the ones that were filed: something in them was changed."))
    elif verdict.is_whole:
        said.append(_("  The answers beside it are the filed ones, to the last byte."))
    if here and verdict.is_genuine and not sealed.is_known(receipt):
        said.append(_("  This centre has no such filing in its database now."))
    return said
