"""The manager's pages of the catalogue: looked at in every state, and a fee's way from the sheet to the public page."""

import pytest
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.browser.sound import assert_sound
from tests.cast import BIRTH, Cast, document

pytestmark = pytest.mark.browser
LIST = "/desk/procedures/"


@pytest.fixture
def town(site):
    yield casting.make()
    casting.forget()


def sheet(cast: Cast) -> str:
    return f"{LIST}{BIRTH}/{cast.here.commune.code}/"


def second_version() -> None:
    now = timezone.now()
    name = {"sid": "full_name", "type": "name", "label": {"vi": "Họ, chữ đệm và tên", "en": "Full name"}}
    page = {"sid": "page", "title": "Người được khai sinh", "fields": [name]}
    doc = document(BIRTH) | {"pages": [page], "legal_basis": ["1/2026/NĐ-MAU"], "announcement_decision": "1/QĐ-MAU"}
    catalogue.publish_version(doc=doc, at=now, by=None, effective_from=timezone.localdate(now))


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_sound_empty_filled_refused_and_in_preview(page, town, nu_checker, picture, width) -> None:
    second_version()
    account = town.here.procedure_manager.account
    for name, path in {
        "list": LIST,
        "nothing": f"{LIST}?q=xyzxyz",
        "procedure": f"{LIST}{BIRTH}/?old=1&new=2",
        "procedure-english": f"/en{LIST}{BIRTH}/?old=1&new=2",
        "sheet": sheet(town),
    }.items():
        shown = page(path, width=width, account=account)
        picture(shown, f"manage-{name}-{width}")
        assert_sound(shown, nu_checker, citizen=False)
    shown.get_by_label("Số tiền (đồng)").first.fill("tám nghìn")
    shown.get_by_label("Số lượng").fill("3")
    shown.get_by_role("button", name="Xem trước").click()
    shown.wait_for_selector(".govuk-error-summary")
    picture(shown, f"manage-refused-{width}")
    assert_sound(shown, nu_checker, citizen=False)
    shown.get_by_label("Số tiền (đồng)").first.fill("8.000")
    shown.get_by_label("Đơn vị").select_option("working_day")
    shown.locator("#id_legal_source").fill("Nghị quyết mẫu số 1, Điều 2")
    shown.get_by_label("Lưu ý cho người dân (").fill("Mang theo giấy tờ gốc để đối chiếu.")
    shown.get_by_role("button", name="Xem trước").click()
    shown.get_by_role("button", name="Xác nhận và lưu").wait_for()
    picture(shown, f"manage-preview-{width}")
    assert_sound(shown, nu_checker, citizen=False)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_fee_goes_from_the_sheet_to_the_public_page_and_an_older_filing_stays_as_it_was(
    page, town, javascript
) -> None:
    older = town.file(BIRTH).dossier
    shown = page(LIST, width=1280, account=town.here.procedure_manager.account, javascript=javascript)
    shown.get_by_label("Tìm theo tên").fill("khai sinh")
    shown.locator("main").get_by_role("button", name="Tìm").click()
    shown.get_by_role("link", name="Đăng ký khai sinh").click()
    shown.get_by_role("button", name="Sửa cho cơ quan này").click()
    shown.get_by_label("Số tiền (đồng)").first.fill("8.000")
    shown.get_by_label("Cách nộp").first.select_option("direct")
    shown.get_by_role("button", name="Xem trước").click()
    assert "8.000 đồng." in shown.locator(".govuk-summary-list__row", has_text="Hết bao nhiêu tiền").inner_text()
    shown.get_by_role("button", name="Xác nhận và lưu").click()
    shown.get_by_text("Đã lưu. Áp dụng từ").wait_for()
    shown.get_by_role("link", name="Xem trang cho người dân").click()
    assert "8.000 đồng." in shown.locator("main").inner_text()
    stored = Dossier.objects.get(pk=older.pk)
    pinned = procedures.edition(stored.version_id, tuple(stored.overlay_ids))
    assert pinned.definition.channel("direct").fees == ()
    now = procedures.edition_for(town.here.commune, BIRTH, timezone.localdate())
    assert now.definition.channel("direct").fees[0].amount == 8000
