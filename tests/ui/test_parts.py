"""The shared parts as markup."""

from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.utils import translation


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def drawn(source: str, **context: object) -> str:
    return engines["django"].from_string("{% load ui %}" + source).render(context)


def test_a_status_is_a_word_beside_a_drawing_that_is_not_read_aloud() -> None:
    html = drawn('{% status "received" %}')
    assert "Đã tiếp nhận" in html
    assert 'aria-hidden="true"' in html


def test_no_standing_draws_nothing_and_an_unknown_one_its_own_word() -> None:
    assert drawn("{% standing none %}") == ""
    assert "sideways" in drawn('{% standing "sideways" %}')


def test_a_summary_of_errors_links_to_what_it_names_and_is_not_drawn_without_one() -> None:
    problem = SimpleNamespace(anchor="birth-day", message="Nhập ngày sinh, ví dụ 24/11/1990")
    html = drawn("{% error_summary problems %}", problems=[problem, ("name", "Nhập họ tên"), "Chọn lại"])
    assert '<a href="#birth-day">Nhập ngày sinh, ví dụ 24/11/1990</a>' in html
    assert '<a href="#name">Nhập họ tên</a>' in html
    assert "<li>Chọn lại</li>" in html
    assert not drawn("{% error_summary problems %}", problems=[]).strip()


def test_what_a_person_typed_is_never_markup() -> None:
    rows = [{"key": "Tên", "value": "<b>x</b>"}]
    assert "<b>x" not in drawn("{% summary_list rows %}", rows=rows)
    assert "<b>x" not in drawn("{% details title %}{{ title }}{% enddetails %}", title="<b>x</b>")
    assert "<b>x" not in drawn('{% qr "a" label %}', label="<b>x</b>")


def test_a_change_link_says_what_it_changes_to_whoever_does_not_see_the_row() -> None:
    html = drawn("{% summary_list rows %}", rows=[{"key": "Ngày sinh", "value": "1990", "href": "/sua"}])
    assert '<a class="govuk-link" href="/sua">Sửa<span class="govuk-visually-hidden"> Ngày sinh</span></a>' in html


def test_a_button_shows_the_key_that_presses_it() -> None:
    html = drawn('{% button "Tiếp nhận" key="F9" %}')
    assert 'data-key="F9" aria-keyshortcuts="F9"' in html
    assert '<kbd class="mc-key">F9</kbd>' in html


def test_a_field_has_its_error_and_hint_tied_to_it() -> None:
    class Form(forms.Form):
        phone = forms.CharField(label="Điện thoại", help_text="Ví dụ 0900 000 678")

    html = drawn("{% form_fields form %}", form=Form({}))
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in html
    assert 'id="id_phone_error"' in html
    assert "Xin điền hoặc chọn mục này." in html
    assert "govuk-input--error" in html


def test_a_page_without_its_built_files_is_still_a_page(settings) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert drawn("{% asset 'nowhere.css' %}") == "/static/built/nowhere.css"
