"""The situation report: drafted from live data, written in sections, sent upward, kept to the letter, acknowledged."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pdfua
import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from docx import Document

from motcua.dossiers import services as dossiers
from motcua.kernel import files, watch, worklist
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.oversight import policies, services
from motcua.oversight.models import SentReport, SituationReport
from motcua.oversight.papers import situation as papers
from motcua.portal import situation
from tests.cast import CERTIFY
from tests.harm import unprotected
from tests.oversight import departments
from tests.oversight.departments import World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 12, 2, 9, tzinfo=ZONE)
FIRST, LAST = datetime(2026, 11, 1).date(), datetime(2026, 11, 30).date()
TYPED = {"first": "01/11/2026", "last": "30/11/2026"}
NEW = "/desk/report-upward/"


@pytest.fixture
def world(cast: Any) -> World:
    return departments.make(cast)


@pytest.fixture
def desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], Client]:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: (moment or NOW).astimezone(ZONE).date())

    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def watched(report: SituationReport) -> list[str]:
    return sorted(kind for (pk, kind) in watch.faults_of([report.pk]) if pk == report.pk)


def test_the_watch_finds_nothing_on_its_way_and_names_what_does_not_hold(world: World) -> None:
    report = drafted(world)
    assert watched(report) == []
    report = services.write_report(report=report, texts={"work": "Đã làm."}, by=world.here.leader, at=NOW)
    report = services.send_report(report=report, by=world.here.leader, at=NOW)
    assert watched(report) == []
    items = WorkItem.objects.filter(matter=report.matter, closed_by=None)
    items.update(closed_by=Event.objects.filter(matter=report.matter).latest("position"))
    assert watched(report) == ["report_no_work"]
    with unprotected():
        SentReport.objects.filter(report=report).update(content="{}")
    assert watched(report) == ["report_changed", "report_no_work"]


def test_its_paper_passes_the_checks_of_pdf_ua(world: World, tmp_path: Path) -> None:
    report = services.write_report(report=drafted(world), texts={"work": "Đã làm."}, by=world.here.leader, at=NOW)
    (tmp_path / "report.pdf").write_bytes(
        papers.pdf(services.report_content(report=report, by=world.here.leader, at=NOW))
    )
    assert [finding.message for finding in pdfua.validate(str(tmp_path / "report.pdf")).findings] == []


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


def month(world: World) -> None:
    """Two dossiers, one of them settled late, and two difficulties, one of them answered."""
    cast = world.cast
    late = cast.take_in(CERTIFY, at=at(3)).dossier
    cast_settle(world, late, at(9))
    cast.take_in(CERTIFY, at=at(25))
    world.raised(at=at(26), text="Máy in hỏng")
    world.answered(at=at(27))


def cast_settle(world: World, dossier: Any, moment: datetime) -> None:
    dossiers.settle_dossier(dossier=dossier, by=world.here.approver, at=moment, result_name="Mẫu")


def drafted(world: World) -> SituationReport:
    office = world.here.commune
    said = situation.sections(office, FIRST, LAST, NOW)
    return services.draft_report(office=office, first=FIRST, last=LAST, sections=said, by=world.here.leader, at=NOW)


def sent(world: World) -> SituationReport:
    return services.send_report(report=drafted(world), by=world.here.leader, at=NOW)


def test_a_draft_says_what_the_rows_say(world: World, desk: Callable[[Person], Client]) -> None:
    month(world)
    client = desk(world.here.leader)
    where = client.post(NEW, TYPED)["Location"]
    report = SituationReport.objects.get()
    said = {section["name"]: section for section in report.sections}
    assert "Tiếp nhận 2 hồ sơ, trong đó nộp trực tuyến 0 hồ sơ" in said["work"]["text"]
    assert "quá hạn 1 (100,00 %)" in said["work"]["text"].replace("\xa0", " ")
    assert "1 hồ sơ quá hạn" in said["work"]["text"]
    assert len(said["difficulties"]["grids"][0]["rows"]) == 2
    assert said["requests"]["text"].count("Đề nghị Sở Mẫu Một trả lời vướng mắc") == 1
    page = client.get(where).content.decode()
    assert "Máy in hỏng" in page
    assert client.get(f"{where}paper.pdf").content.startswith(b"%PDF-")


def test_its_words_are_edited_and_it_is_sent_as_it_stands_then(world: World, desk: Callable[[Person], Client]) -> None:
    report = drafted(world)
    client, where = desk(world.here.leader), f"/desk/situation/{report.reference}/"
    assert client.post(f"{where}write/", {"section_work": "Việc đã làm xong."}).status_code == 302
    report.refresh_from_db()
    assert [section["text"] for section in report.sections if section["name"] == "work"] == ["Việc đã làm xong."]
    assert client.post(f"{where}write/", {"section_work": "Xong cả.", "send": "1"}).status_code == 302
    kept = SentReport.objects.get()
    assert "Xong cả." in kept.content
    assert hashlib.sha256(kept.content.encode()).hexdigest() == kept.sha256
    event = Event.objects.get(type="oversight.report_sent")
    assert (event.payload["sha256"], event.payload["pdf"]) == (kept.sha256, kept.pdf_id)
    word = Document(io.BytesIO(files.read(kept.word_id)))
    assert "Xong cả." in [paragraph.text for paragraph in word.paragraphs]
    assert [table.rows[0].cells[0].text for table in word.tables if "Chỉ tiêu" in table.rows[0].cells[0].text]


def test_the_same_words_make_the_same_bytes(world: World) -> None:
    kept = SentReport.objects.get(report=sent(world))
    for made, file in ((papers.pdf, kept.pdf_id), (papers.word, kept.word_id)):
        assert hashlib.sha256(made(kept.content)).hexdigest() == file


def test_what_was_sent_is_changed_by_nobody(world: World, desk: Callable[[Person], Client]) -> None:
    report = sent(world)
    kept = SentReport.objects.get()
    for act in (services.send_report, services.drop_report):
        with pytest.raises(services.SentAlready):
            act(report=report, by=world.here.leader, at=NOW)
    with pytest.raises(services.SentAlready):
        services.write_report(report=report, texts={}, by=world.here.leader, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        SentReport.objects.update(content="{}")
    answer = desk(world.here.leader).post(f"/desk/situation/{report.reference}/write/", {"section_work": "Khác"})
    assert answer.status_code == 409
    assert json.loads(SentReport.objects.get().content) == json.loads(kept.content)


def test_it_lies_in_the_provinces_inbox_until_somebody_acknowledges_it(
    world: World, desk: Callable[[Person], Client]
) -> None:
    report = sent(world)
    names = [queue.name for queue in worklist.queues_for(world.governor, NOW.date())]
    assert "situation_reports" in names
    assert worklist.counts(world.governor, ["situation_reports"], NOW, NOW.date()) == {"situation_reports": 1}
    where = f"/desk/situation/{report.reference}/acknowledge/"
    assert desk(world.governor).post(where, {"remark": "Đã rõ, cảm ơn xã."}).status_code == 302
    assert not WorkItem.objects.filter(matter=report.matter, closed_by=None).exists()
    page = desk(world.here.leader).get(f"/desk/situation/{report.reference}/").content.decode()
    assert "Đã rõ, cảm ơn xã." in page
    again = desk(world.governor).post(where)
    assert again.status_code == 409


def test_an_empty_report_is_not_sent_and_a_draft_is_given_up(world: World, desk: Callable[[Person], Client]) -> None:
    report = drafted(world)
    client, where = desk(world.here.leader), f"/desk/situation/{report.reference}/"
    empty = {f"section_{section['name']}": "" for section in report.sections}
    assert client.post(f"{where}write/", empty | {"send": "1"}).status_code == 409
    assert not SentReport.objects.exists()
    assert client.post(f"{where}drop/").status_code == 302
    assert client.get(where).status_code == 404


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("first", {"first": "hôm nay"}),
        ("last", {"last": "31/10/2026"}),
        ("first", {"first": "01/01/2027", "last": "02/01/2027"}),
        ("first", {"first": "01/01/2024"}),
    ],
)
def test_what_is_wrong_with_the_days_is_said_at_its_field(
    world: World, desk: Callable[[Person], Client], field: str, given: dict[str, str]
) -> None:
    answer = desk(world.here.leader).post(NEW, TYPED | given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not SituationReport.objects.exists()


def test_who_reads_and_who_writes_a_report(world: World, desk: Callable[[Person], Client]) -> None:
    draft, gone = drafted(world), sent(world)
    draft_at, sent_at = (f"/desk/situation/{each.reference}/" for each in (draft, gone))
    readers = {
        "leader": (world.here.leader, 200, 200),
        "governor": (world.governor, 404, 200),
        "there": (world.there.leader, 404, 404),
        "chief": (world.justice.leader, 404, 404),
        "officer": (world.justice.officer, 403, 403),
        "intake": (world.here.intake, 403, 403),
    }
    for who, (person, of_draft, of_sent) in readers.items():
        client = desk(person)
        found = [client.get(each).status_code for each in (draft_at, sent_at, f"{sent_at}paper.docx")]
        assert found == [of_draft, of_sent, of_sent], who
        if who != "leader":
            assert client.post(f"{draft_at}write/", {"section_work": "x", "send": "1"}).status_code in (403, 404), who
            assert client.post(f"{draft_at}drop/").status_code in (403, 404), who
        if who != "governor":
            assert client.post(f"{sent_at}acknowledge/").status_code in (403, 404, 409), who
        assert client.get(NEW).status_code == (200 if who in ("leader", "there") else 403), who
    assert SituationReport.objects.get(pk=gone.pk).acknowledged_at is None
    with pytest.raises(policies.NotAllowed):
        services.write_report(report=draft, texts={}, by=world.governor, at=NOW)
