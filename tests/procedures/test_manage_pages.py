"""The manager's pages: who may open them, what they cost, and an overlay's way from the sheet to the public page."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.kernel.identity import Person, Post, Role
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.models import Overlay
from tests.cast import BEGUN, BIRTH, NOW, OPEN_LIMIT, TODAY, Cast, document

pytestmark = pytest.mark.django_db
LIST = "/en/desk/procedures/"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_args: TODAY)
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def as_(client: Client, person: Person) -> Client:
    client.force_login(person.account)
    return client


@pytest.fixture
def manager(client: Client, cast: Cast) -> Client:
    return as_(client, cast.here.procedure_manager)


def sheet(cast: Cast, code: str = BIRTH) -> str:
    return f"{LIST}{code}/{cast.here.commune.code}/"


def typed(**changes: Any) -> dict[str, Any]:
    """The sheet as a browser sends it, with one row of fees."""
    empty = dict.fromkeys(("mode", "limit_value", "limit_unit", "limit_cutoff", "legal_source"), "")
    texts = dict.fromkeys(("counter", "hours", "notes", "counter_en", "hours_en", "notes_en"), "")
    row = {f"fee-0-{name}": "" for name in ("amount", "per", "channel", "note")} | {"fee-0-kind": "charge"}
    rows = {"fee-TOTAL_FORMS": "1", "fee-INITIAL_FORMS": "0"}
    return empty | texts | row | rows | {"effective_from": "23/11/2026", "seen": "1", "action": "preview"} | changes


SOURCE = "Nghị quyết mẫu số 1, Điều 2"
FEE = {
    "mode": "here",
    "fee-0-amount": "8.000",
    "fee-0-channel": "direct",
    "legal_source": "Nghị quyết mẫu số 1, Điều 2",
}


def facts_of(part: str) -> list[str]:
    """The rows of a summary list."""
    return part.split("govuk-summary-list__row")[1:]


def main_of(content: bytes) -> str:
    page = content.decode()
    return page[page.index("<main") : page.index("</main>")]


def test_the_list_shows_how_each_procedure_is_filed_and_whether_the_office_set_something(manager: Client) -> None:
    shown = main_of(manager.get(LIST).content)
    rows = re.findall(r"<tr.*?</tr>", shown, re.DOTALL)[1:]
    assert len(rows) == 3
    birth = next(row for row in rows if BIRTH in row)
    assert "Filed online here" in birth
    assert ">Yes<" in birth
    assert ">No<" in next(row for row in rows if OPEN_LIMIT in row)


def test_the_list_costs_as_much_with_hundreds_and_comes_in_pages(
    manager: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(60):
        doc = document(OPEN_LIMIT) | {"code": f"9.{n:06d}", "short_name": f"Thủ tục mẫu {n:03d}"}
        catalogue.publish_version(doc=doc, at=datetime(2026, 7, 1, tzinfo=UTC), by=None, effective_from=BEGUN)
    manager.get(LIST)
    with django_assert_num_queries(8):
        first = main_of(manager.get(LIST).content)
    with django_assert_num_queries(8):
        assert main_of(manager.get(f"{LIST}?q=khai sinh").content).count("data-row ") == 1
    following = re.search(r'href="(\?[^"]*after=50[^"]*)"', first)
    assert first.count("data-row ") == 50
    assert following
    assert main_of(manager.get(LIST + following[1].replace("&amp;", "&")).content).count("data-row ") >= 11


def test_words_that_find_nothing_say_what_to_do(manager: Client) -> None:
    assert "Try fewer words" in main_of(manager.get(f"{LIST}?q=xyzxyz").content)


@pytest.mark.parametrize("who", ["intake", "case", "approver", "leader"])
def test_who_manages_no_procedures_has_no_such_pages(client: Client, cast: Cast, who: str) -> None:
    as_(client, getattr(cast.here, who))
    for address in (LIST, f"{LIST}{BIRTH}/", sheet(cast)):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("who", ["procedure_manager", "administrator"])
def test_the_manager_and_the_administrator_open_the_sheet_of_their_own_office_only(
    client: Client, cast: Cast, who: str
) -> None:
    as_(client, getattr(cast.here, who))
    assert client.get(sheet(cast)).status_code == 200
    for other in (cast.there.commune, cast.province, cast.here.centre):
        assert client.get(f"{LIST}{BIRTH}/{other.code}/").status_code == 404
        assert client.post(f"{LIST}{BIRTH}/{other.code}/", typed(**FEE, action="confirm")).status_code == 404
        assert client.get(f"{LIST}?office={other.code}").status_code == 404
    assert client.get(f"{LIST}0.000000/").status_code == 404


def test_a_provincial_manager_lays_the_overlays_of_the_province(client: Client, cast: Cast) -> None:
    person = cast.there.leader
    role = Role.objects.get(code="procedure_manager")
    Post.objects.create(person=person, office=cast.province, role=role, valid_from=BEGUN)
    as_(client, person)
    address = f"{LIST}{OPEN_LIMIT}/{cast.province.code}/"
    assert client.get(f"{LIST}{OPEN_LIMIT}/{cast.there.commune.code}/").status_code == 404
    sent = typed(notes="Cả tỉnh", seen="0", action="confirm")
    assert client.post(address, sent).status_code == 302
    assert procedures.edition_for(cast.here.commune, OPEN_LIMIT, TODAY).definition.notes.vi == "Cả tỉnh"  # type: ignore[union-attr]
    as_(client, cast.here.procedure_manager)
    assert "From the province" in main_of(client.get(LIST).content)


def test_the_preview_says_what_changes_and_saves_nothing(manager: Client, cast: Cast) -> None:
    shown = main_of(manager.post(sheet(cast), typed(**FEE)).content)
    rows = facts_of(shown)
    cost = next(row for row in rows if "How much it costs" in row)
    assert "8,000 VND." in cost
    assert "Changed" in cost
    assert "Changed" in next(row for row in rows if "How long it takes" in row)  # the limit was emptied
    assert "Unchanged" in next(row for row in rows if "How it is filed" in row)
    assert Overlay.objects.filter(office=cast.here.commune, procedure=BIRTH).count() == 1


def test_what_the_preview_carries_is_what_is_saved_and_read_by_the_public(manager: Client, cast: Cast) -> None:
    shown = main_of(manager.post(sheet(cast), typed(**FEE, notes="Mang theo bút")).content)
    carried = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', shown)) | {"action": "confirm"}
    assert manager.post(sheet(cast), carried).status_code == 302
    public = main_of(manager.get(f"/en/{cast.here.slug}/procedures/{BIRTH}/").content)
    assert "8,000 VND." in public
    assert "Mang theo bút" in public
    assert "8,000 VND." not in main_of(manager.get(f"/en/{cast.there.slug}/procedures/{BIRTH}/").content)
    again = main_of(manager.get(sheet(cast)).content)
    assert 'value="8.000"' in again
    assert SOURCE in again


@pytest.mark.parametrize(
    ("changes", "anchor", "words"),
    [
        ({"legal_source": ""}, "id_legal_source", "Name the document"),
        ({"limit_value": "3"}, "id_limit_value", "a number and a unit"),
        ({"limit_value": "0", "limit_unit": "month"}, "id_limit_unit", "day of receipt"),
        ({"limit_cutoff": "3pm", "limit_value": "0", "limit_unit": "working_day"}, "id_limit_cutoff", "15:00"),
        ({"effective_from": "22/11/2026"}, "id_effective_from", "today or a later day"),
        ({"effective_from": "soon"}, "id_effective_from", "24/11/2026"),
        ({"effective_from": "01/06/2026"}, "id_effective_from", "today or a later day"),
        ({"fee-0-amount": "eight"}, "id_fee-0-amount", "whole number"),
        ({"fee-0-amount": "", "fee-0-per": "page"}, "id_fee-0-amount", "0 if it is free"),
        ({"notes_en": "Bring a pen"}, "id_notes", "in Vietnamese too"),
        ({"seen": "0"}, "", "Somebody else changed this meanwhile"),
    ],
)
def test_a_refusal_is_a_sentence_at_its_field_and_keeps_what_was_typed(
    manager: Client, cast: Cast, changes: dict[str, str], anchor: str, words: str
) -> None:
    response = manager.post(sheet(cast), typed(**FEE | {"counter": "Quầy 3"} | changes))
    shown = main_of(response.content)
    assert response.status_code == 422
    summary = shown[shown.index("govuk-error-summary") : shown.index("<h1")]
    assert words in summary
    assert (f'href="#{anchor}"' in summary) == bool(anchor)
    assert not anchor or f'id="{anchor}"' in shown
    assert 'value="Quầy 3"' in shown


def test_the_second_of_two_managers_is_told_and_may_go_on(manager: Client, cast: Cast) -> None:
    manager.post(sheet(cast), typed(notes="Một", action="confirm"))
    second = typed(notes="Hai", action="confirm")
    response = manager.post(sheet(cast), second)
    assert response.status_code == 422
    assert 'name="seen" value="2"' in main_of(response.content)
    assert "Một" in main_of(response.content)
    assert manager.post(sheet(cast), second | {"seen": "2"}).status_code == 302


def test_a_limit_that_the_law_sets_is_not_asked_for(manager: Client, cast: Cast) -> None:
    closed = {"kind": "direct", "limit": {"value": 5, "unit": "day"}}
    doc = document(OPEN_LIMIT) | {"channels": [closed]}
    catalogue.publish_version(doc=doc, at=datetime(2026, 11, 1, tzinfo=UTC), by=None, effective_from=date(2026, 11, 1))
    assert "id_limit_value" not in main_of(manager.get(sheet(cast, OPEN_LIMIT)).content)
    assert "id_limit_value" in main_of(manager.get(sheet(cast)).content)


def test_a_procedure_shows_its_layers_and_the_difference_of_two_versions_in_words(
    manager: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    name = {"sid": "full_name", "type": "name", "label": "Họ, chữ đệm và tên", "required": False}
    doc = document(BIRTH) | {"pages": [{"sid": "page", "title": "Người được khai sinh", "fields": [name]}]}
    catalogue.publish_version(doc=doc, at=datetime(2026, 11, 1, tzinfo=UTC), by=None, effective_from=date(2026, 11, 1))
    address = f"{LIST}{BIRTH}/?old=1&new=2"
    manager.get(address)
    with django_assert_num_queries(10):
        shown = main_of(manager.get(address).content)
    assert cast.here.commune.name in shown
    assert "0 working days; after 15:00 the next working day counts" in shown
    rows = facts_of(shown[shown.index("From version 1 to version 2") :])
    label = next(row for row in rows if "Label" in row)
    assert "“Người được khai sinh” › “Họ, chữ đệm và tên” › Label" in label
    assert "Changed" in label
    assert "Removed" in next(row for row in rows if "Filled in beforehand with" in row)
    assert "The two say the same" not in shown
    assert "Choose two different versions" in main_of(manager.get(f"{LIST}{BIRTH}/?old=2&new=2").content)
