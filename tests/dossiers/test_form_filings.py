"""Every shipped form is filed as a machine files it; what is only shown, or is the form itself, is never handed in."""

import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.dossiers.models import Dossier
from motcua.procedures import files, shared_forms, strict_yaml
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
PATHS = {path.stem: path for path in files.files_in(catalogue.SHIPPED)}
FORMS = {path.stem: strict_yaml.loaded(path)["codes"] for path in sorted(shared_forms.SHIPPED.glob("*.yaml"))}
SERVED = [(name, code) for name, codes in FORMS.items() if codes != shared_forms.EVERY for code in codes]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def long_lists() -> list[str]:
    """The three procedures with the most papers to hand in among those of the general form."""
    found = []
    for code, path in PATHS.items():
        doc = strict_yaml.loaded(path)
        if doc.get("form") == "general" and doc.get("settled_by_commune") is not False:
            found.append((len(doc.get("components", ())), code))
    return [code for _count, code in sorted(found)[-3:]]


def published(path: Path) -> str:
    """In force and settled here, with a way to file online; its code."""
    doc = files.document(path)[0] | {"mode": "here", "channels": [{"kind": "online"}]}
    catalogue.publish_version(doc=doc, at=NOW, by=None, effective_from=casting.BEGUN)
    return str(doc["code"])


def filed(cast: Cast, code: str) -> tuple[Any, list[dict[str, Any]]]:
    """The answer to a filing of the form's own example with the papers that it demands."""
    address, client = f"/api/v1/{cast.here.slug}", Client()
    form = client.get(f"{address}/procedures/{code}/form").json()
    papers = []
    for each in form["components"]:
        if each["required"]:
            sent = {"file": SimpleUploadedFile("giay.pdf", PDF)}
            papers.append({"sid": each["sid"], "files": [client.post(f"{address}/uploads", sent).json()["upload"]]})
    body = {
        "procedure": code, "channel": "online", "version": form["version"], "components": papers,
        "applicant": {"full_name": "Đỗ Thị Mẫu", "birth_date": "1990-01-02", "phone": "0300000001"},
        "answers": form["schema"]["examples"][0],
    }  # fmt: skip
    headers = {"Idempotency-Key": "key-1"}
    answer = client.post(f"{address}/filings", json.dumps(body), content_type="application/json", headers=headers)
    return answer, form["components"]


@pytest.mark.parametrize(("name", "code"), SERVED)
def test_every_procedure_with_a_form_is_filed_with_the_example_of_its_form(name: str, code: str, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        published(PATHS[code])
        answer, papers = filed(cast, code)
    assert answer.status_code == 201, answer.content.decode()
    assert Dossier.objects.count() == 1
    roles = {each["sid"]: each.get("role", "paper") for each in files.document(PATHS[code])[0].get("components", ())}
    assert not [each["sid"] for each in papers if roles[each["sid"]] in {"present", "declaration"}]


@pytest.mark.parametrize("code", long_lists())
def test_the_general_form_files_a_procedure_of_many_papers_and_demands_none(code: str, cast: Cast) -> None:
    with time_machine.travel(NOW, tick=False):
        published(PATHS[code])
        answer, papers = filed(cast, code)
    assert answer.status_code == 201, answer.content.decode()
    assert len(papers) >= 10
    assert not any(each["required"] for each in papers)


def test_a_paper_is_demanded_only_where_a_form_or_a_person_says_so() -> None:
    for path in PATHS.values():
        doc = strict_yaml.loaded(path)
        if doc.get("form") == "general":
            assert not [each["sid"] for each in doc.get("components", ()) if each.get("required")], path.stem


def test_every_procedure_of_a_form_names_it_and_each_rule_meets_a_paper() -> None:
    for name, codes in FORMS.items():
        if codes == shared_forms.EVERY:
            continue
        docs = [strict_yaml.loaded(PATHS[code]) for code in codes]
        assert all(doc.get("form") == name or "pages" in doc for doc in docs), name
        papers = [each for doc in docs for each in doc.get("components", ())]
        rules = strict_yaml.loaded(shared_forms.SHIPPED / f"{name}.yaml").get("components", [])
        unmet = [r for r in rules if "title" not in r and not any(shared_forms.speaks_of(r, paper) for paper in papers)]
        assert unmet == [], name
