"""What the citizen's scripts add: words that say what is saved, photos that are small before they travel."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browser import patterns
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
ROTATED = 6  # EXIF: the camera was held upright


@pytest.fixture(autouse=True)
def _pattern_pages(settings) -> None:
    settings.ROOT_URLCONF = "tests.browser.patterns"
    patterns.SAVED.clear()


def photo(width: int, height: int, *, orientation: int = 1) -> bytes:
    """A large photo that does not compress well."""
    noise = Image.effect_noise((width // 6, height // 6), 60).resize((width, height)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    noise.save(file, "JPEG", quality=95, exif=exif)
    return file.getvalue()


def upload(shown, content: bytes, name: str = "giay to.jpg", kind: str = "image/jpeg") -> None:
    shown.locator("#photo").set_input_files([{"name": name, "mimeType": kind, "buffer": content}])


def test_what_is_typed_is_saved_and_said(page, nu_checker) -> None:
    shown = page("/patterns/question/")
    shown.get_by_label("Họ và tên").press_sequentially("Ka Să H'Oanh")
    shown.get_by_text("Đã lưu lúc").wait_for()
    assert patterns.SAVED[-1]["full_name"] == "Ka Să H'Oanh"
    assert len(patterns.SAVED[-1]["key"]) == 32
    assert patterns.SAVED[-1]["files"] == "0"
    assert_sound(shown, nu_checker)


def test_without_a_network_it_says_that_nothing_is_saved_and_saves_when_the_network_is_back(page) -> None:
    shown = page("/patterns/question/")
    shown.context.set_offline(True)
    shown.get_by_label("Họ và tên").press_sequentially("Đinh")
    shown.get_by_text("Chưa lưu được vì mất mạng").wait_for()
    assert not patterns.SAVED
    shown.context.set_offline(False)
    shown.get_by_text("Đã lưu lúc").wait_for()
    assert patterns.SAVED[-1]["full_name"] == "Đinh"


def test_a_large_photo_is_small_and_upright_when_it_arrives_even_if_send_was_pressed_at_once(page) -> None:
    shown = page("/patterns/question/")
    content = photo(2400, 1800, orientation=ROTATED)
    upload(shown, content)
    shown.get_by_role("button", name="Tiếp tục").click()
    name, size, dimensions = shown.locator("#received").inner_text().replace("giay to", "giay-to").split(" ", 2)
    assert name == "giay-to.jpg"
    assert int(size) < min(400_000, len(content))
    assert dimensions == "(1200, 1600)"


def test_a_photo_that_was_made_small_says_so(page) -> None:
    shown = page("/patterns/question/")
    upload(shown, photo(2400, 1800))
    shown.get_by_text("Ảnh đã được thu nhỏ").wait_for()


def test_what_cannot_be_read_as_a_picture_is_sent_as_it_is(page) -> None:
    shown = page("/patterns/question/")
    upload(shown, b"%PDF-1.7" + b"0" * 400_000, "don.pdf", "application/pdf")
    sizes = "[...document.querySelector('#photo').files].map((file) => [file.name, file.size])"
    assert shown.evaluate(sizes) == [["don.pdf", 400_008]]


def test_without_scripts_the_same_form_is_sent(page) -> None:
    shown = page("/patterns/question/", javascript=False)
    small = photo(400, 300)
    upload(shown, small)
    shown.get_by_role("button", name="Tiếp tục").click()
    assert f"{len(small)} (400, 300)" in shown.locator("#received").inner_text()
