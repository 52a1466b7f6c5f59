"""The citizen's way as a browser without JavaScript goes it: from start to the sent page and the status."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader

from motcua.dossiers import limits
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.online import cases
from motcua.dossiers.services import receive_dossier
from motcua.kernel import outbox
from tests.cast import Cast
from tests.dossiers import birth

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(cast: Cast) -> str:
    return birth.publish(cast)


def photo() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(content, "JPEG")
    return SimpleUploadedFile("giay-chung-sinh.jpg", content.getvalue(), "image/jpeg")


def filled(client: Client, way: str) -> None:
    """Everything up to the check page."""
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    client.post(f"{way}child/", birth.CHILD)
    answer = client.post(f"{way}papers/", {"birth_paper": photo(), "go_on": "1"})
    assert answer["Location"] == f"{way}check/", answer.content.decode()


def send(client: Client, way: str) -> str:
    answer = client.post(f"{way}check/", {"op_id": Draft.objects.latest("made_at").send_op_id})
    assert answer.status_code == 303, answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def pair(html: str) -> tuple[str, str]:
    number, code = re.findall(r'mc-panel__number">\s*([^<\s]+)', html)
    return number, code


def test_a_birth_is_registered_from_start_to_status_without_a_script(client: Client, way: str) -> None:
    begun = client.post(way)
    assert (begun.status_code, begun["Location"]) == (303, f"{way}applicant/")
    cookie = begun.cookies["draft"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value not in str(Draft.objects.values_list())
    assert "Bước 1 trong 4" in client.get(f"{way}applicant/").content.decode()
    filled(client, way)
    check = client.get(f"{way}check/").content.decode()
    assert "Đỗ Mẫu An" in check
    assert f'href="{way}child/#child_name"' in check
    number, code = pair(send(client, way))
    status = client.post("/status/", {"number": number, "claim_code": code.lower()}).content.decode()
    assert "Đã gửi" in status
    assert "0300000001" not in status
    assert "Ka Să" not in status


def test_what_was_typed_stays_when_it_is_not_understood(client: Client, way: str) -> None:
    client.post(way)
    wrong = birth.APPLICANT | {"birth_date-month": "13", "phone": "12"}
    answer = client.post(f"{way}applicant/", wrong)
    assert answer.status_code == 422
    for html in (answer.content.decode(), client.get(f"{way}applicant/").content.decode()):
        assert 'value="13"' in html
        assert 'value="12"' in html
    assert 'href="#phone"' in answer.content.decode()


def test_a_page_is_asked_only_of_those_it_concerns(client: Client, way: str) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    without = client.post(f"{way}child/", birth.CHILD)
    with_father = client.post(f"{way}child/", birth.CHILD | {"with_father": "true"})
    assert without["Location"] == f"{way}papers/"
    assert with_father["Location"] == f"{way}father/"


def test_however_often_it_is_sent_it_is_one_dossier(client: Client, way: str) -> None:
    filled(client, way)
    first, second = pair(send(client, way)), pair(send(client, way))
    assert first == second
    assert Dossier.objects.count() == 1
    assert outbox.Delivery.objects.count() == 1
    draft = Draft.objects.get()
    assert (draft.applicant, draft.answers, draft.papers) == ({}, {}, {})
    assert client.get(f"{way}child/")["Location"] == f"{way}sent/"


def test_nothing_is_sent_before_everything_is_there(client: Client, way: str) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    answer = client.post(f"{way}check/")
    assert answer.status_code == 422
    assert 'href="#part-child"' in answer.content.decode()
    assert 'href="#part-papers"' in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_missing_paper_is_named_and_a_wrong_file_is_refused_in_words(client: Client, way: str) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    client.post(f"{way}child/", birth.CHILD)
    missing = client.post(f"{way}papers/", {"go_on": "1"})
    program = client.post(f"{way}papers/", {"birth_paper": SimpleUploadedFile("x.pdf", b"MZ\x90"), "go_on": "1"})
    assert missing.status_code == program.status_code == 422
    assert 'href="#birth_paper"' in missing.content.decode()
    assert "x.pdf" in program.content.decode()


def test_a_file_can_be_taken_out_again(client: Client, way: str) -> None:
    filled(client, way)
    handle = Draft.objects.get().papers["birth_paper"][0]["handle"]
    client.post(f"{way}papers/", {"remove": f"birth_paper/{handle}"})
    assert Draft.objects.get().papers["birth_paper"] == []


def test_what_is_being_typed_is_kept_unless_the_page_was_saved_since(client: Client, way: str) -> None:
    client.post(way)
    typed = {"seq": "0", "full_name": "Đỗ Thị Mẫu"}
    assert client.post(f"{way}applicant/autosave/", typed).status_code == 204
    assert "Đỗ Thị Mẫu" in client.get(f"{way}applicant/").content.decode()
    client.post(f"{way}applicant/", birth.APPLICANT)
    assert client.post(f"{way}applicant/autosave/", typed).status_code == 409
    assert Draft.objects.get().applicant["full_name"] == birth.APPLICANT["full_name"]


def test_another_browser_sees_no_draft(client: Client, way: str) -> None:
    client.post(way)
    answer = Client().get(f"{way}applicant/")
    assert answer.status_code == 404
    assert f'action="{way}"' in answer.content.decode()


def test_a_wrong_code_and_an_unknown_number_are_answered_in_the_same_words(client: Client, cast: Cast) -> None:
    number = cast.file().number

    def words(number: str) -> str:
        html = client.post("/status/", {"number": number, "claim_code": "AAAAAAAAAA"}).content.decode()
        return re.sub(r'value="[^"]*"', "", html)

    assert words(number) == words("H36.24-991231-9999")


def test_what_was_begun_is_offered_again_when_the_browser_comes_back(client: Client, way: str) -> None:
    begun = client.post(way)
    assert int(begun.cookies["draft"]["max-age"]) == 14 * 24 * 3600
    assert client.get(way)["Location"] == way.replace("/apply/", "/procedures/")
    client.post(f"{way}applicant/", birth.APPLICANT)
    assert client.post(way)["Location"] == way
    offered = client.get(way).content.decode()
    assert f'href="{way}child/"' in offered
    assert birth.APPLICANT["full_name"] not in offered
    assert client.post(way, {"anew": "1"})["Location"] == f"{way}applicant/"
    assert birth.APPLICANT["phone"] not in client.get(f"{way}applicant/").content.decode()


def _words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_who_has_sent_keeps_a_confirmation_and_form_01_once_it_was_received(
    client: Client, way: str, cast: Cast
) -> None:
    filled(client, way)
    number, code = pair(send(client, way))
    confirmed = _words(client.get(f"{way}sent/slip.pdf").content)
    assert "Đây chưa phải là Giấy tiếp nhận hồ sơ" in confirmed
    assert number in confirmed
    assert code in confirmed
    receive_dossier(dossier=Dossier.objects.get(matter__reference=number), by=cast.here.intake, at=timezone.now())
    received = _words(client.get(f"{way}sent/slip.pdf").content)
    assert "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ" in received
    assert code in received


def test_a_network_that_guesses_a_claim_code_is_stopped_for_that_number_only(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(limits, "IN_DEMO", 1)
    one, other = cast.file(), cast.file()
    wrong = {"number": one.number, "claim_code": "AAAAAAAAAA"}
    statuses = [client.post("/status/", wrong).status_code for _ in range(limits.WRONG_FOR_ONE + 1)]
    assert statuses == [422] * limits.WRONG_FOR_ONE + [429]
    api = f"/api/v1/{cast.here.slug}/filings/"
    assert client.get(api + one.number, headers={"Claim-Code": one.claim_code}).status_code == 429
    right = {"number": other.number, "claim_code": other.claim_code}
    assert [client.post("/status/", right).status_code for _ in range(20)] == [200] * 20
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.post("/status/", {**right, "number": one.number} | wrong, **elsewhere).status_code == 422


def paper(group: str, *, files: tuple[str, ...] = (), required: bool = False) -> dict[str, Any]:
    return {"group": group, "files": list(files), "required": required}


def test_few_papers_stand_together_whatever_their_case() -> None:
    (only,) = cases.by_case([paper("lost"), paper(""), paper("torn")])
    assert (only["title"], len(only["papers"]), only["first"]) == ("", 3, False)


def test_many_papers_are_folded_by_case_and_open_where_something_is() -> None:
    listed = [paper("")] + [paper("lost") for _ in range(8)] + [paper("torn", files=("a.jpg",))] + [paper("old")] * 4
    found = cases.by_case(listed)
    assert [case["title"] for case in found] == ["", "lost", "torn", "old"]
    assert [case["open"] for case in found] == [False, False, True, False]
    assert [case["first"] for case in found] == [False, True, False, False]
    assert sum(len(case["papers"]) for case in found) == len(listed)
