"""Filing ignores the boundaries of communes: helped at, received at, competent are three offices of one dossier."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from motcua.dossiers import policies, queries, services, slips
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import Filed
from motcua.kernel import organisation, worklist
from motcua.kernel.identity import Person
from motcua.kernel.matters import Matter
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast


def across(cast: Cast, code: str = CERTIFY, *, only_help: bool = False, **more: Any) -> Filed:
    """Taken in here, for the commune over there."""
    here = {"by": cast.here.intake, "counter": cast.here.commune, "only_help": only_help}
    return services.take_in_dossier(**cast.request(code, cast.there, **here | more))


def sees(person: Person, dossier: Dossier) -> bool:
    return Matter.objects.visible_to(person, TODAY).filter(pk=dossier.pk).exists()


def has_work(person: Person, dossier: Dossier) -> bool:
    found = worklist.items(worklist.queue(person, worklist.OFFICE, NOW, TODAY), None)
    return any(item.reference == dossier.number for item in found)


def test_received_here_it_is_work_of_the_competent_commune(cast: Cast) -> None:
    dossier = across(cast, components=[casting.paper()]).dossier
    assert dossier.state == "received"
    assert (dossier.receiving_office, dossier.competent_office) == (cast.here.centre, cast.there.commune)
    assert dossier.number.startswith(str(cast.there.commune.agency_code))
    assert has_work(cast.there.approver, dossier)
    assert not has_work(cast.here.approver, dossier)


def test_whoever_received_it_and_whoever_is_competent_see_it_and_nobody_else(cast: Cast) -> None:
    dossier = across(cast, BIRTH).dossier
    for person in (cast.here.intake, cast.here.leader, cast.there.case, cast.there.leader, cast.there.intake):
        assert sees(person, dossier)
    assert not sees(cast.here.case, dossier)


def test_the_result_comes_back_to_the_counter_that_received_it(cast: Cast) -> None:
    dossier = across(cast).dossier
    dossier = services.settle_dossier(dossier=dossier, by=cast.there.approver, at=NOW, result_name="Bản sao")
    assert has_work(cast.here.intake, dossier)
    with pytest.raises(policies.NotAllowed):
        services.return_result(dossier=dossier, by=cast.there.intake, at=NOW, method="counter", receiver="Người Mẫu")
    done = services.return_result(dossier=dossier, by=cast.here.intake, at=NOW, method="counter", receiver="Người Mẫu")
    assert done.state == "returned"


def test_the_commune_that_only_received_it_settles_nothing(cast: Cast) -> None:
    dossier = across(cast).dossier
    with pytest.raises(policies.NotAllowed):
        services.settle_dossier(dossier=dossier, by=cast.here.approver, at=NOW, result_name="Bản sao")


def test_helped_here_it_is_received_over_there(cast: Cast) -> None:
    filed = across(cast, BIRTH, only_help=True)
    dossier = filed.dossier
    assert (dossier.state, dossier.due_at) == ("submitted", None)
    assert (dossier.helped_office, dossier.receiving_office) == (cast.here.centre, cast.there.centre)
    assert has_work(cast.there.intake, dossier)
    assert sees(cast.here.intake, dossier)
    event = queries.history_of(dossier)[0]
    assert (event.actor, event.payload["helped_at"]) == (cast.here.intake, cast.here.centre.code)
    with pytest.raises(policies.NotAllowed):
        services.receive_dossier(dossier=dossier, by=cast.here.intake, at=NOW)
    assert services.receive_dossier(dossier=dossier, by=cast.there.intake, at=NOW).state == "received"


def test_form_01_names_who_received_it_and_who_settles_it(cast: Cast) -> None:
    filed = across(cast, components=[casting.paper()])
    pages = PdfReader(io.BytesIO(slips.receipt_slip(filed.dossier, filed.claim_code))).pages
    assert len(pages) == 2
    text = " ".join(pages[1].extract_text().split())
    assert "Nơi tiếp nhận" in text
    assert f"Cơ quan giải quyết: {cast.there.commune.name}" in text
    assert cast.here.commune.name.upper() in text


def test_form_01_names_who_helped(cast: Cast) -> None:
    dossier = across(cast, BIRTH, only_help=True).dossier
    dossier = services.receive_dossier(dossier=dossier, by=cast.there.intake, at=NOW)
    text = PdfReader(io.BytesIO(slips.receipt_slip(dossier))).pages[0].extract_text()
    assert f"Nơi hướng dẫn, hỗ trợ nộp: {cast.here.centre.name}" in text
    assert "Cơ quan giải quyết" not in text


def test_what_was_received_here_can_be_handed_on_by_the_competent_commune_only(cast: Cast) -> None:
    dossier = across(cast).dossier
    given = {"dossier": dossier, "to": cast.here.commune, "at": NOW, "reason": "Thuộc xã kia"}
    with pytest.raises(policies.NotAllowed):
        services.transfer_dossier(by=cast.here.leader, **given)
    moved = services.transfer_dossier(by=cast.there.approver, **given)
    assert (moved.competent_office, moved.receiving_office) == (cast.here.commune, cast.here.centre)
    assert has_work(cast.here.approver, moved)


def test_an_office_of_another_province_is_never_competent(cast: Cast) -> None:
    far = organisation.open_office(code="99", kind="province", name="Tỉnh khác", valid_from=casting.BEGUN)
    commune = organisation.open_office(
        code="99-1", kind="commune", name="Xã khác", parent=far, slug="xa-khac", valid_from=casting.BEGUN
    )
    request = cast.request(CERTIFY, by=cast.here.intake, counter=cast.here.commune) | {"commune": commune}
    with pytest.raises(policies.NotThere):
        services.take_in_dossier(**request)


def test_nobody_takes_in_at_a_counter_that_is_not_theirs(cast: Cast) -> None:
    with pytest.raises(policies.NotAllowed):
        across(cast, by=cast.there.intake)


def test_a_supplement_may_be_brought_to_the_counter_that_received_it(cast: Cast) -> None:
    dossier = across(cast, BIRTH).dossier
    need = services.Need("field", "full_name", "contradicts", "Xin ghi rõ")
    later = NOW + timedelta(days=3)
    services.request_supplement(
        dossier=dossier, by=cast.there.case, at=NOW, items=[need], contact="Lê Thị Mẫu Lý", answer_by=later
    )
    done = services.file_supplement(
        dossier=dossier,
        answers={"full_name": "Đỗ Thị Mẫu Mới"},
        components=(),
        op_id="supplement",
        request_sha256="b" * 64,
        at=NOW,
        by=cast.here.intake,
    )
    assert done.dossier.state == "received"


@pytest.fixture
def officer(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    client.force_login(cast.here.intake.account)
    return client


def _typed(**changes: Any) -> dict[str, Any]:
    return {"op_id": "counter-across", "who-full_name": "Đỗ Thị Mẫu", "who-citizen_id": "003190000001"} | changes


def test_the_counter_takes_in_for_the_commune_that_was_chosen(officer: Client, cast: Cast) -> None:
    assert cast.there.slug in officer.get("/desk/counter/").content.decode()
    sheet = f"/desk/counter/{CERTIFY}/?for={cast.there.slug}"
    assert cast.there.commune.name in officer.get(sheet).content.decode()
    page = officer.post(sheet, _typed()).content.decode()
    dossier = Dossier.objects.get()
    assert dossier.competent_office == cast.there.commune
    assert cast.there.commune.name in page


def test_whoever_only_helps_needs_no_limit_and_prints_no_form_01(officer: Client, cast: Cast) -> None:
    sheet = f"/desk/counter/{OPEN_LIMIT}/?for={cast.there.slug}"
    answer = officer.post(sheet, _typed(only_help="1"))
    filed = answer.context["filed"]
    assert filed.dossier.state == "submitted"
    pdf = officer.post("/desk/counter/slip.pdf", {"number": filed.number, "claim_code": filed.claim_code}).content
    assert "chưa phải là Giấy tiếp nhận" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


def test_a_commune_that_does_not_exist_means_the_own_one(officer: Client, cast: Cast) -> None:
    officer.post(f"/desk/counter/{CERTIFY}/?for=xa-khong-co", _typed())
    assert Dossier.objects.get().competent_office == cast.here.commune


def test_an_open_matter_of_another_commune_is_named_only_to_who_may_see_it(officer: Client, cast: Cast) -> None:
    cast.take_in(town=cast.there)
    sheet = f"/desk/counter/{CERTIFY}/?for={cast.there.slug}"
    assert officer.post(sheet, _typed()).status_code == 200


def test_what_was_received_for_another_commune_counts_there_and_is_listed_here(officer: Client, cast: Cast) -> None:
    dossier, own = across(cast).dossier, cast.take_in()
    assert cast.there.commune.name in officer.get(f"/desk/dossiers/{dossier.number}/").content.decode()
    shown = officer.get("/desk/reports/")
    assert [each.number for each in shown.context["across"]] == [dossier.number]
    assert dossier.number in shown.content.decode()
    assert shown.context["found"].figures["received"] == 1
    assert own.number not in {each.number for each in shown.context["across"]}
