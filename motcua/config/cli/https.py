"""`motcua https`: an authority of the centre's own, so that offices have https without an administrator."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from motcua.config.cli import database
from motcua.config.cli.parser import Options
from motcua.config.cli.troubles import CannotRun
from motcua.config.cli.words import _
from motcua.portal import services
from motcua.portal.https import authority, kept


def run(options: Options) -> int:
    acts: dict[str, Callable[[Options], None]] = {"local": _local, "show": _show, "off": _off}
    if options.act != "show":
        with database.alone():
            database.prepare(timezone.now())
            acts[options.act](options)
        return 0
    acts[options.act](options)
    return 0


def _local(options: Options) -> None:
    if settings.OVER_TLS:
        raise CannotRun(
            _("This centre speaks https already (MOTCUA_TLS or MOTCUA_TLS_CERT): take that setting away first.")
        )
    if kept.is_on() and not options.new:
        services.renew_certificate(at=timezone.now())
        print(_("The centre has its own authority already; --new makes another, which every device must learn anew."))
    else:
        services.found_authority(at=timezone.now())
        print(_("The centre has its own authority for https now. Stop motcua serve and start it again."))
    _show(options)


def _show(_options: Options) -> None:
    if not kept.is_on():
        raise CannotRun(_("This centre has no authority of its own: run motcua https local."))
    names, addresses = authority.names_of(kept.shown())
    print(_("For the sheet at the counter (devices show these digits as SHA-256):"))
    print(f"\n    {kept.fingerprint()[:39]}\n    {kept.fingerprint()[40:]}\n")
    port = settings.MOTCUA_PORT
    print(_("Open this page once on each device of the office, and do what it says:"))
    for each in [*sorted(map(str, addresses)), *sorted(names)]:
        if not each.startswith(("127.", "::1", "localhost")):
            print(f"    http://{f'[{each}]' if ':' in each else each}:{port}/install-certificate/")
    ends = timezone.localtime(kept.shown().not_valid_after_utc).strftime("%d/%m/%Y")
    print(_("The certificate holds until {ends} and is renewed by itself a month before.").format(ends=ends))
    if left := kept.left_out():
        print(
            _("It does not hold for {names}, named later: run motcua https local --new.").format(names=", ".join(left))
        )


def _off(_options: Options) -> None:
    services.forget_authority(at=timezone.now())
    print(_("The centre has no authority of its own any more. Stop motcua serve and start it again."))
