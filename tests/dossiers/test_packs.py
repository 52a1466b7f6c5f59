"""Everything of a dossier can be taken out, and a stranger verifies it; what is kept of a person is for that person."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from motcua.config.checks import records
from motcua.config.cli import main, words
from motcua.dossiers import queries, services
from motcua.dossiers.models import Access, Dossier, Filing
from motcua.dossiers.queries import packs, projections
from motcua.dossiers.services import ComponentData, FileData, uploads
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.matters import ClockEntry
from motcua.oversight.queries import projections as oversight
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, NOW, Cast, applicant
from tests.harm import unprotected

WORDS = "Thanh tra theo Quyết định 15/QĐ mẫu"
Desk = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    real = timezone.localdate
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: real(*given) if given else casting.TODAY)


@pytest.fixture
def desk(client: Client) -> Desk:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def _with_paper(cast: Cast) -> Dossier:
    kept = uploads.keep_upload(content=b"%PDF- giay %%EOF", name="Giấy chứng sinh.pdf", network="203.0.113.1", at=NOW)
    sent = ComponentData("birth_paper", (FileData(kept.sha256, kept.size, kept.name),), kind="original", quantity=1)
    return cast.take_in(BIRTH, components=[sent]).dossier


def _taken(client: Client, address: str, **given: Any) -> bytes:
    answer = client.post(address, given)
    assert answer.status_code == 200, answer
    return b"".join(answer)  # type: ignore[arg-type]


def _unpacked(content: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(content)) as zipped:
        zipped.extractall(folder)
    return folder


def _pack(cast: Cast, desk: Desk, folder: Path) -> tuple[Dossier, Path]:
    dossier = _with_paper(cast)
    content = _taken(desk(cast.here.leader), f"/desk/dossiers/{dossier.number}/pack/", words=WORDS)
    return dossier, _unpacked(content, folder)


def test_a_pack_holds_everything_and_verifies(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    dossier, folder = _pack(cast, desk, tmp_path)
    there = {each.relative_to(folder / dossier.number).as_posix() for each in (folder / dossier.number).rglob("*.*")}
    assert there >= {"dossier.json", "events.json", "filings/1.json", "clock.json", "work.json", "words.json"}
    assert there >= {"deliveries.json", "accesses.json", "slips/01.pdf", "slips/06.pdf"}
    assert [each for each in there if each.startswith("papers/1-birth_paper")]
    assert (folder / dossier.number / "filings/1.json").read_text("utf-8") == Filing.objects.get().content
    assert list(packs.faults(folder)) == []


def test_that_a_pack_was_taken_and_what_for_is_on_record(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    dossier, folder = _pack(cast, desk, tmp_path)
    event = queries.history_of(dossier)[-1]
    assert event.payload == {
        "manifest_sha256": sha256((folder / "manifest.json").read_bytes()).hexdigest(),
        "dossiers": 1,
    }
    noted = Access.objects.get(what="pack", purpose="inspection")
    assert (noted.person, noted.words) == (cast.here.leader, WORDS)


def _changed(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")


@pytest.mark.parametrize("part", ["filings/1.json", "clock.json", "accesses.json", "slips/01.pdf"])
def test_one_changed_byte_is_named(cast: Cast, desk: Desk, tmp_path: Path, part: str) -> None:
    dossier, folder = _pack(cast, desk, tmp_path)
    path = folder / dossier.number / part
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    assert list(packs.faults(folder)) == [f"{dossier.number}/{part} was changed"]


def test_a_chain_that_was_forged_together_with_the_manifest_is_named(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    dossier, folder = _pack(cast, desk, tmp_path)
    events, manifest = folder / dossier.number / "events.json", folder / "manifest.json"
    links = json.loads(events.read_text("utf-8"))
    links[1]["said"] = links[1]["said"].replace("dossiers.received", "dossiers.refused")
    events.write_text(json.dumps(links, ensure_ascii=False), "utf-8")
    said = json.loads(manifest.read_text("utf-8"))
    for each in said["files"]:
        if each["path"].endswith("events.json"):
            each["sha256"], each["bytes"] = sha256(events.read_bytes()).hexdigest(), events.stat().st_size
    manifest.write_text(json.dumps(said), "utf-8")
    assert list(packs.faults(folder)) == [f"{dossier.number}: event 2 does not follow from the one before it"]


def test_a_filing_that_was_forged_together_with_the_manifest_is_named(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    dossier, folder = _pack(cast, desk, tmp_path)
    path, manifest = folder / dossier.number / "filings/1.json", folder / "manifest.json"
    _changed(path, "Mẫu", "Giả")
    said = json.loads(manifest.read_text("utf-8"))
    for each in said["files"]:
        if each["path"].endswith("filings/1.json"):
            each["sha256"], each["bytes"] = sha256(path.read_bytes()).hexdigest(), path.stat().st_size
    manifest.write_text(json.dumps(said), "utf-8")
    found = f"{dossier.number}: {dossier.number}/filings/1.json is not what was recorded when it was filed"
    assert list(packs.faults(folder)) == [found]


def test_what_is_missing_or_was_added_is_named(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    dossier, folder = _pack(cast, desk, tmp_path)
    (folder / dossier.number / "work.json").unlink()
    (folder / "more.txt").write_text("x")
    assert list(packs.faults(folder)) == [f"{dossier.number}/work.json is missing", "more.txt is not in the manifest"]
    (folder / "manifest.json").unlink()
    assert list(packs.faults(folder)) == ["manifest.json is missing"]


def test_the_command_verifies_a_zip_and_refuses_what_is_none(
    cast: Cast, desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier = _with_paper(cast)
    place = tmp_path / "ho-so.zip"
    place.write_bytes(_taken(desk(cast.here.leader), f"/desk/dossiers/{dossier.number}/pack/", words=WORDS))
    try:
        assert main(["--english", "ledger", "verify", str(place)]) == 0
        assert "as it was made" in capsys.readouterr().out
        assert main(["--english", "ledger", "verify", str(tmp_path / "none")]) == 2
    finally:
        words.speak("vi")


def test_a_period_is_taken_without_what_is_restricted(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    kept, restricted = cast.returned(CERTIFY), cast.returned(CERTIFY)
    cast.take_in(at=NOW - timedelta(days=40))
    why = {"reason_code": "contested", "reason": "Đang khiếu nại", "legal_source": "Luật mẫu"}
    services.restrict_processing(dossier=restricted, by=cast.here.leader, at=NOW, **why)
    given = {"first": "23/11/2026", "last": "23/11/2026", "words": WORDS}
    folder = _unpacked(_taken(desk(cast.here.leader), "/desk/pack/", **given), tmp_path)
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [each["number"] for each in said["dossiers"]] == [kept.number]
    assert said["left_out_restricted"] == [restricted.number]
    assert list(packs.faults(folder)) == []
    client = desk(cast.here.leader)
    assert client.post("/desk/pack/", given | {"last": "22/11/2026"}).status_code == 422
    assert client.post("/desk/pack/", {"words": WORDS}).status_code == 422


def test_only_whoever_leads_takes_a_pack_and_only_with_a_purpose(cast: Cast, desk: Desk) -> None:
    dossier = cast.take_in().dossier
    address = f"/desk/dossiers/{dossier.number}/pack/"
    assert desk(cast.here.intake).post(address, {"words": WORDS}).status_code == 403
    assert desk(cast.there.leader).post(address, {"words": WORDS}).status_code == 404
    assert desk(cast.here.leader).post(address, {"words": "vì"}).status_code == 422
    assert not Event.objects.filter(type="dossiers.pack_taken").exists()


def test_an_erased_dossier_is_taken_without_words_and_verifies(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    dossier = cast.returned()
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source="Luật mẫu")
    content = _taken(desk(cast.here.leader), f"/desk/dossiers/{dossier.number}/pack/", words=WORDS)
    folder = _unpacked(content, tmp_path)
    assert not (folder / dossier.number / "filings").exists()
    assert applicant().full_name.encode() not in b"".join(each.read_bytes() for each in folder.rglob("*.json"))
    assert list(packs.faults(folder)) == []


# One person's data


def test_a_person_gets_what_is_kept_after_an_identity_check(cast: Cast, desk: Desk, tmp_path: Path) -> None:
    mine, other = cast.returned(), cast.take_in(applicant=applicant(citizen_id="003190000002")).dossier
    elsewhere = cast.take_in(town=cast.there).dossier
    services.note_access(dossier=mine, by=cast.here.case, at=NOW, what="page", session="x")
    client = desk(cast.here.intake)
    given = {"citizen_id": "003 190 000001", "identity_checked_by": "citizen_card"}
    folder = _unpacked(_taken(client, "/desk/person/", **given), tmp_path)
    said = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert [each["number"] for each in said["dossiers"]] == [mine.number]
    assert list(packs.faults(folder)) == []
    text = (folder / "danh-sach.pdf").read_bytes()
    assert mine.number in PdfReader(io.BytesIO(text)).pages[0].extract_text()
    of_mine = b"".join(each.read_bytes() for each in (folder / mine.number).rglob("*.json")).decode()
    assert cast.here.case.full_name not in of_mine
    assert "Công chức thụ lý" in of_mine
    assert queries.history_of(mine)[-1].type == "dossiers.personal_data_exported"
    for untouched in (other, elsewhere):
        assert queries.history_of(untouched)[-1].type != "dossiers.personal_data_exported"
    assert Access.objects.filter(what="export", purpose="request", dossier=mine).count() == 1


@pytest.mark.parametrize("wrong", [{"citizen_id": "12"}, {"citizen_id": "003190000099"}, {"identity_checked_by": ""}])
def test_nothing_is_handed_out_without_a_check_or_to_a_stranger(cast: Cast, desk: Desk, wrong: dict[str, str]) -> None:
    cast.returned()
    given = {"citizen_id": "003190000001", "identity_checked_by": "citizen_card"}
    assert desk(cast.here.intake).post("/desk/person/", given | wrong).status_code == 422
    assert desk(cast.here.case).post("/desk/person/", given).status_code == 403


# What is stored is what the events say


def _roads(cast: Cast) -> None:
    """One of each kind, with acts taken back and handed elsewhere."""
    cast.file(BIRTH)
    cast.returned(BIRTH)
    dossier = cast.take_in(BIRTH).dossier
    services.complete_step(dossier=dossier, by=cast.here.case, at=NOW)
    services.undo_last(dossier=dossier, by=cast.here.case, at=NOW, reason="Nhầm")
    settled = cast.settled()
    services.undo_last(dossier=settled, by=cast.here.leader, at=NOW, reason="Nhầm")
    moved = cast.take_in(BIRTH).dossier
    services.change_edition(
        dossier=moved, procedure=CERTIFY, by=cast.here.approver, at=NOW, reason_code="other", reason="Nhầm"
    )
    services.transfer_dossier(dossier=moved, to=cast.there.commune, by=cast.here.approver, at=NOW, reason="Xã bên")
    stopped = cast.take_in(BIRTH).dossier
    why = {"reason_code": "other", "reason": "Tranh chấp", "legal_basis": "Luật mẫu"}
    services.stop_dossier(dossier=stopped, by=cast.here.approver, at=NOW, **why)
    erased = cast.returned()
    services.erase_personal_data(dossier=erased, by=cast.here.leader, at=NOW, legal_source="Luật mẫu")


def test_every_road_is_stored_as_its_events_say(cast: Cast) -> None:
    _roads(cast)
    assert Dossier.objects.count() == 7
    assert list(projections.differences()) == []
    assert list(oversight.differences()) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"state": "processing"}, "state"),
        ({"due_at": NOW + timedelta(days=9)}, "due_at"),
        ({"received_at": NOW - timedelta(days=1)}, "received_at"),
        ({"procedure_code": CERTIFY}, "edition"),
    ],
)
def test_a_row_that_was_changed_beside_its_events_is_named(cast: Cast, change: dict[str, Any], what: str) -> None:
    dossier = cast.take_in(BIRTH).dossier
    Dossier.objects.filter(pk=dossier.pk).update(**change)
    assert [(number, found) for number, found, *_values in projections.differences()] == [(dossier.number, what)]


def test_a_clock_that_was_changed_is_named(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    with unprotected():
        ClockEntry.objects.filter(matter=dossier.matter).update(at=NOW + timedelta(days=7))
    assert [each[1] for each in projections.differences()] == ["due_at"]


def test_the_check_of_the_night_names_what_is_not_as_its_events_say(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    assert [finding.state for finding in records.projections()] == ["ok"]
    Dossier.objects.filter(pk=dossier.pk).update(state="processing")
    (finding,) = records.projections()
    assert (finding.state, dossier.number in str(finding.sentence)) == ("fault", True)


def test_the_commands_say_what_they_looked_at(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = cast.take_in(BIRTH).dossier
    try:
        assert main(["--english", "ledger", "verify"]) == 0
        assert main(["--english", "projections", "verify"]) == 0
        assert "1 dossiers" in capsys.readouterr().out
        Dossier.objects.filter(pk=dossier.pk).update(state="processing")
        assert main(["--english", "projections", "verify"]) == 1
        assert dossier.number in capsys.readouterr().out
        with unprotected():
            Event.objects.filter(matter=dossier.matter, seq=1).update(type="dossiers.other")
        assert main(["--english", "ledger", "verify"]) == 1
        assert dossier.number in capsys.readouterr().out
    finally:
        words.speak("vi")
