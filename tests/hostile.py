"""Files that mean no good, made here and now: what the gate is tried with (tests/kernel/test_gate.py).

Each carries MARK where its maker would have put what is to run, so that nobody who kept it can say that it is gone.
"""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image
from pypdf import PdfWriter

MARK = b"HOSTILE-MARK"
_SCRIPT = b"<script>alert('" + MARK + b"')</script>"


@dataclass(frozen=True)
class Hostile:
    """A file with its name. `reason`: why the gate refuses it; empty: it is taken, with what was hidden left out."""

    name: str
    content: bytes
    reason: str


def pdf(inside: bytes = b"", *, before: bytes = b"", behind: bytes = b"") -> bytes:
    """A small PDF with this among its objects."""
    head = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
    )
    return before + head + inside + b"\ntrailer\n<</Root 1 0 R>>\n%%EOF\n" + behind


def packed(inside: bytes, said: bytes = b"/Filter/FlateDecode") -> bytes:
    """A list of objects as newer programs write it: packed."""
    content = zlib.compress(inside) if b"FlateDecode" in said else inside
    head = b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Length %d%s>>\nstream\n" % (len(content), said)
    return head + content + b"\nendstream\nendobj\n"


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    """An ordinary one."""
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A ZIP with these in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def sheet(more: Mapping[str, bytes] | None = None, types: bytes = b"<Types/>") -> bytes:
    """What looks like an XLSX."""
    plain = {"[Content_Types].xml": types, "xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"<sheet/>"}
    return archive({**plain, **(more or {})})


def huge_png(width: int, height: int) -> bytes:
    """A few hundred bytes that say they are so large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@functools.cache
def locked(password: str, encrypted: str = "AES-256") -> bytes:
    """A PDF that asks for a password; with an empty one it only forbids to print."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt(password, "nobody knows", algorithm=encrypted)
    writer.write(out)
    return out.getvalue()


def _commented(kind: str) -> bytes:
    """A picture with a page of the web where a comment may stand."""
    plain, note = picture("JPEG"), b"<html>" + _SCRIPT
    if kind == "comment":
        return plain[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + plain[2:]
    return plain + note


def _with_place() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = MARK.decode()
    exif.get_ifd(0x8825)[2] = (11.0, 30.0, 0.0)
    Image.new("RGB", (60, 40), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def _moving() -> bytes:
    out, frames = io.BytesIO(), [Image.new("RGB", (40, 40), colour) for colour in ("white", "red")]
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    return out.getvalue()


@functools.cache
def for_papers() -> tuple[Hostile, ...]:
    """What is tried where photos and PDFs are taken."""
    run = b"9 0 obj\n<</S/JavaScript/JS(" + MARK + b")>>\nendobj\n"
    page = b"<!doctype html><html>" + _SCRIPT + b"</html>"
    drawn = b"<svg xmlns='http://www.w3.org/2000/svg'>" + _SCRIPT + b"</svg>"
    bomb = zlib.compress(b"\0" * (40 * 1024 * 1024), 9)
    attached = b"9 0 obj\n<</Type/EmbeddedFile>>\nstream\nMZ\nendstream\nendobj\n"
    shifted = packed(b"9 0 x", said=b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>")
    between = b"8 0 obj\n<<>>\nstream\n" + archive({"a.js": MARK}) + b"\nendstream\nendobj\n"
    return (
        Hostile("trang.html", page, "type"),
        Hostile("anh.svg", drawn, "type"),
        Hostile("anh.jpg", b"<?xml version='1.0'?>" + drawn, "type"),
        Hostile("a.gif", b"GIF89a/*" + MARK + b"*/=1;", "type"),
        Hostile("chay.pdf", b"MZ\x90\x00" + MARK, "type"),
        Hostile("trong.pdf", b"", "empty"),
        Hostile("nen.zip", archive({"a.js": MARK}), "office"),
        Hostile("../../macro.docm", archive({"word/vbaProject.bin": MARK}), "office"),
        Hostile("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARK, "office"),
        Hostile("bom.png", huge_png(60_000, 60_000), "too_many_pixels"),
        Hostile("bom-vua.png", huge_png(9_000, 8_000), "too_many_pixels"),
        Hostile("hong.png", picture("PNG")[:60], "broken"),
        Hostile("js.pdf", pdf(run), "acts"),
        Hostile("js-giau.pdf", pdf(run.replace(b"JavaScript", b"J#61vaScr#69pt")), "acts"),
        Hostile("js-nen.pdf", pdf(packed(b"9 0 " + run)), "acts"),
        Hostile("js-ngoai.pdf", pdf(packed(b"9 0 <</S/Rendition/JS(" + MARK + b")>>", said=b"")), "acts"),
        Hostile("chay-lenh.pdf", pdf(b"9 0 obj\n<</S/Launch/F(" + MARK + b")>>\nendobj\n"), "acts"),
        Hostile("xfa.pdf", pdf(b"9 0 obj\n<</XFA 8 0 R>>\nendobj\n"), "acts"),
        Hostile("dinh-kem.pdf", pdf(attached), "holds_files"),
        Hostile("dinh-kem-2.pdf", pdf(packed(b"9 0 <</F(a.exe)/EF<</F 8 0 R>>>>")), "holds_files"),
        Hostile("nen-la.pdf", pdf(packed(b"9 0 x", said=b"/Filter/LZWDecode")), "unclear"),
        Hostile("nen-lech.pdf", pdf(shifted), "unclear"),
        Hostile("bom.pdf", pdf(packed(b"").replace(zlib.compress(b""), bomb)), "bomb"),
        Hostile("khoa.pdf", locked("bi mat"), "locked"),
        Hostile("dau.pdf", pdf(before=page), "type"),
        Hostile("dau-2.pdf", pdf(b"<script>" + MARK), "foreign"),
        Hostile("duoi.pdf", pdf(behind=page), "foreign"),
        Hostile("duoi-zip.pdf", pdf(behind=archive({"a.js": MARK})), "foreign"),
        Hostile("giua-zip.pdf", pdf(between), "foreign"),
        Hostile("cut.pdf", b"%PDF-1.7\n1 0 obj", "broken"),
        Hostile("ghi-chu.jpg", _commented("comment"), ""),
        Hostile("phia-sau.jpg", _commented("behind"), ""),
        Hostile("jar.jpg", picture() + archive({MARK.decode(): b"class"}), ""),
        Hostile("anh.php", _commented("behind"), ""),
        Hostile("noi-chup.jpg", _with_place(), ""),
        Hostile("dong.png", _moving() + MARK, ""),
        Hostile("a\u202egpj.exe", picture("PNG") + MARK, ""),
    )  # fmt: skip


@functools.cache
def for_lists() -> tuple[Hostile, ...]:
    """What is tried where a spreadsheet is read."""
    far = b"<Relationship Type='x/attachedTemplate' Target='http://x/' TargetMode='External'/>"
    return (
        Hostile("a.xlsm", sheet({"xl/vbaProject.bin": MARK}), "macros"),
        Hostile("a.xlsx", sheet(types=b"<Types ContentType='x.sheet.macroEnabled.main+xml'/>"), "macros"),
        Hostile("ole.xlsx", sheet({"xl/embeddings/oleObject1.bin": MARK}), "macros"),
        Hostile("long.xlsx", sheet({"xl/media/anh.png": archive({"a": MARK})}), "macros"),
        Hostile("xa.xlsx", sheet({"xl/_rels/workbook.xml.rels": far}), "links"),
        Hostile("xa-2.xlsx", sheet({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "links"),
        Hostile("ra-ngoai.xlsx", sheet({"../../etc/x": MARK}), "foreign"),
        Hostile("bom.xlsx", sheet({"xl/sharedStrings.xml": b"\0" * (120 * 1024 * 1024)}), "bomb"),
        Hostile("nhieu.xlsx", sheet({f"xl/{n}.xml": b"" for n in range(600)}), "bomb"),
        Hostile("dau.xlsx", b"MZ" + sheet(), "type"),
        Hostile("khac.xlsx", archive({"word/document.xml": b""}), "type"),
        Hostile("cut.xlsx", sheet()[:-30], "broken"),
        Hostile("cu.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + MARK, "type"),
    )
