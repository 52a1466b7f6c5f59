"""A new version of the program: known by its seal, laid beside the old one, and gone back from whatever happens.

The packages here are real archives with small scripts for programs; what the real program does to real tables is tried
in test_backup.py, and the whole in a fresh Debian by `make package-check`.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.utils import translation

from motcua.config.checks.program import program as checked
from motcua.config.program import change, offers, packages, renewal, versions
from motcua.config.program.change import CannotUpdate, Machine
from motcua.config.program.offers import NoOffer
from motcua.config.program.packages import NotGenuine
from motcua.config.program.shelf import Shelf

KEY, ANOTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
# What a version does, step by step; it keeps the diary of the data folder as the real one does.
PROGRAM = """#!{python}
import json, os, sys, time
data, own, before = {data!r}, {version!r}, sys.argv[-1]
diary = os.path.join(data, "update.json")
def note(**said):
    old = json.load(open(diary)) if os.path.exists(diary) else {{}}
    json.dump({{"state": "", "begun": "", "before": "", "after": "", "copy": "", "trouble": ""}} | old | said,
              open(diary + ".part", "w"))
    os.replace(diary + ".part", diary)
open(os.path.join(data, "calls"), "a").write(own + " " + before + "\\n")
tables = os.path.join(data, "tables")
if before == "prepare":
    open(os.path.join(data, "copy"), "w").write(open(tables).read())
    note(state="copied", before=own)
elif before == "renew":
    note(state="renewing", after=own)
    open(tables, "w").write(own)
    how = {how!r}
    if how == "dies":
        os.abort()
    if how == "hangs":
        time.sleep(600)
    if how == "refuses":
        open(tables, "w").write(open(os.path.join(data, "copy")).read())
        note(state="back")
        sys.exit(1)
    note(state="done")
elif before == "back" and json.load(open(diary))["state"] in ("copied", "renewing"):
    open(tables, "w").write(open(os.path.join(data, "copy")).read())
    note(state="back")
"""
MAKER = """#!/bin/sh
set -eu
here=$(dirname "$0")
mkdir -p "$1/venv/bin"
cp "$here/motcua" "$1/venv/bin/motcua"
echo 3 > "$1/whole"
"""


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def house(tmp_path: Path) -> Machine:
    """A machine on which version 1.0 works."""
    for name in ("programs", "frame", "data", "stick"):
        (tmp_path / name).mkdir()
    (tmp_path / "frame" / change.KEYS).write_text(packages.public_line(KEY) + "\n")
    (tmp_path / "data" / "tables").write_text("1.0")
    machine = Machine(Shelf(tmp_path / "programs"), tmp_path / "frame", tmp_path / "data", "")
    machine.shelf.lay_down(a_package(tmp_path / "stick", machine, "1.0"), "1.0")
    machine.shelf.switch("1.0")
    shutil.rmtree(tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    return machine


def stick(machine: Machine) -> Path:
    return machine.data.with_name("stick")


def a_package(folder: Path, machine: Machine, version: str, how: str = "", key: Ed25519PrivateKey | None = KEY) -> Path:
    """A package of this version, sealed with this key."""
    tree = folder / f"tree-{version}"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "usr/lib/motcua").mkdir(parents=True)
    (tree / "DEBIAN/control").write_text(
        f"Package: motcua\nVersion: {version}\nArchitecture: all\nMaintainer: t <t@localhost>\nDescription: t\n"
    )
    (tree / "usr/lib/motcua/make-program").write_text(MAKER)
    (tree / "usr/lib/motcua/motcua").write_text(
        PROGRAM.format(python=sys.executable, data=str(machine.data), version=version, how=how)
    )
    for script in (tree / "usr/lib/motcua").iterdir():
        script.chmod(0o755)
    package = folder / f"motcua_{version}_{offers.machine()}.deb"
    subprocess.run(["dpkg-deb", "-Zgzip", "--build", str(tree), str(package)], check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    if key:
        packages.seal(package, key)
    return package


pytestmark = pytest.mark.skipif(
    not shutil.which("dpkg-deb") and os.environ.get("MOTCUA_TEST_STRICT") != "1",
    reason="dpkg-deb is not installed; the packages were not tried.",
)


def tables(machine: Machine) -> str:
    return (machine.data / "tables").read_text()


def calls(machine: Machine) -> list[str]:
    return (machine.data / "calls").read_text().splitlines()


# --- the seal --------------------------------------------------------------------------------------------------------
def test_a_sealed_package_is_known_and_dpkg_still_reads_it(house: Machine) -> None:
    package = a_package(stick(house), house, "1.1")
    packages.check(package, [ANOTHER.public_key(), KEY.public_key()])
    said = subprocess.run(["dpkg-deb", "--field", str(package), "Version"], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "1.1"


@pytest.mark.parametrize("where", ["name", "size", "content", "seal", "end", "more"])
def test_a_package_that_was_changed_anywhere_is_refused(house: Machine, where: str) -> None:
    package = a_package(stick(house), house, "1.1")
    content = bytearray(package.read_bytes())
    found = {each.name.partition(".")[0]: each for each in packages.members(package)}
    match where:
        case "name":
            content[found["control"].begin - 60] ^= 1
        case "size":
            content[found["data"].begin - 4] ^= 1
        case "content":
            content[found["data"].begin + found["data"].size // 2] ^= 1
        case "seal":
            content[found["_motcua"].begin + 10] ^= 1
        case "end":
            del content[-40:]
        case "more":
            content += b"\n" * (len(content) % 2) + content[8:72]
    package.write_bytes(content)
    with pytest.raises(NotGenuine):
        packages.check(package, [KEY.public_key()])


def test_a_package_without_a_seal_by_somebody_else_or_no_package_at_all_is_refused(house: Machine) -> None:
    bare = a_package(stick(house), house, "1.1", key=None)
    with pytest.raises(NotGenuine, match="not sealed"):
        packages.check(bare, [KEY.public_key()])
    packages.seal(bare, ANOTHER)
    with pytest.raises(NotGenuine):
        packages.check(bare, [KEY.public_key()])
    bare.write_bytes(b"no archive")
    with pytest.raises(NotGenuine):
        packages.check(bare, [KEY.public_key()])
    bare.write_bytes(b"")
    with pytest.raises(NotGenuine):
        packages.check(bare, [KEY.public_key()])


# --- the change ------------------------------------------------------------------------------------------------------
def test_a_new_version_takes_the_place_of_the_old_one_which_stays_beside_it(house: Machine) -> None:
    a_package(stick(house), house, "1.1")
    change.update(house, str(stick(house)))
    assert (house.shelf.current, tables(house)) == ("1.1", "1.1")
    assert calls(house) == ["1.0 prepare", "1.1 renew"]
    assert house.shelf.all() == ["1.1", "1.0"]
    assert not house.journal.exists()
    assert not (house.shelf.root / change.INCOMING).exists()
    a_package(stick(house), house, "1.10")
    change.update(house, str(stick(house)))
    assert house.shelf.all() == ["1.10", "1.1"]


@pytest.mark.parametrize("how", ["refuses", "dies"])
def test_a_version_that_does_not_stand_its_tests_or_dies_is_gone_back_from(house: Machine, how: str) -> None:
    a_package(stick(house), house, "1.1", how)
    with pytest.raises(CannotUpdate, match=r"1\.0 goes on"):
        change.update(house, str(stick(house)))
    assert (house.shelf.current, tables(house)) == ("1.0", "1.0")
    assert house.shelf.all() == ["1.0"]
    assert not house.journal.exists()
    assert calls(house)[-1] == "1.0 back"


@pytest.mark.parametrize(("version", "key"), [("0.9", KEY), ("1.1", None), ("1.1", ANOTHER)])
def test_what_is_older_or_not_the_publishers_changes_nothing(
    house: Machine, version: str, key: Ed25519PrivateKey | None
) -> None:
    a_package(stick(house), house, version, key=key)
    with pytest.raises(CannotUpdate, match="Nothing was changed"):
        change.update(house, str(stick(house)))
    assert house.shelf.all() == ["1.0"]
    assert not (house.data / "calls").exists()


def test_an_empty_stick_and_a_program_without_a_publishers_key_are_said(house: Machine) -> None:
    with pytest.raises(CannotUpdate, match="No update is to be had"):
        change.update(house, str(stick(house)))
    a_package(stick(house), house, "1.1")
    (house.frame / change.KEYS).unlink()
    with pytest.raises(CannotUpdate, match="no publisher's key"):
        change.update(house, str(stick(house)))


def test_the_same_version_again_is_no_work(house: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    a_package(stick(house), house, "1.0.0")
    change.update(house, str(stick(house)))
    assert "newest version already: 1.0" in capsys.readouterr().out


# --- what was cut off ------------------------------------------------------------------------------------------------
def test_an_update_that_is_killed_while_it_renews_is_taken_back_before_the_next_start(house: Machine) -> None:
    a_package(stick(house), house, "1.1", "hangs")
    environment = os.environ | {
        "MOTCUA_PROGRAMS": str(house.shelf.root),
        "MOTCUA_FRAME": str(house.frame),
        "MOTCUA_DATA": str(house.data),
        "MOTCUA_ACCOUNT": "",
    }
    command = [sys.executable, "-m", "motcua.config.cli.program", "update", "--from", str(stick(house))]
    running = subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while tables(house) != "1.1" and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    assert (house.shelf.current, tables(house)) == ("1.1", "1.1")
    change.heal(house)
    assert (house.shelf.current, tables(house)) == ("1.0", "1.0")
    assert not house.journal.exists()
    change.heal(house)
    assert calls(house)[-1] == "1.0 back"


def test_what_was_cut_off_after_its_end_stays_done_and_before_its_beginning_leaves_the_old_one(house: Machine) -> None:
    house.shelf.lay_down(a_package(stick(house), house, "1.1"), "1.1")
    begun = {"before": "1.0", "after": "1.1", "units": []}
    house.journal.write_text(json.dumps(begun))
    renewal.note(house.data, renewal.Renewal(renewal.DONE, "", "0.9", "1.0", ""))
    change.heal(house)
    assert (house.shelf.current, tables(house)) == ("1.0", "1.0")
    house.shelf.lay_down(a_package(stick(house), house, "1.1"), "1.1")
    house.shelf.switch("1.1")
    house.journal.write_text(json.dumps(begun))
    renewal.note(house.data, renewal.Renewal(renewal.DONE, "", "1.0", "1.1", ""))
    change.heal(house)
    assert house.shelf.current == "1.1"
    assert not house.journal.exists()


def test_when_the_copy_cannot_be_put_back_nothing_pretends_to_be_well(house: Machine) -> None:
    a_package(stick(house), house, "1.1", "dies")
    old = house.shelf.command("1.0")
    old.write_text(old.read_text() + "\nif sys.argv[-1] == 'back':\n    sys.exit(3)\n")
    with pytest.raises(CannotUpdate, match="call the province's support"):
        change.update(house, str(stick(house)))
    assert house.journal.exists()
    with pytest.raises(CannotUpdate):
        change.heal(house)


def test_what_was_done_after_all_while_somebody_wanted_to_go_back_stays(house: Machine) -> None:
    house.shelf.lay_down(a_package(stick(house), house, "1.1"), "1.1")
    house.shelf.switch("1.1")
    house.journal.write_text(json.dumps({"before": "1.0", "after": "1.1", "units": []}))
    renewal.note(house.data, renewal.Renewal(renewal.RENEWING, "", "1.0", "1.1", ""))
    old = house.shelf.command("1.0")
    # As when the step back waits for the renewing one, whose parent alone was killed.
    old.write_text(f"#!{sys.executable}\nimport json\nf = {str(house.data / renewal.FILE)!r}\n"
                   "d = json.load(open(f)) | {'state': 'done'}\njson.dump(d, open(f, 'w'))\n")  # fmt: skip
    change.heal(house)
    assert house.shelf.all() == ["1.1", "1.0"]
    assert (house.shelf.current, house.journal.exists()) == ("1.1", False)


# --- an address ------------------------------------------------------------------------------------------------------
def listed(names: dict[str, str], key: Ed25519PrivateKey = KEY) -> bytes:
    return offers.written_list(names, key).encode()


def test_the_list_of_an_address_is_believed_only_under_the_publishers_seal() -> None:
    name = f"motcua_2.0_{offers.machine()}.deb"
    keys = [KEY.public_key()]
    offer = offers._listed(listed({offers.machine(): name}), "https://updates.example/a/", keys)
    assert offer == offers.Offer("2.0", f"https://updates.example/a/{name}")
    for text in (
        listed({offers.machine(): name}, ANOTHER),
        listed({"another": name}),
        listed({offers.machine(): "../../etc/motcua_2.0_amd64.deb"}),
        listed({offers.machine(): name}).replace(b"2.0", b"3.0"),
        b"[]",
        b"{",
    ):
        with pytest.raises(NoOffer):
            offers._listed(text, "https://updates.example/a/", keys)


def test_nothing_is_fetched_but_by_https(tmp_path: Path) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        for address in (
            f"http://127.0.0.1:{server.server_address[1]}/",
            f"https://127.0.0.1:{server.server_address[1]}/",
        ):
            with pytest.raises(NoOffer):
                offers.at_address(address, [KEY.public_key()])
        server.shutdown()


# --- what the operator reads -----------------------------------------------------------------------------------------
def test_the_operators_page_says_which_version_is_there_and_what_to_type(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MOTCUA_DATA = tmp_path
    monkeypatch.setattr(versions, "own", lambda: "1.0")
    settings.UPDATES, settings.PUBLISHER_KEYS = "", tmp_path / "publisher.pub"
    (finding,) = checked()
    assert (finding.state, str(finding.sentence)) == ("ok", "This is version 1.0.")
    settings.UPDATES = "https://updates.example/"
    for offered, state in (("1.0", "ok"), ("1.1", "warning")):
        monkeypatch.setattr(offers, "at_address", lambda *_, offered=offered: offers.Offer(offered, ""))
        (finding,) = checked()
        assert finding.state == state
    assert "sudo motcua update" in str(finding.advice)
    renewal.note(tmp_path, renewal.Renewal(renewal.BACK, "", "1.0", "1.1", "", "a table cannot be changed"))
    (finding,) = checked()
    assert "was taken back: a table cannot be changed" in str(finding.sentence)


def test_versions_follow_each_other_by_their_numbers() -> None:
    assert versions.key("0.10") > versions.key("0.9.9") > versions.key("0.9")
    assert versions.key("1.0.0") == versions.key("1")
    assert not versions.is_one("../1.0")
