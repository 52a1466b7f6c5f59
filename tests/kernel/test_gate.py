"""The gate says of every hostile file why it is not taken, or takes it with what was hidden left out; what is honest
passes, and nothing makes the process large.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from motcua.kernel import gate, pictures
from motcua.ui import press
from tests import hostile
from tests.hostile import MARK, Hostile, packed, pdf, picture


def refused(content: bytes) -> str:
    try:
        gate.take(content, "a")
    except gate.NotTaken as no:
        return no.reason
    return ""


@pytest.mark.parametrize("file", hostile.for_papers(), ids=lambda file: ascii(file.name))
def test_a_hostile_paper_is_refused_for_its_reason_or_loses_what_it_hid(file: Hostile) -> None:
    assert refused(file.content) == file.reason
    if not file.reason:
        taken = gate.take(file.content, file.name)
        assert (taken.type, MARK in taken.content, MARK in file.content) == (gate.JPEG, False, True)
        assert taken.name.endswith(".jpg")


@pytest.mark.parametrize("file", hostile.for_lists(), ids=lambda file: file.name)
def test_a_hostile_list_is_refused_for_its_reason(file: Hostile) -> None:
    with pytest.raises(gate.NotTaken) as no:
        gate.look_at_sheet(file.content)
    assert no.value.reason == file.reason


def test_an_ordinary_sheet_passes() -> None:
    hyperlink = (
        b"<Relationships><Relationship Type='x/hyperlink' Target='http://x/' TargetMode='External'/></Relationships>"
    )
    gate.look_at_sheet(hostile.sheet({"xl/worksheets/_rels/sheet1.xml.rels": hyperlink}))
    gate.look_at_sheet(hostile.sheet({"xl/printerSettings/printerSettings1.bin": b"\0\1\2"}))


def _written() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": "Giấy mẫu"})
    writer.write(out)
    return out.getvalue()


def _running() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    run = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    # An object of its own, so that it is packed.
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(run))
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _written(),
        pdf(packed(b"9 0 <</Type/Action/S/URI/URI(https://vidu.example)>>")),
        pdf(packed(b"9 0 <</Type/Font>>", said=b"/Filter[/FlateDecode]")),
        pdf(behind=b"\r\n\x00\x00"),
        pdf(b"8 0 obj\n<</Length 12>>\nstream\n\x9a/JS (x\x00\x01\nendstream\nendobj\n"),
        pdf(b"8 0 obj\n<</OpenAction[3 0 R/Fit]/JSTest 1/Encryption 2>>\nendobj\n"),
        hostile.locked(""),
    ],
    ids=["pypdf", "link", "in a list", "zeros behind", "chance", "other names", "not to be printed"],
)
def test_an_honest_document_is_kept_byte_by_byte(content: bytes) -> None:
    assert gate.take(content, "don.pdf").content == content


def test_what_this_program_prints_passes(tmp_path: Path) -> None:
    template = tmp_path / "a.typ"
    template.write_text("#set document(title: [Giấy])\nGiấy *mẫu*", encoding="utf-8")
    content = press.pdf(template, {})
    assert gate.take(content, "don.pdf").content == content


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf, which packs and locks a document, is not installed.")
@pytest.mark.parametrize(("content", "reason"), [(_written(), ""), (_running(), "acts")], ids=["honest", "runs"])
def test_what_would_run_is_found_behind_a_lock_that_is_open(tmp_path: Path, content: bytes, reason: str) -> None:
    plain, shut = tmp_path / "a.pdf", tmp_path / "b.pdf"
    plain.write_bytes(content)
    pack = ["--object-streams=generate", "--encrypt", "", "owner", "256", "--print=none", "--"]
    subprocess.run(["qpdf", *pack, str(plain), str(shut)], check=True, capture_output=True)
    assert b"JavaScript" not in shut.read_bytes()
    assert refused(shut.read_bytes()) == reason


def test_a_list_of_objects_that_ends_elsewhere_than_it_says_is_read_to_its_end() -> None:
    content = zlib.compress(b"0 " * 500 + b"<</S/JavaScript/JS(x)>>")
    said = b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Length 3/Filter/FlateDecode>>\nstream\n"
    assert refused(pdf(said + content + b"\nendstream\nendobj\n")) == "acts"


def test_one_byte_more_than_is_taken_is_refused_before_anything_is_opened() -> None:
    assert refused(b"%PDF-" + b"0" * gate.LARGEST) == "too_large"


def test_a_paper_keeps_enough_dots_to_be_read_and_what_can_be_seen_through_is_paper() -> None:
    assert Image.open(io.BytesIO(gate.take(picture(size=(2480, 3508)), "a").content)).size == (2480, 3508)
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(out, "PNG")
    shown = Image.open(io.BytesIO(gate.take(out.getvalue(), "a").content))
    assert min(shown.convert("L").tobytes()) > 250


def test_many_large_pictures_wait_for_each_other() -> None:
    room, second, order = pictures._Room(), threading.Event(), []

    def come() -> None:
        second.set()
        with room.for_(20_000_000):
            order.append("second")

    with room.for_(30_000_000):
        thread = threading.Thread(target=come)
        thread.start()
        second.wait()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    with room.for_(pictures.MOST_UNPACKED * 2):  # alone, even what is too large goes in: nobody waits for ever
        pass


def test_the_whole_set_makes_a_process_no_larger_than_one_large_photo() -> None:
    """Peak memory of a process of its own, before and after it has looked at all of them."""
    program = (
        "from motcua.kernel import gate\n"
        "from tests import hostile\n"
        "papers, lists = hostile.for_papers(), hostile.for_lists()\n"
        "open('/proc/self/clear_refs', 'w').write('5')\n"
        "before = int(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])\n"
        "for f in (*papers, *lists):\n"
        "    try: gate.take(f.content, f.name) if f in papers else gate.look_at_sheet(f.content)\n"
        "    except gate.NotTaken: pass\n"
        "after = int(next(l for l in open('/proc/self/status') if l.startswith('VmHWM')).split()[1])\n"
        "print(after - before)\n"
    )
    if not Path("/proc/self/clear_refs").exists():
        pytest.skip("this system does not tell how large a process was at most.")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 64 * 1024
