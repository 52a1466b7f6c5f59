"""An answer becomes guidance at its step in every commune; documents have exactly one live edition."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel import ledger
from motcua.kernel.identity import Post
from motcua.oversight import policies, queries, services
from motcua.oversight.models import DocumentLink, Guidance, GuidingDocument
from motcua.oversight.rules import guidance as rules
from motcua.oversight.services import (
    CannotLink,
    Content,
    Described,
    KnownAlready,
    NoLongerLive,
    NotAnswered,
    Place,
    WordsNeeded,
)
from motcua.ui.here import Here
from tests.cast import BIRTH, CERTIFY, NOW, TODAY
from tests.oversight.departments import World, fresh

TOMORROW = TODAY + timedelta(days=1)


def published(world: World, **changes: Any) -> Guidance:
    return services.publish_answer(difficulty=world.answered(**changes), by=world.justice.officer, at=NOW)


def content(**changes: Any) -> Content:
    given = Content("Ký thế nào?", "Ký ở ô bên phải.", (Place(BIRTH, step="sign"),), TODAY)
    return replace(given, **changes)


def document(world: World, number: str = "12/HD-MAU", **changes: Any) -> GuidingDocument:
    given: dict[str, Any] = {"kind": "guidance", "issuer": "Sở Mẫu Một", "title": f"Văn bản mẫu {number}"}
    given |= {"issued_date": TODAY, "effective_from": TODAY, "places": (Place(BIRTH),)}
    links = {name: changes.pop(name) for name in ("replaces", "amends", "files") if name in changes}
    return services.register_document(
        described=Described(number=number, **given | changes),
        office=world.justice.office,
        by=world.justice.officer,
        at=NOW,
        **links,
    )


def at_signing(world: World, day: date = TODAY, office: Any = None) -> list[str]:
    found = queries.guidance_at(office or world.there.civil_status, day, procedure=BIRTH, step="sign")
    return [each.reference for each in found]


# --- an answer becomes guidance --------------------------------------------------------------------------------------
def test_an_answer_stands_at_its_step_in_the_other_commune_with_who_says_so_and_when(world: World) -> None:
    entry = published(world)
    [shown] = queries.guidance_at(world.there.civil_status, TODAY, procedure=BIRTH, step="sign")
    assert (shown.reference, shown.text) == (entry.reference, "Làm theo mẫu.")
    assert (shown.by, shown.office, shown.at) == (world.justice.officer.full_name, "Sở Mẫu Một", NOW)
    assert shown.worth == "exchange"


def test_it_stands_at_no_other_step_and_no_other_procedure(world: World) -> None:
    published(world)
    office = world.there.civil_status
    assert queries.guidance_at(office, TODAY, procedure=BIRTH, step="receive") == []
    assert queries.guidance_at(office, TODAY, procedure=CERTIFY, step="sign") == []
    assert len(queries.guidance_for(office, TODAY, BIRTH)) == 1


def test_what_is_about_a_whole_field_stands_at_every_step_of_its_procedures_below_what_is_about_the_step(
    world: World,
) -> None:
    of_step = published(world)
    of_field = services.publish_guidance(
        content=content(places=(Place(sector="ho-tich"),)),
        office=world.justice.office,
        by=world.justice.officer,
        at=NOW,
    )
    assert at_signing(world) == [of_step.reference, of_field.reference]
    assert [
        each.reference for each in queries.guidance_at(world.here.centre, TODAY, procedure=BIRTH, step="receive")
    ] == [of_field.reference]


def test_a_communes_own_word_holds_in_that_commune_only(world: World) -> None:
    entry = services.publish_guidance(content=content(), office=world.here.commune, by=world.here.leader, at=NOW)
    assert at_signing(world, office=world.here.civil_status) == [entry.reference]
    assert at_signing(world) == []
    with pytest.raises(Guidance.DoesNotExist):
        policies.get_guidance(world.there.leader, entry.reference, TODAY)


def test_it_holds_from_a_day_to_a_day(world: World) -> None:
    services.publish_guidance(
        content=content(valid_from=TOMORROW, valid_to=TOMORROW + timedelta(days=2)),
        office=world.justice.office,
        by=world.justice.officer,
        at=NOW,
    )
    held = [bool(at_signing(world, TODAY + timedelta(days=n))) for n in range(4)]
    assert held == [False, True, True, False]


def test_a_difficulty_without_an_answer_has_nothing_to_publish(world: World) -> None:
    with pytest.raises(NotAnswered):
        services.publish_answer(difficulty=world.raised(), by=world.justice.officer, at=NOW)


def test_what_names_no_place_stands_nowhere_and_is_refused(world: World) -> None:
    with pytest.raises(WordsNeeded):
        published(world, here=Here())


def test_only_who_answers_for_the_office_publishes(world: World) -> None:
    answered = world.answered()
    for person in (world.home.officer, world.here.case, world.governor):
        with pytest.raises(policies.NotAllowed):
            services.publish_answer(difficulty=answered, by=person, at=NOW)


# --- one live edition ------------------------------------------------------------------------------------------------
def test_another_edition_takes_its_place_and_the_old_address_leads_there(world: World) -> None:
    first = published(world)
    second = services.revise_guidance(guidance=first, content=content(), by=world.justice.officer, at=NOW)
    third = services.revise_guidance(guidance=second, content=content(), by=world.justice.officer, at=NOW)
    assert at_signing(world) == [third.reference]
    old = policies.get_guidance(world.there.case, first.reference, TODAY)
    assert queries.edition_in_place_of(old) == third
    with pytest.raises(NoLongerLive):
        services.revise_guidance(guidance=first, content=content(), by=world.justice.officer, at=NOW)


def test_what_is_withdrawn_stands_nowhere(world: World) -> None:
    entry = published(world)
    services.withdraw_guidance(guidance=entry, by=world.justice.officer, at=NOW)
    assert at_signing(world) == []
    assert queries.worth_of(Guidance.objects.get(pk=entry.pk), TODAY) == "withdrawn"


def test_a_document_behind_it_makes_it_guidance_and_an_ended_one_takes_it_away(world: World) -> None:
    entry = published(world)
    ends = document(world, effective_to=TODAY + timedelta(days=30))
    services.rest_on_document(guidance=entry, document=ends, by=world.justice.officer, at=NOW)
    [shown] = queries.guidance_at(world.there.civil_status, TODAY, procedure=BIRTH, step="sign")
    assert (shown.worth, shown.document) == ("guidance", "12/HD-MAU")
    assert at_signing(world, TODAY + timedelta(days=30)) == []


# --- documents -------------------------------------------------------------------------------------------------------
def test_of_documents_that_replace_each_other_exactly_one_is_in_force_each_day(world: World) -> None:
    first = document(world, "1/HD-MAU")
    second = document(world, "2/HD-MAU", effective_from=TOMORROW, replaces=[first])
    office = world.there.centre

    def in_force(day: date) -> list[GuidingDocument]:
        return list(queries.documents_for(office, day, BIRTH))

    assert (in_force(TODAY), in_force(TOMORROW)) == ([first], [second])
    assert queries.document_in_place_of(first) == second


def test_an_amended_document_goes_on_beside_the_one_that_amends_it(world: World) -> None:
    first = document(world, "1/HD-MAU")
    second = document(world, "2/HD-MAU", amends=[first])
    assert set(queries.documents_for(world.there.centre, TODAY, BIRTH)) == {first, second}


def test_a_document_never_takes_its_own_place_in_one_step_or_in_two(world: World) -> None:
    first = document(world, "1/HD-MAU")
    second = document(world, "2/HD-MAU", replaces=[first])
    refused = []
    for one, other in ((first, first), (first, second)):
        with pytest.raises(CannotLink) as found:
            services.link_documents(document=one, other=other, kind=rules.REPLACES, by=world.justice.officer, at=NOW)
        refused.append(found.value.reason)
    with pytest.raises(CannotLink) as found:
        document(world, "1/HD-MAU", replaces=[first])
    assert [*refused, found.value.reason] == ["itself", "circle", "itself"]
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentLink.objects.create(document=first, other=first, kind=rules.REPLACES)


def test_two_documents_never_take_the_same_place(world: World) -> None:
    first = document(world, "1/HD-MAU")
    document(world, "2/HD-MAU", replaces=[first])
    with pytest.raises(CannotLink) as refused:
        document(world, "3/HD-MAU", replaces=[first])
    assert (refused.value.reason, refused.value.other) == ("replaced", first.reference)
    assert not GuidingDocument.objects.filter(number="3/HD-MAU").exists()


def test_the_same_document_is_kept_once(world: World) -> None:
    first = document(world)
    with pytest.raises(KnownAlready) as refused:
        document(world)
    assert refused.value.reference == first.reference


def test_reading_is_by_post_and_once(world: World) -> None:
    kept = document(world)
    post = Post.objects.get(person=world.there.case)
    assert kept in queries.unread_by(world.there.case, TODAY)
    for _ in range(2):
        services.mark_read(document=kept, by=world.there.case, post=post, at=NOW)
    assert kept.readings.count() == 1
    assert kept not in queries.unread_by(world.there.case, TODAY)
    with pytest.raises(policies.NotAllowed):
        services.mark_read(document=kept, by=world.here.case, post=post, at=NOW)


# --- gaps and search -------------------------------------------------------------------------------------------------
def test_gaps_name_procedures_with_open_difficulties_and_no_guidance(world: World) -> None:
    world.raised(here=Here(procedure=CERTIFY))
    world.raised(world.there, here=Here(procedure=CERTIFY))
    world.raised()
    published(world)
    [gap] = queries.gaps(world.governor, world.cast.province, TODAY)
    assert (gap.procedure, gap.difficulties, gap.communes) == (CERTIFY, 2, 2)


def test_guidance_is_found_by_words_of_question_or_answer(world: World) -> None:
    entry = published(world, text="Chữ ký số bị từ chối")
    office = world.there.centre
    assert [each.reference for each in queries.guidance_listed(office, TODAY, "chu ky so")] == [entry.reference]
    assert [each.reference for each in queries.guidance_listed(office, TODAY, "theo mẫu")] == [entry.reference]
    assert queries.guidance_listed(office, TODAY, "hộ chiếu") == []


def test_every_chain_holds(world: World) -> None:
    entry = published(world)
    kept = document(world, replaces=[document(world, "1/HD-MAU")])
    services.rest_on_document(guidance=entry, document=kept, by=world.justice.officer, at=NOW)
    assert fresh(entry.difficulty).number in str(entry.difficulty)
    assert list(ledger.breaks()) == []
