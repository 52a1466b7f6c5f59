"""What every field type keeps, by existing: it runs over the registry, so a new type is tested the day it is added."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures import fields
from motcua.procedures.conditions import is_empty
from motcua.procedures.definition import COLUMN_TYPES, TYPES, Field, Option, Text
from motcua.procedures.fields import Context, FieldProblem, FieldType, Place
from tests.procedures.pages import Page

TODAY = date(2026, 11, 23)
DEMO = Context(TODAY, demo=True)
# The localities are read from the database.
pytestmark = pytest.mark.django_db
REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "field-types.md"
OPTIONS = (Option("mot", Text("Một", "One")), Option("hai", Text("Hai", "Two")), Option("ba", Text("Ba", "Three")))
EVERY_TYPE = pytest.mark.parametrize("name", TYPES)
SENT = pytest.mark.parametrize("name", [name for name in TYPES if fields.registry()[name].sent])


def column(type_: str) -> Field:
    return Field(f"c_{type_}", type_, Text(type_, type_), options=OPTIONS if type_ == "choice" else ())


def field_of(name: str, **more: Any) -> Field:
    """A field of this type with what the type cannot do without."""
    extra: dict[str, Any] = {
        "choice": {"options": OPTIONS},
        "choices": {"options": OPTIONS},
        "table": {"columns": tuple(column(type_) for type_ in COLUMN_TYPES)},
        "computed": {"computed": {"date_in_words": "ngay"}},
    }.get(name, {})
    return Field("cau", name, Text("Câu hỏi", "Question"), Text("Ví dụ", "For example"), **(extra | more))


def both(name: str) -> tuple[FieldType, Field]:
    return fields.registry()[name], field_of(name)


def problem_of(name: str, raw: Any) -> FieldProblem | None:
    """Why this is no answer; None when it is one."""
    type_, field = both(name)
    try:
        type_.clean(field, raw, DEMO)
    except FieldProblem as problem:
        return problem
    return None


def drawn(name: str, value: Any, lang: str = "vi", **more: Any) -> Page:
    type_, field = both(name)
    with translation.override(lang):
        return Page(type_.render(field, value, Place("cau", Context(TODAY, lang, demo=True), **more)))


def test_the_set_is_closed_and_complete() -> None:
    assert tuple(fields.registry()) == TYPES
    assert all(type_.name == name for name, type_ in fields.registry().items())
    with pytest.raises(TypeError):
        fields.registry()["another"] = fields.registry()["text"]  # type: ignore[index]


@EVERY_TYPE
def test_the_example_is_clean(name: str) -> None:
    type_, field = both(name)
    assert type_.clean(field, type_.example(field), DEMO) == type_.example(field)


@EVERY_TYPE
def test_the_example_survives_json(name: str) -> None:
    type_, field = both(name)
    assert json.loads(json.dumps(type_.example(field))) == type_.example(field)


@EVERY_TYPE
def test_the_example_matches_the_schema(name: str) -> None:
    type_, field = both(name)
    schema = type_.schema(field)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(type_.example(field))
    for junk in ("", [], {}, None):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(schema | {"minLength": 1}).validate(junk)


@SENT
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_is_drawn_and_sent_back_unchanged_is_the_same_value(name: str, lang: str) -> None:
    type_, field = both(name)
    value = type_.example(field)
    raw = type_.from_form(field, drawn(name, value, lang).post(), "cau")
    assert type_.clean(field, raw, DEMO) == value


@SENT
def test_what_was_typed_is_drawn_again_as_it_was_typed(name: str) -> None:
    type_, field = both(name)
    raw = type_.from_form(field, drawn(name, type_.example(field)).post(), "cau")
    assert type_.from_form(field, drawn(name, raw).post(), "cau") == raw


@SENT
def test_an_untouched_question_is_no_answer(name: str) -> None:
    type_, field = both(name)
    for post in (drawn(name, None).post(), QueryDict()):
        assert is_empty(type_.from_form(field, post, "cau"))


@EVERY_TYPE
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_value_can_be_said(name: str, lang: str) -> None:
    type_, field = both(name)
    assert type_.to_text(field, type_.example(field), lang).strip()


@EVERY_TYPE
def test_the_page_is_sound_when_empty_filled_and_wrong(name: str) -> None:
    type_, field = both(name)
    wrong = (((), "Một lỗi."),)
    for page in (drawn(name, None), drawn(name, type_.example(field)), drawn(name, None, errors=wrong, only_if="Nếu.")):
        page.assert_sound()


@SENT
def test_a_problem_is_said_at_the_question_and_the_link_leads_there(name: str) -> None:
    type_, field = both(name)
    for raw in ({"x": "y"}, [{"x": "y"}], "\u0661", 3.5, True):
        if problem := problem_of(name, raw):
            page = drawn(name, raw, errors=problem.items)
            assert all(str(message) in page.text for _path, message in problem.items)
            assert {type_.anchor(field, "cau", path) for path, _message in problem.items} <= set(page.ids)
            assert "cau-error" in page.ids


@SENT
def test_links_can_lead_to_the_question_by_its_sid(name: str) -> None:
    type_, field = both(name)
    assert {"cau", type_.anchor(field, "cau", ())} <= set(drawn(name, None).ids)


@SENT
def test_a_missing_answer_is_asked_for_by_its_label(name: str) -> None:
    type_, field = both(name)
    with translation.override("en"):
        assert "Question" in str(type_.missing(field))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["province", "commune", "street", "kind", "number", "day", "month", "year", "typed", "hour"]
            )
            | st.text(max_size=6),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@EVERY_TYPE
@given(junk=JUNK)
def test_junk_is_a_problem_and_never_another_exception(name: str, junk: Any) -> None:
    type_, field = both(name)
    if problem := problem_of(name, junk):
        assert problem.items
        assert all(str(message) for _path, message in problem.items)
        return
    value = type_.clean(field, junk, DEMO)
    assert type_.clean(field, value, DEMO) == value
    assert type_.to_text(field, value, "vi").strip()
    jsonschema.Draft202012Validator(type_.schema(field)).validate(value)


@SENT
@given(junk=JUNK)
def test_junk_can_be_drawn(name: str, junk: Any) -> None:
    drawn(name, junk)


@SENT
@given(data=st.data())
def test_any_form_can_be_read(name: str, data: st.DataObject) -> None:
    type_, field = both(name)
    names = sorted({name for name, _value in drawn(name, type_.example(field)).sent} | {"cau", "cau-rows"})
    post = QueryDict(mutable=True)
    for each in names:
        post[each] = data.draw(st.text(max_size=12))
    raw = type_.from_form(field, post, "cau")
    problem_of(name, raw)
    json.dumps(raw)


@EVERY_TYPE
def test_the_reference_has_a_heading(name: str) -> None:
    assert f"\n## {name}\n" in REFERENCE.read_text(encoding="utf-8").replace("`", "")


@EVERY_TYPE
def test_vietnamese_words_on_an_english_page_are_marked(name: str) -> None:
    type_ = fields.registry()[name]
    field = field_of(name)
    plain = Field(**{slot: getattr(field, slot) for slot in Field.__slots__} | {"label": Text("Chỉ tiếng Việt")})
    with translation.override("en"):
        html = type_.render(plain, None, Place("cau", Context(TODAY, "en")))
    assert '<span lang="vi">Chỉ tiếng Việt</span>' in html
