"""A few questions opened again: the others stay closed and as they were, but what new answers call for is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from motcua.procedures import definition, eforms
from motcua.procedures.definition import Definition
from tests.procedures.documents import with_fields

TODAY = date(2026, 11, 23)
CONTEXT = eforms.Context(TODAY)
FIELDS: list[dict[str, Any]] = [
    {"sid": "ten", "type": "text", "label": "Tên", "required": True},
    {"sid": "co_xe", "type": "boolean", "label": "Có xe", "required": True},
    {
        "sid": "bien_so",
        "type": "text",
        "label": "Biển số",
        "required": True,
        "show_if": {"==": [{"var": "co_xe"}, True]},
    },
    {"sid": "so_cho", "type": "integer", "label": "Số chỗ", "required_if": {"filled": {"var": "bien_so"}}},
    {"sid": "ghi_chu", "type": "text", "label": "Ghi chú"},
]
FILED = {"ten": "An", "co_xe": False, "ghi_chu": "cũ"}


@pytest.fixture
def form() -> Definition:
    return definition.parse(with_fields(*FIELDS))


def test_what_other_answers_may_call_for_is_open_and_what_is_answered_stays_closed(form: Definition) -> None:
    assert eforms.opened(form, FILED, {"co_xe"}, TODAY) == {"co_xe", "bien_so", "so_cho"}
    assert eforms.opened(form, FILED, {"ten"}, TODAY) == {"ten"}
    answered = FILED | {"co_xe": True, "bien_so": "49A", "so_cho": 4}
    assert eforms.opened(form, answered, {"co_xe"}, TODAY) == {"co_xe"}


def test_a_narrowed_page_draws_and_reads_its_own_questions_alone(form: Definition) -> None:
    (page,) = eforms.pages_of(form, FILED, {"ghi_chu"}, TODAY)
    html = eforms.render_page(form, page, FILED, CONTEXT, demanded={"ghi_chu"})
    assert 'name="ghi_chu"' in html
    assert 'name="ten"' not in html
    assert "không bắt buộc" not in html
    cleaned = eforms.clean_page(form, page, {"ghi_chu": "mới", "ten": "Bình"}, FILED, CONTEXT)
    assert (dict(cleaned.values), cleaned.problems) == ({"ghi_chu": "mới"}, ())


def test_what_is_demanded_must_be_answered_though_the_form_leaves_it_free(form: Definition) -> None:
    (page,) = eforms.pages_of(form, FILED, {"ghi_chu"}, TODAY)
    blank = eforms.clean_page(form, page, {}, FILED, CONTEXT, demanded={"ghi_chu"})
    assert [each.sid for each in blank.problems] == ["ghi_chu"]
    assert not eforms.clean_page(form, page, {}, FILED, CONTEXT).problems


def test_the_part_is_checked_in_the_light_of_the_rest(form: Definition) -> None:
    own = eforms.opened(form, FILED, {"co_xe"}, TODAY)
    no = eforms.clean_part(form, {"co_xe": False}, FILED, own, CONTEXT)
    assert (dict(no.values), no.problems) == ({"co_xe": False}, ())
    yes = eforms.clean_part(form, {"co_xe": True}, FILED, own, CONTEXT)
    assert [each.sid for each in yes.problems] == ["bien_so"]
    whole = eforms.clean_part(form, {"co_xe": True, "bien_so": "49A", "so_cho": 4, "ten": "Bình"}, FILED, own, CONTEXT)
    assert dict(whole.values) == {"co_xe": True, "bien_so": "49A", "so_cho": 4}
    assert whole.dropped == ("ten",)
    closed = eforms.clean_part(form, {"co_xe": False, "bien_so": "49A"}, FILED, own, CONTEXT)
    assert closed.dropped == ("bien_so",)


def test_a_check_between_answers_that_stay_does_not_stop_the_part() -> None:
    doc = with_fields(
        {"sid": "tu", "type": "integer", "label": "Từ"},
        {"sid": "den", "type": "integer", "label": "Đến"},
        {"sid": "ten", "type": "text", "label": "Tên"},
    )
    doc["checks"] = [{"rule": {"<=": [{"var": "tu"}, {"var": "den"}]}, "sids": ["tu", "den"], "message": "Từ nhỏ hơn."}]
    form, filed = definition.parse(doc), {"tu": 5, "den": 3, "ten": "An"}
    assert not eforms.clean_part(form, {"ten": "Bình"}, filed, {"ten"}, CONTEXT).problems
    wrong = eforms.clean_part(form, {"den": 4}, filed, {"den"}, CONTEXT).problems
    assert [each.sid for each in wrong] == ["den"]


def test_what_is_computed_from_a_mended_answer_comes_with_it() -> None:
    form = definition.parse(
        with_fields(
            {"sid": "ten", "type": "text", "label": "Tên"},
            {"sid": "in_hoa", "type": "computed", "label": "In hoa", "computed": {"uppercase": "ten"}},
        )
    )
    mended = eforms.clean_part(form, {"ten": "Bình"}, {"ten": "An", "in_hoa": "AN"}, {"ten"}, CONTEXT)
    assert dict(mended.values) == {"ten": "Bình", "in_hoa": "BÌNH"}
