"""The line goes away in the middle: nothing that was typed is lost, nothing is filed twice, and "sent" is said by the
centre alone.
"""

from __future__ import annotations

import functools
import gzip
import socket
from importlib import resources

import pytest
from django.conf import settings
from django.core.servers.basehttp import ServerHandler
from PIL import Image
from playwright.sync_api import expect

from motcua.dossiers.models import Dossier
from tests import cast as casting
from tests.browser import wire
from tests.browser.sound import assert_sound
from tests.cast import OPEN_LIMIT, Cast
from tests.dossiers import birth

pytestmark = pytest.mark.browser
READY = """async () => {
    await navigator.serviceWorker.ready;
    const cache = await caches.open("motcua-forms-1");
    for (let n = 0; n < 100; n += 1) {
        const names = (await cache.keys()).map((each) => each.url);
        if (names.some((each) => each.includes("/offline/")) && names.some((each) => /offline[^/]*[.]js/.test(each))
            && names.some((each) => /conditions[^/]*[.]js/.test(each))) return names.length;
        await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error("the form is not there offline");
}"""


@pytest.fixture
def town(site: str) -> Cast:
    made = casting.make()
    birth.publish(made)
    return made


@pytest.fixture
def look(nu_checker, picture):
    def at(shown, name: str, *, nu: bool = True, citizen: bool = True) -> None:
        picture(shown, f"line-{name}-{shown.viewport_size['width']}")
        assert_sound(shown, nu_checker if nu else None, citizen=citizen)

    return at


KEPT = """async () => {
    const database = await new Promise((done) => {
        const request = indexedDB.open("motcua-kept", 1);
        request.onsuccess = () => done(request.result);
    });
    return new Promise((done) => {
        const request = database.transaction("rows").objectStore("rows").getAll();
        request.onsuccess = () => done(request.result.map((each) =>
            each.id + " " + new TextDecoder().decode(each.data)));
    });
}"""


class Cut:
    """Does what is asked, and lets the answer never arrive."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.after, self.done = "", 0
        real = ServerHandler.finish_response

        def finish(handler: ServerHandler) -> None:
            path, method = handler.environ["PATH_INFO"], handler.environ["REQUEST_METHOD"]
            if self.after and method == "POST" and path.endswith(self.after):
                self.after, self.done = "", self.done + 1
                handler.request_handler.connection.shutdown(socket.SHUT_RDWR)
                handler.close()
                return
            real(handler)

        monkeypatch.setattr(ServerHandler, "finish_response", finish)


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Cut:
    return Cut(monkeypatch)


def another(page, context):
    """A further window of the same browser."""
    made = context.new_page()
    made.set_default_timeout(8000)
    page._watch(made)
    return made


def go_on(shown) -> None:
    shown.get_by_role("button", name="Tiếp tục", exact=True).last.click()


def date(shown, sid: str, *parts: str) -> None:
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        shown.locator(f"[name={sid}-{part}]").fill(value)


def begun(page, town: Cast, **options):
    """The applicant's page, filled, with everything fetched that is needed without a line."""
    shown = page(f"/{town.here.slug}/apply/{birth.CODE}/applicant/", width=360, expect=404, **options)
    shown.get_by_role("button", name="Bắt đầu hồ sơ mới").click()
    shown.locator("#full_name").fill("Ka Să H'Oanh Niê Kdăm Mẫu")
    date(shown, "birth_date", "24", "11", "1990")
    shown.locator("#phone").fill("0300 000 001")
    shown.evaluate(READY)
    return shown


def photo(folder) -> str:
    name = folder / "giay-chung-sinh.jpg"
    Image.effect_noise((1800, 1400), 60).convert("RGB").save(name, quality=95)
    return str(name)


def test_a_birth_is_filed_without_a_line_and_goes_out_by_itself(page, town, look, tmp_path) -> None:
    look = functools.partial(look, nu=False)  # the checker reads what the server sent; here nothing came
    shown = begun(page, town)
    shown.context.set_offline(True)
    go_on(shown)
    shown.locator("#child_name").wait_for()
    look(shown, "child")
    go_on(shown)
    shown.get_by_text("Cần điền: Họ tên trẻ").wait_for()
    look(shown, "child-missing")
    shown.locator("#child_name").fill("Đỗ Mẫu An")
    date(shown, "born", "3", "11", "2026")
    go_on(shown)
    shown.locator("#file-birth_paper").set_input_files(photo(tmp_path))
    shown.get_by_text("giay-chung-sinh.jpg (").wait_for()
    look(shown, "papers")
    go_on(shown)
    shown.get_by_role("heading", name="Kiểm tra lại").wait_for()
    look(shown, "check")
    shown.get_by_role("button", name="Gửi hồ sơ").click()
    shown.get_by_role("heading", name="Đang chờ gửi").wait_for()
    look(shown, "waiting")
    assert not Dossier.objects.exists()
    address = shown.url
    closed = shown.context
    shown.close()
    again = another(page, closed)
    again.goto(address)
    again.get_by_role("heading", name="Đang chờ gửi").wait_for()
    closed.set_offline(False)
    again.get_by_role("heading", name="Đã gửi hồ sơ").wait_for()
    look(again, "sent")
    dossier = Dossier.objects.get()
    assert dossier.number in again.locator("[data-number]").inner_text()
    assert dossier.applicant.full_name == "Ka Să H'Oanh Niê Kdăm Mẫu"


def test_a_lost_answer_to_sending_is_asked_again_and_it_is_one_dossier(page, town, cut, tmp_path) -> None:
    shown = begun(page, town)
    go_on(shown)
    shown.locator("#child_name").fill("Đỗ Mẫu An")
    date(shown, "born", "3", "11", "2026")
    go_on(shown)
    shown.locator("#birth_paper").set_input_files(photo(tmp_path))
    go_on(shown)
    cut.after = "/check/"
    shown.get_by_role("button", name="Gửi hồ sơ").click()
    shown.get_by_role("heading", name="Đã gửi hồ sơ").wait_for()
    assert cut.done == 1
    assert Dossier.objects.get().number in shown.content()


def test_two_windows_a_code_for_another_device_and_nothing_left_on_this_one(page, town, look, site) -> None:
    first = begun(page, town)
    go_on(first)
    first.locator("#child_name").wait_for()
    second = another(page, first.context)
    second.goto(first.url)
    first.locator("#child_name").fill("Đỗ Mẫu An")
    date(first, "born", "3", "11", "2026")
    go_on(first)
    first.get_by_role("heading", name="Giấy tờ").first.wait_for()
    second.locator("#child_name").fill("Đỗ Mẫu Bình")
    date(second, "born", "4", "11", "2026")
    go_on(second)
    second.get_by_text("Nội dung đã lưu ở đó:").wait_for()
    look(second, "two-windows")
    assert "Đỗ Mẫu An" in second.content()
    go_on(second)
    second.get_by_role("link", name="Cách dùng mã").click()
    look(second, "later")
    code = second.locator(".mc-panel__number").inner_text()
    other = page("/resume/")
    other.locator("#code").fill("AAAA")
    other.get_by_role("button", name="Làm tiếp").click()
    look(other, "resume-wrong")
    other.locator("#code").fill(code)
    other.get_by_role("button", name="Làm tiếp").click()
    other.get_by_role("heading", name="Giấy tờ").first.wait_for()
    sealed = second.evaluate(KEPT)
    assert len(sealed) > 1
    assert "Mẫu" not in "".join(sealed)
    second.get_by_role("link", name="Quay lại").click()
    second.get_by_role("link", name="Đây không phải máy của tôi").click()
    look(second, "forget")
    second.get_by_role("button", name="Xóa khỏi máy này").click()
    second.get_by_role("heading", name="Hồ sơ này không còn gì trên máy").wait_for()
    look(second, "forgotten")
    assert second.evaluate(KEPT) == []


def test_what_the_line_interrupted_is_put_back_when_the_page_is_opened_again(page, town) -> None:
    shown = begun(page, town)
    go_on(shown)
    shown.locator("#child_name").wait_for()
    shown.context.set_offline(True)
    shown.locator("#child_name").fill("Đỗ Mẫu An")
    date(shown, "born", "3", "11", "2026")
    shown.wait_for_timeout(600)  # the device keeps it a moment after the last key
    address, context = shown.url, shown.context
    shown.close()
    context.set_offline(False)
    again = another(page, context)
    again.goto(address)
    expect(again.locator("#child_name")).to_have_value("Đỗ Mẫu An")
    expect(again.locator("[name=born-month]")).to_have_value("11")
    assert not Dossier.objects.exists()


def test_the_counter_loses_nothing_when_the_plug_is_pulled(page, town, look, cut) -> None:
    sheet = f"/desk/counter/{OPEN_LIMIT}/"
    shown = page(sheet, width=1280, account=town.here.intake.account)
    shown.evaluate("async () => { await navigator.serviceWorker.ready; }")
    shown.reload()  # now it is the worker that fetches it
    context = shown.context
    look_desk = functools.partial(look, citizen=False)
    look_desk(shown, "counter")
    shown.locator("#id_who-full_name").fill("Ka Să H'Oanh Niê Mẫu")
    context.set_offline(True)
    shown.locator("#id_who-address").fill("Buôn Mẫu 1")
    shown.wait_for_timeout(600)
    shown.close()
    again = another(page, context)
    again.goto(sheet)
    again.get_by_text("Mất kết nối đến máy chủ của trung tâm.").wait_for()
    look_desk(again, "counter-unplugged", nu=False)
    expect(again.locator("#id_who-full_name")).to_have_value("Ka Să H'Oanh Niê Mẫu")
    expect(again.locator("#id_who-address")).to_have_value("Buôn Mẫu 1")
    limit(again)
    again.keyboard.press("F9")
    again.get_by_text("Mất kết nối đến máy chủ của trung tâm.").wait_for()
    expect(again.locator("#id_who-address")).to_have_value("Buôn Mẫu 1")
    context.set_offline(False)
    cookies = context.cookies()
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)  # the session is over in the middle
    again.keyboard.press("F9")
    again.wait_for_url("**/accounts/login/**")
    context.add_cookies(cookies)
    again.goto("/desk/counter/")
    again.get_by_text("Đang giữ trên máy này").wait_for()
    look_desk(again, "counter-kept")
    again.get_by_role("button", name="Đưa vào biểu mẫu").click()
    expect(again.locator("#id_who-address")).to_have_value("Buôn Mẫu 1")
    expect(again.locator("[name=limit-value]")).to_have_value("3")
    cut.after = sheet
    again.keyboard.press("F9")
    # The browser asks once more by itself where the connection was one that it had kept; else the officer does.
    either = again.locator(".mc-panel__number").first.or_(again.locator("[data-unplugged-said]:visible"))
    either.wait_for(timeout=5000)
    assert cut.done == 1
    if again.locator("[data-unplugged-said]:visible").count():
        again.keyboard.press("F9")
    again.locator(".mc-panel__number").first.wait_for()
    assert Dossier.objects.get().number in again.content()
    again.keyboard.press("F10")
    again.get_by_role("heading", name="Quầy").wait_for()
    assert again.evaluate(KEPT) == []


def limit(shown) -> None:
    """The law leaves the limit open here, so the counter says it."""
    shown.locator("[name=limit-value]").fill("3")
    shown.locator("[name=limit-legal_source]").fill("Quyết định mẫu 1")


def test_a_form_page_stays_small_and_what_comes_after_it_is_said(page, town, site) -> None:
    shown = begun(page, town)
    # Another browser with the same draft and an empty cache; the worker would hide from the ruler what is fetched.
    context = page.browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    context.add_cookies(shown.context.cookies())
    fresh = context.new_page()
    first, later = wire.sizes(fresh, shown.url), wire.sizes(fresh, shown.url)
    built = resources.files("motcua.ui").joinpath("static/built")
    after = {name: len(gzip.compress(built.joinpath(name).read_bytes(), 9)) for name in ("worker.js", "offline.js")}
    after["the form"] = len(gzip.compress(context.request.get(site + shown.evaluate(FORM)).body(), 9))
    print(f"\nform page: first {wire.without_letters(first)}, later {later.total()}; after it {after}")
    assert wire.without_letters(first) <= 60_000
    assert later.total() <= 15_000
    assert sum(after.values()) <= 40_000
    context.close()


FORM = """() => document.querySelector("[data-device]").dataset.offlineForm"""
