"""Offices: who answers for what, and on which day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from tests.cast import BEGUN, NOW, TODAY, Cast


def test_an_office_knows_those_above_it(cast: Cast) -> None:
    centre = cast.here.centre
    assert centre.codes == (cast.province.code, cast.here.commune.code, centre.code)


def test_a_duty_is_a_divisions_and_else_the_communes_own(cast: Cast) -> None:
    commune = cast.here.commune
    assert organisation.division_for(commune, "civil_status", TODAY) == cast.here.civil_status
    assert organisation.division_for(commune, "receive", TODAY) == cast.here.centre
    assert organisation.division_for(commune, "unheard_of", TODAY) == commune


def test_an_office_that_has_ended_answers_for_nothing(cast: Cast) -> None:
    Office.objects.filter(pk=cast.here.civil_status.pk).update(valid_to=TODAY)
    assert organisation.division_for(cast.here.commune, "civil_status", TODAY) == cast.here.commune
    before = TODAY - timedelta(days=1)
    assert organisation.division_for(cast.here.commune, "civil_status", before) == cast.here.civil_status


def test_a_commune_is_found_by_its_address_while_it_exists(cast: Cast) -> None:
    assert organisation.commune_by_slug(cast.here.slug, TODAY) == cast.here.commune
    with pytest.raises(Office.DoesNotExist):
        organisation.commune_by_slug(cast.here.slug, BEGUN - timedelta(days=1))
    assert set(organisation.communes(TODAY)) == {cast.here.commune, cast.there.commune}


@pytest.mark.django_db
def test_a_commune_has_an_address() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        organisation.open_office(code="X", kind="commune", name="Xã", valid_from=date(2026, 1, 1))


@pytest.mark.django_db
def test_a_half_made_database_is_no_installation() -> None:
    organisation.forget_installation()
    province = organisation.open_office(code="X", kind="province", name="Tỉnh", valid_from=BEGUN)
    row = organisation.Installation.objects.create(province=province, demo=True)
    assert organisation.installation() is None
    assert not organisation.is_demo()
    row.ready_at = NOW
    row.save()
    assert organisation.is_demo()
    organisation.forget_installation()
