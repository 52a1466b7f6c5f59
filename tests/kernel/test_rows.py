"""A row written by the short way is the row that Django itself would have written."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from motcua.kernel import rows
from motcua.kernel.files import File
from motcua.kernel.matters import Matter, MatterParty
from motcua.kernel.search import SearchEntry
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_it_reads_back_as_it_was_given_with_its_key() -> None:
    entry = SearchEntry(kind="test", key=uuid4().hex, text="Ộ 'Ễ' \"Ữ\" % ắ\n💡")
    rows.insert(entry)
    assert entry.pk is not None
    found = SearchEntry.objects.get(pk=entry.pk)
    assert (found.kind, found.key, found.text) == (entry.kind, entry.key, entry.text)


def test_it_can_be_changed_afterwards_like_any_row() -> None:
    entry = SearchEntry(kind="test", key="a", text="a")
    rows.insert(entry)
    entry.text = "b"
    entry.save()
    assert SearchEntry.objects.get(kind="test").text == "b"


def test_a_moment_and_a_uuid_keep_every_digit() -> None:
    at = NOW + timedelta(microseconds=123456)
    matter = Matter(kind="test", reference="T-1", title="Thử", opened_at=at)
    rows.insert(matter)
    assert Matter.objects.get(pk=matter.pk).opened_at == at


def test_several_rows_go_in_one_statement(cast: Cast, django_assert_num_queries) -> None:
    matter = Matter(kind="test", reference="T-2", title="Thử", opened_at=NOW)
    rows.insert(matter)
    parties = [
        MatterParty(matter=matter, office=cast.here.commune, capacity=each, from_at=NOW)
        for each in ("owner", "helping")
    ]
    with django_assert_num_queries(1):
        rows.insert_all(parties)
    assert MatterParty.objects.filter(matter=matter).count() == 2
    rows.insert_all([])


def test_a_constraint_is_a_constraint() -> None:
    rows.insert(SearchEntry(kind="test", key="a", text=""))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(SearchEntry(kind="test", key="a", text=""))


def test_what_stands_already_stays_when_asked_so() -> None:
    rows.insert(File(sha256="0" * 64, size=1, type="image/png"))
    rows.insert(File(sha256="0" * 64, size=2, type="image/jpeg"), unless_there=True)
    assert File.objects.get(sha256="0" * 64).size == 1
