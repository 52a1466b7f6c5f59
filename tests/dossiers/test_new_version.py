"""A new version is held against what people answered: it never hides what was filed, and a draft may stay or move."""

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
import yaml
from django.test import Client

from motcua.dossiers import services
from motcua.dossiers.models import Draft
from motcua.procedures import services as catalogue
from motcua.procedures.definition import DefinitionFaults
from tests.cast import NOW, TODAY, Cast
from tests.dossiers import birth

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, tzinfo=UTC)
ANSWERS = {"child_name": "Ka Mai Mẫu", "born": "2026-11-01", "with_father": False}


@pytest.fixture
def way(cast: Cast) -> str:
    return birth.publish(cast)


def without(sid: str, **more: Any) -> dict[str, Any]:
    """The document with one question less."""
    doc = copy.deepcopy(birth.DOCUMENT | more)
    for page in doc["pages"]:
        page["fields"] = [field for field in page["fields"] if field["sid"] != sid]
    return doc


def publish(doc: dict[str, Any]) -> Any:
    return catalogue.publish_version(doc=doc, at=NOW, by=None, effective_from=TODAY)


def test_a_question_that_an_open_dossier_answered_cannot_go(cast: Cast, way: str) -> None:
    filed = cast.file(birth.CODE, answers=ANSWERS)
    with pytest.raises(DefinitionFaults) as refused:
        publish(without("born"))
    (fault,) = refused.value.faults
    assert (fault.path, filed.number in fault.message) == ("fields.born", True)


def test_it_may_go_when_all_who_answered_it_have_been_served(cast: Cast, way: str) -> None:
    dossier = cast.file(birth.CODE, answers=ANSWERS).dossier
    services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=NOW, reason_code="other", reason="Thử")
    assert publish(without("born")) is not None


def test_a_question_that_nobody_answered_may_go_and_words_may_change(cast: Cast, way: str) -> None:
    cast.file(birth.CODE, answers={"child_name": "Ka Mai Mẫu", "born": "2026-11-01"})
    assert publish(without("with_father", short_name="Khai sinh", pages=birth.DOCUMENT["pages"][:1])) is not None


def test_effects_name_the_filed_first_and_what_is_asked_anew(cast: Cast, way: str) -> None:
    filed = cast.file(birth.CODE, answers=ANSWERS)
    Draft.objects.create(
        key_hash="0" * 64, commune=cast.here.commune, version_id=cast.edition(birth.CODE).version_id,
        answers={"born": "2026-11-02"}, send_op_id="d", made_at=NOW, saved_at=NOW, expires_at=AT,
    )  # fmt: skip
    first, second = catalogue.effects_of(without("born"))
    assert (first.of.reference, first.hidden, first.unanswered) == (filed.number, ("born",), ())
    assert (second.of.filed, second.hidden, second.unanswered) == (False, ("born",), ("child_name",))


def test_a_load_names_the_file_and_applies_nothing(cast: Cast, way: str, tmp_path: Any) -> None:
    cast.file(birth.CODE, answers=ANSWERS)
    folder = tmp_path / "ho-tich"
    folder.mkdir()
    doc = without("born") | {"effective_from": "2026-07-02"}
    (folder / f"{birth.CODE}.yaml").write_text(yaml.safe_dump(doc, allow_unicode=True), encoding="utf-8")
    with pytest.raises(catalogue.CatalogueFaults) as refused:
        catalogue.load_catalogue(folder=tmp_path, at=NOW)
    assert "born" in str(refused.value.faults[0])
    assert [effect.of.filed for effect in catalogue.effects_of_folder(tmp_path)] == [True]


def test_a_draft_is_offered_the_new_version_and_loses_no_answer(client: Client, cast: Cast, way: str) -> None:
    client.post(way, follow=True)
    client.post(f"{way}applicant/", birth.APPLICANT)
    client.post(f"{way}child/", birth.CHILD)
    answered = Draft.objects.get().answers
    assert "Dùng biểu mẫu mới" not in client.get(f"{way}check/").content.decode()
    publish(without("born"))
    page = client.get(f"{way}check/").content.decode()
    assert "Dùng biểu mẫu mới" in page
    assert client.post(f"{way}newest/").status_code == 303
    draft = Draft.objects.get()
    assert draft.answers == answered
    assert draft.version.no == 2
    page = client.get(f"{way}check/").content.decode()
    assert "Không còn hỏi" in page
    assert "Ngày sinh của trẻ" in page
    assert "Dùng biểu mẫu mới" not in page
