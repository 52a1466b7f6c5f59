"""Records of the national portal are shown as differences, applied whole or not at all, and refused by field."""

import copy
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from motcua.kernel.identity import system_person
from motcua.procedures import services as catalogue
from motcua.procedures.models import Version
from tests.procedures import documents

AT, DAY = datetime(2026, 8, 3, tzinfo=UTC), date(2026, 8, 3)
LAW = "Giấy xác nhận tiêm phòng do thú y cấp."
RECORD: dict[str, Any] = {
    "code": "9.010820.000.00.00.H68",
    "name": "Đăng ký chăn thả gia súc mẫu trên đồng cỏ chung của thôn",
    "executionMethods": [
        {"submissionMethod": "ONLINE", "processingTime": 3, "processingTimeUnit": "WORKING_DAY",
         "fees": [{"type": "FEE", "value": 5000}]},
        {"submissionMethod": "DIRECT", "processingTime": 1, "processingTimeUnit": "OTHER", "fees": []},
    ],
    "executionCases": [
        {"name": "Giấy tờ phải nộp", "profileComponents": [
            {"name": LAW, "originalQty": 1, "copyQty": 2},
            {"name": "Sơ đồ đồng cỏ", "originalQty": 1, "copyQty": 0},
        ]}
    ],
    "resultsDetails": [{"code": "KQ.MAU.000001", "name": "Giấy chăn thả"}],
    "legalBasisesDetails": [{"code": "1/2026/NĐ-MAU"}, {"code": "2/2026/NĐ-MAU"}],
    "departmentsExecuting": [{"name": "Ủy ban nhân dân cấp xã"}],
    "subjectTypesDetails": [{"name": "Công dân Việt Nam"}],
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published() -> None:
    catalogue.publish_version(doc=documents.full(), at=AT, by=None, effective_from=date(2026, 7, 1))


def source(folder: Path, *records: object) -> Path:
    path = folder / "cong.json"
    path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    return path


def changed(**fields: Any) -> dict[str, Any]:
    return copy.deepcopy(RECORD) | fields


def test_what_would_change_is_said_by_path_and_nothing_is_written(tmp_path: Path) -> None:
    [planned] = catalogue.plan_import(source(tmp_path, RECORD))
    said = {path: kind for path, kind, _old, _new in planned.differences}
    assert said["/channels/online/limit/value"] == "changed"
    assert said["/components/giay_tiem/copies"] == "changed"
    assert said["/agencies"] == "added"
    assert Version.objects.count() == 1


def test_applied_it_is_one_new_version_that_keeps_what_people_wrote(tmp_path: Path) -> None:
    planned = catalogue.plan_import(source(tmp_path, RECORD))
    assert catalogue.apply_import(planned=planned, at=AT, by=system_person(), effective_from=DAY) == 1
    old, new = (version.doc for version in Version.objects.order_by("no"))
    for key in ("short_name", "keywords", "pages", "checks", "steps", "results"):
        assert new[key] == old[key], key
    paper = new["components"][0]
    assert (paper["sid"], paper["title"], paper["required_if"]) == (
        "giay_tiem",
        *(old["components"][0][key] for key in ("title", "required_if")),
    )
    assert new["components"][1]["title"] == "Sơ đồ đồng cỏ"
    assert new["channels"][1]["limit"] == {"value": 1}
    assert catalogue.plan_import(source(tmp_path, RECORD)) == []


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({key: value for key, value in RECORD.items() if key != "executionMethods"}, "executionMethods: is missing"),
        (changed(executionCases={"name": "a"}), "executionCases: has a new shape: dict, not list"),
        (changed(code=9.01082), "code: has a new shape: float, not str"),
        (changed(code="9.01082"), "a zero may be lost"),
        (changed(executionMethods=[{**RECORD["executionMethods"][0], "processingTimeUnit": "MOON"}]),
         "executionMethods[0].processingTimeUnit: is 'MOON', which is none of"),
        (changed(executionCases=[{"profileComponents": [{"name": " ", "originalQty": 1, "copyQty": 0}]}]),
         "executionCases[0].profileComponents[0].name: is empty"),
        (changed(code="9.999999"), "is in no file of the catalogue yet"),
        ("text", "the record: has a new shape: str"),
    ],
)  # fmt: skip
def test_a_record_of_another_shape_is_refused_by_file_and_field(tmp_path: Path, record: object, said: str) -> None:
    with pytest.raises(catalogue.ImportRefused) as refused:
        catalogue.plan_import(source(tmp_path, RECORD, record))
    assert any(str(fault).startswith("cong.json[1]: ") and said in str(fault) for fault in refused.value.faults)


def test_a_file_that_is_no_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "cong.json").write_text("{", encoding="utf-8")
    with pytest.raises(catalogue.ImportRefused, match=r"cong\.json: the file: cannot be read as JSON"):
        catalogue.plan_import(tmp_path)


FILE = """
code: "9.000010"
name: Xác nhận mẫu
short_name: Xác nhận
sector: thu-nghiem
sector_name: Thử nghiệm
mode: counter
"""


def test_what_a_person_imported_stands_until_the_file_itself_changes(tmp_path: Path) -> None:
    path = tmp_path / "thu-nghiem" / "9.000010.yaml"
    path.parent.mkdir()
    path.write_text(FILE, encoding="utf-8")
    assert catalogue.load_catalogue(folder=tmp_path, at=AT) == 1
    planned = catalogue.plan_import(source(tmp_path, changed(code="9.000010")))
    assert catalogue.apply_import(planned=planned, at=AT, by=system_person(), effective_from=DAY) == 1
    assert catalogue.load_catalogue(folder=tmp_path, at=AT) == 0
    path.write_text(FILE.replace("counter", "portal"), encoding="utf-8")
    assert catalogue.load_catalogue(folder=tmp_path, at=AT) == 1
