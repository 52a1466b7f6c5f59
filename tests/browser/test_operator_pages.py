"""The operator's page in every light, the pages around it, and what people read: looked at narrow and wide."""

from datetime import timedelta

import pytest
from django.utils import timezone

from motcua.kernel import health, outbox, watch
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.outside import Standing
from motcua.portal import services
from tests import cast as casting
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
PAGE = "/desk/operator/"
TROUBLES = {
    "disk": ("fault", "Ổ đĩa còn trống 0.1 GB.", "Xin dọn ổ đĩa ngay: sắp không lưu được gì nữa.", "keeper"),
    "copies": ("warning", "Bản sao gần nhất là lúc 01:30 22/11/2026.", "Xin chạy motcua backup now.", "support"),
    "clock": ("ok", "Đồng hồ máy chỉ 09:00 23/11/2026.", "", ""),
}


@pytest.fixture
def town(site):
    yield casting.make()
    casting.forget()


@pytest.fixture
def runner(town):
    person = Person.objects.create(full_name="Mai Thị Mẫu Vận Hành")
    account = Account.objects.create_user("runner", None, person=person)
    role = Role.objects.get(code="administrator")
    Post.objects.create(person=person, office=town.province, role=role, valid_from=casting.BEGUN)
    return account


def look(*names):
    found = []
    for name in names:
        state, sentence, advice, call = TROUBLES[name]
        found.append(health.Seen(name, state, {"vi": {"sentence": sentence, "advice": advice}}, call))
    health.note("minute", found, timezone.now())


def trouble(town, runner):
    """Everything at once."""
    look(*TROUBLES)
    town.file()
    town.file(applicant=casting.applicant(full_name="Ka Să H'Oanh Niê Kdăm"))
    WorkItem.objects.update(closed_by=Event.objects.filter(type="dossiers.filed").first())
    watch.look(timezone.now())
    outbox.Delivery.objects.update(next_at=None, failed_at=timezone.now(), failure="OSError: no line")
    Standing.objects.create(name="mail", down_since=timezone.now(), failures=5, failure="TimeoutError")
    by, at = runner.person, timezone.now()
    services.set_help_contact(duty="keeper", name="Anh Nguyễn Văn Mẫu", phone="0300 000 009", by=by, at=at)
    services.announce_downtime(
        system="",
        from_at=at + timedelta(days=12),
        until_at=at + timedelta(days=12, hours=3),
        advice="Xin nộp hồ sơ tại quầy trong giờ làm việc; số hồ sơ đã cấp vẫn có giá trị.",
        late_reason="Thay ổ đĩa.",
        by=by,
        at=at,
    )


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_is_sound_well_and_in_trouble(page, town, runner, nu_checker, picture, width) -> None:
    look("clock")
    shown = page(PAGE, width=width, account=runner)
    picture(shown, f"operator-well-{width}")
    assert_sound(shown, nu_checker, citizen=False)
    trouble(town, runner)
    for name, path in {"trouble": PAGE, "contact": f"{PAGE}contacts/keeper/", "pause": f"{PAGE}pauses/new/"}.items():
        shown = page(path, width=width, account=runner)
        picture(shown, f"operator-{name}-{width}")
        assert_sound(shown, nu_checker, citizen=False)
    shown.get_by_role("button", name="Thông báo").click()
    shown.wait_for_selector(".govuk-error-summary")
    picture(shown, f"operator-pause-refused-{width}")
    assert_sound(shown, nu_checker, citizen=False)
    public = page("/systems/", width=width)
    picture(public, f"systems-{width}")
    assert_sound(public, nu_checker)


def test_an_officer_reads_on_the_dossier_that_the_applicant_does_not_know(page, town, nu_checker, picture) -> None:
    dossier = town.file().dossier
    for delivery in outbox.Delivery.objects.all():
        outbox.Delivery.objects.update(next_at=None, failed_at=timezone.now(), failure="Refused: 550", attempts=1)
        outbox._targets[delivery.target].given_up(delivery, timezone.now())
    shown = page(f"/desk/dossiers/{dossier.number}/", width=1280, account=town.here.intake.account)
    picture(shown, "dossier-untold")
    assert_sound(shown, nu_checker, citizen=False)
    shown.get_by_role("button", name="Đã báo qua điện thoại").click()
    shown.get_by_text("Đã ghi lại. Xin cảm ơn.").wait_for()


def test_the_applicant_of_a_doubted_dossier_reads_that_it_is_being_checked(page, town, nu_checker, picture) -> None:
    filed = town.file()
    WorkItem.objects.update(closed_by=Event.objects.filter(type="dossiers.filed").first())
    watch.look(timezone.now())
    shown = page(f"/status/?number={filed.number}", width=360)
    shown.get_by_label("Mã tra cứu").fill(filed.claim_code)
    shown.locator("main").get_by_role("button").first.click()
    shown.get_by_text("Chúng tôi đang kiểm tra hồ sơ này").wait_for()
    picture(shown, "status-doubted-360")
    assert_sound(shown, nu_checker)
