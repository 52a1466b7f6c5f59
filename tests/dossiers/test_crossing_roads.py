"""Where two roads cross: each claim is one that the walk over the whole machine (test_machine.py) found broken."""

from __future__ import annotations

import pytest
from django.utils import timezone

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import index
from motcua.dossiers.rules import figures
from motcua.dossiers.services import Need, NotPossible
from motcua.kernel.identity import Post
from motcua.kernel.matters import WorkItem
from motcua.kernel.workflow import Refused
from tests.cast import BEGUN, BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast, limit
from tests.dossiers import asked, forked
from tests.dossiers.asked import DAY, HOUR

pytestmark = pytest.mark.django_db
FIELD = Need("field", "wants_survey", "contradicts", "Ghi lại.")


@pytest.fixture
def branches(cast: Cast) -> Dossier:
    """Received, with two steps side by side, both the case officer's."""
    forked.publish()
    post = Post.objects.select_related("role").get(person=cast.here.case)
    Post.objects.create(person=cast.here.case, office=cast.here.commune, role=post.role, valid_from=BEGUN)
    return cast.take_in(forked.FORKED, answers={"wants_survey": False}).dossier


def due(dossier: Dossier) -> dict[str, object]:
    return {item.step: item.due_at for item in queries.open_items(dossier)}


def fresh(dossier: Dossier) -> Dossier:
    return Dossier.objects.select_related(*policies.RELATED).get(pk=dossier.pk)


def ask(cast: Cast, dossier: Dossier) -> None:
    given = {"by": cast.here.case, "at": NOW + HOUR, "items": [FIELD], "contact": "Quầy 1", "step": "register"}
    services.request_supplement(dossier=dossier, answer_by=NOW + 5 * DAY, **given)


def test_a_step_beside_the_interrupted_one_is_due_when_the_papers_are(cast: Cast, branches: Dossier) -> None:
    ask(cast, branches)
    assert due(branches) == {"await_supplement": NOW + 5 * DAY, "health": NOW + 5 * DAY}
    services.cancel_supplement(dossier=branches, by=cast.here.case, at=NOW + 3 * DAY)
    moment = fresh(branches).due_at
    assert moment is not None
    assert due(branches) == {"register": moment, "health": moment}


def test_nobody_is_told_that_a_step_is_late_which_waits_for_papers(cast: Cast, branches: Dossier) -> None:
    late = branches.due_at
    assert late is not None
    services.escalate_late_work(at=late - HOUR)
    assert WorkItem.objects.filter(act="see_to_late", closed_by=None).count() == 2
    given = {"by": cast.here.case, "items": [FIELD], "contact": "Quầy 1", "step": "register"}
    services.request_supplement(dossier=branches, at=late - HOUR, answer_by=late + 20 * DAY, **given)
    services.escalate_late_work(at=late + DAY)
    assert not WorkItem.objects.filter(act="see_to_late", closed_by=None).exists()


def test_while_papers_are_awaited_no_branch_is_worked_on(cast: Cast, branches: Dossier) -> None:
    ask(cast, branches)
    waiting, items = fresh(branches), queries.open_items(branches)
    item = queries.item_for(cast.here.case, items, TODAY)
    assert item is not None
    assert item.act == "await_supplement"
    health = next(each for each in items if each.step == "health")
    assert queries.possible_acts(cast.here.case, waiting, health, TODAY) == ()
    with pytest.raises(Refused):
        services.ask_outside(dossier=waiting, by=cast.here.case, at=NOW + 2 * HOUR, step="health")


def test_two_acts_are_taken_back_one_after_the_other(cast: Cast) -> None:
    dossier, at = cast.returned(CERTIFY), NOW + HOUR
    services.undo_last(dossier=dossier, by=cast.here.leader, at=at, reason="Trao nhầm")
    services.undo_last(dossier=dossier, by=cast.here.leader, at=at, reason="Ký nhầm")
    assert [item.step for item in queries.open_items(dossier)] == ["sign"]
    settled = services.settle_dossier(dossier=dossier, by=cast.here.leader, at=at + HOUR, result_name="Bản sao")
    assert [item.step for item in queries.open_items(settled)] == ["return"]


def test_after_a_withdrawal_taken_back_the_request_for_papers_can_be_taken_back_too(cast: Cast) -> None:
    dossier, at = cast.take_in(BIRTH).dossier, NOW + HOUR
    asked.ask(dossier, cast.here.case, at)
    services.withdraw_dossier(dossier=dossier, by=cast.here.intake, at=at, identity_checked_by="citizen_card")
    for _act in ("withdrawal", "request"):
        services.undo_last(dossier=dossier, by=cast.here.leader, at=at, reason="Nhầm")
    assert [item.step for item in queries.open_items(dossier)] == ["process"]


def test_what_an_applicant_asked_goes_with_the_dossier_to_its_new_counter(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    services.write_message(dossier=dossier, text="Bao giờ xong ạ?", op_id="m-1", at=NOW + HOUR)
    to, why = cast.there.commune, "Xã kia có thẩm quyền"
    services.transfer_dossier(dossier=dossier, to=to, by=cast.here.intake, at=NOW + HOUR, reason=why)
    assert {item.office_id for item in queries.open_items(dossier)} == {cast.there.centre.pk}
    services.answer_applicant(dossier=dossier, by=cast.there.intake, text="Mai ạ", op_id="m-2", at=NOW + 2 * HOUR)
    assert {item.act for item in queries.open_items(dossier)} == {"receive"}


def test_who_is_competent_is_said_before_the_procedure_is_corrected(cast: Cast) -> None:
    dossier, at = cast.take_in(BIRTH).dossier, NOW + HOUR
    services.doubt_competence(dossier=dossier, by=cast.here.leader, at=at, reason="Chưa rõ")
    change = {"procedure": OPEN_LIMIT, "reason_code": "wrong_procedure", "reason": "Nhập nhầm", "limit": limit(3)}
    with pytest.raises(NotPossible, match="competence_open"):
        services.change_edition(dossier=dossier, by=cast.here.leader, at=at, **change)


def test_a_dossier_that_comes_to_a_forked_route_opens_every_branch(cast: Cast) -> None:
    forked.publish()
    dossier, at = cast.take_in(BIRTH).dossier, NOW + HOUR
    change = {"procedure": forked.FORKED, "reason_code": "wrong_procedure", "reason": "Nhập nhầm"}
    services.change_edition(dossier=dossier, by=cast.here.leader, at=at, **change)
    assert set(due(dossier)) == {"register", "health"}


def test_papers_that_come_beside_a_correction_are_read_by_the_procedure_of_now(cast: Cast) -> None:
    page_of_yesterday, at = cast.take_in(OPEN_LIMIT, limit=limit(3)).dossier, NOW + HOUR
    change = {"procedure": BIRTH, "reason_code": "wrong_procedure", "reason": "Nhập nhầm"}
    services.change_edition(dossier=page_of_yesterday, by=cast.here.leader, at=at, **change)
    asked.ask(page_of_yesterday, cast.here.leader, at, asked.NAME)
    came = asked.answer(page_of_yesterday, at + HOUR, components=[])
    assert came.filing.version_id == fresh(page_of_yesterday).version_id


def test_a_result_ends_the_wish_to_have_the_dossier_back_and_its_undoing_brings_that_back(cast: Cast) -> None:
    dossier, at = cast.take_in(CERTIFY).dossier, NOW + HOUR
    services.ask_withdrawal(dossier=dossier, op_id="w-1", at=at)
    services.settle_dossier(dossier=dossier, by=cast.here.leader, at=at, result_name="Bản sao")
    assert [item.act for item in queries.open_items(dossier)] == ["return"]
    services.undo_last(dossier=dossier, by=cast.here.leader, at=at, reason="Ký nhầm")
    assert {item.act for item in queries.open_items(dossier)} == {"settle", "confirm_withdrawal"}


def test_a_mistaken_request_counts_in_the_index_as_little_as_at_the_desk(cast: Cast) -> None:
    dossier, at = cast.file(BIRTH).dossier, NOW + HOUR
    asked.ask(dossier, cast.here.intake, at)
    services.undo_last(dossier=dossier, by=cast.here.leader, at=at, reason="Nhầm hồ sơ")
    services.receive_dossier(dossier=dossier, by=cast.here.intake, at=at)
    request = asked.ask(dossier, cast.here.case, at, repeat_reason="Còn thiếu")
    services.decide_supplement(dossier=dossier, n=request.n, by=cast.here.approver, at=at, accept=True)
    today = figures.period(TODAY, TODAY, timezone.get_current_timezone(), NOW + 2 * HOUR)
    found = index.index(cast.here.commune, today)
    assert found.asked[dossier.pk] == 1
    assert not queries.asked_more_than_once(dossier)
