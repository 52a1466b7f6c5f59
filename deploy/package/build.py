"""Builds the Debian package, dist/motcua_<version>_<machine>.deb: whatever a machine without a network needs.

    python deploy/package/build.py [--machine amd64|arm64] [--publisher FILE | --key FILE] [--source FOLDER] …

It carries our wheel with the built pages, every wheel of requirements.lock that the program needs for each Python that
Debian and Ubuntu ship, and pip to lay them down. Nothing is compiled on the machine, nothing is fetched there.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Debian 12, Ubuntu 24.04, Debian 13.
PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}
# Debian 12 has glibc 2.36, the oldest of them.
GLIBCS = ("2014", *(f"_2_{minor}" for minor in (17, 24, 26, 27, 28, 31, 34, 35, 36)))
EXTRAS = ("postgres", "signing")
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
UNITS = ("motcua.service", "motcua@.service", "motcua-worker.service", "motcua-update.service", "motcua-update.timer")


def main() -> None:
    chosen = _grammar().parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        tree = Path(scratch) / "package"
        version = _version(chosen.source)
        wheels = tree / "usr/share/motcua/wheels"
        wheels.mkdir(parents=True)
        _own_wheel(chosen.source, wheels)
        for wheel in _wheels(chosen.source, chosen.machine, chosen.pythons or PYTHONS).glob("*.whl"):
            shutil.copyfile(wheel, wheels / wheel.name)
        _frame(tree, version, chosen.source)
        (tree / "usr/share/motcua/pythons").write_text(" ".join(chosen.pythons or PYTHONS) + "\n")
        _publisher(tree, chosen)
        package = chosen.out / f"motcua_{version}_{chosen.machine}.deb"
        _pack(tree, package, version, chosen.machine)
    if chosen.key:
        package.with_suffix(".deb.part").unlink(missing_ok=True)
        subprocess.run(
            [sys.executable, "-m", "motcua.config.cli.program", "seal", package, "--key", chosen.key],
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    print(f"{package} {package.stat().st_size / 1024**2:.0f} MB{', sealed' if chosen.key else ''}")


def _grammar() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the Debian package.")
    parser.add_argument("--machine", choices=sorted(MACHINES), default=_this_machine())
    parser.add_argument("--python", dest="pythons", action="append", choices=PYTHONS, help="only for this one")
    parser.add_argument("--publisher", type=Path, help="public keys of the publisher, by which updates are known")
    parser.add_argument("--key", type=Path, help="the publisher's own key: seal the package with it")
    parser.add_argument("--source", type=Path, default=ROOT, help="the checkout, its pages and words built")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    return parser


def _this_machine() -> str:
    return next((ours for ours, theirs in MACHINES.items() if theirs == os.uname().machine), "amd64")


def _project(source: Path) -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((source / "pyproject.toml").read_text())["project"]
    return found


def _version(source: Path) -> str:
    return str(_project(source)["version"])


# --- wheels ----------------------------------------------------------------------------------------------------------
def _own_wheel(source: Path, target: Path) -> None:
    for built in ("motcua/ui/static/built/.stamp", "motcua/locale/vi/LC_MESSAGES/django.mo"):
        if not (source / built).exists():
            sys.exit(f"{built} is missing: run make assets messages first.")
    subprocess.run([*PIP, "wheel", "--no-deps", "--wheel-dir", str(target), str(source)], check=True)


def _wheels(source: Path, machine: str, pythons: Sequence[str]) -> Path:
    """Everything the program needs, for each Python; kept for the next time, since they are many."""
    wanted = _requirements(source)
    lock = source / "requirements.lock"
    mark = hashlib.sha256("\n".join([*wanted, lock.read_text(), *pythons, *GLIBCS]).encode()).hexdigest()[:16]
    kept = ROOT / "dist" / "wheels" / f"{machine}-{mark}"
    if (kept / ".whole").exists():
        return kept
    kept.mkdir(parents=True, exist_ok=True)
    for python in pythons:
        print(f"fetching the wheels for Python {python} …", flush=True)
        platforms = [f"--platform=manylinux{glibc}_{MACHINES[machine]}" for glibc in GLIBCS]
        which = ["--only-binary=:all:", "--implementation=cp", f"--python-version={python}", *platforms]
        command = [*PIP, "download", "--dest", str(kept), *which, "--constraint", str(lock), *wanted, "pip"]
        subprocess.run(command, check=True)
    (kept / ".whole").touch()
    return kept


def _requirements(source: Path) -> list[str]:
    project = _project(source)
    extras: dict[str, list[str]] = project["optional-dependencies"]  # type: ignore[assignment]
    return [*project["dependencies"], *(each for extra in EXTRAS for each in extras[extra])]  # type: ignore[misc]


# --- the rest --------------------------------------------------------------------------------------------------------
def _frame(tree: Path, version: str, source: Path) -> None:
    """What dpkg keeps beside the program: the command, the services, the settings, the licence."""
    _put(HERE / "motcua", tree / "usr/bin/motcua", run=True)
    _put(HERE / "make-program", tree / "usr/lib/motcua/make-program", run=True)
    _put(HERE / "heal", tree / "usr/lib/motcua/heal", run=True)
    _put(HERE / "motcua.env", tree / "etc/motcua/motcua.env")
    for unit in UNITS:
        _put(HERE.parent / unit, tree / "usr/lib/systemd/system" / unit)
    _put(HERE.parent / "nginx.conf", tree / "usr/share/doc/motcua/examples/nginx.conf")
    _put(HERE.parent / "pause.html", tree / "usr/share/motcua/pause.html")
    _put(source / "LICENSE", tree / "usr/share/doc/motcua/copyright")
    changes = tree / "usr/share/doc/motcua/changelog.gz"
    changes.write_bytes(gzip.compress((source / "CHANGELOG.md").read_bytes(), mtime=0))
    (tree / "usr/share/motcua/version").write_text(version + "\n")


def _put(source: Path, target: Path, *, run: bool = False) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o755 if run else 0o644)


def _publisher(tree: Path, chosen: argparse.Namespace) -> None:
    """The key by which this program will know the next version."""
    lines = chosen.publisher.read_text() if chosen.publisher else _public_line(chosen.key) if chosen.key else ""
    if lines:
        (tree / "usr/share/motcua/publisher.pub").write_text(lines)
    else:
        print("No publisher's key: this program will refuse every update but by apt (make package SIGN_KEY=…).")


def _public_line(file: Path) -> str:
    sys.path.insert(0, str(ROOT))
    from motcua.config.cli.program import read_key
    from motcua.config.program import packages

    return packages.public_line(read_key(file)) + "\n"


def _pack(tree: Path, package: Path, version: str, machine: str) -> None:
    control = tree / "DEBIAN"
    control.mkdir()
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    text = (HERE / "control").read_text().replace("@VERSION@", version).replace("@MACHINE@", machine)
    (control / "control").write_text(text.replace("@SIZE@", str(size)))
    (control / "conffiles").write_text("/etc/motcua/motcua.env\n")
    for script in ("preinst", "postinst", "prerm", "postrm"):
        if (HERE / script).exists():
            _put(HERE / script, control / script, run=True)
    for path in [tree, *tree.rglob("*")]:
        os.chmod(path, 0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    package.unlink(missing_ok=True)
    # The wheels are compressed already.
    pack = ["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", str(tree), str(package)]
    subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
