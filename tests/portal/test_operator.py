"""The operator's page, planned pauses, the public page of systems: one light, which says only what was looked at."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.kernel import health, outbox, watch
from motcua.kernel.downtime import Downtime
from motcua.kernel.health import HelpContact
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.outside import Standing
from motcua.portal import policies, queries, services
from tests import cast as casting
from tests.cast import NOW, Cast

PAGE = "/desk/operator/"
PAUSE = {
    "system": "",
    "from_day": "05/12/2026",
    "from_time": "22:00",
    "until_day": "06/12/2026",
    "until_time": "02:00",
    "advice": "Xin nộp hồ sơ tại quầy trong giờ làm việc.",
    "late_reason": "",
}
Signed = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    day_of = timezone.localdate
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda at=casting.NOW: day_of(at))


@pytest.fixture
def signed(client: Client) -> Signed:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


@pytest.fixture
def runner(cast: Cast) -> Person:
    """Who runs the whole installation: administrator at the province."""
    person = Person.objects.create(full_name="Mai Thị Mẫu Vận Hành")
    Account.objects.create_user("runner", None, person=person)
    role = Role.objects.get(code="administrator")
    Post.objects.create(person=person, office=cast.province, role=role, valid_from=casting.BEGUN)
    return person


def seen(name: str, state: str, call: str = "") -> health.Seen:
    words = {"vi": {"sentence": f"Câu về {name}.", "advice": f"Xin xem {name}."}}
    return health.Seen(name, state, words, call)


def text(answer: Any) -> str:
    return answer.content.decode()


# --- the light -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("states", "title"),
    [
        (["ok"], "Mọi thứ bình thường"),
        (["ok", "warning"], "Có việc cần xem"),
        (["warning", "fault"], "Có sự cố"),
        ([], "Đã lâu máy chưa tự kiểm tra"),
    ],
)
def test_the_light_is_the_worst_of_all(cast: Cast, signed: Signed, states: list[str], title: str) -> None:
    health.note("minute", [seen(f"part{n}", state) for n, state in enumerate(states)], NOW)
    page = text(signed(cast.here.administrator).get(PAGE))
    assert title in page


def test_a_green_light_of_yesterday_is_dark(cast: Cast, signed: Signed) -> None:
    health.note("minute", [seen("disk", "ok")], NOW - timedelta(minutes=6))
    assert "Đã lâu máy chưa tự kiểm tra" in text(signed(cast.here.administrator).get(PAGE))


def test_a_trouble_says_what_to_do_and_whom_to_call(cast: Cast, runner: Person, signed: Signed) -> None:
    health.note("minute", [seen("disk", "warning", health.KEEPER), seen("chains", "fault", health.SUPPORT)], NOW)
    page = text(signed(cast.here.administrator).get(PAGE))
    assert page.index("Câu về chains.") < page.index("Câu về disk.")
    assert "Xin xem disk." in page
    assert "Chưa ghi số điện thoại của ai" in page
    services.set_help_contact(duty=health.KEEPER, name="Anh Mẫu", phone="0300 000 009", by=runner, at=NOW)
    assert 'href="tel:0300000009"' in text(signed(cast.here.administrator).get(PAGE))


def test_the_light_stands_beside_its_place_on_every_page_of_an_administrator_only(cast: Cast, signed: Signed) -> None:
    health.note("minute", [seen("disk", "warning")], NOW)
    assert "mc-light--amber" in text(signed(cast.here.administrator).get("/desk/"))
    assert "mc-light" not in text(signed(cast.here.intake).get("/desk/"))


def test_what_a_citizen_or_an_officer_may_not_see(cast: Cast, signed: Signed, client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    assert signed(cast.here.intake).get(PAGE).status_code == 403
    assert signed(cast.here.administrator).get(PAGE).status_code == 200


def test_the_page_asks_as_much_with_many_troubles_as_with_few(cast: Cast, signed: Signed) -> None:
    client = signed(cast.here.administrator)

    def asked() -> int:
        client.get(PAGE)
        with CaptureQueriesContext(connection) as queries_asked:
            client.get(PAGE)
        return len(queries_asked)

    health.note("minute", [seen("part0", "fault")], NOW)
    few = asked()
    health.note("minute", [seen(f"part{n}", "fault") for n in range(20)], NOW)
    for _ in range(5):
        cast.file()
    WorkItem.objects.update(closed_by=Event.objects.filter(type="dossiers.filed").first())
    watch.look(NOW)
    outbox.Delivery.objects.update(next_at=None, failed_at=NOW, failure="OSError: somebody@vidu.example")
    assert asked() == few <= 18


# --- what is broken --------------------------------------------------------------------------------------------------
@pytest.fixture
def broken(cast: Cast) -> tuple[str, str]:
    """A dossier in each commune that nobody has."""
    numbers = (cast.file().number, cast.file(town=cast.there).number)
    WorkItem.objects.update(closed_by=Event.objects.filter(type="dossiers.filed").first())
    watch.look(NOW)
    outbox.Delivery.objects.update(next_at=None, failed_at=NOW, failure="OSError: somebody@vidu.example")
    return numbers


def test_an_administrator_sees_what_is_broken_of_the_own_commune_and_the_province_all(
    cast: Cast, runner: Person, signed: Signed, broken: tuple[str, str]
) -> None:
    own = text(signed(cast.here.administrator).get(PAGE))
    assert broken[0] in own
    assert broken[1] not in own
    assert "không ai đang giữ việc" in own
    every = text(signed(runner).get(PAGE))
    assert broken[0] in every
    assert broken[1] in every


def test_why_a_message_did_not_arrive_names_nobody(cast: Cast, signed: Signed, broken: tuple[str, str]) -> None:
    page = text(signed(cast.here.administrator).get(PAGE))
    assert "Không kết nối được (OSError)" in page
    assert "somebody@vidu.example" not in page


def test_what_did_not_arrive_is_tried_again_by_whoever_runs_the_centre(
    cast: Cast, runner: Person, signed: Signed, broken: tuple[str, str]
) -> None:
    delivery = outbox.stuck()[0]
    address = f"{PAGE}deliveries/{delivery.pk}/again/"
    assert signed(cast.here.administrator).post(address).status_code == 403
    assert signed(runner).post(address).status_code == 302
    assert outbox.stuck().count() == 1
    assert Event.objects.latest("position").type == "portal.delivery_tried_again"
    assert "đã đến nơi hoặc đang được gửi" in text(signed(runner).post(address, follow=True))


# --- planned pauses --------------------------------------------------------------------------------------------------
def test_seven_working_days_are_counted_by_the_calendar(cast: Cast) -> None:
    # Monday, 23 November; the 24th is a holiday: Wednesday is the first day, Thursday of the next week the seventh.
    assert timezone.localtime(queries.earliest_downtime(NOW)).date().isoformat() == "2026-12-03"


def test_a_pause_in_time_is_announced_shown_and_called_off(
    cast: Cast, runner: Person, signed: Signed, client: Client
) -> None:
    answer = signed(runner).post(f"{PAGE}pauses/new/", PAUSE)
    assert answer.status_code == 302
    pause = Downtime.objects.get()
    assert (pause.announced_by, pause.late_reason) == (runner, "")
    assert timezone.localtime(pause.from_at).isoformat() == "2026-12-05T22:00:00+07:00"
    assert Event.objects.latest("position").payload["late"] is False
    public = text(Client().get("/systems/"))
    assert PAUSE["advice"] in public
    for page in ("/", f"/{cast.here.slug}/", "/status/"):
        assert PAUSE["advice"] in text(Client().get(page)), page
    assert signed(runner).post(f"{PAGE}pauses/{pause.pk}/off/").status_code == 302
    assert PAUSE["advice"] not in text(Client().get("/"))
    assert "Đã hủy" in text(Client().get("/systems/"))
    assert "đã qua hoặc đã hủy" in text(signed(runner).post(f"{PAGE}pauses/{pause.pk}/off/", follow=True))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_day": "25/11/2026", "until_day": "26/11/2026"}, "late_reason"),
        ({"from_day": "22/11/2026"}, "from_day"),
        ({"until_day": "05/12/2026", "until_time": "21:00"}, "until_day"),
        ({"from_time": "tối"}, "from_time"),
        ({"advice": " "}, "advice"),
        ({"system": "of nobody"}, "system"),
    ],
)
def test_a_pause_that_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, runner: Person, signed: Signed, changes: dict[str, str], field: str
) -> None:
    answer = signed(runner).post(f"{PAGE}pauses/new/", PAUSE | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'value="{(PAUSE | changes)["until_time"]}"' in text(answer)
    assert not Downtime.objects.exists()


def test_a_late_pause_says_why_and_is_said_to_be_late(cast: Cast, runner: Person, signed: Signed) -> None:
    late = {"from_day": "25/11/2026", "until_day": "26/11/2026", "late_reason": "Thay ổ đĩa sắp hỏng."}
    assert signed(runner).post(f"{PAGE}pauses/new/", PAUSE | late).status_code == 302
    assert Event.objects.latest("position").payload["late"] is True
    assert "Thay ổ đĩa sắp hỏng." in text(Client().get("/systems/"))


def test_a_communes_administrator_cannot_stop_the_province(cast: Cast, signed: Signed) -> None:
    client = signed(cast.here.administrator)
    assert client.get(f"{PAGE}pauses/new/").status_code == 403
    assert client.post(f"{PAGE}pauses/new/", PAUSE).status_code == 403
    assert client.post(f"{PAGE}contacts/keeper/", {"name": "A", "phone": "1"}).status_code == 403
    with pytest.raises(policies.NotAllowed):
        services.set_help_contact(duty="keeper", name="A", phone="1", by=cast.here.administrator, at=NOW)


def test_whom_to_call_is_a_row_with_its_event(cast: Cast, runner: Person, signed: Signed) -> None:
    address = f"{PAGE}contacts/support/"
    assert signed(runner).post(address, {"name": "", "phone": "abc"}).status_code == 422
    assert signed(runner).post(address, {"name": "Tổ hỗ trợ mẫu", "phone": "0300 000 008"}).status_code == 302
    assert HelpContact.objects.get().name == "Tổ hỗ trợ mẫu"
    assert Event.objects.latest("position").payload == {"duty": "support"}
    assert 'value="Tổ hỗ trợ mẫu"' in text(signed(runner).get(address))
    assert signed(runner).get(f"{PAGE}contacts/nobody/").status_code == 404


# --- the public page -------------------------------------------------------------------------------------------------
def test_everybody_reads_what_is_down_since_when_and_what_it_changes(cast: Cast, client: Client) -> None:
    assert "mọi thứ đang hoạt động" in text(client.get("/systems/"))
    Standing.objects.create(name="mail", down_since=NOW - timedelta(hours=2), failures=9, failure="TimeoutError")
    page = text(client.get("/systems/"))
    assert "Thư điện tử: đang gián đoạn" in page
    assert "07:00 thứ Hai, 23/11/2026" in page
    assert "Hồ sơ vẫn được giải quyết bình thường" in page
    assert "TimeoutError" not in page
    assert "E-mail messages: out of order" in text(client.get("/en/systems/"))


def test_with_every_system_down_people_file_and_officers_receive_and_settle_as_always(cast: Cast) -> None:
    Standing.objects.create(name="mail", down_since=NOW, failures=9, again_at=datetime.max.replace(tzinfo=NOW.tzinfo))
    dossier = cast.returned()
    assert dossier.state == "returned"
    assert cast.file().number
    outbox.run_due(NOW)
    assert {each.state for each in outbox.Delivery.objects.all()} == {"retrying"}
