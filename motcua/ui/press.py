"""Data into PDF, for every room that prints: one compiler for each template and process, fonts from a package, nothing
from the machine.

Nouns: press, template (a typst file in a room's own folder). It knows no slip and no sheet.
"""

from __future__ import annotations

import functools
import io
import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

import segno
import typst


class _Press:
    """The compiler of one template; two letters are never set at once in it, other templates do not wait."""

    def __init__(self, template: Path) -> None:
        fonts = Path(str(resources.files("fontpkg_be_vietnam_pro"))) / "files"
        self._compiler = typst.Compiler(
            str(template), root=str(template.parent), font_paths=[str(fonts)], ignore_system_fonts=True
        )
        self._one_at_a_time = threading.Lock()

    def pdf(self, data: Mapping[str, Any]) -> bytes:
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        with self._one_at_a_time:
            made = self._compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"])
        return bytes(made)  # type: ignore[arg-type]


_press = functools.cache(_Press)


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The template filled with this data, tagged so that a screen reader can read it."""
    return _press(template).pdf(data)


def pdf_apart(template: Path, data: Mapping[str, Any]) -> bytes:
    """The same in a process of its own, for many pages at once: the press remembers some megabytes for each page it
    set, and they leave with the process. It begins in a fifth of a second.
    """
    command = [sys.executable, "-I", __file__, str(template)]
    return subprocess.run(command, input=json.dumps(data).encode(), stdout=subprocess.PIPE, check=True).stdout


def qr_drawing(text: str, error: str = "m") -> str:
    """A QR code as an SVG document; `error` is how much of it may be lost (l, m, q, h), longer texts bear less."""
    out = io.BytesIO()
    segno.make(text, error=error, boost_error=False, micro=False).save(out, kind="svg", border=2, scale=4)
    return out.getvalue().decode()


if __name__ == "__main__":
    sys.stdout.buffer.write(pdf(Path(sys.argv[1]), json.load(sys.stdin)))
