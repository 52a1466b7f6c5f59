"""From a document to a definition: what is read, and that every fault is named with its path."""

import contextlib
import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from motcua.procedures import definition
from motcua.procedures.definition import DefinitionFaults, Text
from tests.procedures.documents import full, question, small, with_fields


def faults_of(doc: Any) -> dict[str, str]:
    """Path to message of every fault."""
    with pytest.raises(DefinitionFaults) as caught:
        definition.parse(doc)
    return {fault.path: fault.message for fault in caught.value.faults}


def test_a_document_with_every_key_is_read() -> None:
    read = definition.parse(full())
    assert read.code == "9.010820"
    assert read.short_name.get("en-gb") == "Register grazing"
    assert read.name.get("en") == read.name.vi
    assert read.channel("online").limit == definition.Limit(1, "working_day", time(15, 0))
    assert read.channel("direct").limit == definition.Limit(1, None, None)
    assert read.channel("direct").fees[0].per == Text("trang")
    assert [page.sid for page in read.pages] == ["nguoi", "dan_bo", "uy_quyen"]
    assert read.field("so_bo").max == 500
    assert read.component("giay_tiem").kinds == ("original", "certified_copy")
    assert read.step("ky").division == "grazing"
    assert read.texts["after_sending"].en == "We have it."
    assert read.notes == Text("Mang theo bút.")


def test_a_document_from_json_reads_the_same_as_from_yaml() -> None:
    as_json = definition.parse(json.loads(json.dumps(full())))
    as_yaml = definition.parse(yaml.safe_load(yaml.safe_dump(full(), allow_unicode=True)))
    assert as_json.pages == as_yaml.pages
    assert as_json.components == as_yaml.components


def test_the_least_document_is_read() -> None:
    read = definition.parse(small())
    assert read.fields == ()
    with pytest.raises(KeyError):
        read.field("nothing")
    with pytest.raises(KeyError):
        read.channel("online")
    with pytest.raises(KeyError):
        read.page("nothing")


def test_a_definition_never_changes() -> None:
    read = definition.parse(full())
    with pytest.raises(AttributeError):
        read.mode = "none"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        read.fields[0].required = False  # type: ignore[misc]


@pytest.mark.parametrize("code", [1.01082, "1.01082", "1.010820.000.00.00.H19", "", 1010820])
def test_a_code_with_a_lost_zero_or_a_suffix_is_a_fault(code: object) -> None:
    assert "code" in faults_of(small(code=code))


def test_the_code_of_a_yaml_file_without_quotes_is_a_fault() -> None:
    assert "a zero may be lost" in faults_of(small(code=yaml.safe_load("1.010820")))["code"]


def test_a_time_of_day_without_quotes_is_a_fault() -> None:
    channel = {"kind": "online", "limit": {"cutoff": yaml.safe_load("15:00")}}
    assert "in quotes" in faults_of(small(channels=[channel]))["channels[0].limit.cutoff"]


def test_every_fault_of_a_document_is_named_at_once() -> None:
    doc = full(code=1.01082, mode="somehow", colour="green")
    doc["pages"][0]["fields"][0]["type"] = "telepathy"
    doc["components"][0]["title"] = "x" * 81
    found = faults_of(doc)
    assert set(found) >= {"code", "mode", "colour", "pages[0].fields[0].type", "components[0].title.vi"}
    assert "none of: name, text" in found["pages[0].fields[0].type"]


def test_a_component_without_a_title_is_a_fault() -> None:
    assert faults_of(small(components=[{"sid": "giay"}]))["components[0].title"] == "is missing"


def test_a_paper_that_is_only_shown_cannot_be_demanded() -> None:
    shown = {"sid": "giay", "title": "Giấy", "role": "present", "required": True}
    assert "components[0].required" in faults_of(small(components=[shown]))


def test_a_name_is_given_once_across_fields_and_components() -> None:
    doc = with_fields(question("giay"), question("giay"))
    doc["components"] = [{"sid": "giay", "title": "Giấy"}]
    assert "'giay' stands 3 times" in faults_of(doc)["fields and components"]


def test_an_unknown_key_deep_inside_is_a_fault() -> None:
    assert "pages[0].fields[0].requried" in faults_of(with_fields(question("a", requried=True)))


def test_a_condition_on_nothing_is_a_fault() -> None:
    doc = with_fields(question("a"), question("b", show_if={"filled": {"var": "c"}}))
    assert faults_of(doc)["pages[0].fields[1].show_if"] == "reads 'c', which no field is called"


def test_conditions_in_a_circle_are_a_fault() -> None:
    doc = with_fields(question("a", show_if={"filled": {"var": "b"}}), question("b", show_if={"filled": {"var": "a"}}))
    assert "goes in a circle" in faults_of(doc)["pages[0].fields[0].show_if"]


def test_a_question_that_depends_on_itself_is_a_fault() -> None:
    doc = with_fields(question("a", show_if={"filled": {"var": "a"}}))
    assert "goes in a circle" in faults_of(doc)["pages[0].fields[0].show_if"]


def test_a_question_that_depends_on_a_later_one_is_a_fault() -> None:
    doc = with_fields(question("a", show_if={"filled": {"var": "b"}}), question("b"))
    assert "asked only later" in faults_of(doc)["pages[0].fields[0].show_if"]


def test_a_page_that_depends_on_its_own_question_is_a_fault() -> None:
    doc = with_fields(question("a"))
    doc["pages"][0]["show_if"] = {"filled": {"var": "a"}}
    assert "pages[0].show_if" in faults_of(doc)


def test_required_if_may_read_a_later_question() -> None:
    doc = with_fields(question("a", required_if={"filled": {"var": "b"}}), question("b"))
    assert definition.parse(doc).field("a").required_if


@pytest.mark.parametrize(
    ("extra", "path"),
    [
        ({"type": "choice"}, "options"),
        ({"type": "choice", "options_ref": "stars"}, "options_ref"),
        ({"type": "text", "options": [{"oid": "x", "label": "X"}]}, "options"),
        ({"type": "choice", "options": [{"oid": "x", "label": "X"}, {"oid": "x", "label": "Y"}]}, "options"),
        ({"type": "integer", "min": 5, "max": 4}, "min"),
        ({"type": "date", "min": "24/11/1990"}, "min"),
        ({"type": "table"}, "columns"),
        ({"type": "text", "columns": [question("c")]}, "columns"),
        ({"type": "table", "columns": [question("c", "file")]}, "columns[0].type"),
        ({"type": "table", "columns": [question("c", show_if={"filled": {"var": "a"}})]}, "columns[0]"),
        ({"type": "computed"}, "computed"),
        ({"type": "computed", "computed": {"date_in_words": "nothing"}}, "computed"),
        ({"type": "computed", "computed": {"horoscope": "a"}}, "computed.horoscope"),
        ({"type": "text", "matches": {"sex": "nothing"}}, "matches.sex"),
        ({"type": "text", "prefill": "the_moon"}, "prefill"),
        ({"type": "text", "required": "yes"}, "required"),
        ({"type": "text", "label": {"fr": "Nom"}}, "label.fr"),
        ({"type": "text", "max_length": True}, "max_length"),
        ({"type": "text", "show_if": {"xor": [1, 2]}}, "show_if"),
    ],
)
def test_a_question_with_a_fault_is_named(extra: dict[str, Any], path: str) -> None:
    assert f"pages[0].fields[0].{path}" in faults_of(with_fields(question("a") | extra))


def route(*steps: dict[str, Any]) -> dict[str, Any]:
    """The least document with this route."""
    return small(steps=[{"sid": f"b{i}", "name": "Bước", "role": "intake", **step} for i, step in enumerate(steps)])


@pytest.mark.parametrize(
    ("doc", "path"),
    [
        (route({"act": "process"}, {"act": "return"}), "steps[0].act"),
        (route({"act": "receive"}, {"act": "process"}), "steps[1]"),
        (route({"act": "receive"}, {"act": "receive"}, {"act": "return"}), "steps[1].act"),
        (route({"act": "receive", "next": ["b2"]}, {"act": "settle"}, {"act": "return"}), "steps[1]"),
        (route({"act": "receive", "next": ["b9"]}, {"act": "return"}), "steps[0].next"),
        (route({"act": "receive"}, {"act": "settle", "next": ["b1"]}, {"act": "return"}), "steps[1]"),
        (route({"act": "receive", "share": 60}, {"act": "return", "share": 60}), "steps"),
        (route({"act": "receive"}, {"act": "process", "next": ["b1", "b2"]}, {"act": "return"}), "steps[1].next"),
        (
            route({"act": "receive"}, {"act": "process", "when": {"filled": [{"var": "z"}]}}, {"act": "return"}),
            "steps[1].when",
        ),
        (route({"act": "receive", "role": None}, {"act": "return"}), "steps[0].role"),
        (small(steps=[]), "steps"),
    ],
)
def test_a_route_that_does_not_arrive_is_a_fault(doc: dict[str, Any], path: str) -> None:
    assert path in faults_of(doc)


def test_a_route_may_branch_and_meet_again_under_a_condition() -> None:
    fork, side = {"act": "receive", "next": ["b1", "b2"]}, {"act": "process", "next": ["b3"]}
    asked = {"act": "request", "agency": "Cơ quan thuế", "when": {"filled": [{"var": "a"}]}}
    steps = route(fork, side, asked, {"act": "settle"}, {"act": "return"})["steps"]
    found = definition.parse(with_fields(question("a")) | {"steps": steps})
    assert len(found.steps) == 5
    assert found.steps[2].agency == definition.Text("Cơ quan thuế")


def read_or_named(doc: Any) -> None:
    """Nothing but a definition or its faults may come out."""
    with contextlib.suppress(DefinitionFaults):
        definition.parse(doc)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


@given(junk=JUNK, key=st.sampled_from(sorted(full())))
def test_any_value_at_any_key_is_read_or_named_never_a_crash(junk: Any, key: str) -> None:
    read_or_named(full(**{key: junk}))


@given(
    junk=JUNK, key=st.sampled_from(["type", "label", "show_if", "options", "columns", "warn", "computed", "default"])
)
def test_any_value_inside_a_question_is_read_or_named_never_a_crash(junk: Any, key: str) -> None:
    doc = full()
    doc["pages"][0]["fields"][2][key] = junk
    read_or_named(doc)


def test_the_closed_sets_hold_no_word_twice() -> None:
    for words in (definition.TYPES, definition.COLUMN_TYPES, definition.PREFILLS, definition.MODES):
        assert len(set(words)) == len(words)
    assert set(definition.COLUMN_TYPES) < set(definition.TYPES)


def test_the_document_in_the_reference_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "field-types.md").read_text(encoding="utf-8")
    read = definition.parse(yaml.safe_load(page.partition("```yaml")[2].partition("```")[0]))
    assert read.field("so_bo").show_if == {"==": [{"var": "co_bo"}, True]}


@pytest.mark.parametrize("sid", ["applicant", "papers", "check", "sent"])
def test_a_page_named_like_an_address_of_the_citizen_is_a_fault(sid: str) -> None:
    assert "choose another" in faults_of(small(pages=[{"sid": sid, "title": "Trang", "fields": []}]))["pages[0].sid"]


@pytest.mark.parametrize("unit", ["working_hour", "day", "month"])
def test_a_limit_of_zero_is_the_day_of_receipt_and_nothing_else(unit: str) -> None:
    channel = {"kind": "direct", "limit": {"value": 0, "unit": unit}}
    assert "working_day" in faults_of(small(channels=[channel]))["channels[0].limit.unit"]
    small_one = small(channels=[{"kind": "direct", "limit": {"value": 0, "unit": "working_day"}}])
    assert definition.parse(small_one).channel("direct").limit == definition.Limit(0, "working_day")
