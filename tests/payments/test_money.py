"""Money is counted once, exempt only by a text, and its code for transfers is what every bank's reader expects."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers import policies, services
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Matter
from motcua.payments import queries, rules
from motcua.payments import services as money
from motcua.payments.models import Payment
from motcua.payments.services import Line
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.cast import NOW, Cast

# Made by vietnam-qr-pay 1.5.1.
VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vietqr_vectors.json").read_text())
FEE = Line("fee", "Chứng thực bản sao", 8000, "Nghị quyết mẫu")


@pytest.mark.parametrize("vector", VECTORS, ids=[each["purpose"] for each in VECTORS])
def test_the_code_is_byte_for_byte_what_another_library_makes(vector: dict[str, Any]) -> None:
    made = rules.vietqr(
        bank=vector["bin"], account=vector["account"], amount=vector["amount"], purpose=vector["purpose"]
    )
    assert made == vector["payload"]


@pytest.mark.parametrize(
    "fault", [{"bank": "97041"}, {"account": "1 2"}, {"account": "1" * 20}, {"amount": 0}, {"amount": 10**13}]
)
def test_what_no_bank_would_read_is_refused(fault: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"bank|amount"):
        rules.vietqr(**{"bank": "970415", "account": "1", "amount": 1, "purpose": "x"} | fault)


@given(st.text())
def test_a_purpose_is_plain_letters_whatever_was_typed(text: str) -> None:
    made = rules.vietqr(bank="970415", account="1", amount=1, purpose=text)
    assert made.isascii()
    assert len(rules.plain(text)) <= 25


@given(st.lists(st.tuples(st.integers(0, 10**9), st.booleans())), st.integers(0, 10**10))
def test_paid_means_that_nothing_is_open(charges: list[tuple[int, bool]], paid: int) -> None:
    owed = sum(amount for amount, exempt in charges if not exempt)
    found = rules.standing(charges, paid)
    assert (found in (rules.DUE, rules.PART)) == (owed > paid)
    assert (found == rules.NOTHING) == (not charges)


@pytest.mark.django_db
def test_a_payment_reported_twice_is_one_payment_and_one_event(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    services.charge_dossier(dossier=dossier, lines=[FEE], by=cast.here.intake, at=NOW)
    for _ in range(2):
        said = {"source": "cash", "amount": 8000, "receipt_number": "0000012", "op_id": "pay-1"}
        services.take_payment(dossier=dossier, by=cast.here.intake, at=NOW, **said)
    assert Payment.objects.count() == 1
    assert Event.objects.filter(type="payments.recorded").count() == 1
    assert queries.balance(dossier.matter).standing == "paid"


@pytest.mark.django_db
def test_more_than_what_is_open_is_refused_and_nothing_is_noted(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    services.charge_dossier(dossier=dossier, lines=[FEE], by=cast.here.intake, at=NOW)
    said = {"source": "cash", "amount": 8001, "receipt_number": "", "op_id": "pay-2"}
    with pytest.raises(services.NotPossible):
        services.take_payment(dossier=dossier, by=cast.here.intake, at=NOW, **said)
    assert not Payment.objects.exists()


@pytest.mark.django_db
def test_a_mistake_is_taken_back_and_stays_readable(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    services.charge_dossier(dossier=dossier, lines=[FEE], by=cast.here.intake, at=NOW)
    said = {"source": "transfer", "amount": 3000, "op_id": "pay-3", "by": cast.here.intake, "post": None, "at": NOW}
    payment = money.record_payment(matter=Matter.objects.get(pk=dossier.pk), **said)
    assert queries.balance(dossier.matter).standing == "part"
    for _ in range(2):
        money.void_payment(payment=payment, reason="Ghi nhầm", by=cast.here.intake, post=None, at=NOW)
    assert queries.balance(dossier.matter).standing == "due"
    assert Payment.objects.get().void_reason == "Ghi nhầm"
    assert Event.objects.filter(type="payments.voided").count() == 1


@pytest.mark.django_db
def test_an_exemption_needs_its_text_and_a_new_charge_takes_the_place_of_the_old(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    with pytest.raises(ValueError, match="exempts"):
        services.charge_dossier(dossier=dossier, lines=[Line("fee", "x", 0, exempt=True)], by=cast.here.intake, at=NOW)
    services.charge_dossier(dossier=dossier, lines=[FEE], by=cast.here.intake, at=NOW)
    exempt = Line("fee", "Chứng thực", 8000, "Hộ nghèo, Nghị quyết mẫu", exempt=True)
    services.charge_dossier(dossier=dossier, lines=[exempt], by=cast.here.intake, at=NOW + timedelta(minutes=1))
    found = queries.balance(dossier.matter)
    assert (found.standing, found.open, len(found.charges)) == ("exempt", 0, 1)


@pytest.mark.django_db
def test_only_the_counter_that_received_it_takes_money(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    for person in (cast.there.intake, cast.here.case):
        with pytest.raises(policies.NotAllowed):
            services.charge_dossier(dossier=dossier, lines=[FEE], by=person, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(("status", "standing"), [("confirmed", "due"), ("portal", "nothing")])
def test_what_an_office_confirmed_is_charged_at_receipt_and_nothing_else_is(
    cast: Cast, status: str, standing: str
) -> None:
    fee = {"kind": "charge", "amount": 8000, "currency": "VND", "status": status}
    document = casting.document(casting.CERTIFY) | {"channels": [{"kind": "direct", "fees": [fee]}]}
    catalogue.publish_version(doc=document, at=NOW, by=None, effective_from=casting.TODAY)
    assert queries.balance(cast.take_in().dossier.matter).standing == standing


@pytest.mark.django_db
def test_the_desk_shows_the_code_takes_the_fee_and_the_list_says_paid(client: Client, cast: Cast) -> None:
    said = {"bank": "970415", "account": "113366668888", "holder": "UBND mẫu", "by": cast.here.administrator, "at": NOW}
    money.set_bank_account(office=cast.here.commune, **said)
    dossier = cast.take_in().dossier
    client.force_login(cast.here.intake.account)
    address = f"/desk/dossiers/{dossier.number}/"
    wrong = client.post(f"{address}charge/", {"fee": "", "charge": "", "basis": "", "exempt": "on"})
    assert wrong.status_code == 422
    assert "Ghi văn bản cho miễn." in wrong.content.decode()
    client.post(f"{address}charge/", {"fee": "8000", "charge": "", "basis": "Nghị quyết mẫu"})
    page = client.get(address).content.decode()
    assert "Chưa nộp" in page
    assert "mc-qr" in page
    paid = client.post(f"{address}pay/", {"amount": "8000", "source": "cash", "receipt_number": "12", "op_id": "x1"})
    assert paid.status_code == 302
    assert "mc-qr" not in client.get(address).content.decode()
    client.force_login(cast.here.approver.account)
    assert "Đã nộp" in client.get("/desk/").content.decode()
