"""Stamps change with the rows they are about, whoever writes, and never return for other content."""

from datetime import date

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.kernel import freshness, organisation
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests.cast import CERTIFY, NOW, TODAY, Cast

pytestmark = pytest.mark.django_db


def test_a_change_past_every_service_is_seen_at_once(cast: Cast) -> None:
    slug = cast.here.slug
    assert organisation.commune_by_slug(slug, TODAY).phone != "0300 000 099"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_office SET phone = '0300 000 099' WHERE slug = %s", [slug])
    assert organisation.commune_by_slug(slug, TODAY).phone == "0300 000 099"


def test_a_change_taken_back_leaves_no_trace(cast: Cast) -> None:
    slug, before = cast.here.slug, freshness.stamps()
    name = organisation.commune_by_slug(slug, TODAY).name
    with transaction.atomic():
        Office.objects.filter(slug=slug).update(name="Tên khác")
        assert organisation.commune_by_slug(slug, TODAY).name == "Tên khác"
        transaction.set_rollback(True)
    assert freshness.stamps() == before
    assert organisation.commune_by_slug(slug, TODAY).name == name
    Office.objects.filter(slug=slug).update(phone="1")
    assert organisation.commune_by_slug(slug, TODAY).name == name


def test_what_one_caller_changes_in_its_office_no_other_sees(cast: Cast) -> None:
    mine = organisation.commune_by_slug(cast.here.slug, TODAY)
    mine.name = "Đang sửa, chưa lưu"
    assert organisation.commune_by_slug(cast.here.slug, TODAY).name != mine.name


def test_a_new_overlay_is_in_the_next_edition(cast: Cast) -> None:
    office = cast.here.commune
    before = procedures.edition_for(office, CERTIFY, TODAY)
    catalogue.make_overlay(
        office=office,
        procedure=procedures.procedure(CERTIFY),
        doc={"notes": "Quầy số 2."},
        legal_source="",
        at=NOW,
        by=cast.here.procedure_manager,
        effective_from=TODAY,
    )
    after = procedures.edition_for(office, CERTIFY, TODAY)
    assert before.key != after.key
    assert after.definition.notes is not None


def test_an_edition_asked_for_again_costs_one_tiny_statement(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    procedures.edition_for(cast.here.commune, CERTIFY, TODAY)
    organisation.commune_by_slug(cast.here.slug, TODAY)
    with django_assert_num_queries(1):
        procedures.edition_for(cast.here.commune, CERTIFY, TODAY)
    with django_assert_num_queries(1), freshness.held():
        for _ in range(3):
            procedures.edition_for(cast.here.commune, CERTIFY, TODAY)
            organisation.commune_by_slug(cast.here.slug, TODAY)


def test_another_day_is_another_question(cast: Cast) -> None:
    organisation.commune_by_slug(cast.here.slug, TODAY)
    with pytest.raises(Office.DoesNotExist):
        organisation.commune_by_slug(cast.here.slug, date(1999, 1, 1))
