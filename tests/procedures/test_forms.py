"""The shipped forms: each can be filled in completely along every branch, and speaks only of what it asks."""

import pytest

from motcua.procedures import conditions, eforms, fields, shared_forms
from motcua.procedures.fields import Context
from tests.procedures import forms
from tests.procedures.forms import NAMES, TODAY

pytestmark = pytest.mark.django_db
CONTEXT = Context(TODAY, demo=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_form_is_a_complete_valid_set(name: str, cast: object) -> None:
    whole = forms.alone(name)
    assert eforms.faults(whole, TODAY) == ()
    example = eforms.json_schema(whole, TODAY)["examples"][0]
    cleaned = eforms.clean(whole, example, CONTEXT)
    assert (cleaned.problems, cleaned.dropped) == ((), ())


@pytest.mark.parametrize("name", NAMES)
def test_every_condition_of_a_form_can_be_met_and_missed_by_answers_that_can_be_sent(name: str, cast: object) -> None:
    whole = forms.alone(name)
    stuck = []
    for place, rule in forms.rules(whole):
        seen = set()
        for chosen in forms.ways(whole, rule):
            answers = forms.answered(whole, chosen)
            if not eforms.clean(whole, answers, CONTEXT).problems:
                seen.add(conditions.evaluate(rule, answers, TODAY))
            if len(seen) == 2:
                break
        stuck += [place] if len(seen) < 2 else []
    assert stuck == []


@pytest.mark.parametrize("name", NAMES)
def test_every_check_of_a_form_can_fail_and_is_said_at_its_question(name: str, cast: object) -> None:
    whole = forms.alone(name)
    for check in whole.checks:
        said = set()
        for chosen in forms.ways(whole, check.rule):
            found = eforms.clean(whole, forms.answered(whole, chosen), CONTEXT)
            said |= {each.sid for each in (*found.problems, *found.warnings)}
        assert check.sids[0] in said, check.message.en


@pytest.mark.parametrize("name", NAMES)
def test_a_form_speaks_plainly_in_two_languages(name: str) -> None:
    whole = forms.alone(name)
    asked = [*whole.fields, *(column for field in whole.fields for column in field.columns)]
    texts = [page.title for page in whole.pages] + [page.intro for page in whole.pages if page.intro]
    texts += [each.label for each in asked] + [each.hint for each in asked if each.hint]
    texts += [option.label for each in asked for option in each.options] + [check.message for check in whole.checks]
    assert [text.vi for text in texts if not text.en] == []
    assert [text.vi for text in texts if " bạn " in f" {text.vi.lower()} "] == []
    assert [text.vi for text in texts if "  " in text.vi or text.vi != text.vi.strip()] == []
    shortened = ("UBND", "CCCD", "CMND", "BHYT", "BHXH", "TTHN", "QSDĐ", "TTHC")
    assert [text.vi for text in texts if any(word in text.vi for word in shortened)] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_asks_few_questions_at_a_time(name: str) -> None:
    whole = forms.alone(name)
    registry = fields.registry()
    for page in whole.pages:
        assert sum(registry[each.type].sent for each in page.fields) <= 9, page.sid


@pytest.mark.parametrize("name", NAMES)
def test_a_form_names_its_codes_how_sure_it_is_and_where_from(name: str) -> None:
    form = forms.content(name)
    assert form["sources"]
    if form["codes"] == shared_forms.EVERY:
        assert "draft_grade" not in form
    else:
        assert form["draft_grade"] in {"A", "B", "C"}
        assert form["draft_grade"] == "C" or not any("fields from memory" in source for source in form["sources"])
