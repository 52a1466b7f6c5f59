"""Differences of two documents in words: titles instead of paths, one sentence for what belongs together."""

import copy
from typing import Any

import pytest
from django.utils import translation

from motcua.procedures import changes
from motcua.procedures import services as catalogue
from tests.procedures.documents import full


def differences(change: Any) -> dict[str, changes.Change]:
    """Where to change, after this was done to a copy of the full document."""
    old, new = full(), copy.deepcopy(full())
    change(new)
    with translation.override("en"):
        found = changes.in_words(catalogue.differences(old, new), old, new)
        return {" › ".join(each.where): each for each in found}


def test_nothing_changed_says_nothing() -> None:
    assert differences(lambda doc: None) == {}


def test_a_limit_is_said_whole_however_small_the_difference() -> None:
    found = differences(lambda doc: doc["channels"][0]["limit"].update(value=2))["Online › Limit of time"]
    assert (found.kind, found.old[:13], found.new[:14]) == ("changed", "1 working day", "2 working days")
    assert "15:00" in found.new


def test_a_fee_is_said_with_its_way_and_its_source() -> None:
    found = differences(lambda doc: doc["channels"][1]["fees"][0].update(amount=3000))
    assert found["At the counter › Fees and charges"].new == "3,000 VND for each trang, fee."


def test_a_question_is_named_by_its_title_and_said_to_be_added_or_removed() -> None:
    name = {"sid": "ten_goi", "type": "name", "label": {"vi": "Tên gọi", "en": "Other name"}}
    added = differences(lambda doc: doc["pages"][0]["fields"].append(name))
    assert added["“The applicant” › “Other name”"].kind == "added"
    removed = differences(lambda doc: doc["pages"][0]["fields"].pop(0))
    assert removed["“The applicant” › “Full name”"].kind == "removed"


def test_a_title_is_one_difference_in_whatever_language_it_changed() -> None:
    found = differences(lambda doc: doc["pages"][0]["title"].update(vi="Người nộp", en="Who files"))
    assert [(each.old, each.new) for each in found.values()] == [("The applicant", "Who files")]


@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_are_words(value: bool) -> None:
    found = differences(lambda doc: doc["pages"][0]["fields"][0].update(required=value))
    assert [each.new for each in found.values()] == ([] if value else ["no"])


def test_what_differs_without_words_of_its_own_is_shown_as_it_stands_in_the_file() -> None:
    found = differences(lambda doc: doc["channels"][1]["fees"][0].update(currency="USD"))
    (fee,) = found.values()
    assert fee.old != fee.new
    assert "USD" in fee.new
