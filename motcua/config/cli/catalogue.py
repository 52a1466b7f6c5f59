"""`motcua catalogue check|load|import|sheets`: procedures kept as files, one a file, and as sheets for the wall."""

import json
import sys
from pathlib import Path

from django.utils import timezone

from motcua.config.cli import database, progress, sheets, troubles
from motcua.config.cli.parser import Options
from motcua.config.cli.words import _
from motcua.kernel.identity import system_person
from motcua.procedures import services as procedures
from motcua.procedures.services import Completeness


def run(options: Options) -> int:
    if options.act == "sheets":
        return sheets.run(options)
    if options.act == "import":
        return _import(Path(options.folder), options)
    folder = Path(options.folder) if options.folder else procedures.SHIPPED
    if not folder.is_dir():
        print(_("There is no folder {folder}.").format(folder=folder), file=sys.stderr)
        return troubles.WRONG_USE
    return _check(folder, options) if options.act == "check" else _load(folder)


def _check(folder: Path, options: Options) -> int:
    if faults := procedures.faults_of(folder):
        return _say(faults)
    print(_("Every file is sound."))
    if options.effects:
        return _effects(folder)
    found = procedures.completeness_of(folder)
    print()
    print(_worklist(found) if options.worklist else _counts(found))
    return 0


def _effects(folder: Path) -> int:
    """Whom a load would touch: what would no longer be shown, what would be asked anew."""
    with database.alone():
        database.prepare(timezone.now())
        found = list(procedures.effects_of_folder(folder))
    for each in found:
        hidden, unanswered = ", ".join(each.hidden) or "-", ", ".join(each.unanswered) or "-"
        line = _("{reference}: no longer shown: {hidden}; asked and not answered: {unanswered}")
        print(line.format(reference=each.of.reference, hidden=hidden, unanswered=unanswered))
    filed = sum(1 for each in found if each.of.filed)
    print(_("Touched: {filed} open dossiers, {drafts} drafts.").format(filed=filed, drafts=len(found) - filed))
    return troubles.FAULTS_FOUND if any(each.of.filed and each.hidden for each in found) else 0


def _say(faults: list[procedures.FileFault]) -> int:
    print("\n".join(map(str, faults)), file=sys.stderr)
    return troubles.FAULTS_FOUND


def _load(folder: Path) -> int:
    at = timezone.now()
    with database.alone(), progress.bar(_("Loading the catalogue")) as step:
        database.prepare(at)
        try:
            made = procedures.load_catalogue(folder=folder, at=at, progress=step)
        except procedures.CatalogueFaults as refused:
            return _say(refused.faults)
    print(_("New versions: {number}").format(number=made))
    return 0


def _import(source: Path, options: Options) -> int:
    """Show what the national portal's records would change, and with --apply make it so."""
    if not source.exists():
        print(_("There is no file or folder {path}.").format(path=source), file=sys.stderr)
        return troubles.WRONG_USE
    at = timezone.now()
    with database.alone():
        database.prepare(at)
        try:
            planned = procedures.plan_import(source)
        except procedures.ImportRefused as refused:
            print(refused, file=sys.stderr)
            return troubles.FAULTS_FOUND
        for each in planned:
            print("\n".join([each.code, *(_difference(*difference) for difference in each.differences)]))
        if not options.apply:
            print(
                _("{number} procedures would change. Nothing is applied without --apply.").format(number=len(planned))
            )
            return 0
        made = procedures.apply_import(
            planned=planned, at=at, by=system_person(), effective_from=timezone.localdate(at)
        )
    print(_("New versions: {number}").format(number=made))
    return 0


def _difference(path: str, kind: str, old: object, new: object) -> str:
    sign = {"added": "+", "removed": "-"}.get(kind, "~")
    shown = {"added": _short(new), "removed": _short(old)}.get(kind, f"{_short(old)} -> {_short(new)}")
    return f"  {sign} {path}: {shown}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:119] + "…"


def _words() -> dict[str, str]:
    """What the facts and the degrees of knowledge are called."""
    return {
        "full": _("known in full"),
        "partial": _("known in part"),
        "catalogue_only": _("known by name only"),
        "channels": _("ways of filing"),
        "limit": _("time limit with its unit"),
        "fee": _("amount (a zero of the portal does not count)"),
        "components": _("papers of the dossier"),
        "legal_basis": _("legal basis"),
        "results": _("result"),
        "applicants": _("who may apply"),
        "agencies": _("agencies"),
        "announcement_decision": _("announcement decision"),
        "portal_url": _("address on the national portal"),
        "official_name": _("the law's full name"),
        "form": _("form of its own"),
    }


def _counts(found: Completeness) -> str:
    """How many procedures are known how well, and how many have each fact."""
    words = _words()
    lines = [_("Procedures that a commune handles: {number}").format(number=len(found.rows))]
    lines += [f"  {words[detail]:<46}{number:>5}" for detail, number in found.by_detail.items()]
    lines.append(_("Posted only (police, military): {number}").format(number=found.posted_only))
    lines += _shares(found)
    lines.append(_("Fields: {number}").format(number=len(found.by_sector)))
    lines += [f"  {number:>4}  {name}" for name, number in found.by_sector.items()]
    return "\n".join(lines)


def _shares(found: Completeness) -> list[str]:
    """How many procedures have each fact, and which part of all that is."""
    words = _words()
    return [
        _("What is known of those that a commune handles:"),
        *(f"  {words[key]:<46}{found.having(key):>5}  {found.share(key):>6.1%}" for key in procedures.FACTS),
    ]


def _worklist(found: Completeness) -> str:
    """One line a procedure: what is missing on it; then how much of the whole is there."""
    rows, words = found.worklist, _words()
    lines = [f"{row.code}  {row.short_name}: {', '.join(words[key] for key in row.keys)}" for row in rows]
    total = _("Something is missing on {number} of {all} procedures.").format(number=len(rows), all=len(found.rows))
    return "\n".join([*lines, total, *_shares(found)])
