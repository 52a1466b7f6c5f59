"""Tries the package for real: a fresh Debian in a folder, apt install, a centre, and updates that go well, go wrong and
are cut off. Prints what was measured; exit code 1 when anything was not as it should be.

    sudo make package-check          needs root, debootstrap and dpkg-deb; ten minutes, 3 GB in the temporary folder

There is no systemd in such a folder: a loop stands for the unit (heal, then serve as the account, again when it ends).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

from tests.faults.centre import free_port, request
from tests.faults.clients import Filer, Ledger

ROOT = Path(__file__).resolve().parent.parent.parent
SUITE = os.environ.get("MOTCUA_TRIAL_SUITE", "bookworm")
PYTHON = {"bookworm": "3.11", "trixie": "3.13", "noble": "3.12"}.get(SUITE, "3.11")
MIRROR = os.environ.get("MOTCUA_TRIAL_MIRROR", "http://deb.debian.org/debian")
BUILD = [sys.executable, str(ROOT / "deploy/package/build.py")]
# As the unit does: heal as root, then the server as the account; 2 and 3 are not tried again.
LOOP = """
while :; do
  /usr/lib/motcua/heal
  runuser -u motcua -- env MOTCUA_DATA=/var/lib/motcua /opt/motcua/current/venv/bin/motcua serve --port {port}
  case $? in 2|3) exit 3 ;; esac
  sleep 0.2
done
"""
MIGRATION = """
import time
from django.db import migrations

def renew(apps, editor):
    {body}

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("kernel", "{after}")]
    operations = [
        migrations.RunSQL("CREATE TABLE trial_{name} (id integer)", migrations.RunSQL.noop),
        migrations.RunPython(renew, migrations.RunPython.noop),
    ]
"""
failures: list[str] = []


def say(what: str, figure: object = "") -> None:
    print(f"{what:<78} {figure}", flush=True)


def check(claim: str, holds: bool) -> None:
    say(claim, "yes" if holds else "NO")
    if not holds:
        failures.append(claim)


def same(before: dict[str, str], after: dict[str, str]) -> bool:
    """Whether nothing that was there is another; what is, is named."""
    changed = [name for name in before if after.get(name) != before[name]]
    if changed:
        print("   changed: " + ", ".join(f"{name}: {before[name]} → {after.get(name)}" for name in changed), flush=True)
    return not changed


def timed(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun


# --- the packages ----------------------------------------------------------------------------------------------------
class Workshop:
    """Makes packages of this checkout with other version numbers, and with faults in them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key = folder, folder / "key.pem"
        self.out = folder / "packages"
        self.out.mkdir()
        program = [sys.executable, "-m", "motcua.config.cli.program"]
        subprocess.run([*program, "key", str(self.key)], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        self.version = re.search(r'^version = "([\d.]+)"', (ROOT / "pyproject.toml").read_text(), re.M)[1]

    def make(self, patch: int, change: Callable[[Path], None] = lambda tree: None, key: bool = True) -> Path:
        """The package of the version that many steps further."""
        version = f"{self.version}.{patch}" if patch else self.version
        tree = self.folder / f"tree-{patch}"
        _export(tree)
        project = tree / "pyproject.toml"
        project.write_text(project.read_text().replace(f'version = "{self.version}"', f'version = "{version}"', 1))
        change(tree)
        out = self.out / str(patch)
        sealed = ["--key", str(self.key)] if key else []
        # The first is the whole package; the others are for the Debian of this trial only, which saves minutes.
        few = ["--python", PYTHON] if patch else []
        subprocess.run([*BUILD, "--source", str(tree), "--out", str(out), *sealed, *few], check=True)
        shutil.rmtree(tree)
        (package,) = out.glob("*.deb")
        return package


def _export(tree: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    built = [path.relative_to(ROOT) for path in (ROOT / "motcua/ui/static/built").rglob("*") if path.is_file()]
    words = [path.relative_to(ROOT) for path in (ROOT / "motcua/locale").rglob("*.mo")]
    for name in [*filter(None, listed.stdout.split("\0")), *built, *words]:
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tree / name)


def migration(body: str, name: str) -> Callable[[Path], None]:
    def add(tree: Path) -> None:
        folder = tree / "motcua/kernel/migrations"
        last = max(path.stem for path in folder.glob("0*.py"))
        (folder / f"9999_{name}.py").write_text(MIGRATION.format(body=body, after=last, name=name))

    return add


def broken_page(tree: Path) -> None:
    """Every template of the layout names a tag that does not exist: each page is answered by a failure."""
    migration("pass", "page")(tree)
    for layout in (tree / "motcua/ui/templates/ui").glob("*.html"):
        layout.write_text("{% no_such_tag %}" + layout.read_text())


def broken_import(tree: Path) -> None:
    (tree / "motcua/kernel/ledger.py").write_text("raise RuntimeError('cannot be loaded')\n")


# --- the machine -----------------------------------------------------------------------------------------------------
class House:
    """A fresh Debian in a folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.port = root, free_port()
        self.served: subprocess.Popen[bytes] | None = None

    def build(self) -> None:
        log = (self.root.parent / "debootstrap.log").open("wb")
        command = ["debootstrap", "--variant=minbase", "--include=python3", SUITE, str(self.root), MIRROR]
        subprocess.run(command, check=True, stdout=log, stderr=log)
        (self.root / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
        (self.root / "usr/sbin/policy-rc.d").chmod(0o755)
        subprocess.run(["mount", "-t", "proc", "proc", str(self.root / "proc")], check=True)

    def clear(self) -> None:
        self.close()
        subprocess.run(["umount", str(self.root / "proc")], check=False, capture_output=True)

    def run(self, *words: str, quiet: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            ["chroot", str(self.root), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8",
             "MOTCUA_LANG=en", "DEBIAN_FRONTEND=noninteractive", *words],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        if not quiet or done.returncode not in (0, 1, 3):
            print(done.stdout[-3000:], done.stderr[-3000:])
        return done

    def bring(self, package: Path, folder: str = "/media/usb") -> str:
        target = self.root / folder.lstrip("/")
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        shutil.copyfile(package, target / package.name)
        return f"{folder}/{package.name}"

    def open(self) -> None:
        command = ["chroot", str(self.root), "sh", "-c", LOOP.format(port=self.port)]
        log = (self.root.parent / "serve.log").open("ab")
        self.served = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)
        self.until_it_answers()

    def until_it_answers(self, patience: float = 240) -> float:
        begun = time.monotonic()
        while time.monotonic() < begun + patience:
            with suppress(OSError):
                if request(self.port, "GET", "/api/v1/communes")[0] == 200:
                    return time.monotonic() - begun
            time.sleep(0.2)
        raise SystemExit((self.root.parent / "serve.log").read_text()[-3000:])

    def close(self) -> None:
        if self.served and self.served.poll() is None:
            os.killpg(self.served.pid, signal.SIGKILL)
            self.served.wait()
        self.served = None

    def version(self) -> str:
        return self.run("motcua", "version").stdout.strip().rpartition(" ")[2]

    def filer(self, ledger: Ledger) -> Filer:
        line = SimpleNamespace(port=self.port, get=lambda path, **more: request(self.port, "GET", path, headers=more))
        return Filer(line, ledger)  # type: ignore[arg-type]

    def data(self) -> dict[str, str]:
        """What is in the database, counted and digested by the program's own copy."""
        done = self.run("motcua", "backup", "now")
        assert done.returncode == 0, done.stdout + done.stderr
        newest = max((self.root / "var/lib/motcua/backups/copies").glob("[0-9]*"))
        facts: dict[str, str] = json.loads((newest / "manifest.json").read_text())["facts"]
        moving = ("kernel_duty", "kernel_condition", "sessions", "kernel_delivery", "session")
        return {name: each for name, each in facts.items() if not any(word in name for word in moving)}


# --- the trial -------------------------------------------------------------------------------------------------------
def trial(folder: Path) -> None:
    shop, house = Workshop(folder), House(folder / "root")
    packages: dict[int, Path] = {}
    seconds = timed(lambda: packages.update({0: shop.make(0)}))
    say(f"package built, {packages[0].stat().st_size / 1024**2:.0f} MB", f"{seconds:.0f} s")
    for patch, change in enumerate(
        [
            migration("pass", "well"),
            migration("raise RuntimeError('this table cannot be renewed')", "fails"),
            broken_page,
            migration("time.sleep(600)", "slow"),
            broken_import,
        ],
        start=1,
    ):
        packages[patch] = shop.make(patch, change)
    unsealed = shop.make(6, key=False)
    say(f"fresh Debian ({SUITE})", f"{timed(house.build):.0f} s")
    try:
        _installed(house, packages[0])
        _filed_and_updated(house, shop, packages, unsealed)
        _purged(house)
    finally:
        house.clear()


def _installed(house: House, package: Path) -> None:
    place = house.bring(package)
    seconds = timed(lambda: house.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", place))
    say("apt install ./motcua_….deb, without a network", f"{seconds:.0f} s")
    sizes = house.run("du", "-sm", "/opt/motcua").stdout.split()[0]
    say("programs on the disk", f"{sizes} MB")
    words = ["--province", "01", "--commune", "00004", "--admin-name", "Người Thử", "--admin-username", "thu"]
    seconds = timed(lambda: house.run("motcua", "setup", *words, "--admin-password", "mat-khau-thu-nghiem"))
    say("motcua setup", f"{seconds:.0f} s")
    begun = time.monotonic()
    house.open()
    say("from start to the first answer", f"{time.monotonic() - begun:.1f} s")
    check("a real centre answers", request(house.port, "GET", "/")[0] == 200)
    owners = house.run("find", "/var/lib/motcua", "!", "-user", "motcua").stdout
    check("everything in the data folder is the account's", owners == "")
    house.close()
    house.run("mv", "/var/lib/motcua", "/var/lib/motcua-real")
    house.run("install", "-d", "-o", "motcua", "-g", "motcua", "-m", "0700", "/var/lib/motcua")
    house.run("motcua", "demo")


def _filed_and_updated(house: House, shop: Workshop, packages: dict[int, Path], unsealed: Path) -> None:
    house.open()
    ledger = Ledger()
    filer = house.filer(ledger)
    sent = [filer.send(filer.begin()) for _ in range(3)]
    check("three dossiers are filed by the API", all(sent) and not ledger.wrong)
    first = shop.version
    # While nobody serves: a server does things by itself, and every row is compared here.
    house.close()
    _kill_all_of_the_account(house)
    before = house.data()

    check("a package without a seal is refused", _refused(house, unsealed, first))
    changed = packages[1].with_name("changed") / packages[1].name
    changed.parent.mkdir()
    content = bytearray(packages[1].read_bytes())
    content[len(content) // 2] ^= 1
    changed.write_bytes(content)
    check("a package with one changed bit is refused", _refused(house, changed, first))

    for patch, what in ((2, "whose migration fails"), (3, "whose pages fail"), (5, "that cannot be loaded")):
        seconds = timed(lambda patch=patch: _updated(house, packages[patch]))
        check(f"an update {what} is taken back, every row as it was ({seconds:.0f} s)",
              house.version() == first and same(before, house.data()))  # fmt: skip
    for step in (0.0, 1.0):
        seconds = _killed_in_the_middle(house, packages[4], step)
        when = "while it renews" if step else "after its copy"
        check(f"one that is killed {when} is taken back before the next start, every row as it was ({seconds:.0f} s)",
              house.version() == first and same(before, house.data()))  # fmt: skip
    house.open()
    seconds = timed(lambda: _updated(house, packages[1]))
    house.until_it_answers()
    check(f"an update that goes well ({seconds:.0f} s)", house.version() == f"{first}.1")
    after, kept = house.data(), ("dossiers_filing", "dossiers_dossier", "digest of dossiers_filing")
    check("with every filing as it was", same({name: before[name] for name in kept}, after))
    check("an older version is refused", _refused(house, packages[0], f"{first}.1"))
    # By apt: the same road. An older package changes nothing.
    house.run("apt-get", "install", "-y", "-qq", "--allow-downgrades", house.bring(packages[0]))
    check("an older package by apt leaves the later program", house.version() == f"{first}.1")
    house.until_it_answers()
    status = [filer.send(key) for key in list(ledger.told)]
    check("what was sent again is the same filing", all(status) and not ledger.wrong)
    check("motcua check finds no fault", house.run("motcua", "check").returncode == 0)
    check("motcua ledger verify finds no fault", house.run("motcua", "ledger", "verify").returncode == 0)
    house.close()


def _updated(house: House, package: Path) -> subprocess.CompletedProcess[str]:
    house.bring(package)
    done = house.run("motcua", "update", "--from", "/media/usb")
    print("   " + "\n   ".join((done.stdout + done.stderr).strip().splitlines()), flush=True)
    return done


def _refused(house: House, package: Path, version: str) -> bool:
    return _updated(house, package).returncode == 3 and house.version() == version


def _killed_in_the_middle(house: House, package: Path, step: float) -> float:
    """kill -9 of the updater and of everything it has begun, as a power cut would; then the machine starts again."""
    house.bring(package)
    command = ["chroot", str(house.root), "env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "MOTCUA_LANG=en",
               "motcua", "update", "--from", "/media/usb"]  # fmt: skip
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    state, end = house.root / "var/lib/motcua/update.json", time.monotonic() + 300
    wanted = '"renewing"' if step else '"copied"'
    while time.monotonic() < end and not (state.exists() and wanted in state.read_text()):
        time.sleep(0.01)
    time.sleep(step * 3)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    _kill_all_of_the_account(house)
    return timed(lambda: house.run("/usr/lib/motcua/heal"))


def _kill_all_of_the_account(house: House) -> None:
    """Whatever still runs of this chroot's programs, by its number."""
    for each in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (each / "root").readlink() == house.root and int(each.name) != os.getpid():
                os.kill(int(each.name), signal.SIGKILL)


def _purged(house: House) -> None:
    done = house.run("apt-get", "purge", "-y", "-qq", "motcua")
    check("purge says where the data are", "/var/lib/motcua" in done.stdout + done.stderr)
    check("and leaves them", (house.root / "var/lib/motcua/motcua.sqlite3").exists())
    check("and removes the programs", not (house.root / "opt/motcua").exists())


if __name__ == "__main__":
    if os.geteuid():
        sys.exit("Root is needed: a Debian is made in a folder.")
    for program in ("debootstrap", "dpkg-deb", "chroot"):
        if not shutil.which(program):
            sys.exit(f"{program} is needed: apt-get install debootstrap dpkg.")
    scratch = Path(tempfile.mkdtemp(prefix="motcua-package-"))
    begun = time.monotonic()
    try:
        trial(scratch)
    finally:
        subprocess.run(["umount", str(scratch / "root/proc")], check=False, capture_output=True)
        if not os.path.ismount(scratch / "root/proc"):
            shutil.rmtree(scratch, ignore_errors=True)
    say("whole trial", f"{time.monotonic() - begun:.0f} s")
    sys.exit("\n".join(failures) if failures else 0)
