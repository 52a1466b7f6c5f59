"""A receipt that a stranger can try: the line, the text beside it, the root of the day, the page and the command."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.config import cli
from motcua.dossiers import queries, services
from motcua.dossiers.models import DayRoot, Dossier, Filing
from motcua.dossiers.queries import sealed, shown
from motcua.dossiers.rules import receipts
from motcua.dossiers.rules.receipts import NotAReceipt, Receipt
from motcua.kernel import seals
from tests.cast import BIRTH, NOW, Cast
from tests.dossiers import asked
from tests.harm import unprotected

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


def file_of(dossier: Dossier) -> str:
    return json.dumps(sealed.receipt_file(dossier), ensure_ascii=False)


def judged(text: str) -> shown.Verdict:
    (given_here,) = shown.read(text)
    return shown.judged(given_here, seals.published())


# --- the line --------------------------------------------------------------------------------------------------
@given(
    st.text("ABCDEFGH0123456789.-/ ầ~", min_size=1, max_size=30),
    st.integers(1, 99),
    st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)),
    st.binary(min_size=32, max_size=32),
)
def test_whatever_a_receipt_says_its_line_says_again(number: str, n: int, moment: datetime, digest: bytes) -> None:
    receipt = Receipt(number, n, moment.replace(tzinfo=UTC), digest.hex())
    line = receipts.read(f"Kính gửi: {receipt.words('0' * 12)}~{'A' * 86}, xin kiểm tra.")
    assert (line.receipt, line.key, line.signature) == (receipt, "0" * 12, "A" * 86)


def test_a_line_that_was_broken_for_printing_is_read_whole(cast: Cast) -> None:
    (line,) = sealed.receipt_lines(cast.file().dossier)
    assert judged(f"{line[:40]}\n   {line[40:90]}\r\n{line[90:]}").holds


@pytest.mark.parametrize(
    "text", ["", "MC1~", "{}", '{"filings": [{}]}', '{"filings": 3}', "MC1~a~1~20261399T000000.000000Z"]
)
def test_what_is_no_receipt_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NotAReceipt):
        shown.read(text)


# --- the seal --------------------------------------------------------------------------------------------------
def test_every_filing_is_sealed_as_it_is_taken_in(cast: Cast) -> None:
    for filed in (cast.file(), cast.take_in()):
        (line,) = sealed.receipt_lines(filed.dossier)
        verdict = judged(line)
        assert verdict.holds
        assert verdict.line.receipt.number == filed.number
        assert sealed.is_known(verdict.line.receipt)


def test_the_file_shows_the_filed_answers(cast: Cast) -> None:
    filed = cast.file()
    verdict = judged(file_of(filed.dossier))
    assert verdict.holds
    assert verdict.is_whole
    assert verdict.said["answers"] == queries.filing_content(filed.dossier)["answers"]


def test_one_changed_letter_of_one_answer_is_seen(cast: Cast) -> None:
    kept = sealed.receipt_file(cast.file().dossier)
    content = kept["filings"][0]["content"]
    for place in range(0, len(content), 97):
        changed = content[:place] + ("x" if content[place] != "x" else "y") + content[place + 1 :]
        kept["filings"][0]["content"] = changed
        verdict = judged(json.dumps(kept))
        assert verdict.is_genuine
        assert not verdict.holds


def test_a_receipt_that_says_another_number_or_moment_does_not_hold(cast: Cast) -> None:
    (line,) = sealed.receipt_lines(cast.file().dossier)
    own = receipts.read(line)
    for other in (
        replace(own.receipt, number="H36.24-261124-9999"),
        replace(own.receipt, moment=NOW - timedelta(days=3)),
        replace(own.receipt, n=2),
        replace(own.receipt, sha256="0" * 64),
    ):
        assert not judged(str(replace(own, receipt=other))).is_genuine


def test_a_supplement_is_sealed_beside_the_first_filing(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    asked.ask(dossier, cast.here.intake, NOW + asked.HOUR)
    asked.answer(dossier, NOW + asked.DAY)
    kept = sealed.receipt_file(dossier)
    assert [receipts.read(each["receipt"]).receipt.n for each in kept["filings"]] == [1, 2]
    assert all(shown.judged(each, seals.published()).holds for each in shown.read(json.dumps(kept)))


# --- the root of a day -----------------------------------------------------------------------------------------
@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=20), st.data())
def test_every_leaf_leads_to_the_root_and_no_other_does(leaves: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(leaves) - 1))
    steps = receipts.path(leaves, place)
    assert receipts.led_to(leaves[place], steps) == receipts.root(leaves)
    assert receipts.led_to(b"\1" * 32, steps) != receipts.root(leaves) or leaves[place] == b"\1" * 32


def test_a_day_is_closed_once_and_chained_to_the_one_before(cast: Cast) -> None:
    first = [cast.file(), cast.file()]
    assert services.close_days(at=NOW) is None  # the day is not over
    one = services.close_days(at=TOMORROW)
    assert one is not None
    assert (one.count, one.previous) == (2, "")
    assert services.close_days(at=TOMORROW) is None
    cast.file(at=TOMORROW)
    two = services.close_days(at=TOMORROW + timedelta(days=1))
    assert two is not None
    assert two.previous == sealed.link_of_root(one)
    assert list(sealed.faults_of_roots()) == list(sealed.faults_of_seals()) == []
    kept = sealed.receipt_file(first[1].dossier)["filings"][0]
    leaf = receipts.leaf(receipts.read(kept["receipt"]).receipt)
    assert receipts.led_to(leaf, kept["path"]) == kept["day"]["root"] == one.root


def test_what_comes_in_for_a_closed_day_stands_in_the_next_root(cast: Cast) -> None:
    cast.file()
    services.close_days(at=TOMORROW)
    cast.file(at=NOW + timedelta(minutes=1))
    two = services.close_days(at=TOMORROW + timedelta(days=1))
    assert two is not None
    assert two.count == 1


def test_a_filing_changed_behind_the_databases_back_is_found_by_its_seal_and_its_root(cast: Cast) -> None:
    filed = cast.file()
    services.close_days(at=TOMORROW)
    with unprotected():
        Filing.objects.filter(dossier=filed.dossier).update(sha256="0" * 64)
    assert list(sealed.faults_of_seals()) == [f"{filed.number} (1)"]
    assert list(sealed.faults_of_roots()) == [str(DayRoot.objects.get().day)]


# --- the pages -------------------------------------------------------------------------------------------------
def test_anybody_tries_a_line_at_the_address_of_the_code(cast: Cast, client: Client) -> None:
    filed = cast.file()
    (line,) = sealed.receipt_lines(filed.dossier)
    page = client.get("/verify/receipt/", {"r": line})
    assert page.status_code == 200
    assert filed.number in page.text
    assert "Biên nhận này đúng" in page.text


def test_a_changed_file_is_said_to_be_changed(cast: Cast, client: Client) -> None:
    kept = file_of(cast.file().dossier).replace('\\"channel\\":\\"online\\"', '\\"channel\\":\\"direct\\"')
    page = client.post("/verify/receipt/", {"text": kept})
    assert "đã bị sửa" in page.text


@pytest.mark.parametrize("text", ["", "xin chào"])
def test_what_is_no_receipt_is_refused_at_the_field(text: str, client: Client, cast: Cast) -> None:
    page = client.post("/verify/receipt/", {"text": text})
    assert page.status_code == 422
    assert 'id="text-error"' in page.text


def test_only_whoever_has_the_claim_code_gets_the_file(cast: Cast, client: Client) -> None:
    filed = cast.file()
    address = f"/status/{filed.number}/receipt.json"
    assert client.get(address).status_code == 303
    client.post("/status/", {"number": filed.number, "claim_code": filed.claim_code})
    assert client.get(address).json()["number"] == filed.number
    of_the_api = client.get(
        f"/api/v1/{cast.here.commune.slug}/filings/{filed.number}/sealed-receipt",
        headers={"claim-code": filed.claim_code},
    )
    assert of_the_api.json()["filings"][0]["receipt"] == sealed.receipt_lines(filed.dossier)[0]


def test_the_file_for_checking_without_a_network_allows_only_what_it_carries(client: Client, cast: Cast) -> None:
    page = client.get("/verify/receipt/offline.html")
    assert "attachment" in page["Content-Disposition"]
    assert "default-src 'none'; script-src 'sha256-" in page.text
    assert all(public in page.text for public in seals.published().values())
    assert client.get("/verify/keys.json").json()["keys"] == seals.published()


# --- the command -----------------------------------------------------------------------------------------------
def test_the_command_tries_a_file_with_the_keys_alone(cast: Cast, tmp_path: Path, capsys) -> None:
    kept = file_of(cast.file().dossier)
    keys, good, bad = tmp_path / "keys.json", tmp_path / "good.json", tmp_path / "bad.json"
    keys.write_text(sealed.roots_exported())
    good.write_text(kept)
    bad.write_text(kept.replace('\\"answers\\"', '\\"Answers\\"'))
    assert cli.main(["verify-receipt", str(good), "--keys", str(keys)]) == 0
    assert cli.main(["verify-receipt", str(bad), "--keys", str(keys)]) == 1
    assert cli.main(["verify-receipt", str(keys), "--keys", str(keys)]) == 2
    assert "✓" in capsys.readouterr().out
