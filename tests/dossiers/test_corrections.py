"""Another office is competent, or another procedure is the right one: number, receipt and filing stay (R4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier, EditionChange, Filing, Transfer
from motcua.kernel import ledger, schedule, worklist
from motcua.kernel.calendar import Day
from motcua.kernel.identity import Person
from motcua.kernel.matters import MatterParty, WorkItem
from motcua.kernel.outbox import Delivery
from motcua.kernel.workflow import Refused
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast, document, limit

LATER, LAST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
WHY = "Thuộc thẩm quyền của xã nơi cư trú"


def open_work(dossier: Dossier) -> list[tuple[str, str, str]]:
    items = WorkItem.objects.filter(matter=dossier.matter, closed_by=None).order_by("step")
    return list(items.values_list("step", "act", "office__code"))


def transfer(cast: Cast, dossier: Dossier, who: Person | None = None) -> Dossier:
    by = who or (cast.here.intake if dossier.received_at is None else cast.here.approver)
    return services.transfer_dossier(dossier=dossier, to=cast.there.commune, by=by, at=LATER, reason=WHY)


def numbers(person: Person, name: str) -> list[str]:
    return [item.reference for item in worklist.items(worklist.queue(person, name, LATER, TODAY))]


# --- another office is competent --------------------------------------------------------------------------------------
def test_before_receipt_the_other_offices_counter_has_it(cast: Cast) -> None:
    filed = cast.file(BIRTH)
    dossier = transfer(cast, filed.dossier)
    assert (dossier.number, dossier.state) == (filed.number, "submitted")
    assert open_work(dossier) == [("receive", "receive", cast.there.centre.code)]
    assert numbers(cast.there.intake, "to_receive") == [filed.number]
    assert numbers(cast.here.intake, "office") == []
    received = services.receive_dossier(dossier=dossier, by=cast.there.intake, at=LAST)
    assert received.receiving_office == cast.there.centre


def test_after_receipt_number_receipt_and_appointment_stay(cast: Cast) -> None:
    before = cast.take_in(BIRTH).dossier
    dossier = transfer(cast, before)
    stored = Dossier.objects.get()
    kept = ("received_at", "due_at", "limit", "version_id", "receiving_office_id", "filed_at")
    assert [getattr(stored, name) for name in kept] == [getattr(before, name) for name in kept]
    assert stored.competent_office == cast.there.commune
    assert open_work(dossier) == [("process", "process", cast.there.civil_status.code)]
    row = Transfer.objects.get()
    assert (row.from_office, row.to_office, row.reason) == (cast.here.commune, cast.there.commune, WHY)
    assert Delivery.objects.filter(event__type="dossiers.transferred").count() == 1


def test_the_other_office_settles_and_the_counter_of_the_receipt_returns(cast: Cast) -> None:
    dossier = transfer(cast, cast.take_in(BIRTH).dossier)
    dossier = services.complete_step(dossier=dossier, by=cast.there.case, at=LAST)
    dossier = services.settle_dossier(dossier=dossier, by=cast.there.approver, at=LAST, result_name="Giấy khai sinh")
    assert open_work(dossier) == [("return", "return", cast.here.centre.code)]
    again = services.return_result(dossier=dossier, by=cast.here.intake, at=LAST, method="counter", receiver="Mẫu")
    assert again.state == "returned"
    assert list(ledger.breaks()) == []


def test_the_earlier_office_may_look_where_it_went_and_its_parts_no_longer(cast: Cast) -> None:
    dossier = transfer(cast, cast.take_in(BIRTH).dossier)
    current = MatterParty.objects.current().filter(matter=dossier.matter)
    assert set(current.values_list("office__code", "capacity")) == {
        (cast.there.commune.code, "owner"),
        (cast.there.civil_status.code, "helping"),
        (cast.here.commune.code, "informed"),
        (cast.here.centre.code, "receiving"),
    }
    assert policies.get_dossier(cast.here.approver, dossier.number, TODAY) == dossier
    with pytest.raises(Dossier.DoesNotExist):
        policies.get_dossier(cast.here.case, dossier.number, TODAY)
    with pytest.raises(policies.NotAllowed):
        services.complete_step(dossier=dossier, by=cast.here.case, at=LAST)


def test_a_day_off_of_the_other_office_does_not_move_the_appointment(cast: Cast) -> None:
    dossier = cast.take_in(OPEN_LIMIT, limit=limit(2)).dossier
    off = Day(TODAY + timedelta(days=3), "off", "Nghỉ mẫu")
    schedule.set_day(office=cast.there.commune, day=off, at=NOW, by=cast.there.administrator)
    moved = transfer(cast, dossier)
    assert queries.due_of(moved).at == dossier.due_at


def test_the_citizen_finds_it_under_both_communes(cast: Cast, client: Client) -> None:
    filed = cast.file(BIRTH)
    transfer(cast, filed.dossier)
    for town in (cast.here, cast.there):
        address = f"/api/v1/{town.slug}/filings/{filed.number}"
        assert client.get(address, headers={"Claim-Code": filed.claim_code}).status_code == 200


def test_only_whoever_may_say_so_hands_it_over(cast: Cast) -> None:
    online, received = cast.file(BIRTH).dossier, cast.take_in(BIRTH).dossier
    for dossier, person in ((online, cast.here.case), (received, cast.here.intake), (received, cast.there.approver)):
        with pytest.raises(policies.NotAllowed):
            transfer(cast, dossier, person)
    with pytest.raises(services.NotPossible, match="already_there"):
        services.transfer_dossier(dossier=online, to=cast.here.commune, by=cast.here.intake, at=LATER, reason=WHY)
    with pytest.raises(ValueError, match="competent"):
        services.transfer_dossier(dossier=online, to=cast.there.civil_status, by=cast.here.intake, at=LATER, reason=WHY)


def test_what_is_settled_is_no_longer_handed_over(cast: Cast) -> None:
    with pytest.raises(Refused):
        transfer(cast, cast.settled(BIRTH))


def test_a_step_before_a_transfer_is_not_undone_across_it(cast: Cast) -> None:
    dossier = services.complete_step(dossier=cast.take_in(BIRTH).dossier, by=cast.here.case, at=LATER)
    dossier = transfer(cast, dossier)
    with pytest.raises(services.NotPossible, match="handed_elsewhere_since"):
        services.undo_last(dossier=dossier, by=cast.here.case, at=LAST, reason="Nhầm")


# --- nobody knows who is competent ------------------------------------------------------------------------------------
def doubted(cast: Cast) -> Dossier:
    dossier = cast.file(BIRTH).dossier
    return services.doubt_competence(dossier=dossier, by=cast.here.intake, at=LATER, reason="Chưa rõ nơi cư trú")


def test_what_nobody_is_competent_for_lies_in_a_queue_of_its_own(cast: Cast) -> None:
    dossier = doubted(cast)
    assert numbers(cast.here.intake, "unassigned") == [dossier.number]
    assert open_work(dossier) == [("receive", "determine", cast.here.centre.code)]
    with pytest.raises(services.NotPossible, match="competence_open"):
        services.receive_dossier(dossier=dossier, by=cast.here.intake, at=LAST)
    with pytest.raises(services.NotPossible, match="already_in_doubt"):
        services.doubt_competence(dossier=dossier, by=cast.here.intake, at=LAST, reason="Nữa")


@pytest.mark.parametrize("town", ["here", "there"])
def test_once_it_is_known_the_work_goes_to_the_competent_office(cast: Cast, town: str) -> None:
    competent = getattr(cast, town)
    dossier = services.settle_competence(
        dossier=doubted(cast), office=competent.commune, by=cast.here.intake, at=LAST, reason=WHY
    )
    assert (dossier.competence_open, dossier.competent_office) == (False, competent.commune)
    assert open_work(dossier) == [("receive", "receive", competent.centre.code)]
    assert Transfer.objects.count() == (town == "there")
    assert services.receive_dossier(dossier=dossier, by=competent.intake, at=LAST).state == "received"


def test_what_was_not_doubted_is_not_settled(cast: Cast) -> None:
    with pytest.raises(services.NotPossible, match="not_in_doubt"):
        services.settle_competence(
            dossier=cast.file().dossier, office=cast.here.commune, by=cast.here.intake, at=LATER, reason=WHY
        )


# --- another procedure is the right one -------------------------------------------------------------------------------
def change(cast: Cast, dossier: Dossier, procedure: str, **given: object) -> Dossier:
    by = cast.here.intake if dossier.received_at is None else cast.here.approver
    said = {"reason_code": "wrong_procedure", "reason": "Bấm nhầm thủ tục", **given}
    return services.change_edition(dossier=dossier, procedure=procedure, by=by, at=LATER, **said)  # type: ignore[arg-type]


def test_a_procedure_keyed_in_wrongly_is_corrected_and_the_receipt_stays(cast: Cast) -> None:
    before = cast.take_in(CERTIFY).dossier
    content = Filing.objects.get().sha256
    dossier = change(cast, before, BIRTH)
    stored = Dossier.objects.get()
    assert (stored.number, stored.received_at, stored.filed_at) == (before.number, before.received_at, before.filed_at)
    assert (stored.procedure_code, stored.matter.title) == (BIRTH, document(BIRTH)["name"])
    assert Filing.objects.get().sha256 == content
    assert queries.edition_of(stored).code == BIRTH
    row = EditionChange.objects.get()
    assert (row.from_version.procedure_id, row.to_version.procedure_id, row.reason) == (
        CERTIFY,
        BIRTH,
        "Bấm nhầm thủ tục",
    )
    event = queries.last_event(dossier)
    assert event is not None
    assert (event.payload["from_procedure"], event.payload["to_procedure"]) == (CERTIFY, BIRTH)
    assert rules.state_after(queries.happened(queries.history_of(dossier))) == stored.state == "received"


def test_the_limit_is_counted_again_from_the_same_receipt(cast: Cast) -> None:
    before = cast.take_in(CERTIFY).dossier
    dossier = change(cast, before, OPEN_LIMIT, limit=limit(3))
    assert dossier.due_at == queries.due_of(dossier).at
    assert before.due_at is not None
    assert dossier.due_at is not None
    assert dossier.due_at > before.due_at
    assert WorkItem.objects.get(matter=dossier.matter, closed_by=None).due_at == dossier.due_at


def test_an_open_limit_has_to_be_named(cast: Cast) -> None:
    with pytest.raises(services.LimitNeeded):
        change(cast, cast.take_in(CERTIFY).dossier, OPEN_LIMIT)
    assert Dossier.objects.get().procedure_code == CERTIFY
    assert change(cast, cast.file(BIRTH).dossier, OPEN_LIMIT).procedure_code == OPEN_LIMIT


@pytest.mark.parametrize(
    ("from_code", "to_code", "step"), [(CERTIFY, BIRTH, "sign"), (BIRTH, CERTIFY, "sign"), (BIRTH, OPEN_LIMIT, "sign")]
)
def test_the_step_goes_on_where_its_like_is(cast: Cast, from_code: str, to_code: str, step: str) -> None:
    dossier = change(cast, cast.take_in(from_code).dossier, to_code, limit=limit())
    assert [each[0] for each in open_work(dossier)] == [step]
    settled = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=LAST, result_name="Kết quả")
    assert settled.state == "result_ready"


def test_a_filed_dossier_moves_to_a_newer_version_only_by_an_officers_act(cast: Cast) -> None:
    old = cast.take_in(BIRTH).dossier
    doc = {**document(BIRTH), "short_name": "Đăng ký khai sinh, bản mới"}
    catalogue.publish_version(doc=doc, at=NOW, by=None, effective_from=TODAY)
    assert Dossier.objects.get().version_id == old.version_id
    new = procedures.edition_for(cast.here.commune, BIRTH, TODAY)
    dossier = change(cast, old, BIRTH, reason_code="new_version", reason="Phiên bản mới có hiệu lực")
    assert (dossier.version_id, dossier.number) == (new.version_id, old.number)
    assert Delivery.objects.filter(event__type="dossiers.edition_changed").count() == 1


def test_the_same_edition_is_no_change_and_an_unknown_one_is_refused(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    for code, why in ((BIRTH, "same_edition"), ("1.000000", "not_in_force")):
        with pytest.raises(services.NotPossible, match=why):
            change(cast, dossier, code)
    with pytest.raises(ValueError, match="reason"):
        change(cast, dossier, CERTIFY, reason_code="unheard_of")


def test_after_receipt_the_counter_alone_does_not_change_the_procedure(cast: Cast) -> None:
    dossier = cast.take_in(BIRTH).dossier
    with pytest.raises(policies.NotAllowed):
        services.change_edition(
            dossier=dossier, procedure=CERTIFY, by=cast.here.intake, at=LATER, reason_code="other", reason="Nhầm"
        )


# --- at the desk ------------------------------------------------------------------------------------------------------
def test_words_that_mean_several_procedures_are_offered_to_choose_from(cast: Cast, client: Client) -> None:
    dossier = cast.take_in(CERTIFY).dossier
    client.force_login(cast.here.approver.account)
    address = f"/desk/dossiers/{dossier.number}/change_edition/"
    given = {"procedure": "khai sinh", "reason_code": "wrong_procedure", "reason": "Bấm nhầm"}
    asked = client.post(address, given)
    assert asked.status_code == 422
    assert f'value="{BIRTH}"' in asked.content.decode()
    assert "Bấm nhầm" in asked.content.decode()
    assert client.post(address, {**given, "chosen": BIRTH}).status_code == 302
    assert Dossier.objects.get().procedure_code == BIRTH


def test_an_office_is_chosen_from_those_of_the_province(cast: Cast, client: Client) -> None:
    dossier = cast.file(BIRTH).dossier
    client.force_login(cast.here.intake.account)
    page = client.get(f"/desk/dossiers/{dossier.number}/", {"act": "transfer"}).content.decode()
    assert cast.there.commune.name in page
    assert cast.there.civil_status.name not in page
    given = {"office": cast.there.commune.pk, "reason": WHY}
    answer = client.post(f"/desk/dossiers/{dossier.number}/transfer/", given)
    assert answer.status_code == 302
    after = client.get(answer.headers["Location"])
    assert WHY in after.content.decode()
