"""The shipped catalogue says what the law says, and a folder of files is checked and loaded."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.procedures import definition, eforms, files, strict_yaml
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.definition import Definition
from motcua.procedures.models import Version

AT = datetime(2026, 7, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)
BIRTH, CERTIFY = "1.001193", "2.000815"


def shipped(code: str) -> Definition:
    """The definition in the shipped file of this code."""
    path = next(path for path in files.files_in(catalogue.SHIPPED) if path.stem == code)
    return definition.parse(files.document(path)[0])


def write(folder: Path, text: str, name: str = "thu-nghiem/9.000010.yaml") -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


SMALL = """
code: "9.000010"
name: Xác nhận mẫu
short_name: Xác nhận mẫu
sector: thu-nghiem
sector_name: Thử nghiệm
mode: counter
steps:
  - {sid: receive, name: Tiếp nhận, act: receive, role: intake_officer}
  - {sid: return, name: Trả, act: return, role: intake_officer}
"""


def test_a_sound_file_has_no_fault(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    assert catalogue.faults_of(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"9.000010"', "9.000010", "a zero may be lost"),
        ("mode: counter", "mode: counter\ncolour: red", "colour: is not a key"),
        ("mode: counter", "mode: counter\nmode: here", "line 8: "),
        ("mode: counter", "mode: [", "line "),
        ("sector: thu-nghiem", "sector: khac", "the folder is called"),
        ('"9.000010"', '"9.000011"', "the file is called"),
        ("mode: counter", "mode: counter\neffective_from: 2026-07-01", "effective_from: must be a day in quotes"),
    ],
)
def test_a_fault_names_its_file_and_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    write(tmp_path, SMALL.replace(old, new))
    faults = [str(fault) for fault in catalogue.faults_of(tmp_path)]
    assert any(fault.startswith("thu-nghiem/9.000010.yaml: ") and said in fault for fault in faults), faults


BAD = (
    SMALL
    + """pages:
  - sid: trang
    title: Trang
    fields:
      - {sid: mot, type: text, label: Một, show_if: {filled: {var: hai}}}
      - {sid: hai, type: text, label: Hai, show_if: {filled: {var: mot}}}
components:
  - sid: giay
    title: Giấy
"""
)


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("sid: hai, type: text", "sid: hai, type: colour", 16, "is 'colour', which is none of"),
        ("sid: hai, type", "sid: mot, type", 16, "'mot' stands 2 times"),
        ("{sid: mot", "{sid: mot", 15, "goes in a circle with 'hai'"),
        ("    title: Giấy", "    role: paper", 18, "components[0].title: is missing"),
        ('"9.000010"', "9.00001", 2, "a zero may be lost"),
        ("mode: counter", "mode: counter\nform: khong_co", 8, "there is no file forms/khong_co.yaml"),
    ],
)
def test_a_fault_of_content_names_the_line_of_its_key(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in BAD
    write(tmp_path, BAD.replace(old, new))
    faults = [fault for fault in catalogue.faults_of(tmp_path) if said in str(fault)]
    assert [fault.line for fault in faults][:1] == [line], catalogue.faults_of(tmp_path)
    assert str(faults[0]).endswith(f"(line {line})")


@pytest.mark.django_db
def test_a_folder_with_one_bad_file_is_not_loaded_at_all(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    write(tmp_path, BAD.replace("9.000010", "9.000011"), "thu-nghiem/9.000011.yaml")
    with pytest.raises(catalogue.CatalogueFaults) as refused:
        catalogue.load_catalogue(folder=tmp_path, at=AT)
    assert {fault.file for fault in refused.value.faults} == {"thu-nghiem/9.000011.yaml"}
    assert not Version.objects.exists()


@pytest.mark.django_db
def test_a_file_that_goes_back_to_older_words_is_published_again_and_only_named_codes_are_loaded(
    tmp_path: Path,
) -> None:
    write(tmp_path, SMALL)
    write(tmp_path, SMALL.replace("9.000010", "9.000012"), "thu-nghiem/9.000012.yaml")
    assert catalogue.load_catalogue(folder=tmp_path, at=AT, only={"9.000010"}) == 1
    write(tmp_path, SMALL.replace("mode: counter", "mode: portal"))
    assert catalogue.load_catalogue(folder=tmp_path, at=AT, only={"9.000010"}) == 1
    write(tmp_path, SMALL)
    assert catalogue.load_catalogue(folder=tmp_path, at=AT, only={"9.000010"}) == 1
    assert list(Version.objects.order_by("no").values_list("mode", flat=True)) == ["counter", "portal", "counter"]


@pytest.mark.django_db
def test_an_unchanged_folder_costs_three_questions(
    tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write(tmp_path, SMALL)
    catalogue.load_catalogue(folder=tmp_path, at=AT)
    with django_assert_num_queries(5):  # three questions, and the savepoint around them
        assert catalogue.load_catalogue(folder=tmp_path, at=AT) == 0


def test_the_catalogue_says_what_the_national_base_says() -> None:
    """409 procedures of communes in 71 fields, 233 known in full; police and military ones are only posted."""
    found = catalogue.completeness_of(catalogue.SHIPPED)
    assert (len(found.rows), found.posted_only, len(found.by_sector)) == (409, 125, 71)
    assert found.by_detail == {"full": 233, "partial": 2, "catalogue_only": 174}
    assert found.having("limit") < found.having("channels") < 409


def test_no_file_promises_what_the_law_does_not() -> None:
    for path in files.files_in(catalogue.SHIPPED):
        found = definition.parse(files.document(path)[0])
        fees = [fee for channel in found.channels for fee in channel.fees]
        assert all(fee.currency == "VND" and fee.status == "portal" for fee in fees), found.code
        own = strict_yaml.loaded(path)
        assert found.code == BIRTH or not any(part.get("required") for part in own.get("components", ())), found.code
        assert found.mode != "here", found.code
        assert (found.handled_by == "commune") == (found.mode != "none"), found.code
        assert all(len(part.title.vi) <= 80 for part in found.components)


def test_a_code_stands_in_one_file_only(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    write(tmp_path, SMALL.replace("sector: thu-nghiem", "sector: khac"), "khac/9.000010.yaml")
    assert [fault.where for fault in catalogue.faults_of(tmp_path)] == ["code"]


@pytest.mark.django_db
def test_loading_twice_makes_versions_once(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    write(tmp_path, SMALL)
    assert catalogue.load_catalogue(folder=tmp_path, at=AT, progress=lambda done, of: seen.append((done, of))) == 1
    assert catalogue.load_catalogue(folder=tmp_path, at=AT) == 0
    write(tmp_path, SMALL.replace("mode: counter", 'mode: here\neffective_from: "2026-09-01"'))
    assert catalogue.load_catalogue(folder=tmp_path, at=AT) == 1
    assert seen == [(1, 1)]
    assert [(v.no, v.mode, v.effective_from) for v in Version.objects.order_by("no")] == [
        (1, "counter", date(2026, 7, 1)),
        (2, "here", date(2026, 9, 1)),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("code", [BIRTH, CERTIFY])
def test_the_examples_of_a_shipped_form_are_answers(code: str) -> None:
    assert eforms.faults(shipped(code), TODAY) == ()


def test_every_word_that_we_wrote_is_there_in_english() -> None:
    """Pages, questions, steps and sectors; names and papers are the law's own words, which have no English."""
    for path in files.files_in(catalogue.SHIPPED):
        found = definition.parse(files.document(path)[0])
        fields = [*found.fields, *(column for field in found.fields for column in field.columns)]
        texts = [found.sector_name, *(page.title for page in found.pages), *(field.label for field in fields)]
        texts += [field.hint for field in fields if field.hint] + [step.name for step in found.steps]
        texts += [part.hint for part in found.components if part.hint]
        assert [text.vi for text in texts if not text.en] == [], path.name
        assert len(found.short_name.vi) <= 80, path.name


def test_nothing_only_shown_is_demanded_and_no_dollar_is_asked() -> None:
    for code in (BIRTH, CERTIFY):
        found = shipped(code)
        assert not any(part.required for part in found.components if part.role == "present")
        assert {fee.currency for channel in found.channels for fee in channel.fees} == {"VND"}


@pytest.mark.django_db
def test_an_abandoned_child_has_no_parents_to_ask_for_and_another_paper() -> None:
    birth = shipped(BIRTH)
    answers = {"yc_quan_he": "nuoi_duong", "yc_so_dinh_danh": "003190000001", "tre_bi_bo_roi": True}
    seen = eforms.shown(birth, answers, TODAY)
    assert not {"me", "cha", "ket_hon"} & {page.sid for page in seen.pages}
    papers = {part.sid for part in seen.components}
    assert "bien_ban_bo_roi" in papers
    assert "giay_chung_sinh" not in papers


@pytest.mark.django_db
def test_everyday_words_find_the_shipped_procedures(cast: object) -> None:
    catalogue.load_catalogue(folder=catalogue.SHIPPED, at=AT, only={BIRTH, CERTIFY})
    office = cast.here.commune  # type: ignore[attr-defined]
    for words, code in (("sao y", CERTIFY), ("công chứng", CERTIFY), ("lam giay khai sinh", BIRTH)):
        assert procedures.listed(office, TODAY, text=words)[0].code == code
