"""What hangs on the wall is said once and kept, and whether it still holds is computed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.kernel import files, ledger
from motcua.kernel.ledger import Event
from motcua.procedures import policies
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.models import Posting
from motcua.procedures.services import PostingRefused
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast, document
from tests.procedures.postings import HALL, VILLAGE, change, hang, photo

pytestmark = pytest.mark.django_db
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
CIVIL = "ho-tich"


def standings(cast: Cast, day: date = TODAY) -> dict[tuple[str, str], str]:
    """How every sheet that hangs stands, by key and place."""
    sheets = procedures.sheets_on(cast.here.commune, day)
    return {(one.key, one.place): one.standing(sheets) for one in procedures.postings_of(cast.here.commune)}


def reasons(cast: Cast, day: date = TODAY) -> dict[str, str]:
    return {one.shown.key: one.reason for one in procedures.outdated_postings(cast.here.commune, day)}


def test_a_sheet_pins_what_was_in_force_on_the_day_it_was_hung(cast: Cast) -> None:
    change(cast, BIRTH, "Quầy số 2.", TOMORROW)
    (posting,) = hang(cast, BIRTH)
    assert (posting.version.no, posting.place, posting.posted_date) == (1, HALL, TODAY)  # type: ignore[union-attr]
    edition = procedures.edition_for(cast.here.commune, BIRTH, TODAY)
    assert tuple(posting.overlay_ids) == edition.overlay_ids
    assert standings(cast) == {(BIRTH, HALL): "current"}
    assert standings(cast, TOMORROW) == {(BIRTH, HALL): "changed"}


def test_a_new_version_or_overlay_puts_the_sheet_on_the_reprint_list_and_reprinting_takes_it_off(cast: Cast) -> None:
    hang(cast, BIRTH, CERTIFY, OPEN_LIMIT)
    assert reasons(cast) == {}
    doc = document(OPEN_LIMIT) | {"notes": "Mang theo bút."}
    catalogue.publish_version(doc=doc, at=NOW, by=None, effective_from=TODAY)
    change(cast, BIRTH, "Quầy số 2.")
    assert reasons(cast) == {BIRTH: "changed", OPEN_LIMIT: "changed"}
    hang(cast, BIRTH, OPEN_LIMIT)
    assert reasons(cast) == {}
    down = Posting.objects.exclude(taken_down_date=None)
    assert {(each.key, each.taken_down_date) for each in down} == {(BIRTH, TODAY), (OPEN_LIMIT, TODAY)}


def test_what_another_commune_changes_makes_no_sheet_here_outdated(cast: Cast) -> None:
    hang(cast, BIRTH, town=cast.there)
    change(cast, BIRTH, "Quầy số 2.")
    there = procedures.outdated_postings(cast.there.commune, TODAY)
    assert BIRTH not in {one.shown.key for one in there}


def test_a_procedure_never_posted_or_taken_down_everywhere_is_missed(cast: Cast) -> None:
    (posting,) = hang(cast, BIRTH)
    assert reasons(cast) == {CERTIFY: "never", OPEN_LIMIT: "never"}
    catalogue.take_down_sheet(posting=posting, taken_down_date=TODAY, by=cast.here.procedure_manager, at=NOW)
    assert reasons(cast)[BIRTH] == "never"


def test_a_sheet_of_what_is_offered_no_more_is_to_be_taken_down(cast: Cast) -> None:
    hang(cast, CERTIFY, BIRTH)
    version = procedures.procedure(CERTIFY).versions.get()
    catalogue.retire_version(version=version, at=NOW, by=None, effective_to=TODAY)
    catalogue.make_overlay(
        office=cast.here.commune,
        procedure=procedures.procedure(BIRTH),
        doc={"mode": "none"},
        legal_source="",
        at=NOW,
        by=cast.here.procedure_manager,
        effective_from=TODAY,
    )
    assert reasons(cast) == {CERTIFY: "ended", BIRTH: "ended", OPEN_LIMIT: "never"}


def test_a_sheet_hangs_at_several_places_and_each_is_outdated_by_itself(cast: Cast) -> None:
    hang(cast, BIRTH)
    hang(cast, BIRTH, place=f"  {VILLAGE}\n ")
    change(cast, BIRTH, "Quầy số 2.")
    hang(cast, BIRTH)
    assert standings(cast) == {(BIRTH, HALL): "current", (BIRTH, VILLAGE): "changed"}
    assert procedures.places_of(cast.here.commune) == [HALL, VILLAGE]


def test_the_list_of_a_field_is_outdated_when_a_procedure_joins_it(cast: Cast) -> None:
    (posting,) = hang(cast, CIVIL)
    assert (posting.kind, posting.procedure, posting.version) == ("sector", None, None)
    assert standings(cast) == {(CIVIL, HALL): "current"}
    doc = document(BIRTH) | {"code": "9.000009", "short_name": "Thủ tục mẫu mới"}
    catalogue.publish_version(doc=doc, at=NOW, by=None, effective_from=TODAY)
    assert standings(cast) == {(CIVIL, HALL): "changed"}
    assert reasons(cast)[CIVIL] == "changed"


def test_every_posting_and_every_taking_down_is_an_event_of_its_procedure(cast: Cast) -> None:
    kept = files.keep(photo(), type="image/jpeg")
    hang(cast, BIRTH, CIVIL, photo=kept)
    hang(cast, BIRTH)
    found = Event.objects.filter(type__startswith="procedures.sheet").order_by("position")
    said = [(each.type.rpartition("_")[2], each.matter.reference, each.office) for each in found]
    birth, office = procedures.procedure(BIRTH).matter.reference, f"administration/{cast.here.commune.code}"
    assert said == [
        ("posted", birth, cast.here.commune),
        ("posted", office, cast.here.commune),
        ("down", birth, cast.here.commune),
        ("posted", birth, cast.here.commune),
    ]
    first = found[0]
    assert first.actor == cast.here.procedure_manager
    assert first.payload["photo"] == kept.sha256
    assert HALL not in str(first.payload)
    assert list(ledger.breaks()) == []


def test_the_same_act_twice_is_one_act_and_answers_the_same(cast: Cast) -> None:
    first = hang(cast, BIRTH, CERTIFY, op_id="once")
    events = Event.objects.count()
    change(cast, BIRTH, "Quầy số 2.")
    again = hang(cast, BIRTH, CERTIFY, op_id="once")
    assert [each.pk for each in again] == [each.pk for each in first]
    assert Event.objects.count() == events + 1  # the overlay
    assert Posting.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "reason", "keys"),
    [
        ({"posted_date": TOMORROW}, "in_the_future", ()),
        ({"posted_date": date(2026, 6, 30)}, "not_offered", (BIRTH,)),
        ({"keys": ["1.999999", BIRTH]}, "not_offered", ("1.999999",)),
        ({"keys": []}, "no_sheets", ()),
        ({"place": " \n"}, "no_place", ()),
        ({"place": "x" * 201}, "no_place", ()),
    ],
)
def test_what_cannot_have_been_is_refused_and_nothing_is_half_recorded(
    cast: Cast, changes: dict[str, object], reason: str, keys: tuple[str, ...]
) -> None:
    given = {"keys": [BIRTH], "place": HALL, "posted_date": TODAY} | changes
    with pytest.raises(PostingRefused) as refused:
        catalogue.post_sheets(office=cast.here.commune, by=cast.here.procedure_manager, at=NOW, op_id="x", **given)  # type: ignore[arg-type]
    assert (refused.value.reason, refused.value.keys) == (reason, keys)
    assert not Posting.objects.exists()


def test_a_sheet_hung_later_is_not_replaced_by_one_hung_earlier(cast: Cast) -> None:
    hang(cast, BIRTH)
    with pytest.raises(PostingRefused) as refused:
        hang(cast, CERTIFY, BIRTH, posted_date=YESTERDAY)
    assert (refused.value.reason, refused.value.keys) == ("hung_later", (BIRTH,))
    assert Posting.objects.count() == 1


@pytest.mark.parametrize(("day", "reason"), [(TOMORROW, "in_the_future"), (YESTERDAY, "before_it_hung")])
def test_a_sheet_comes_down_between_its_day_and_today(cast: Cast, day: date, reason: str) -> None:
    (posting,) = hang(cast, BIRTH)
    with pytest.raises(PostingRefused) as refused:
        catalogue.take_down_sheet(posting=posting, taken_down_date=day, by=cast.here.procedure_manager, at=NOW)
    assert refused.value.reason == reason


def test_a_sheet_taken_down_twice_stays_as_it_was_said_first(cast: Cast) -> None:
    (posting,) = hang(cast, BIRTH, posted_date=YESTERDAY)
    who = {"by": cast.here.procedure_manager, "at": NOW}
    catalogue.take_down_sheet(posting=posting, taken_down_date=YESTERDAY, **who)
    events = Event.objects.count()
    assert catalogue.take_down_sheet(posting=posting, taken_down_date=TODAY, **who).taken_down_date == YESTERDAY
    assert Event.objects.count() == events


@pytest.mark.parametrize("who", ["intake", "case", "approver", "leader"])
def test_only_who_manages_procedures_of_this_very_commune_keeps_its_wall(cast: Cast, who: str) -> None:
    (posting,) = hang(cast, CERTIFY)
    for person in (getattr(cast.here, who), cast.there.procedure_manager):
        with pytest.raises(policies.NotAllowed):
            hang(cast, BIRTH, by=person)
        with pytest.raises(policies.NotAllowed):
            catalogue.take_down_sheet(posting=posting, taken_down_date=TODAY, by=person, at=NOW)
        with pytest.raises(Posting.DoesNotExist):
            policies.get_posting(person, posting.pk, TODAY)
    assert policies.get_posting(cast.here.administrator, posting.pk, TODAY) == posting


def test_the_database_keeps_what_a_posting_says_and_lets_it_come_down(cast: Cast) -> None:
    (posting,) = hang(cast, BIRTH)
    for statement in (
        "UPDATE procedures_posting SET place = 'x'",
        "UPDATE procedures_posting SET posted_date = '2026-01-01'",
        "DELETE FROM procedures_posting",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(pk=posting.pk).update(taken_down_date=YESTERDAY, taken_down_by=posting.posted_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(pk=posting.pk).update(taken_down_date=TODAY)


def test_the_database_refuses_a_second_sheet_at_one_place_and_a_sheet_of_nothing(cast: Cast) -> None:
    (posting,) = hang(cast, BIRTH)
    same = {"office": posting.office, "posted_by": posting.posted_by, "posted_date": TODAY, "place": HALL}
    of = {"kind": "procedure", "procedure": posting.procedure, "version": posting.version}
    for broken in ({**of, "op_id": "b"}, {"kind": "procedure", "op_id": "c"}, {"kind": "sector", "op_id": "d"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Posting.objects.create(**same, **broken)


def test_a_quarter_lists_what_was_hung_in_it_even_if_it_hangs_no_more(cast: Cast) -> None:
    hang(cast, BIRTH, posted_date=date(2026, 9, 30))
    hang(cast, BIRTH, CERTIFY, posted_date=date(2026, 10, 1))
    hang(cast, BIRTH)
    found = procedures.posted_between(cast.here.commune, date(2026, 10, 1), date(2026, 12, 31))
    assert [(one.key, one.posted_date, one.taken_down_date) for one in found] == [
        (CERTIFY, date(2026, 10, 1), None),
        (BIRTH, date(2026, 10, 1), TODAY),
        (BIRTH, TODAY, None),
    ]


def test_lists_cost_as_many_queries_with_one_sheet_as_with_fifty(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(50):
        doc = document(OPEN_LIMIT) | {"code": f"9.{n:06d}", "short_name": f"Thủ tục mẫu {n:03d}"}
        catalogue.publish_version(
            doc=doc, at=datetime(2026, 7, 1, tzinfo=UTC), by=None, effective_from=date(2026, 7, 1)
        )
    with django_assert_num_queries(7):
        procedures.outdated_postings(cast.here.commune, TODAY)
    hang(cast, *(f"9.{n:06d}" for n in range(50)))
    with django_assert_num_queries(2):
        assert len(procedures.postings_of(cast.here.commune)) == 50
        procedures.sheets_on(cast.here.commune, TODAY)


def test_where_a_procedure_hangs_is_known_without_asking_again_until_something_is_hung(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office = cast.here.commune
    hang(cast, BIRTH, posted_date=YESTERDAY)
    assert [(each.place, each.posted_date) for each in procedures.boards_of(office, BIRTH)] == [(HALL, YESTERDAY)]
    with django_assert_num_queries(1):
        procedures.boards_of(office, BIRTH)
    (posting,) = hang(cast, BIRTH, place=VILLAGE)
    assert [each.place for each in procedures.boards_of(office, BIRTH)] == [HALL, VILLAGE]
    who = {"by": cast.here.procedure_manager, "at": timezone.now()}
    catalogue.take_down_sheet(posting=posting, taken_down_date=TODAY, **who)
    assert [each.place for each in procedures.boards_of(office, BIRTH)] == [HALL]
