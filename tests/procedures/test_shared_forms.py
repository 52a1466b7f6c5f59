"""`form: <name>` in a procedure's file stands for the form's content; what cannot be used is named with its file."""

from pathlib import Path

import pytest

from motcua.procedures import definition, files
from motcua.procedures import services as catalogue

PROCEDURE = """
code: "9.000010"
name: Xác nhận mẫu
short_name: Xác nhận mẫu
sector: thu-nghiem
sector_name: Thử nghiệm
mode: counter
form: mau
components:
  - {sid: giay, title: Giấy mẫu, required: true}
steps:
  - {sid: receive, name: Tiếp nhận, act: receive, role: intake_officer}
  - {sid: return, name: Trả, act: return, role: intake_officer}
"""
FORM = """
codes: ["9.000010"]
draft_grade: C
pages: [{sid: trang, title: Trang, fields: [{sid: co, type: boolean, label: Có không, required: true}]}]
components:
  - {sid: giay, required: false, show_if: {filled: {var: co}}}
  - {sid: khac, show_if: {filled: {var: co}}}
  - {sid: them, title: Giấy thêm}
"""


def write(folder: Path, procedure: str = PROCEDURE, form: str | None = FORM) -> Path:
    path = folder / "thu-nghiem" / "9.000010.yaml"
    for each, text in ((path, procedure), (folder / "forms" / "mau.yaml", form)):
        each.parent.mkdir(exist_ok=True)
        if text is not None:
            each.write_text(text, encoding="utf-8")
    return path


def test_a_document_is_whole_once_its_form_is_written_into_it(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert files.files_in(tmp_path) == [path]
    assert catalogue.faults_of(tmp_path) == []
    doc, _ = files.document(path)
    assert not {"form", "codes"} & doc.keys()
    whole = definition.parse(doc)
    assert [page.sid for page in whole.pages] == ["trang"]
    assert whole.draft_grade == "C"


def test_the_procedure_speaks_before_its_form(tmp_path: Path) -> None:
    write(tmp_path, PROCEDURE + "draft_grade: A\n")
    whole = definition.parse(files.document(tmp_path / "thu-nghiem" / "9.000010.yaml")[0])
    assert whole.draft_grade == "A"
    papers = {part.sid: part for part in whole.components}
    assert papers["giay"].required
    assert papers["giay"].show_if
    assert list(papers) == ["giay", "them"]


def test_a_form_speaks_of_papers_by_how_their_words_or_group_begin(tmp_path: Path) -> None:
    procedure = PROCEDURE.replace(
        "- {sid: giay, title: Giấy mẫu, required: true}",
        "- {sid: a, title: Giấy A, full: Văn bản ủy quyền chung}\n  - {sid: b, title: Giấy B, group: (1) Nhà ở}",
    )
    rules = "components: [{full: Văn bản ủy quyền, required: true}, {group: (1), show_if: {filled: {var: co}}}]\n"
    path = write(tmp_path, procedure, FORM.partition("components")[0] + rules)
    assert catalogue.faults_of(tmp_path) == []
    first, second = definition.parse(files.document(path)[0]).components
    assert (first.required, first.full) == (True, "Văn bản ủy quyền chung")
    assert (second.required, second.show_if, second.group) == (False, {"filled": {"var": "co"}}, "(1) Nhà ở")


def test_a_form_that_changed_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path)
    files.document(path)
    write(tmp_path, form=FORM.replace("title: Trang", "title: Trang hai"))
    assert files.document(path)[0]["pages"][0]["title"] == "Trang hai"


@pytest.mark.parametrize(
    ("procedure", "form", "said"),
    [
        (PROCEDURE, None, "thu-nghiem/9.000010.yaml: form: is 'mau', but there is no file forms/mau.yaml"),
        (
            PROCEDURE.replace("mau\n", "../mau\n"),
            FORM,
            "thu-nghiem/9.000010.yaml: form: is '../mau', but there is no file",
        ),
        (PROCEDURE, FORM.replace("000010", "000011"), "thu-nghiem/9.000010.yaml: form: is 'mau', a form that does not"),
        (PROCEDURE, FORM.replace('["9.000010"]', "[9.000010]"), "forms/mau.yaml: codes: must be a list of codes"),
        (PROCEDURE, FORM + "colour: red", "forms/mau.yaml: colour: is not a key"),
        (PROCEDURE, FORM + "codes: all", "forms/mau.yaml: line "),
        (PROCEDURE, "[", "forms/mau.yaml: line "),
        (PROCEDURE, "- a", "forms/mau.yaml: line 1: must be a mapping"),
        (PROCEDURE, FORM.replace("{sid: them", "{ten: them"), "forms/mau.yaml: components: must each say"),
        (PROCEDURE, FORM.replace("boolean", "colour"), "forms/mau.yaml: pages[0].fields[0].type: is 'colour'"),
        (PROCEDURE.replace("required: true", "colour: red"), FORM, "thu-nghiem/9.000010.yaml: components[0].colour"),
    ],
)
def test_a_form_that_cannot_be_used_is_named_with_its_file(
    tmp_path: Path, procedure: str, form: str | None, said: str
) -> None:
    write(tmp_path, procedure, form)
    faults = [str(fault) for fault in catalogue.faults_of(tmp_path)]
    assert any(fault.startswith(said) for fault in faults), faults


def test_a_fault_of_a_form_is_said_once_for_all_its_procedures(tmp_path: Path) -> None:
    write(tmp_path, form=FORM.replace("boolean", "colour").replace('["9.000010"]', "all"))
    second = tmp_path / "thu-nghiem" / "9.000011.yaml"
    second.write_text(PROCEDURE.replace("000010", "000011"), encoding="utf-8")
    assert len([fault for fault in catalogue.faults_of(tmp_path) if fault.file == "forms/mau.yaml"]) == 1
