"""`motcua setup`: a real, empty centre: its province, its first communes, its first administrator.

What the flags do not say is asked on the terminal; without a terminal a missing flag is wrong use.
"""

import getpass
import sys
from collections.abc import Callable

from django.utils import timezone

from motcua.config.cli import database, progress, troubles
from motcua.config.cli.database import State
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.portal import services as portal


def run(options: Options) -> int:
    missing = [flag for flag in QUESTIONS if not getattr(options, flag)]
    if missing and not sys.stdin.isatty():
        flags = " ".join(f"--{flag.replace('_', '-')}" for flag in missing)
        print(_("Missing: {flags}").format(flags=flags), file=sys.stderr)
        return troubles.WRONG_USE
    with database.alone():
        database.prepare(timezone.now())
        _is_empty(database.state())
        for flag in missing:
            setattr(options, flag, QUESTIONS[flag]())
        with progress.bar(_("Making the centre")) as step:
            _open(options, step)
    print(_("The centre is ready. Start it with motcua serve and sign in at /desk/."))
    return 0


def _open(options: Options, step: progress.Step) -> None:
    try:
        portal.open_centre(
            province=options.province,
            communes=tuple(dict.fromkeys(options.commune)),
            admin_name=options.admin_name,
            admin_username=options.admin_username,
            admin_password=options.admin_password,
            at=timezone.now(),
            progress=step,
        )
    except portal.CannotOpen as refusal:
        raise CannotRun(str(refusal)) from refusal


def _is_empty(found: State) -> None:
    if found is State.DEMO:
        raise CannotRun(
            _(
                "This database is a demonstration, and a real centre is never made in one: "
                "name another folder in MOTCUA_DATA. Nothing was changed."
            )
        )
    if found is not State.EMPTY:
        raise CannotRun(_("This database already holds a centre: start it with motcua serve. Nothing was changed."))


def _ask(question: str) -> str:
    answer = ""
    while not answer:
        answer = input(f"{question}: ").strip()
    return answer


def _ask_communes() -> list[str]:
    return _ask(_("Codes of the communes, parted by blanks")).replace(",", " ").split()


def _ask_password() -> str:
    while True:
        first = getpass.getpass(_("Password (at least 10 characters): "))
        if first == getpass.getpass(_("The same password again: ")):
            return first
        print(_("The two are different; please type them again."))


QUESTIONS: dict[str, Callable[[], str | list[str]]] = {
    "province": lambda: _ask(_("Code of the province (two digits)")),
    "commune": _ask_communes,
    "admin_name": lambda: _ask(_("Full name of the administrator")),
    "admin_username": lambda: _ask(_("The administrator's name for signing in")),
    "admin_password": _ask_password,
}
