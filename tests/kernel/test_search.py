"""Words are found without accents, on both databases alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import search


def keys(text: str, kind: str = "thing") -> list[str]:
    return sorted(search.matching(kind, text).values_list("key", flat=True))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Hoà giải, Đất", "hoa giai dat"),
        ("HÒA  GIẢI đất", "hoa giai dat"),
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("H36.24-261123-0001", "h36 24 261123 0001"),
        (" – ", ""),
    ],
)
def test_folding_forgives_accents_case_and_signs(text: str, folded: str) -> None:
    assert search.fold(text) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert search.fold(search.fold(text)) == search.fold(text)


@pytest.mark.django_db
def test_every_word_must_begin_some_word() -> None:
    search.index("thing", "1", "Đăng ký khai sinh", "Khai sinh")
    search.index("thing", "2", "Đăng ký kết hôn")
    search.index("other", "3", "Đăng ký khai sinh")
    assert keys("dang ky") == ["1", "2"]
    assert keys("KHAI đăng") == ["1"]
    assert keys("sin") == ["1"]
    assert keys("inh") == keys("khai hon") == []


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "***", "' OR 1=1 --", '"', "a & b | !c", "NEAR(", "khai:*"])
def test_signs_are_no_language(text: str) -> None:
    search.index("thing", "1", "Đăng ký")
    assert keys(text) == []


@pytest.mark.django_db
def test_what_is_written_again_is_found_by_its_new_words_only() -> None:
    search.index("thing", "1", "Đăng ký")
    search.index("thing", "1", "Chứng thực")
    assert (keys("dang ky"), keys("chung thuc")) == ([], ["1"])
    search.forget("thing", "1")
    assert keys("chung thuc") == []
