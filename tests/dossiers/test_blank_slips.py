"""Blank slips: numbers reserved for an outage, printed, given out, entered later; none twice, and none is silent."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from motcua.dossiers import invariants, policies, rules, services, slips
from motcua.dossiers.models import BlankSlip, Dossier, SlipBlock
from motcua.dossiers.queries import blanks
from motcua.dossiers.rules import blanks as rule
from motcua.dossiers.services import Slip, SlipRefused, carrying
from motcua.kernel import ledger, numbering, seals
from motcua.kernel.matters import WorkItem
from motcua.kernel.seals import Seal
from tests.cast import BIRTH, NOW, Cast

# Printed the week before; given out in the hour before NOW, when the line was down.
PRINTED = NOW - timedelta(days=4)
DOWN = NOW - timedelta(hours=1)


def reserved(cast: Cast, count: int = 5, counter: str = "Quầy 1", **changes: Any) -> SlipBlock:
    given = {"office": cast.here.centre, "by": cast.here.intake, "at": PRINTED, "op_id": f"block-{counter}-{count}"}
    return services.reserve_slips(counter=counter, count=count, **given | changes)


def block_of(cast: Cast, count: int = 5, counter: str = "Quầy 1", **changes: Any) -> SlipBlock:
    """Reserved and printed."""
    block = reserved(cast, count, counter, **changes)
    return services.note_slips_printed(block=block, by=cast.here.intake, at=PRINTED)


def slip_at(block: SlipBlock, place: int) -> BlankSlip:
    return BlankSlip.objects.select_related("block__office", "block__matter").get(block=block, place=place)


def enter(cast: Cast, slip: BlankSlip, at: datetime = DOWN, entered_at: datetime = NOW, **changes: Any) -> Any:
    return cast.take_in(at=at, slip=Slip(slip.number, entered_at), **changes)


def refusal(act: Any) -> str:
    with pytest.raises(SlipRefused) as refused:
        act()
    return refused.value.code


def work(block: SlipBlock) -> list[WorkItem]:
    return list(WorkItem.objects.filter(matter=block.matter, closed_by=None))


# --- reserving ---------------------------------------------------------------------------------------------------
def test_a_reserved_number_is_of_no_day_and_counting_never_gives_it(cast: Cast) -> None:
    numbers = [slip.number for slip in BlankSlip.objects.filter(block=block_of(cast, 3))]
    assert numbers == ["H36.24-260000-0001", "H36.24-260000-0002", "H36.24-260000-0003"]
    assert cast.take_in().number == "H36.24-261123-0001"


def test_where_the_pattern_names_no_day_reserved_numbers_are_the_next_of_the_year(cast: Cast) -> None:
    cast.here.commune.number_pattern = "{n}/{yyyy}/{agency}"
    cast.here.commune.save()
    first = cast.take_in(commune=cast.here.commune).number
    numbers = [slip.number for slip in BlankSlip.objects.filter(block=block_of(cast, 2))]
    assert [first, *numbers] == ["0001/2026/H36.24", "0002/2026/H36.24", "0003/2026/H36.24"]
    assert cast.take_in(commune=cast.here.commune).number == "0004/2026/H36.24"


def test_blocks_of_counters_never_share_a_number(cast: Cast) -> None:
    for counter in ("Quầy 1", "Quầy 2", "Quầy 3"):
        block_of(cast, 4, counter)
    there = cast.there
    services.reserve_slips(
        office=there.centre, counter="Quầy 1", count=4, by=there.intake, at=PRINTED, op_id="block-there"
    )
    assert BlankSlip.objects.values("number").distinct().count() == 16


def test_the_same_key_reserves_once(cast: Cast) -> None:
    assert reserved(cast, op_id="one").pk == reserved(cast, op_id="one").pk
    assert SlipBlock.objects.count() == 1


def test_only_who_takes_in_at_this_centre_reserves_and_not_without_end(cast: Cast) -> None:
    for by in (cast.there.intake, cast.here.case, cast.here.leader):
        with pytest.raises(policies.NotAllowed):
            reserved(cast, by=by)
    assert refusal(lambda: reserved(cast, rule.MOST_SLIPS + 1)) == "too_many"
    assert refusal(lambda: reserved(cast, 0)) == "too_many"


def test_the_code_on_a_slip_proves_the_number_without_a_network(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 2)
    line = rule.read(f"https://vidu.example/verify/receipt/?r={blanks.line_of(slip)}")
    assert (line.reserved.number, line.reserved.office) == (slip.number, cast.here.centre.code)
    assert seals.holds(line.words, Seal(line.key, line.signature), seals.published())
    other = rule.Reserved(slip_at(slip.block, 3).number, line.reserved.office, line.reserved.moment)
    assert not seals.holds(other.words(line.key), Seal(line.key, line.signature), seals.published())


def test_numbers_that_came_from_elsewhere_are_left_out(cast: Cast) -> None:
    reserved(cast, 1)
    taken = cast.file().dossier.matter
    taken.reference = "H36.24-260000-0003"
    taken.save()
    numbers = [slip.number for slip in BlankSlip.objects.filter(block=reserved(cast, 3, "Quầy 2")).order_by("place")]
    assert [number[-4:] for number in numbers] == ["0002", "0004", "0005"]


# --- printing ----------------------------------------------------------------------------------------------------
def test_slips_are_printed_again_only_when_the_first_were_torn_up_and_none_given_out(cast: Cast) -> None:
    block, by = block_of(cast), cast.here.intake
    assert refusal(lambda: services.note_slips_printed(block=block, by=by, at=NOW)) == "earlier_sheets"
    again = services.note_slips_printed(block=block, by=by, at=NOW, torn_up=True)
    assert (again.prints, again.printed_at) == (2, PRINTED)
    services.say_last_slip(block=block, place=1, by=by, at=NOW)
    assert refusal(lambda: services.note_slips_printed(block=block, by=by, at=NOW, torn_up=True)) == "in_a_hand"


# --- entering ----------------------------------------------------------------------------------------------------
def test_a_dossier_entered_later_has_the_number_code_and_moment_of_its_slip(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 1)
    filed = enter(cast, slip, BIRTH_AT, code=BIRTH)
    dossier = Dossier.objects.get(pk=filed.dossier.pk)
    assert (dossier.number, dossier.filed_at, dossier.received_at) == (slip.number, BIRTH_AT, BIRTH_AT)
    assert filed.claim_code == blanks.claim_code_of(slip)
    assert policies.get_dossier_by_claim(slip.number, blanks.claim_code_of(slip)) == dossier
    assert slip_at(slip.block, 1).dossier == dossier


# A Friday afternoon, after 15:00; the day limit begins there, not on the Monday when it is entered.
BIRTH_AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def test_the_time_limit_counts_from_the_moment_on_the_slip(cast: Cast) -> None:
    live = cast.take_in(BIRTH, at=BIRTH_AT).dossier
    entered = enter(cast, slip_at(block_of(cast), 1), BIRTH_AT, code=BIRTH).dossier
    assert entered.due_at == live.due_at


def test_that_it_was_entered_later_stands_in_its_record(cast: Cast) -> None:
    dossier = enter(cast, slip_at(block_of(cast), 2)).dossier
    last = list(ledger.history(dossier.matter))[-1]
    assert (last.type, last.at, last.actor) == ("dossiers.entered_later", NOW, cast.here.intake)
    assert last.payload == {"counter": "Quầy 1", "place": 2}
    assert not list(ledger.breaks())


def test_a_slip_is_entered_once(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 1)
    enter(cast, slip)
    assert refusal(lambda: enter(cast, slip)) == "entered"
    assert Dossier.objects.count() == 1


def test_the_same_request_is_answered_again_with_the_code_on_the_slip(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 1)
    said = {"op_id": "counter-one", "request_sha256": "f" * 64}
    first, again = enter(cast, slip, **said), enter(cast, slip, **said)
    assert (again.repeated, again.number, again.claim_code) == (True, first.number, first.claim_code)


def test_the_database_lets_no_slip_be_entered_and_void(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 1)
    enter(cast, slip)
    with pytest.raises(IntegrityError), transaction.atomic():
        BlankSlip.objects.filter(pk=slip.pk).update(voided_at=NOW, void_reason="spoiled")


@pytest.mark.parametrize(
    ("at", "code"),
    [(PRINTED - timedelta(minutes=2), "before_printing"), (NOW + timedelta(minutes=1), "in_the_future")],
)
def test_the_moment_on_a_slip_lies_between_its_printing_and_now(cast: Cast, at: datetime, code: str) -> None:
    assert refusal(lambda: enter(cast, slip_at(block_of(cast), 1), at)) == code
    assert not Dossier.objects.exists()


def test_a_slip_of_another_centre_an_unprinted_one_and_an_unknown_number_are_refused(cast: Cast) -> None:
    slip = slip_at(reserved(cast), 1)
    assert refusal(lambda: enter(cast, slip)) == "not_printed"
    services.note_slips_printed(block=slip.block, by=cast.here.intake, at=PRINTED)
    assert refusal(lambda: enter(cast, slip, town=cast.there)) == "another_office"
    assert refusal(lambda: enter(cast, BlankSlip(number="H36.24-260000-0999"))) == "unknown"


def test_a_number_on_a_slip_is_not_carried_over_from_an_earlier_system(cast: Cast) -> None:
    from_elsewhere = slip_at(block_of(cast), 1).number
    assert not carrying.is_number_free(from_elsewhere)


def test_of_a_slip_of_another_communes_dossier_the_number_stays(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 1)
    filed = enter(cast, slip, town=cast.there, by=cast.here.intake, counter=cast.here.commune)
    assert (filed.number, filed.dossier.competent_office) == (slip.number, cast.there.commune)


# --- nothing is silent -------------------------------------------------------------------------------------------
def test_slips_that_were_given_out_are_open_work_until_each_is_entered_or_void(cast: Cast) -> None:
    block, by = block_of(cast), cast.here.intake
    assert not work(block)
    services.say_last_slip(block=block, place=3, by=by, at=NOW)
    (item,) = work(block)
    assert (item.act, item.office, item.due_at > NOW) == (rules.ENTER_SLIPS, cast.here.centre, True)
    enter(cast, slip_at(block, 2))
    services.void_slip(slip=slip_at(block, 1), reason="spoiled", note="Viết hỏng, đã xé", by=by, at=NOW)
    assert work(block)
    enter(cast, slip_at(block, 3))
    assert not work(block)


def test_whoever_enters_one_slip_has_to_say_which_was_the_last(cast: Cast) -> None:
    block = block_of(cast)
    enter(cast, slip_at(block, 2))
    assert [slip.place for slip in blanks.outstanding(block_now(block))] == [1]
    enter(cast, slip_at(block, 1))
    assert work(block)
    services.say_last_slip(block=block, place=2, by=cast.here.intake, at=NOW)
    assert not work(block)


def block_now(block: SlipBlock) -> SlipBlock:
    return SlipBlock.objects.get(pk=block.pk)


def test_the_last_slip_is_not_before_one_that_was_entered_nor_beyond_the_block(cast: Cast) -> None:
    block, by = block_of(cast), cast.here.intake
    enter(cast, slip_at(block, 3))
    assert refusal(lambda: services.say_last_slip(block=block, place=2, by=by, at=NOW)) == "earlier_place"
    assert refusal(lambda: services.say_last_slip(block=block, place=6, by=by, at=NOW)) == "no_such_place"


def test_a_citizen_who_shows_the_code_makes_the_slip_open_work(cast: Cast) -> None:
    block = block_of(cast)
    slip = policies.get_slip_by_claim(slip_at(block, 4).number, blanks.claim_code_of(slip_at(block, 4)))
    services.note_slip_asked_about(slip=slip, at=NOW)
    services.note_slip_asked_about(slip=slip, at=NOW + timedelta(hours=1))
    assert [slip.place for slip in blanks.outstanding(block_now(block))] == [4]
    assert len(work(block)) == 1
    assert ledger.history(block.matter).filter(type="dossiers.slip_asked_about").count() == 1


def test_a_wrong_code_opens_no_slip(cast: Cast) -> None:
    block = block_of(cast)
    code = blanks.claim_code_of(slip_at(block, 1))
    first, second = slip_at(block, 1).number, slip_at(block, 2).number
    for number, given in ((second, code), ("H36.24-260000-0999", code), (first, "")):
        with pytest.raises(BlankSlip.DoesNotExist):
            policies.get_slip_by_claim(number, given)


def test_only_whoever_leads_voids_a_slip_that_a_citizen_asked_about(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 1)
    services.note_slip_asked_about(slip=slip, at=NOW)
    said = {"reason": "not_found", "note": "Người dân đã nộp lại", "at": NOW}
    with pytest.raises(policies.NotAllowed):
        services.void_slip(slip=slip, by=cast.here.intake, **said)
    services.void_slip(slip=slip, by=cast.here.leader, **said)
    assert not work(slip.block)


def test_a_void_slip_is_not_entered_until_it_is_said_to_have_turned_up(cast: Cast) -> None:
    slip, by = slip_at(block_of(cast), 1), cast.here.intake
    services.void_slip(slip=slip, reason="not_found", note="Không tìm thấy", by=by, at=NOW)
    assert refusal(lambda: enter(cast, slip)) == "void"
    services.restore_slip(slip=slip, by=cast.here.leader, at=NOW)
    assert work(slip.block)
    enter(cast, slip)
    assert refusal(lambda: services.void_slip(slip=slip, reason="spoiled", note="x", by=by, at=NOW)) == "entered"


def test_a_slip_is_void_only_with_a_reason_in_words(cast: Cast) -> None:
    slip = slip_at(block_of(cast), 1)
    for reason, note in (("spoiled", " "), ("", "Hỏng")):
        with pytest.raises(ValueError, match="reason"):
            services.void_slip(slip=slip, reason=reason, note=note, by=cast.here.intake, at=NOW)


def test_the_watch_finds_a_slip_that_nobody_sees_to_and_a_number_that_stands_for_another_dossier(cast: Cast) -> None:
    block = block_of(cast)
    services.say_last_slip(block=block, place=2, by=cast.here.intake, at=NOW)
    assert not list(invariants.faults_of_slips([block.pk]))
    closing = ledger.history(block.matter).last()
    WorkItem.objects.filter(matter=block.matter).update(closed_by=closing)
    matter = cast.file().dossier.matter
    matter.reference = slip_at(block, 1).number
    matter.save()
    found = {fault.kind for fault in invariants.faults_of_slips([block.pk])}
    assert found == {"slips_unseen", "slip_number_twice"}


def test_few_ready_slips_and_late_ones_are_seen(cast: Cast) -> None:
    block = block_of(cast, rule.FEW + 1)
    assert blanks.ready(cast.here.centre) == rule.FEW + 1
    assert not blanks.running_low()
    services.say_last_slip(block=block, place=3, by=cast.here.intake, at=NOW)
    assert blanks.running_low() == [(cast.here.commune.name, rule.FEW - 2)]
    assert blanks.overdue(NOW) == (0, "")
    assert blanks.overdue(NOW + timedelta(days=7)) == (3, slip_at(block, 1).number)


def test_the_printed_slip_is_one_sheet_a_copy_and_the_code_stands_on_the_applicants_only(cast: Cast) -> None:
    block = block_of(cast, 2)
    found = blanks.printed(block)
    reader = PdfReader(io.BytesIO(slips.blank_slips(block, found, origin="https://vidu.example")))
    ours, theirs, *others = [page.extract_text() for page in reader.pages]
    code = blanks.claim_code_of(found[0])
    assert len(others) == 2
    for words in (found[0].number, "Quầy 1, phiếu 1/2", "Thời gian nhận hồ sơ", "DỮ LIỆU MẪU", cast.here.centre.name):
        assert words in ours
        assert words in theirs
    assert f"{code[:5]}-{code[5:]}" in theirs
    assert code[:5] not in ours
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_reserving_in_one_statement_gives_a_range(cast: Cast) -> None:
    day = NOW.date()
    assert numbering.reserve("A", day, "", 2) == ["A-260000-0001", "A-260000-0002"]
    assert numbering.reserve("A", day, "", 1) == ["A-260000-0003"]
