import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from motcua.kernel import localities
from motcua.kernel.localities import Locality

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    localities.forget()
    yield
    localities.forget()


@pytest.fixture
def _loaded(_forgotten: None) -> None:
    localities.load(NOW)


def test_the_list_is_loaded_within_two_seconds_and_a_second_time_changes_nothing() -> None:
    rows = Locality.objects.all()
    rows._raw_delete(rows.db)
    assert localities.provinces() == ()
    begun = time.process_time()
    assert localities.load(NOW) == 3355
    assert time.process_time() - begun < 2
    assert localities.load(NOW) == 0
    assert Locality.objects.filter(level="commune").count() == 3321


@pytest.mark.usefixtures("_loaded")
def test_a_changed_row_is_brought_back_and_an_unlisted_one_is_kept() -> None:
    Locality.objects.filter(code="24871").update(name="Khác")
    Locality.objects.create(
        code="99999", level="commune", name="Cũ", full_name="Xã Cũ", parent_id="68", valid_from=NOW.date()
    )
    assert localities.load(NOW) == 1
    assert Locality.objects.get(code="24871").name != "Khác"
    assert Locality.objects.filter(code="99999").exists()


@pytest.mark.usefixtures("_loaded")
def test_provinces_and_communes_are_read_by_name_without_a_query(django_assert_num_queries: object) -> None:
    assert len(localities.provinces()) == 34
    with django_assert_num_queries(0):  # type: ignore[operator]
        communes = localities.communes_of("68")
        names = [place.name for place in localities.provinces()]
    kinds = [place.type for place in communes]
    assert (kinds.count("xa"), kinds.count("phuong"), kinds.count("dac_khu")) == (103, 20, 1)
    assert names.index("Cao Bằng") < names.index("Đà Nẵng") < names.index("Gia Lai")
    assert localities.communes_of("00") == localities.communes_of("24871") == ()


@pytest.mark.usefixtures("_loaded")
def test_a_place_keeps_its_code_as_text() -> None:
    place = localities.get("00004")
    assert place is not None
    assert (place.full_name, place.parent_code) == ("Phường Ba Đình", "01")
    assert localities.get("4") is None


@pytest.mark.usefixtures("_loaded")
def test_an_ended_place_is_still_known_but_no_longer_offered() -> None:
    Locality.objects.filter(code="24871").update(valid_to=date(2026, 11, 1), successors=["24868"])
    localities.forget()
    place = localities.get("24871")
    assert place is not None
    assert not place.current
    assert place not in localities.communes_of("68")
    assert place not in localities.find(place.full_name)


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("codes", "street", "lang", "line"),
    [
        (("68", "22918"), "12 Đường Mẫu", "vi", "12 Đường Mẫu, Phường Mũi Né, Tỉnh Lâm Đồng"),
        (("22918", "68"), "12 Đường Mẫu", "en", "12 Đường Mẫu, Mui Ne Ward, Lam Dong Province"),
        (("01", "00004"), "", "en", "Ba Dinh Ward, Hanoi City"),
        (("68",), "", "vi", "Tỉnh Lâm Đồng"),
        (("68", "00000"), " ", "vi", "00000, Tỉnh Lâm Đồng"),
        ((), "Thôn Mẫu 1", "vi", "Thôn Mẫu 1"),
    ],
)
def test_an_address_is_one_line_from_the_street_up(codes: tuple[str, ...], street: str, lang: str, line: str) -> None:
    assert localities.full_address(codes, street, lang) == line


@pytest.mark.usefixtures("_loaded")
@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("mui ne", "Phường Mũi Né"),
        ("PHUONG MŨI NÉ", "Phường Mũi Né"),
        ("di linh lam dong", "Xã Di Linh"),
        ("Thiện Nghiệp", "Phường Mũi Né"),
        ("lam dong", "Tỉnh Lâm Đồng"),
        ("don duong", "Xã Đơn Dương"),
    ],
)
def test_a_place_is_found_without_accents_and_by_its_old_units(text: str, first: str) -> None:
    assert localities.find(text)[0].full_name == first


@pytest.mark.usefixtures("_loaded")
def test_what_has_no_words_finds_nothing_and_the_limit_is_kept() -> None:
    assert localities.find(" - ") == []
    assert localities.find("không nơi nào tên vậy") == []
    assert len(localities.find("a", 5)) == 5
