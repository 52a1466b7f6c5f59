"""Every kind of question, on one page: looked at empty, wrongly filled and filled, by a citizen and at the counter."""

from datetime import UTC, datetime
from typing import Any

import pytest

from motcua.procedures import services as catalogue
from motcua.procedures.definition import COLUMN_TYPES, TYPES
from tests import cast as casting
from tests.browser.sound import assert_sound

pytestmark = pytest.mark.browser
CODE = "9.000099"
LABEL = {"vi": "Câu hỏi mẫu", "en": "A sample question"}
OPTIONS = [{"oid": oid, "label": {"vi": oid.title(), "en": oid.title()}} for oid in ("mot", "hai", "ba")]
MANY = [{"oid": f"oid{n}", "label": {"vi": f"Lựa chọn {n}", "en": f"Choice {n}"}} for n in range(12)]
MORE: dict[str, dict[str, Any]] = {
    "choice": {"options": OPTIONS},
    "choices": {"options": OPTIONS},
    "table": {"columns": [{"sid": f"c_{t}", "type": t, "label": LABEL} for t in COLUMN_TYPES if t != "choice"]},
    "computed": {"computed": {"date_in_words": "q_date"}},
}


def question(type_: str, **more: Any) -> dict[str, Any]:
    hint = {"vi": "Ghi như trên giấy tờ.", "en": "As on the paper."}
    return {"sid": f"q_{type_}", "type": type_, "label": LABEL, "hint": hint} | MORE.get(type_, {}) | more


def publish() -> None:
    fields = [question(type_, required=type_ not in {"computed", "boolean"}) for type_ in TYPES]
    fields.append(question("choice", sid="q_long_list", options=MANY))
    document = {
        "code": CODE,
        "name": {"vi": "Mọi kiểu câu hỏi", "en": "Every kind of question"},
        "short_name": {"vi": "Mọi kiểu câu hỏi", "en": "Every kind of question"},
        "sector": "thu-nghiem",
        "sector_name": "Thử nghiệm",
        "mode": "here",
        "channels": [{"kind": kind, "limit": {"value": 3, "unit": "working_day"}} for kind in ("online", "direct")],
        "pages": [{"sid": "page", "title": {"vi": "Các câu hỏi", "en": "Questions"}, "fields": fields}],
    }
    at = datetime(2026, 7, 1, tzinfo=UTC)
    catalogue.publish_version(doc=document, at=at, by=None, effective_from=casting.BEGUN)


@pytest.fixture
def town(site):
    made = casting.make()
    publish()
    yield made
    casting.forget()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_question_is_sound_empty_and_with_errors(page, town, nu_checker, picture, width) -> None:
    for language in ("", "/en"):
        shown = page(f"{language}/{town.here.slug}/apply/{CODE}/applicant/", width=width, expect=404)
        shown.locator("main form button").click()
        shown.locator("#full_name").fill("Đỗ Thị Mẫu")
        shown.locator("[name=birth_date-year]").fill("1990")
        shown.locator("#phone").fill("0300 000 001")
        shown.locator("main form button[type=submit]").last.click()
        picture(shown, f"fields-empty-{width}{language.strip('/')}")
        assert_sound(shown, nu_checker)
        for line in shown.locator("main input[type=text]").all():
            if line.is_visible():
                line.fill("x1")
        shown.locator("main form > button[type=submit]").last.click()
        shown.locator(".govuk-error-summary").wait_for()
        picture(shown, f"fields-errors-{width}{language.strip('/')}")
        assert_sound(shown, nu_checker)


@pytest.mark.parametrize("width", [360, 1280])
def test_every_kind_of_question_is_sound_at_the_counter(page, town, nu_checker, picture, width) -> None:
    shown = page(f"/desk/counter/{CODE}/", width=width, account=town.here.intake.account)
    picture(shown, f"fields-counter-{width}")
    assert_sound(shown, nu_checker, citizen=False)
    assert not shown.locator("[type=file]").count()
    shown.locator("#id_who-full_name").fill("Đỗ Thị Mẫu")
    shown.keyboard.press("F9")
    shown.locator(".govuk-error-summary").wait_for()
    picture(shown, f"fields-counter-errors-{width}")
    assert_sound(shown, nu_checker, citizen=False)
