"""A draft whose line breaks: two windows, two devices, a lost answer, a lost cookie, a file in pieces."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from motcua.dossiers import limits
from motcua.dossiers.models import Dossier, Draft, Filing, Partial, Piece, Upload
from motcua.dossiers.online import device
from motcua.dossiers.services import pieces, resuming, uploads
from motcua.kernel import ledger, outbox
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests.cast import BEGUN, Cast
from tests.dossiers import birth
from tests.dossiers.test_citizen_journey import filled, pair, photo, send

pytestmark = pytest.mark.django_db
OP, KEY = "draft-" + "a" * 32, "k" * 64


@pytest.fixture
def way(cast: Cast) -> str:
    cache.clear()
    return birth.publish(cast)


def mark(html: str) -> str:
    return html.split('name="mark" value="')[1].split('"')[0]


def edition_name(cast: Cast) -> str:
    return device.named(procedures.edition_for(cast.here.commune, birth.CODE, timezone.localdate()))


def body(edition: str, op_id: str = OP, **more: Any) -> dict[str, Any]:
    pages = {
        "applicant": {"fields": list(birth.APPLICANT.items())},
        "child": {"fields": list(birth.CHILD.items())},
    }
    return {"op_id": op_id, "key": KEY, "edition": edition, "pages": pages, "papers": {}, "send": True} | more


def bring(client: Client, way: str, said: dict[str, Any], op_id: str | None = None) -> Any:
    headers = {"Idempotency-Key": op_id or said["op_id"]}
    return client.post(f"{way}bring/", json.dumps(said), content_type="application/json", headers=headers)


def in_pieces(client: Client, town: str, content: bytes, key: str = "p" * 48) -> str:
    """A file sent in pieces of ten bytes; its handle."""
    address = f"/{town}/pieces/{key}/"
    said = {"name": "giay.jpg", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    answer = client.put(address, json.dumps(said), content_type="application/json").json()
    while "upload" not in answer:
        part = content[answer["offset"] : answer["offset"] + 400]
        answer = patch(client, address, answer["offset"], part).json()
    return str(answer["upload"])


def patch(client: Client, address: str, offset: int, content: bytes) -> Any:
    return client.patch(
        address, content, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


# --- two windows, two devices ---
def test_of_two_windows_the_second_reads_what_the_first_saved_before_it_takes_its_place(
    client: Client, way: str
) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    drawn = mark(client.get(f"{way}child/").content.decode())
    client.post(f"{way}child/", birth.CHILD | {"mark": drawn})
    late = mark(client.get(f"{way}child/").content.decode())
    client.post(f"{way}child/", birth.CHILD | {"child_name": "Đỗ Mẫu Bình", "mark": late})
    answer = client.post(f"{way}child/", birth.CHILD | {"child_name": "Đỗ Mẫu Cúc", "mark": late})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Đỗ Mẫu Bình" in html
    assert 'value="Đỗ Mẫu Cúc"' in html
    assert 'value="Đỗ Mẫu Cúc"' in client.get(f"{way}child/").content.decode()
    assert Draft.objects.get().answers["child_name"] == "Đỗ Mẫu Bình"
    taken = client.post(f"{way}child/", birth.CHILD | {"child_name": "Đỗ Mẫu Cúc", "mark": mark(html)})
    assert taken.status_code == 303
    assert Draft.objects.get().answers["child_name"] == "Đỗ Mẫu Cúc"
    assert Draft.objects.get().beside == {}


def test_a_double_click_on_continue_is_no_conflict(client: Client, way: str) -> None:
    client.post(way)
    drawn = mark(client.get(f"{way}applicant/").content.decode())
    first, second = (client.post(f"{way}applicant/", birth.APPLICANT | {"mark": drawn}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)


def test_what_a_device_brings_late_stands_beside_what_another_saved_meanwhile(
    client: Client, way: str, cast: Cast
) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    client.post(f"{way}child/", birth.CHILD)
    op_id = Draft.objects.get().send_op_id
    other = {"child": {"fields": list((birth.CHILD | {"child_name": "Đỗ Mẫu Cúc"}).items()), "mark": "an older one"}}
    said = body(edition_name(cast), op_id, key="", pages=other, send=False)
    assert bring(client, way, said).json()["state"] == "kept"
    draft = Draft.objects.get()
    assert draft.answers["child_name"] == "Đỗ Mẫu An"
    assert draft.raw["child"]["child_name"] == "Đỗ Mẫu Cúc"
    assert "Đỗ Mẫu An" in client.get(f"{way}child/").content.decode()
    assert client.post(f"{way}check/").status_code == 422


def test_a_device_that_goes_on_from_what_it_was_told_is_no_conflict(client: Client, way: str, cast: Cast) -> None:
    said = body(edition_name(cast), send=False)
    told = bring(client, way, said).json()
    later = {"fields": list((birth.CHILD | {"child_name": "Đỗ Mẫu Cúc"}).items()), "mark": told["marks"]["child"]}
    bring(client, way, said | {"pages": {"child": later}})
    assert Draft.objects.get().answers["child_name"] == "Đỗ Mẫu Cúc"
    assert Draft.objects.get().beside == {}


# --- a lost answer ---
def test_an_answer_that_was_lost_is_given_again_and_it_is_one_filing(client: Client, way: str, cast: Cast) -> None:
    content = photo().read()
    handle = in_pieces(client, cast.here.slug, content)
    said = body(edition_name(cast), papers={"birth_paper": [handle]})
    first = bring(Client(), way, said).json()  # whose answer and cookie never arrived
    second = bring(client, way, said).json()
    assert first["state"] == "sent"
    assert first == second
    assert Filing.objects.count() == 1
    assert "number" in first
    assert first["number"] in client.get(first["address"]).content.decode()


def test_it_is_one_filing_even_after_the_draft_of_it_is_forgotten(client: Client, way: str, cast: Cast) -> None:
    said = body(edition_name(cast), papers={"birth_paper": [in_pieces(client, cast.here.slug, photo().read())]})
    first = bring(client, way, said).json()
    Draft.objects.all().delete()
    again = bring(Client(), way, said).json()
    assert (again["number"], again["claim_code"]) == (first["number"], first["claim_code"])
    Draft.objects.all().delete()
    changed = {"child": {"fields": list((birth.CHILD | {"child_name": "Đỗ Mẫu Cúc"}).items())}}
    other = bring(Client(), way, said | {"pages": said["pages"] | changed}).json()
    assert (other["state"], other["number"], other["claim_code"]) == ("sent", first["number"], "")
    assert Filing.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_page_that_was_sent_and_the_device_that_brings_it_are_one_filing(client: Client, way: str) -> None:
    filled(client, way)
    op_id = Draft.objects.get().send_op_id
    number, code = pair(send(client, way))
    told = bring(client, way, body("unread", op_id, key="")).json()
    assert (told["number"], told["claim_code"]) == (number, code)
    assert Dossier.objects.count() == 1


def test_what_is_not_whole_is_kept_and_said_and_not_filed(client: Client, way: str, cast: Cast) -> None:
    told = bring(client, way, body(edition_name(cast))).json()
    assert told["state"] == "incomplete"
    assert told["problems"]
    assert client.get(told["address"]).status_code == 200
    assert not Filing.objects.exists()


# --- who may bring what ---
def test_nobody_brings_to_a_draft_without_its_key(client: Client, way: str, cast: Cast) -> None:
    bring(client, way, body(edition_name(cast), send=False))
    other = Client()
    assert bring(other, way, body(edition_name(cast), key="")).status_code == 409
    assert bring(other, way, body(edition_name(cast), key="x" * 64)).status_code == 409
    assert bring(other, way, body(edition_name(cast)), op_id="draft-other").status_code == 400
    assert other.post(f"{way}bring/", b"[]", content_type="application/json").status_code == 400


def test_an_edition_that_the_centre_never_named_begins_nothing(client: Client, way: str, cast: Cast) -> None:
    forged = edition_name(cast).replace("~", ".999~")
    assert bring(client, way, body(forged)).status_code == 409
    assert client.get(f"{way}offline/{forged}/").status_code == 404
    assert not Draft.objects.exists()


def test_the_form_for_a_device_holds_nobodys_answers_and_sets_no_cookie(client: Client, way: str, cast: Cast) -> None:
    filled(client, way)
    answer = client.get(f"{way}offline/{edition_name(cast)}/")
    html = answer.content.decode()
    assert "Ka Să" not in html
    assert "csrf" not in html
    assert not answer.cookies
    assert 'data-leaf="father"' in html


def test_a_new_version_meanwhile_is_offered_and_nothing_that_was_typed_is_lost(
    client: Client, way: str, cast: Cast
) -> None:
    old = edition_name(cast)
    doc = json.loads(json.dumps(birth.DOCUMENT))
    doc["pages"][0]["fields"].append({"sid": "place", "type": "text", "label": "Nơi sinh", "required": True})
    at = timezone.now() - timedelta(days=1)
    catalogue.publish_version(doc=doc, at=at, by=None, effective_from=max(BEGUN, at.date()))
    told = bring(client, way, body(old, send=False)).json()
    assert f'action="{way}newest/"' in client.get(told["address"]).content.decode()
    client.post(f"{way}newest/")
    html = client.get(f"{way}child/").content.decode()
    assert 'value="Đỗ Mẫu An"' in html
    assert "Nơi sinh" in html
    assert client.post(f"{way}check/").status_code == 422


# --- later, elsewhere, not here ---
def test_a_lost_cookie_loses_nothing_the_code_opens_the_draft_again(client: Client, way: str) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    code = resuming.code_of(Draft.objects.get().send_op_id)
    assert code[:4] in client.get(f"{way}later/").content.decode()
    other = Client()
    answer = other.post("/resume/", {"code": f" {code[:4].lower()} {code[4:]}"})
    assert (answer.status_code, answer["Location"]) == (303, f"{way}child/")
    assert "Ka Să" in other.get(f"{way}applicant/").content.decode()
    assert code not in str(list(Draft.objects.values_list()))


def test_a_wrong_code_opens_nothing_and_guessing_ends(client: Client, way: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(limits, "WRONG_CODES", 3)
    monkeypatch.setattr(limits, "IN_DEMO", 1)
    client.post(way)
    code = resuming.code_of(Draft.objects.get().send_op_id)
    answers = [client.post("/resume/", {"code": "AAAAAAAAAA"}).status_code for _ in range(4)]
    assert answers == [422, 422, 422, 429]
    assert client.post("/resume/", {"code": code}).status_code == 429


def test_a_code_opens_nothing_once_the_dossier_was_sent(client: Client, way: str) -> None:
    filled(client, way)
    code = resuming.code_of(Draft.objects.get().send_op_id)
    send(client, way)
    assert Client().post("/resume/", {"code": code}).status_code == 422


def test_the_code_is_sent_to_the_address_that_was_typed_three_times_and_no_more(
    client: Client, way: str, mailoutbox: list[Any]
) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    for _ in range(4):
        assert client.post(f"{way}later/").status_code == 303
    deliveries = outbox.Delivery.objects.filter(target=resuming.MAIL)
    assert deliveries.count() == 3
    assert "mau@" not in str([each.payload for each in deliveries])
    outbox.run_due(timezone.now())
    assert mailoutbox[0].to == ["mau@vidu.example"]
    assert "Ka Să" not in mailoutbox[0].body
    event = deliveries[0].event
    assert ledger.history(event.matter)[0].type == "dossiers.draft_code_asked"


def test_what_is_erased_from_a_device_can_be_gone_on_with_by_its_code(client: Client, way: str) -> None:
    client.post(way)
    client.post(f"{way}applicant/", birth.APPLICANT)
    answer = client.post(f"{way}forget/")
    assert resuming.code_of(Draft.objects.get().send_op_id)[:4] in answer.content.decode()
    assert client.get(f"{way}applicant/").status_code == 404
    assert Draft.objects.get().applicant["full_name"]


# --- a file in pieces ---
def test_a_file_goes_on_where_the_line_broke_and_a_piece_that_comes_twice_changes_nothing(
    client: Client, cast: Cast
) -> None:
    content, key = photo().read(), "q" * 48
    address = f"/{cast.here.slug}/pieces/{key}/"
    said = {"name": "x.jpg", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    client.put(address, json.dumps(said), content_type="application/json")
    assert patch(client, address, 0, content[:300]).json()["offset"] == 300
    assert patch(client, address, 0, content[:300]).json() == {"state": "out_of_place", "offset": 300}
    assert patch(client, address, 500, content[500:]).status_code == 409
    assert client.get(address).json()["offset"] == 300
    whole = patch(client, address, 300, content[300:]).json()
    assert whole["upload"] == patch(client, address, 300, content[300:]).json()["upload"]
    assert uploads.known_uploads([whole["upload"]], timezone.now())
    assert not Piece.objects.exists()
    assert whole["upload"] not in str(list(Partial.objects.values_list()))


def test_a_file_that_is_not_what_was_announced_is_not_kept(client: Client, cast: Cast) -> None:
    address = f"/{cast.here.slug}/pieces/{'r' * 48}/"
    said = {"name": "x.jpg", "size": 4, "sha256": "0" * 64}
    client.put(address, json.dumps(said), content_type="application/json")
    answer = patch(client, address, 0, b"abcd")
    assert (answer.status_code, answer.json()["state"]) == (422, "broken")
    assert not Upload.objects.exists()
    assert client.get(address).status_code == 404


def test_too_large_too_much_at_once_and_nonsense_are_refused(client: Client, cast: Cast, monkeypatch: Any) -> None:
    address = f"/{cast.here.slug}/pieces/{'s' * 48}/"

    def put(size: int, key: str = "s") -> Any:
        said = {"name": "x", "size": size, "sha256": "0" * 64}
        return client.put(address.replace("s" * 48, key * 48), json.dumps(said), content_type="application/json")

    assert put(uploads.LARGEST + 1).json()["state"] == "too_large"
    assert put(0).json()["state"] == "empty"
    monkeypatch.setattr(pieces, "MOST_UNDER_WAY", 100)
    assert put(60).status_code == 200
    assert put(60, "t").status_code == 429
    assert put(60).status_code == 200  # the same, announced again
    assert client.put(address, b"{", content_type="application/json").status_code == 400
    assert patch(client, address, 0, b"a" * 61).status_code == 409
    assert client.patch(address, b"a", content_type="text/plain").status_code == 400


def test_what_never_arrives_is_forgotten(client: Client, cast: Cast) -> None:
    address = f"/{cast.here.slug}/pieces/{'u' * 48}/"
    client.put(address, json.dumps({"name": "x", "size": 9, "sha256": "0" * 64}), content_type="application/json")
    patch(client, address, 0, b"abc")
    assert pieces.remove_expired(at=timezone.now() + timedelta(hours=23)) == 0
    assert pieces.remove_expired(at=timezone.now() + timedelta(hours=25)) == 1
    assert not Partial.objects.exists()
    assert not Piece.objects.exists()


def test_the_worker_is_served_from_the_root_and_always_asked_for_anew(client: Client) -> None:
    answer = client.get("/worker.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
