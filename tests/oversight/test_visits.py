"""A visit: planned with what is open there first, in everybody's calendar, looked at on a telephone, concluded."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from motcua.kernel.files import read
from motcua.kernel.identity import Person
from motcua.kernel.workflow import Refused
from motcua.oversight import policies, queries, services
from motcua.oversight.models import Check, Conclusion, Photo, Visit
from motcua.oversight.outside import invitations
from motcua.oversight.services import Seen
from tests.cast import NOW, TODAY
from tests.oversight import directing
from tests.oversight.departments import World
from tests.oversight.visiting import BEGINS, plan, planned

ICAL = Path(__file__).resolve().parents[2] / "node_modules" / "ical.js"


def again(visit: Visit) -> Visit:
    return Visit.objects.select_related("matter", "office").get(pk=visit.pk)


def file_of(visit: Visit) -> str:
    agenda = list(visit.agenda.values_list("text", flat=True))
    return invitations.calendar(visit, list(visit.members.all()), agenda, host="vidu.example", address="https://x/")


def picture() -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "May anh cua toi"
    Image.new("RGB", (40, 30), "green").save(out, "JPEG", exif=exif)
    return out.getvalue()


# --- the plan --------------------------------------------------------------------------------------------------------
def test_what_the_hosts_have_open_is_spoken_about_first(world: World) -> None:
    directive = directing.directive(world)
    visit = planned(world)
    lines = list(visit.agenda.values_list("text", flat=True))
    assert directive.reference in lines[0]
    assert lines[1:] == ["Nghe báo cáo", "Xem bộ phận một cửa"]


@pytest.mark.parametrize(
    ("field", "changes"),
    [("title", {"title": " "}), ("hosts", {"hosts": []}), ("ends_at", {"ends_at": BEGINS})],
)
def test_no_visit_without_subject_host_or_end(world: World, field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(services.Incomplete) as refused:
        planned(world, **changes)
    assert refused.value.field == field


def test_the_host_sees_it_and_another_commune_does_not(world: World) -> None:
    visit = planned(world, hosts=[world.here.commune])
    assert policies.get_visit(world.here.case, visit.reference, TODAY) == visit
    assert not policies.visible_visits(world.there.leader, TODAY).exists()


def test_a_host_where_something_was_seen_stays_and_others_can_be_changed(world: World) -> None:
    visit = planned(world)
    services.check_host(
        host=visit.hosts.get(commune=world.here.commune), seen={"posted": Seen("good")}, by=world.governor, at=NOW
    )
    services.change_visit(visit=visit, plan=plan(world, hosts=[world.here.commune]), by=world.governor, at=NOW)
    assert [host.commune for host in visit.hosts.all()] == [world.here.commune]
    services.change_visit(visit=visit, plan=plan(world, hosts=[world.there.commune]), by=world.governor, at=NOW)
    assert visit.hosts.count() == 2


def test_what_is_over_is_not_changed_or_cancelled(world: World) -> None:
    visit = planned(world)
    services.close_visit(visit=visit, minutes="Đã làm việc.", by=world.governor, at=NOW)
    for act in (services.cancel_visit, services.close_visit):
        with pytest.raises(Refused):
            act(visit=visit, by=world.governor, at=NOW, **({"minutes": "x"} if act is services.close_visit else {}))


# --- calendars -------------------------------------------------------------------------------------------------------
def parsed(text: str) -> dict[str, Any]:
    """What ical.js reads."""
    script = (
        "import ICAL from 'ical.js'; import fs from 'fs';"
        "const event = new ICAL.Component(ICAL.parse(fs.readFileSync(0, 'utf8'))).getFirstSubcomponent('vevent');"
        "const read = new ICAL.Event(event);"
        "console.log(JSON.stringify({uid: read.uid, sequence: read.sequence, summary: read.summary,"
        " starts: read.startDate.toJSDate().toISOString(), description: read.description,"
        " status: event.getFirstPropertyValue('status'), location: read.location,"
        " who: read.attendees.map(each => [each.getParameter('cn'), each.getFirstValue()])}))"
    )
    node = shutil.which("node") or ""
    command = [node, "--input-type=module", "-e", script]
    done = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=ICAL.parents[1])
    return dict(json.loads(done.stdout))


@pytest.mark.skipif(not (ICAL.exists() and shutil.which("node")), reason="needs node and ical.js")
def test_a_calendar_reads_it_follows_its_changes_and_takes_it_out(world: World) -> None:
    visit = planned(world)
    first = parsed(file_of(visit))
    assert first["summary"] == visit.title
    assert (first["location"], first["starts"]) == (visit.place, BEGINS.isoformat().replace("+00:00", ".000Z"))
    assert first["who"] == [["Người Mẫu 'Tỉnh'", "mailto:tinh@vidu.example"]]
    assert "Xem bộ phận một cửa" in first["description"]
    later = plan(world, begins_at=BEGINS + timedelta(days=1), ends_at=BEGINS + timedelta(days=1, hours=2))
    services.change_visit(visit=visit, plan=later, by=world.governor, at=NOW)
    changed = parsed(file_of(again(visit)))
    services.cancel_visit(visit=visit, by=world.governor, at=NOW)
    out = parsed(file_of(again(visit)))
    assert first["uid"] == changed["uid"] == out["uid"]
    assert (first["sequence"], changed["sequence"], out["sequence"]) == (0, 1, 2)
    assert (changed["status"], out["status"]) == ("CONFIRMED", "CANCELLED")


def test_no_line_of_the_file_is_longer_than_calendars_read(world: World) -> None:
    text = file_of(planned(world, purpose="Ộ Ễ Ữ ắ " * 60))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert text.endswith("END:VCALENDAR\r\n")


# --- what was seen and found -----------------------------------------------------------------------------------------
def test_a_department_that_takes_part_writes_along_and_nobody_else(world: World) -> None:
    visit = planned(world)
    services.note_finding(visit=visit, kind="praise", text="Gọn gàng.", by=world.justice.officer, at=NOW)
    for person in (world.home.officer, world.here.leader):
        with pytest.raises(policies.NotAllowed):
            services.note_finding(visit=visit, kind="praise", text="Gọn gàng.", by=person, at=NOW)


def test_nothing_is_written_down_of_a_cancelled_visit(world: World) -> None:
    visit = services.cancel_visit(visit=planned(world), by=world.governor, at=NOW)
    with pytest.raises(services.NotHeld):
        services.note_finding(visit=visit, kind="praise", text="Gọn gàng.", by=world.governor, at=NOW)


def test_the_next_visit_knows_what_the_last_one_asked_for(world: World) -> None:
    visit = planned(world)
    services.close_visit(visit=visit, minutes="Đã làm việc.", by=world.governor, at=NOW)
    conclusion = services.conclude_visit(visit=visit, written=directing.written(), by=world.governor, at=NOW)
    conclusion = services.issue_conclusion(conclusion=conclusion, by=world.governor, at=NOW)
    directive = directing.given(world, [world.here.commune], conclusion).directives.get()
    last = queries.last_visit(world.here.commune, BEGINS + timedelta(days=30))
    assert last == visit
    assert [line.reference for line in queries.asked_at(visit, world.here.commune)] == [directive.reference]
    assert queries.last_visit(world.here.commune, BEGINS) is None


# --- pages -----------------------------------------------------------------------------------------------------------
Desk = Callable[[Person], Client]


@pytest.fixture
def desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: timezone.localtime(given[0]).date() if given else TODAY)

    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def sent(world: World, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Kiểm tra hai xã",
        "hosts": [office.pk for office in directing.communes(world)],
        "day": "26/11/2026",
        "begins": "8h30",
        "ends": "11:00",
        "delegates": "Người Mẫu Tỉnh; Trưởng đoàn; tinh@vidu.example\nNgười Mẫu Hai",
        "agenda": "Nghe báo cáo\n\nXem sảnh",
        "taking_part": [world.justice.office.pk],
    } | changes


def test_a_visit_is_planned_changed_and_cancelled_on_pages(world: World, desk: Desk) -> None:
    client = desk(world.governor)
    here = client.post("/desk/visits/new/", sent(world)).headers["Location"]
    visit = Visit.objects.get()
    assert timezone.localtime(visit.begins_at).strftime("%H:%M %d/%m/%Y") == "08:30 26/11/2026"
    assert [member.email for member in visit.members.all()] == ["tinh@vidu.example", ""]
    told = client.get(f"{here}edit/").context["form"].initial
    assert told["agenda"] == "Nghe báo cáo\nXem sảnh"
    assert client.post(f"{here}edit/", sent(world, last_day="27/11/2026")).status_code == 302
    assert client.get(f"{here}calendar/").content.decode().count("SEQUENCE:1") == 1
    assert client.post(f"{here}cancel/").status_code == 302
    assert client.post(f"{here}cancel/").status_code == 409


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("hosts", {"hosts": []}),
        ("ends", {"ends": "8:00"}),
        ("begins", {"begins": "sáng"}),
        ("delegates", {"delegates": "Người Mẫu; tinh@"}),
    ],
)
def test_what_is_wrong_with_a_plan_is_said_at_its_field(
    world: World, desk: Desk, field: str, changes: dict[str, Any]
) -> None:
    answer = desk(world.governor).post("/desk/visits/new/", sent(world, **changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert answer.context["form"]["title"].value() == "Kiểm tra hai xã"


def test_the_checklist_keeps_words_and_photos_without_what_the_camera_says(world: World, desk: Desk) -> None:
    visit = planned(world)
    here = f"/desk/visits/{visit.reference}/communes/{world.here.slug}/"
    client = desk(world.justice.officer)
    photos = [SimpleUploadedFile("a.jpg", picture()), SimpleUploadedFile("b.jpg", picture())]
    answer = client.post(here, {"posted-mark": "good", "posted-words": "Đủ.", "posted-photos": photos})
    assert answer.status_code == 302
    check = Check.objects.get()
    assert (check.what, check.mark, check.words, check.photos.count()) == ("posted", "good", "Đủ.", 2)
    kept = read(Photo.objects.select_related("file")[0].file.sha256)
    assert b"May anh" not in kept
    shown = client.get(f"/desk/visits/{visit.reference}/photos/{check.photos.all()[0].pk}/")
    assert shown["Content-Type"] == "image/jpeg"


def test_what_is_no_photo_is_said_at_its_field_and_the_words_stay(world: World, desk: Desk) -> None:
    visit = planned(world)
    wrong = SimpleUploadedFile("a.jpg", b"not a picture")
    answer = desk(world.governor).post(
        f"/desk/visits/{visit.reference}/communes/{world.here.slug}/",
        {"people-words": "Thiếu 1.", "people-photos": wrong},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["people-photos"])
    assert "Thiếu 1." in answer.content.decode()
    assert not Check.objects.exists()


def test_from_findings_to_the_draft_of_a_conclusion(world: World, desk: Desk) -> None:
    visit = planned(world)
    client, here = desk(world.governor), f"/desk/visits/{visit.reference}/"
    host = visit.hosts.get(commune=world.here.commune)
    for kind, text, where in (("praise", "Niêm yết đủ.", host.pk), ("request", "Hết hồ sơ quá hạn.", "")):
        assert client.post(f"{here}findings/", {"kind": kind, "text": text, "host": where}).status_code == 302
    assert client.post(f"{here}findings/", {"kind": "praise", "text": ""}).status_code == 422
    assert client.post(f"{here}minutes/", {"minutes": ""}).status_code == 422
    assert client.post(f"{here}minutes/", {"minutes": "Đã làm việc."}).status_code == 302
    assert client.post(f"{here}conclude/").status_code == 302
    lines = Conclusion.objects.get().text.splitlines()
    assert lines == [
        "I. Ghi nhận kết quả",
        f"{world.here.commune.name}: Niêm yết đủ.",
        "II. Yêu cầu, giao việc",
        "Hết hồ sơ quá hạn.",
    ]
    assert "Niêm yết đủ." in client.get(here).content.decode()
