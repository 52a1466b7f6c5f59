"""What can be typed after `motcua`, with the help a person reads. It runs nothing."""

import argparse
import os
from collections.abc import Callable
from datetime import date
from typing import Any

from motcua.config.cli.words import _

Options = argparse.Namespace
Parser = argparse.ArgumentParser
COMMANDS = (
    "serve",
    "setup",
    "demo",
    "check",
    "backup",
    "restore",
    "update",
    "https",
    "catalogue",
    "exchange",
    "import",
    "report",
    "verify-receipt",
    "keys",
    "ledger",
    "projections",
    "worker",
    "version",
)
# The reports that can be asked for, as motcua.dossiers.reports names them.
REPORTS = (
    "figures", "register", "sectors", "officers", "channels",
    "procedures", "communes", "results", "certification",
)  # fmt: skip
# Our states, as motcua.dossiers.rules names them.
STATES = (
    "submitted", "received", "refused", "processing", "supplement_requested", "payment_requested", "withdrawn",
    "stopped", "result_ready", "returned",
)  # fmt: skip


def build() -> Parser:
    """The whole grammar, in the language chosen before."""
    parser = Parser(
        prog="motcua",
        description=_("The one-stop service centre of a commune. Every setting is a variable MOTCUA_…"),
        epilog=_("Exit codes: 0 done, 1 faults were found, 2 wrong use, 3 the surroundings do not allow it."),
    )
    parser.add_argument("--english", action="store_true", help=_("speak English instead of Vietnamese"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        text = _HELP[name]()
        command = commands.add_parser(name, help=text, description=text, add_help=True)
        command.add_argument("--english", action="store_true", help=argparse.SUPPRESS)
        _ARGUMENTS.get(name, _none)(command)
    return parser


def _none(command: Parser) -> None:
    pass


def _serve(command: Parser) -> None:
    command.add_argument("--host", default="127.0.0.1", help=_("address to listen on (default: %(default)s)"))
    port = os.environ.get("MOTCUA_PORT", "8000")
    command.add_argument(
        "--port", type=_port, default=port, help=_("port to listen on (default: MOTCUA_PORT, else 8000)")
    )
    command.add_argument("--workers", type=int, default=1, help=_("server processes (default: %(default)s)"))


def _port(text: str) -> int:
    if not (text.isdigit() and 0 < int(text) < 65536):
        raise argparse.ArgumentTypeError(_("a port is a number from 1 to 65535"))
    return int(text)


def _setup(command: Parser) -> None:
    command.add_argument("--province", metavar="CODE", help=_("two-digit code of the province"))
    command.add_argument(
        "--commune", metavar="CODE", action="append", help=_("five-digit code of a commune; may be given again")
    )
    command.add_argument("--admin-name", metavar="NAME", help=_("full name of the first administrator"))
    command.add_argument("--admin-username", metavar="NAME", help=_("the administrator's name for signing in"))
    command.add_argument(
        "--admin-password", metavar="PASSWORD", help=_("the administrator's password, at least 10 characters")
    )


def _demo(command: Parser) -> None:
    command.add_argument(
        "--quarter", action="store_true", help=_("with a quarter of a commune: over 500 dossiers, three closed months")
    )


def _check(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help=_("answer as JSON, for machines"))
    command.add_argument(
        "--invariants", action="store_true", help=_("look at every matter once: filings, tasks, papers, chains")
    )


def _catalogue(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    check = acts.add_parser("check", help=_("name every fault in the files; changes nothing"))
    load = acts.add_parser("load", help=_("make a new version of each procedure whose file has changed"))
    bring = acts.add_parser("import", help=_("show what the national portal's JSON would change, or apply it"))
    for act in (check, load):
        act.add_argument("folder", nargs="?", help=_("folder of catalogue files (default: the ones that ship)"))
    bring.add_argument(
        "folder", metavar="FILE|FOLDER", help=_("a JSON file of the national portal, or a folder of them")
    )
    bring.add_argument("--apply", action="store_true", help=_("publish the new versions; otherwise nothing changes"))
    check.add_argument(
        "--effects", action="store_true", help=_("name the open dossiers and drafts that a load would touch")
    )
    check.add_argument("--worklist", action="store_true", help=_("name what is missing on which procedure"))
    sheets = acts.add_parser("sheets", help=_("write the sheets for a commune's wall as PDF files"))
    sheets.add_argument("--commune", metavar="SLUG", required=True, help=_("the commune's word in addresses"))
    sheets.add_argument("--outdated", action="store_true", help=_("only what is to be printed again or was never hung"))
    sheets.add_argument("--field", metavar="SLUG", help=_("only the procedures of one field, and its list"))
    sheets.add_argument("--out", metavar="FOLDER", required=True, help=_("where the files go; made if it is not there"))
    for act in (check, load, bring, sheets):
        act.add_argument("--english", action="store_true", help=argparse.SUPPRESS)


def _exchange(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help=_("every system with which dossiers are exchanged"))
    new = acts.add_parser("add", help=_("make a system known, or change what is known of it"))
    key = acts.add_parser("key", help=_("make a new key under which it may send; shown once"))
    owner = acts.add_parser("owner", help=_("say who owns the status of dossiers of a procedure's present version"))
    mean = acts.add_parser("mean", help=_("say what its code of a procedure or office means here"))
    status = acts.add_parser("status", help=_("say what it calls one of our states"))
    take = acts.add_parser("take", help=_("take what lies in a folder now"))
    for act in (new, key, owner, mean, status, take):
        act.add_argument("system", metavar="SYSTEM", help=_("a short word for the system, as dvcqg"))
    new.add_argument("--name", required=True, help=_("what it is called"))
    new.add_argument("--kind", choices=("portal", "ministry"), default="portal", help=_("portal or ministry"))
    new.add_argument("--commune", required=True, metavar="SLUG", help=_("whose centre looks at what fits nothing"))
    new.add_argument("--endpoint", default="", metavar="URL", help=_("where statuses are told"))
    new.add_argument("--files", action="append", metavar="HOST", help=_("from where papers may be fetched, too"))
    new.add_argument("--folder", default="", metavar="FOLDER", help=_("where it lays messages down"))
    owner.add_argument("procedure", metavar="CODE", help=_("the procedure's national code"))
    owner.add_argument("owner", choices=("here", "there"), help=_("here or there"))
    mean.add_argument("what", choices=("procedure", "office"), help=_("procedure or office"))
    mean.add_argument("theirs", metavar="THEIRS", help=_("its code"))
    mean.add_argument("ours", metavar="OURS", help=_("our code"))
    status.add_argument(
        "state", metavar="STATE", choices=STATES, help=_("one of: {names}").format(names=", ".join(STATES))
    )
    status.add_argument("code", metavar="CODE", help=_("its code; empty for the National Portal's number"))
    take.add_argument("folder", metavar="FOLDER", help=_("the folder"))
    for act in (listed, new, key, owner, mean, status, take):
        act.add_argument("--english", action="store_true", help=argparse.SUPPRESS)


def _import(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    bring = _act(acts, "dossiers", _("a spreadsheet of open dossiers, XLSX or CSV"))
    empty = _act(acts, "template", _("write an empty list with the titles that are understood"))
    bring.add_argument("file", metavar="FILE", help=_("the list"))
    empty.add_argument("file", metavar="FILE", help=_("the XLSX file to be written"))
    bring.add_argument("--commune", required=True, metavar="SLUG", help=_("the commune's word in addresses"))
    bring.add_argument("--system", default="he-thong-truoc", metavar="WORD", help=_("a word for the earlier system"))
    bring.add_argument("--dry-run", action="store_true", help=_("check every row, change nothing"))


def _backup(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", metavar="ACT")
    now = _act(acts, "now", _("copy everything now, restore the copy for trial and compare (the default)"))
    now.add_argument("--nightly", action="store_true", help=argparse.SUPPRESS)
    _act(acts, "list", _("every copy, with its moment and its proof"))
    use = _act(acts, "use", _("bring every copy to this folder of another disk, too"))
    forget = _act(acts, "forget", _("bring no more copies there"))
    for act in (use, forget):
        act.add_argument("folder", metavar="FOLDER", help=_("a folder of the other disk"))


def _restore(command: Parser) -> None:
    command.add_argument("folder", metavar="FROM", help=_("the disk or folder with the copies, or one copy"))
    command.add_argument("--copy", metavar="NAME", help=_("this copy instead of the newest proven one"))
    command.add_argument(
        "--replace", action="store_true", help=_("put the centre aside that is on this machine already")
    )
    command.add_argument("--yes", action="store_true", help=_("ask nothing"))


def _update(command: Parser) -> None:
    command.add_argument(
        "--from", dest="source", metavar="PLACE", help=_("the disk, folder, file or https address with the new version")
    )
    command.add_argument("--step", choices=("prepare", "renew", "back"), help=argparse.SUPPRESS)


def _report(command: Parser) -> None:
    add, names = command.add_argument, ", ".join(REPORTS)
    add("name", choices=REPORTS, metavar="NAME", help=_("one of: {names}").format(names=names))
    add("--commune", required=True, metavar="SLUG", help=_("the commune's word in addresses, or its code"))
    add("--from", dest="first", required=True, type=_day, metavar="DATE", help=_("first day, as 2026-11-01"))
    add("--to", dest="last", required=True, type=_day, metavar="DATE", help=_("last day, as 2026-11-30"))
    add("--format", choices=("json", "csv"), default="json", help=_("json or csv (default: %(default)s)"))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("a day is written as 2026-11-24")) from None


def _verify_receipt(command: Parser) -> None:
    command.add_argument("file", metavar="FILE", help=_("the receipt's file, or any text with its line; - reads it in"))
    command.add_argument("--keys", metavar="KEYS", help=_("what motcua keys show printed; else this centre's own keys"))


def _keys(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    _act(acts, "show", _("print the public keys and the roots of all days as JSON"))
    _act(acts, "renew", _("seal receipts with a new key from now on"))
    rotate = _act(acts, "rotate", _("put a new secret in place of the old one, which is accepted for a while"))
    rotate.add_argument("what", choices=("secret", "codes", "seals"), help=_("what is renewed"))
    rotate.add_argument("--at-once", action="store_true", help=_("somebody knows the secret: void what it signed"))


def _https(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    local = _act(acts, "local", _("found an authority of the centre's own, with a certificate that renews itself"))
    local.add_argument("--new", action="store_true", help=_("another one in place of the one that is there"))
    _act(acts, "show", _("its fingerprint, and where devices learn to trust it"))
    _act(acts, "off", _("give it up"))


def _act(acts: Any, name: str, text: str) -> Parser:
    act: Parser = acts.add_parser(name, help=text)
    act.add_argument("--english", action="store_true", help=argparse.SUPPRESS)
    return act


def _ledger(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    verify = _act(acts, "verify", _("try the chain of every matter, or an exported pack"))
    verify.add_argument("pack", metavar="PACK", nargs="?", help=_("the folder or ZIP file of a pack"))
    accept = _act(acts, "accept", _("go on although events are missing that were confirmed; leaves an event"))
    accept.add_argument("--yes", action="store_true", help=_("ask nothing"))


def _projections(command: Parser) -> None:
    acts = command.add_subparsers(dest="act", required=True, metavar="ACT")
    _act(acts, "verify", _("build the state of every matter anew from its events and compare"))


def _worker(command: Parser) -> None:
    command.add_argument("--once", action="store_true", help=_("do what is due now, then stop"))


_ARGUMENTS: dict[str, Callable[[Parser], None]] = {
    "serve": _serve,
    "setup": _setup,
    "demo": _demo,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "update": _update,
    "catalogue": _catalogue,
    "exchange": _exchange,
    "import": _import,
    "report": _report,
    "verify-receipt": _verify_receipt,
    "keys": _keys,
    "https": _https,
    "ledger": _ledger,
    "projections": _projections,
    "worker": _worker,
}
_HELP: dict[str, Callable[[], str]] = {
    "serve": lambda: _("bring the database up to date and answer browsers until Ctrl-C"),
    "setup": lambda: _("make a real, empty centre: province, communes, first administrator"),
    "demo": lambda: _("make a demonstration province with synthetic people and dossiers"),
    "check": lambda: _("look after everything that must hold, and say what does not"),
    "backup": lambda: _("copy everything and prove the copy; by itself every night"),
    "restore": lambda: _("make the centre of this machine from a copy"),
    "update": lambda: _("keep a copy, renew the tables for this program, check, and go back if something is broken"),
    "catalogue": lambda: _("procedures kept as files: check or load them"),
    "exchange": lambda: _("exchange dossiers with the National Portal and the systems of ministries"),
    "import": lambda: _("carry open dossiers over from an earlier system's list"),
    "report": lambda: _("print figures, the register or another report of a commune for a period"),
    "verify-receipt": lambda: _("say whether a receipt is genuine and its answers are the filed ones"),
    "keys": lambda: _("keys and secrets: show the public ones, or put a new one in place of an old one"),
    "https": lambda: _("https without an administrator: an authority of the centre's own"),
    "ledger": lambda: _("try that nothing recorded was changed, here or in a pack that was taken out"),
    "projections": lambda: _("try that what is stored is what the events say"),
    "worker": lambda: _("run the deliveries in a process of their own"),
    "version": lambda: _("say which version this is"),
}
