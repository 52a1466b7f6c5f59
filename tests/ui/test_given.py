"""What an address or a form gives is read so that no number and no day of it can break anything."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from motcua.kernel.organisation import Office
from motcua.oversight.models import GuidingDocument
from motcua.ui import given
from motcua.ui.days import DayField
from tests.cast import Cast


@pytest.mark.django_db
def test_a_number_that_no_row_can_have_is_a_wrong_choice(cast: Cast) -> None:
    ticks = given.Several(queryset=Office.objects.order_by("pk"))
    assert list(ticks.clean([str(cast.here.commune.pk)])) == [cast.here.commune]
    with pytest.raises(ValidationError):
        ticks.clean(["9" * 40])


@pytest.mark.django_db
def test_rows_that_are_known_by_other_names_than_numbers_can_be_ticked() -> None:
    ticks = given.Several(queryset=GuidingDocument.objects.all())
    with pytest.raises(ValidationError) as wrong:
        ticks.clean(["01a20fb3-85b9-7903-88b5-b49013a3e737"])
    assert wrong.value.code == "invalid_choice"


def test_numbers_and_days_of_addresses_are_plain_or_nothing() -> None:
    assert [given.number(each) for each in ("7", "²", "٣", "-1", "9" * 40, "")] == [7, None, None, None, None, None]
    assert given.day("2026-11-24") == date(2026, 11, 24)
    assert [given.day(each) for each in ("0001-01-01", "9999-12-31", "2026-13-45", "")] == [None] * 4


@pytest.mark.parametrize("typed", ["01/01/0001", "31/12/9999"])
def test_a_day_beyond_our_calendars_is_asked_for_again(typed: str) -> None:
    with pytest.raises(ValidationError):
        DayField().clean(typed)
