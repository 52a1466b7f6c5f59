"""Messages both ways: what the applicant writes is somebody's work, what the office writes reaches the applicant."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier, Message
from motcua.dossiers.services import NoMessageTaken
from motcua.kernel import worklist
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from tests.cast import BIRTH, NOW, TODAY, Cast, limit
from tests.dossiers.asked import DAY, HOUR, LATER

TEXT = "Tôi đổi số điện thoại, xin gọi số mới."


def received(cast: Cast) -> Dossier:
    return services.receive_dossier(dossier=cast.file(BIRTH).dossier, by=cast.here.intake, at=NOW, limit=limit(3))


def answers_open(dossier: Dossier) -> list[tuple[str, str]]:
    items = WorkItem.objects.filter(matter=dossier.matter, closed_by=None, act=rules.ANSWER)
    return list(items.values_list("step", "office__code"))


def test_what_the_applicant_writes_is_work_of_the_receiving_office_in_its_inbox(cast: Cast) -> None:
    dossier = received(cast)
    message = services.write_message(dossier=dossier, text=f" {TEXT} ", op_id="m1", at=LATER)
    assert (message.text, message.by) == (TEXT, None)
    assert answers_open(dossier) == [("~answer", cast.here.centre.code)]
    services.write_message(dossier=dossier, text="Thêm một câu.", op_id="m2", at=LATER)
    assert len(answers_open(dossier)) == 1
    (item,) = worklist.queue(cast.here.intake, worklist.OFFICE, LATER, TODAY)
    assert (item.step, item.matter) == ("~answer", dossier.matter)
    # Nobody is told of a message but the office: its writer knows.
    assert not Delivery.objects.filter(event__type="dossiers.message_left").exists()


def test_the_same_message_twice_is_one(cast: Cast) -> None:
    dossier, other = received(cast), received(cast)
    first = services.write_message(dossier=dossier, text=TEXT, op_id="m", at=LATER)
    assert services.write_message(dossier=dossier, text=TEXT, op_id="m", at=LATER + HOUR) == first
    with pytest.raises(NoMessageTaken):
        services.write_message(dossier=other, text=TEXT, op_id="m", at=LATER)
    assert Message.objects.count() == 1


def test_an_answer_closes_the_work_and_the_applicant_is_told(cast: Cast) -> None:
    dossier = received(cast)
    services.write_message(dossier=dossier, text=TEXT, op_id="m", at=LATER)
    services.answer_applicant(
        dossier=dossier, by=cast.here.intake, text="Chúng tôi đã ghi.", op_id="a", at=LATER + HOUR
    )
    services.answer_applicant(
        dossier=dossier, by=cast.here.intake, text="Chúng tôi đã ghi.", op_id="a", at=LATER + HOUR
    )
    assert answers_open(dossier) == []
    assert Delivery.objects.filter(event__type="dossiers.message_left").count() == 1
    assert [each.by for each in dossier.messages.order_by("id")] == [None, cast.here.intake]


def test_whoever_has_the_dossier_may_write_first_and_a_stranger_may_not(cast: Cast) -> None:
    dossier = received(cast)
    services.answer_applicant(dossier=dossier, by=cast.here.case, text="Xin cho biết thêm.", op_id="a", at=LATER)
    services.answer_applicant(dossier=dossier, by=cast.here.intake, text="Xin gọi lại.", op_id="b", at=LATER)
    for stranger in (cast.there.intake, cast.here.administrator):
        with pytest.raises(policies.NotAllowed):
            services.answer_applicant(dossier=dossier, by=stranger, text="Chào", op_id="c", at=LATER)


@pytest.mark.parametrize(("text", "code"), [("  \n ", "blank"), ("a" * (rules.LONGEST_MESSAGE + 1), "too_long")])
def test_empty_and_endless_messages_are_not_taken(cast: Cast, text: str, code: str) -> None:
    dossier = received(cast)
    with pytest.raises(NoMessageTaken, match=code):
        services.write_message(dossier=dossier, text=text, op_id="m", at=LATER)
    with pytest.raises(NoMessageTaken, match=code):
        services.answer_applicant(dossier=dossier, by=cast.here.intake, text=text, op_id="m", at=LATER)


def test_a_flood_is_stopped_and_a_talk_is_not(cast: Cast) -> None:
    dossier, other = received(cast), received(cast)
    for n in range(rules.MESSAGES_IN_AN_HOUR):
        services.write_message(dossier=dossier, text=TEXT, op_id=f"m{n}", at=LATER)
    with pytest.raises(NoMessageTaken, match="too_many"):
        services.write_message(dossier=dossier, text=TEXT, op_id="more", at=LATER + timedelta(minutes=59))
    services.write_message(dossier=other, text=TEXT, op_id="other", at=LATER)
    services.write_message(dossier=dossier, text=TEXT, op_id="more", at=LATER + timedelta(minutes=61))
    for n in range(rules.MESSAGES_IN_A_DAY - rules.MESSAGES_IN_AN_HOUR - 1):
        services.write_message(dossier=dossier, text=TEXT, op_id=f"d{n}", at=LATER + (n + 2) * HOUR)
    with pytest.raises(NoMessageTaken, match="too_many"):
        services.write_message(dossier=dossier, text=TEXT, op_id="last", at=LATER + 20 * HOUR)
    services.write_message(dossier=dossier, text=TEXT, op_id="next day", at=LATER + 2 * DAY)


def test_on_a_finished_dossier_only_the_office_writes(cast: Cast) -> None:
    dossier = cast.returned()
    with pytest.raises(NoMessageTaken, match="finished"):
        services.write_message(dossier=dossier, text=TEXT, op_id="m", at=LATER)
    services.answer_applicant(dossier=dossier, by=cast.here.intake, text="Ông quên căn cước.", op_id="a", at=LATER)
    assert not WorkItem.objects.filter(matter=dossier.matter, closed_by=None).exists()


def test_no_word_of_a_message_is_in_an_event(cast: Cast) -> None:
    dossier = received(cast)
    services.write_message(dossier=dossier, text=TEXT, op_id="m", at=LATER)
    said = json.dumps([event.payload for event in queries.history_of(dossier)])
    assert "xin" not in said
    assert str(dossier.messages.get().pk) in said
