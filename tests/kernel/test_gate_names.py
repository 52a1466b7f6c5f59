"""A name from outside can be shown, kept in an archive and saved on any computer."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import gate

KINDS = (gate.PDF, gate.JPEG)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\giấy\\đơn.pdf", "đơn.pdf"),
        ("don.pdf.exe", "don.pdf.exe.pdf"),
        ("a\x00\u202eb.pdf", "ab.pdf"),
        ("", "giay-to.pdf"),
        (".pdf", "pdf.pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1.pdf"),
        ("aux.tar.pdf", "_aux.tar.pdf"),
        ('đơn: "mới"?.PDF', "đơn- -mới--.PDF"),
        (unicodedata.normalize("NFD", "giấy khai sinh.pdf"), "giấy khai sinh.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
        ("a\u2028b\u200d .pdf ", "ab.pdf"),
    ],
)
def test_a_name_is_stripped_of_folders_and_tricks(name: str, shown: str) -> None:
    assert gate.shown_name(name, gate.PDF) == shown


def test_a_picture_gets_the_ending_of_what_was_made_of_it() -> None:
    assert gate.shown_name("IMG_1.HEIC", gate.JPEG) == "IMG_1.jpg"
    assert gate.shown_name("anh.jpeg", gate.JPEG) == "anh.jpeg"
    assert gate.shown_name("anh.svg", gate.JPEG) == "anh.svg.jpg"
    assert gate.shown_name("giay.png", gate.PDF) == "giay.png.pdf"


@given(st.text(max_size=300), st.sampled_from(KINDS))
def test_whatever_the_name_was_it_is_short_and_harmless(name: str, kind: str) -> None:
    shown = gate.shown_name(name, kind)
    assert 0 < len(shown.encode()) <= 255
    assert len(shown) <= 200
    assert not set(shown) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(each)[0] == "C" for each in shown)
    assert unicodedata.normalize("NFC", shown) == shown
    assert shown.lower().endswith((".pdf", ".jpg", ".jpeg"))
    assert gate.shown_name(shown, kind) == shown
