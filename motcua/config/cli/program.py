"""What root does for the package, and the publisher with a package: python -m motcua.config.cli.program …

update [--from PLACE]     bring the newest version from there, else from MOTCUA_UPDATES
change VERSION            to a version that lies ready (the package does this by apt)
heal                      end an update that was cut off (before every start)
key FILE                  make a publisher's key; prints its public line
seal FILE … --key KEY     put the publisher's seal on packages, and write the list beside them
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from motcua.config.cli import words
from motcua.config.program import change, offers, packages
from motcua.config.program.change import CannotUpdate, Machine
from motcua.config.program.shelf import Shelf

CANNOT_RUN = 3
Options = argparse.Namespace


def main(arguments: list[str] | None = None) -> int:
    typed = list(sys.argv[1:] if arguments is None else arguments)
    _speak(words.language(typed, os.environ))
    options = _grammar().parse_args(typed)
    try:
        ACTS[options.act](options)
    except CannotUpdate as refused:
        print(refused, file=sys.stderr)
        return CANNOT_RUN
    except OSError as problem:
        print(f"{problem.filename or ''}: {problem.strerror or problem}", file=sys.stderr)
        return CANNOT_RUN
    return 0


def _speak(code: str) -> None:
    """With the words alone: root reads no settings, lest it make files that the centre's account cannot read."""
    if not settings.configured:
        settings.configure(LOCALE_PATHS=[words.LOCALE], LANGUAGES=[("vi", "vi"), ("en", "en")], USE_I18N=True)
        django.setup()
    translation.activate(code)


def _grammar() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua")
    parser.add_argument("--english", action="store_true")
    acts = parser.add_subparsers(dest="act", required=True)
    update = acts.add_parser("update")
    update.add_argument("--from", dest="source", default="", help="the disk, folder, file or https address")
    acts.add_parser("change").add_argument("version")
    heal = acts.add_parser("heal")
    acts.add_parser("key").add_argument("file", type=Path)
    seal = acts.add_parser("seal")
    seal.add_argument("files", nargs="+", type=Path)
    seal.add_argument("--key", type=Path, required=True)
    for act in (update, heal):
        act.add_argument("--english", action="store_true")
    return parser


def _outlive_the_terminal() -> None:
    """A window that is closed, or a line that breaks, ends no update in its middle."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)


def _machine() -> Machine:
    found = os.environ.get
    return Machine(
        Shelf(Path(found("MOTCUA_PROGRAMS", "/opt/motcua"))),
        Path(found("MOTCUA_FRAME", "/usr/share/motcua")),
        Path(found("MOTCUA_DATA", "/var/lib/motcua")),
        found("MOTCUA_ACCOUNT", "motcua"),
    )


def _update(options: Options) -> None:
    _outlive_the_terminal()
    place = options.source or os.environ.get("MOTCUA_UPDATES", "")
    if not place:
        raise CannotUpdate(
            _("Say where the new version is: motcua update --from /media/usb, or name an https address once in "
              "MOTCUA_UPDATES. Nothing was changed.")
        )  # fmt: skip
    change.update(_machine(), place)


def _change(options: Options) -> None:
    _outlive_the_terminal()
    change.change(_machine(), options.version)


def _heal(options: Options) -> None:
    change.heal(_machine())


def _key(options: Options) -> None:
    key = Ed25519PrivateKey.generate()
    descriptor = os.open(options.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    print(packages.public_line(key))


def read_key(file: Path) -> Ed25519PrivateKey:
    """The publisher's key, a PEM file without a password."""
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotUpdate(f"{file} holds no Ed25519 key.")
    return key


def _seal(options: Options) -> None:
    key = read_key(options.key)
    names = {}
    for file in options.files:
        name = packages.NAME.fullmatch(file.name)
        if not name:
            raise CannotUpdate(f"{file.name} is not called motcua_VERSION_MACHINE.deb.")
        packages.seal(file, key)
        names[name["machine"]] = file.name
    (options.files[0].parent / offers.LIST).write_text(offers.written_list(names, key))


ACTS: dict[str, Callable[[Options], None]] = {
    "update": _update,
    "change": _change,
    "heal": _heal,
    "key": _key,
    "seal": _seal,
}

if __name__ == "__main__":
    sys.exit(main())
