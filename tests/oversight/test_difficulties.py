"""A difficulty from where it is met to an answer that helped, through the services."""

from datetime import timedelta

import pytest

from motcua.kernel import identity, ledger, outbox, watch
from motcua.kernel.files import keep
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from motcua.kernel.workflow import Refused
from motcua.oversight import policies, queries, services
from motcua.oversight.models import Attachment, Difficulty, Voice
from motcua.oversight.services import CannotJoin, Given, WordsNeeded
from motcua.oversight.watching import invariants
from motcua.ui.here import Here
from tests.cast import BIRTH, CERTIFY, NOW, TODAY
from tests.oversight.departments import World, fresh

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# NOW is a Monday, nine o'clock; the Tuesday is a holiday, so that three working days end on Friday.
FRIDAY = NOW + timedelta(days=4, hours=8)


def open_steps(difficulty: Difficulty) -> list[tuple[str, str]]:
    rows = WorkItem.objects.filter(matter=difficulty.matter, closed_by=None).order_by("step")
    return list(rows.values_list("step", "office__code"))


# --- where it goes ---------------------------------------------------------------------------------------------------
def test_a_difficulty_knows_its_place_and_lies_in_the_inbox_of_whoever_answers(world: World) -> None:
    edition = world.cast.edition(BIRTH)
    place = Here(procedure=BIRTH, version=str(edition.version_id), step="sign", page="desk-dossier", error="A1B2")
    difficulty = world.raised(here=place)
    assert difficulty.number == "VM-2026-0001"
    assert (difficulty.procedure_code, difficulty.sector, difficulty.version_id) == (
        BIRTH,
        "ho-tich",
        edition.version_id,
    )
    assert (difficulty.step, difficulty.page, difficulty.error_reference) == ("sign", "desk-dossier", "A1B2")
    assert difficulty.commune == world.here.commune
    assert open_steps(difficulty) == [("acknowledge", world.justice.office.code)]


def test_four_working_hours_to_acknowledge_and_three_working_days_to_answer(world: World) -> None:
    difficulty = world.raised()
    item = WorkItem.objects.get(matter=difficulty.matter)
    # Nine o'clock and four hours of work, with lunch from half past eleven to one.
    assert item.due_at == NOW + timedelta(hours=5, minutes=30)
    assert difficulty.due_at == FRIDAY


def test_a_kind_of_trouble_speaks_before_the_procedure_and_that_before_its_field(world: World) -> None:
    routes = [("sector", "ho-tich"), ("procedure", BIRTH), ("topic", "system")]
    for n, (scope, key) in enumerate(routes):
        department = (world.home, world.justice)[n % 2].office
        services.set_route(
            province=world.cast.province, scope=scope, key=key, department=department, by=world.governor, at=NOW
        )
    ways = [
        queries.way_for(world.here.centre, TODAY, procedure=procedure, sector="ho-tich", topic=topic).department
        for procedure, topic in ((BIRTH, "system"), (BIRTH, "procedure"), (CERTIFY, "procedure"))
    ]
    assert ways == [world.home.office, world.justice.office, world.home.office]


def test_the_newest_row_of_a_route_speaks_and_the_older_one_stays(world: World) -> None:
    province = world.cast.province
    services.set_route(province=province, scope="all", key="", department=world.home.office, by=world.governor, at=NOW)
    assert queries.way_for(world.here.centre, TODAY).department == world.home.office
    assert len(queries.routes(province)) == 1


def test_only_who_leads_the_province_says_who_answers(world: World) -> None:
    with pytest.raises(policies.NotAllowed):
        services.set_route(
            province=world.cast.province,
            scope="all",
            key="",
            department=world.home.office,
            by=world.justice.leader,
            at=NOW,
        )


def test_a_time_limit_of_a_department_is_its_own(world: World) -> None:
    services.set_time_limit(
        office=world.justice.office, name="difficulty.answer", value=5, unit="working_day", by=world.governor, at=NOW
    )
    assert queries.limit_for("difficulty.answer", world.justice.office).value == 5
    assert queries.limit_for("difficulty.answer", world.home.office).value == 3


def leader_first(world: World) -> None:
    services.set_route(
        province=world.cast.province,
        scope="all",
        key="",
        department=world.justice.office,
        leader_first=True,
        by=world.governor,
        at=NOW,
    )


def test_where_the_province_says_so_the_communes_leader_looks_first_and_may_send_it_up(world: World) -> None:
    leader_first(world)
    difficulty = world.raised()
    assert open_steps(difficulty) == [("consider", world.here.commune.code)]
    assert difficulty.due_at is None
    with pytest.raises(policies.NotAllowed):
        services.send_up(difficulty=difficulty, by=world.justice.officer, at=NOW)
    services.send_up(difficulty=difficulty, by=world.here.leader, at=NOW + HOUR)
    assert open_steps(difficulty) == [("acknowledge", world.justice.office.code)]
    assert fresh(difficulty).due_at == FRIDAY


def test_the_communes_leader_may_answer_alone_and_answers_again_if_it_did_not_help(world: World) -> None:
    leader_first(world)
    difficulty = world.raised()
    services.answer_difficulty(difficulty=difficulty, text="Hỏi chị Mẫu ở phòng bên.", by=world.here.leader, at=NOW)
    services.reopen_difficulty(difficulty=difficulty, reason="Chị ấy cũng không biết.", by=world.here.case, at=NOW)
    assert open_steps(difficulty) == [("answer", world.here.commune.code)]
    assert fresh(difficulty).due_at == FRIDAY


def test_what_the_leader_raises_goes_straight_to_the_department(world: World) -> None:
    leader_first(world)
    difficulty = world.raised(by=world.here.leader, office=world.here.commune)
    assert difficulty.state == "raised"


# --- what is carried along -------------------------------------------------------------------------------------------
def test_numbers_of_persons_are_hidden_in_words_and_title(world: World) -> None:
    difficulty = world.raised(text="Số 003190000001 bị báo trùng")
    assert difficulty.text == difficulty.matter.title == "Số ••••••01 bị báo trùng"


def test_a_dossier_is_carried_along_only_by_who_may_see_it(world: World) -> None:
    number = world.cast.file(BIRTH).dossier.number
    mine = world.raised(here=Here(matter=number), by=world.here.intake, office=world.here.centre)
    theirs = world.raised(world.there, here=Here(matter=number))
    assert mine.about is not None
    assert mine.about.reference == number
    assert theirs.about is None


def test_a_place_that_does_not_exist_never_stops_a_difficulty(world: World) -> None:
    difficulty = world.raised(here=Here(procedure="9.999999", version="77", step="sign"))
    assert (difficulty.procedure_code, difficulty.version_id, difficulty.step) == ("", None, "sign")


def test_the_same_sent_twice_is_one_difficulty(world: World) -> None:
    assert world.raised(op_id="k1") == world.raised(op_id="k1")
    assert Difficulty.objects.count() == 1


def test_a_difficulty_without_words_is_refused(world: World) -> None:
    with pytest.raises(WordsNeeded):
        world.raised(text="  ")


def test_nobody_raises_for_an_office_that_is_not_theirs(world: World) -> None:
    with pytest.raises(policies.NotAllowed):
        world.raised(office=world.there.centre)


def test_files_stay_with_what_they_came_with(world: World) -> None:
    given = Given(keep(b"%PDF-1.4 mau", type="application/pdf"), "man-hinh.pdf")
    difficulty = world.raised(files=[given])
    services.answer_difficulty(difficulty=difficulty, text="Xem tệp.", by=world.justice.officer, at=NOW, files=[given])
    rows = Attachment.objects.values_list("answer__text", "name")
    assert list(rows) == [(None, "man-hinh.pdf"), ("Xem tệp.", "man-hinh.pdf")]


# --- who sees it -----------------------------------------------------------------------------------------------------
def test_every_officer_reads_what_an_officer_raised_openly(world: World) -> None:
    shared, private = world.raised(), world.raised(shared=False)
    numbers = {
        each.number for each in policies.visible_difficulties(world.there.intake, TODAY).select_related("matter")
    }
    assert numbers == {shared.number}
    assert policies.get_difficulty(world.justice.officer, private.number, TODAY) == private
    with pytest.raises(Difficulty.DoesNotExist):
        policies.get_difficulty(world.home.officer, private.number, TODAY)


def test_what_the_public_raises_is_for_the_commune_and_who_answers(world: World) -> None:
    difficulty = world.raised(by=None, office=world.here.commune)
    assert policies.get_difficulty(world.here.leader, difficulty.number, TODAY) == difficulty
    with pytest.raises(Difficulty.DoesNotExist):
        policies.get_difficulty(world.there.leader, difficulty.number, TODAY)


# --- the department's work -------------------------------------------------------------------------------------------
def test_taking_acknowledges_and_the_commune_sees_who_has_it_until_when(world: World) -> None:
    difficulty = world.raised()
    services.take_difficulty(difficulty=difficulty, by=world.justice.officer, at=NOW + HOUR)
    [item] = queries.open_items(difficulty)
    assert (item.step, item.assignee, item.due_at) == ("answer", world.justice.officer, FRIDAY)


def test_a_leader_gives_it_to_a_colleague_who_may_answer(world: World) -> None:
    difficulty = world.raised()
    services.take_difficulty(difficulty=difficulty, by=world.justice.leader, assignee=world.justice.colleague, at=NOW)
    assert queries.open_items(difficulty)[0].assignee == world.justice.colleague
    with pytest.raises(policies.NotAllowed):
        services.take_difficulty(difficulty=difficulty, by=world.justice.leader, assignee=world.home.officer, at=NOW)


def test_the_clock_stands_still_while_the_asker_must_clarify(world: World) -> None:
    difficulty = world.raised()
    services.ask_back(difficulty=difficulty, question="Ở bước nào?", by=world.justice.officer, at=NOW + HOUR)
    assert fresh(difficulty).due_at is None
    assert open_steps(difficulty) == [("clarify", world.here.civil_status.code)]
    services.clarify(difficulty=difficulty, text="Bước ký.", by=world.here.case, at=NOW + 3 * DAY)
    # Monday to Thursday are two working days, the Tuesday being a holiday: Friday becomes the Tuesday after.
    assert fresh(difficulty).due_at == FRIDAY + 4 * DAY
    [item] = queries.open_items(difficulty)
    assert (item.step, item.assignee) == ("answer", world.justice.officer)


def test_passing_on_needs_a_reason_and_does_not_give_more_time(world: World) -> None:
    difficulty = world.raised()
    with pytest.raises(WordsNeeded):
        services.pass_on(difficulty=difficulty, to=world.home.office, reason=" ", by=world.justice.officer, at=NOW)
    services.pass_on(
        difficulty=difficulty, to=world.home.office, reason="Việc của sở kia.", by=world.justice.officer, at=NOW + HOUR
    )
    assert open_steps(difficulty) == [("acknowledge", world.home.office.code)]
    assert fresh(difficulty).due_at == FRIDAY
    assert policies.get_difficulty(world.justice.officer, difficulty.number, TODAY)
    with pytest.raises(policies.NotAllowed):
        services.answer_difficulty(difficulty=difficulty, text="Ừ.", by=world.justice.officer, at=NOW + HOUR)


def test_it_is_not_passed_on_to_where_it_is(world: World) -> None:
    difficulty = world.raised()
    with pytest.raises(ValueError, match="already"):
        services.pass_on(difficulty=difficulty, to=world.justice.office, reason="?", by=world.justice.officer, at=NOW)


# --- one for many ----------------------------------------------------------------------------------------------------
def test_me_too_counts_communes_and_once_each(world: World) -> None:
    difficulty = world.raised()
    for person, office in (
        (world.there.case, world.there.civil_status),
        (world.there.case, world.there.civil_status),
        (world.there.intake, world.there.centre),
        (world.here.case, world.here.civil_status),
    ):
        services.add_voice(difficulty=difficulty, by=person, office=office, at=NOW)
    assert Voice.objects.count() == 2
    assert queries.communes_meeting(difficulty) == 2
    assert policies.get_difficulty(world.there.case, difficulty.number, TODAY) == difficulty


def test_joined_ones_are_answered_once_and_everybody_is_told(world: World) -> None:
    first, second = world.raised(), world.raised(world.there, shared=False)
    services.add_voice(difficulty=second, by=world.there.leader, office=world.there.commune, at=NOW)
    services.join_difficulties(difficulty=second, into=first, by=world.justice.officer, at=NOW)
    services.answer_difficulty(difficulty=first, text="Làm theo mẫu.", by=world.justice.officer, at=NOW)
    told = Delivery.objects.filter(event__type="oversight.difficulty_answered").values_list("payload", flat=True)
    people = {payload["person"] for payload in told}
    assert people == {world.here.case.pk, world.there.case.pk, world.there.leader.pk}
    assert queries.communes_meeting(first) == 2
    assert open_steps(second) == []
    assert fresh(second).matter.closed_at == NOW


def test_what_was_joined_into_a_joined_one_follows(world: World) -> None:
    first, second, third = world.raised(), world.raised(world.there), world.raised(world.there)
    services.join_difficulties(difficulty=third, into=second, by=world.justice.officer, at=NOW)
    services.join_difficulties(difficulty=second, into=first, by=world.justice.officer, at=NOW)
    assert fresh(third).merged_into == first


def test_nothing_is_joined_with_itself_or_with_what_is_over(world: World) -> None:
    first, second = world.raised(), world.raised()
    with pytest.raises(CannotJoin):
        services.join_difficulties(difficulty=first, into=first, by=world.justice.officer, at=NOW)
    services.withdraw_difficulty(difficulty=second, by=world.here.case, at=NOW)
    with pytest.raises(CannotJoin):
        services.join_difficulties(difficulty=first, into=second, by=world.justice.officer, at=NOW)
    assert fresh(first).state == "raised"


def test_a_merged_difficulty_is_not_reopened_and_a_voice_for_it_counts_where_it_went(world: World) -> None:
    first, second = world.raised(), world.raised(world.there)
    services.join_difficulties(difficulty=second, into=first, by=world.justice.officer, at=NOW)
    with pytest.raises(Refused) as refused:
        services.reopen_difficulty(difficulty=second, reason="Vẫn vướng.", by=world.there.case, at=NOW)
    assert refused.value.reason_code == "finished"
    services.add_voice(difficulty=fresh(second), by=world.here.intake, office=world.here.centre, at=NOW)
    assert first.voices.filter(person=world.here.intake).exists()


# --- the answer ------------------------------------------------------------------------------------------------------
def test_of_two_who_answer_at_once_the_second_reads_that_it_is_answered(world: World) -> None:
    difficulty = world.raised()
    services.answer_difficulty(difficulty=difficulty, text="Một.", by=world.justice.officer, at=NOW)
    with pytest.raises(Refused) as refused:
        services.answer_difficulty(difficulty=difficulty, text="Hai.", by=world.justice.colleague, at=NOW)
    assert refused.value.state == "answered"
    assert difficulty.answers.count() == 1


def test_an_answer_that_helped_ends_it(world: World) -> None:
    difficulty = world.answered()
    assert open_steps(difficulty) == [("confirm", world.here.civil_status.code)]
    services.confirm_answer(difficulty=difficulty, by=world.here.case, at=NOW + HOUR)
    assert (fresh(difficulty).state, open_steps(difficulty)) == ("closed", [])
    assert queries.standing_of(fresh(difficulty), NOW) == "early"


def test_an_answer_that_did_not_help_comes_back_with_what_is_left_of_the_time(world: World) -> None:
    difficulty = world.answered(at=NOW)
    services.reopen_difficulty(difficulty=difficulty, reason="Vẫn vướng.", by=world.here.leader, at=NOW + 3 * DAY)
    again = fresh(difficulty)
    assert (again.state, again.answered_at, again.due_at) == ("in_hand", None, FRIDAY + 4 * DAY)
    assert queries.open_items(difficulty)[0].assignee == world.justice.officer


def test_a_stranger_neither_confirms_nor_withdraws(world: World) -> None:
    difficulty = world.answered()
    with pytest.raises(policies.NotAllowed):
        services.confirm_answer(difficulty=difficulty, by=world.there.case, at=NOW)
    with pytest.raises(policies.NotAllowed):
        services.confirm_answer(difficulty=difficulty, by=world.justice.officer, at=NOW)


def test_for_the_public_the_commune_confirms(world: World) -> None:
    difficulty = world.answered(by=None, office=world.here.commune)
    services.confirm_answer(difficulty=difficulty, by=world.here.leader, at=NOW)
    assert fresh(difficulty).state == "closed"


# --- what lies too long ----------------------------------------------------------------------------------------------
def test_what_nobody_acknowledges_is_escalated_once_as_an_act_of_the_systems_hand(world: World) -> None:
    difficulty = world.raised()
    assert services.move_what_waits(at=NOW + timedelta(hours=6)) == 0
    late = NOW + 3 * DAY
    assert services.move_what_waits(at=late) == 1
    assert services.move_what_waits(at=late) == 0
    event = Event.objects.get(type="oversight.difficulty_escalated")
    assert event.actor is not None
    assert event.actor.is_system
    assert open_steps(difficulty) == [
        ("acknowledge", world.justice.office.code),
        ("oversee", world.cast.province.code),
    ]
    assert policies.get_difficulty(world.governor, difficulty.number, TODAY) == difficulty
    assert not list(invariants.faults([difficulty.pk]))


def test_the_next_act_ends_what_was_escalated_and_it_may_be_escalated_again(world: World) -> None:
    difficulty = world.raised()
    services.move_what_waits(at=NOW + 3 * DAY)
    services.take_difficulty(difficulty=difficulty, by=world.justice.officer, at=NOW + 3 * DAY)
    assert [step for step, _ in open_steps(difficulty)] == ["answer"]
    services.move_what_waits(at=NOW + 10 * DAY)
    assert [step for step, _ in open_steps(difficulty)] == ["answer", "oversee"]


def test_an_answer_that_nobody_contradicts_in_five_working_days_is_taken_as_helpful(world: World) -> None:
    difficulty = world.answered()
    services.move_what_waits(at=NOW + 6 * DAY)
    assert fresh(difficulty).state == "answered"
    services.move_what_waits(at=NOW + 9 * DAY)
    assert fresh(difficulty).state == "closed"


def test_a_difficulty_with_the_province_itself_has_nobody_above(world: World) -> None:
    province = world.cast.province
    services.set_route(province=province, scope="all", key="", department=province, by=world.governor, at=NOW)
    world.raised()
    assert services.move_what_waits(at=NOW + 10 * DAY) == 0


# --- alike -----------------------------------------------------------------------------------------------------------
def test_what_others_met_at_the_same_step_comes_first_with_its_answer(world: World) -> None:
    answered = world.answered()
    elsewhere = world.raised(here=Here(procedure=BIRTH, step="process"))
    world.raised(here=Here(procedure=CERTIFY, step="sign"))
    found = queries.similar(world.there.case, TODAY, Here(procedure=BIRTH, step="sign"))
    assert [each.difficulty for each in found] == [answered, elsewhere]
    assert found[0].answer is not None
    assert found[0].answer.text == "Làm theo mẫu."
    assert not found[0].mine


def test_the_same_words_elsewhere_are_alike_and_other_words_are_not(world: World) -> None:
    known = world.raised(text="Máy in không in được giấy tiếp nhận", here=Here())
    assert [
        each.difficulty for each in queries.similar(world.there.case, TODAY, Here(), "may in khong in duoc giay")
    ] == [known]
    assert queries.similar(world.there.case, TODAY, Here(), "phần mềm báo lỗi khi nộp") == []


def test_what_is_not_for_everybody_is_never_among_the_alike(world: World) -> None:
    world.raised(shared=False)
    world.raised(by=None, office=world.here.commune)
    assert queries.similar(world.there.case, TODAY, Here(procedure=BIRTH, step="sign")) == []


def test_possible_acts_are_what_the_services_allow(world: World) -> None:
    difficulty = fresh(world.raised())
    assert queries.possible_acts(world.justice.officer, difficulty, TODAY) == queries.OF_THE_OFFICE[1:]
    assert queries.possible_acts(world.here.case, difficulty, TODAY) == ("withdraw",)
    assert queries.possible_acts(world.there.case, difficulty, TODAY) == (queries.VOICE,)
    assert identity.ANSWER in identity.capabilities_of(world.justice.officer, TODAY)


def test_erased_no_word_of_a_difficulty_is_left_and_its_answer_is_read_by_nobody_any_more(world: World) -> None:
    file = keep(b"%PDF-1.4 mau", type="application/pdf")
    difficulty = world.raised(files=[Given(file, "Nguyen Van Mau.pdf")])
    law = {"difficulty": difficulty, "at": NOW, "legal_source": "Luật 91/2025"}
    with pytest.raises(ValueError, match="over"):
        services.erase_difficulty(by=world.here.leader, **law)
    services.withdraw_difficulty(difficulty=difficulty, by=world.here.case, at=NOW)
    assert queries.possible_acts(world.here.leader, fresh(difficulty), TODAY)[-1] == "erase"
    with pytest.raises(policies.NotAllowed):
        services.erase_difficulty(by=world.here.case, **law)
    services.erase_difficulty(by=world.here.leader, **law)
    erased = fresh(difficulty)
    assert (erased.text, erased.matter.title) == ("-", erased.number)
    assert [each.name for each in erased.attachments.all()] == ["-"]
    while outbox.run_due(NOW):
        pass
    assert not file.path.exists()
    assert "erase" not in queries.possible_acts(world.here.leader, erased, TODAY)
    assert not list(ledger.breaks())


# --- watched ---------------------------------------------------------------------------------------------------------
def test_the_watch_finds_a_difficulty_that_nobody_has_and_says_so_until_somebody_does(world: World) -> None:
    difficulty = world.raised()
    assert not watch.look(NOW + timedelta(minutes=1))
    items = WorkItem.objects.filter(matter=difficulty.matter, closed_by=None)
    by = Event.objects.get(matter=difficulty.matter)
    items.update(closed_by=by)
    assert watch.look(NOW + timedelta(minutes=2)) == {(difficulty.pk, "difficulty_no_work"): "raised"}
    WorkItem.objects.filter(matter=difficulty.matter).update(closed_by=None)
    assert not watch.look(NOW + timedelta(minutes=3))
    assert not watch.open_breaches().exists()
