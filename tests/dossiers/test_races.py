"""Two officers act on one dossier at once: never both win, and the second sees what the first one did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier
from motcua.kernel import ledger
from motcua.kernel.workflow import Refused
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast, limit

LATER, DUE = NOW + timedelta(hours=1), NOW + timedelta(days=3, hours=8)
Act = Callable[[Cast, Dossier], Any]


def stop(cast: Cast, dossier: Dossier) -> Any:
    why = {"reason_code": "dispute", "reason": "Tranh chấp", "legal_basis": "Luật mẫu"}
    return services.stop_dossier(dossier=dossier, by=cast.here.approver, at=LATER, **why)


def settle(cast: Cast, dossier: Dossier) -> Any:
    return services.settle_dossier(dossier=dossier, by=cast.here.leader, at=LATER, result_name="Bản sao")


def undo(cast: Cast, dossier: Dossier) -> Any:
    return services.undo_last(dossier=dossier, by=cast.here.approver, at=LATER, reason="Nhầm")


def change(cast: Cast, dossier: Dossier) -> Any:
    return services.change_edition(
        dossier=dossier, procedure=BIRTH, by=cast.here.leader, at=LATER, reason_code="other", reason="Nhầm"
    )


def propose(cast: Cast, dossier: Dossier) -> Any:
    return services.propose_extension(
        dossier=dossier, by=cast.here.case, at=LATER, reason_code="complex", reason="Cần xác minh", new_due_at=DUE
    )


def decide(*, accepted: bool) -> Act:
    def act(cast: Cast, dossier: Dossier) -> Any:
        by = cast.here.approver if accepted else cast.here.leader
        return services.decide_extension(dossier=dossier, by=by, at=LATER, accepted=accepted, note="Lý do")

    return act


def open_limit(cast: Cast) -> Dossier:
    return cast.take_in(OPEN_LIMIT, limit=limit(1)).dossier


def proposed(cast: Cast) -> Dossier:
    dossier = cast.take_in(BIRTH).dossier
    propose(cast, dossier)
    return dossier


PAIRS: list[tuple[Callable[[Cast], Dossier], Act, Act]] = [
    (open_limit, settle, stop),
    (lambda cast: cast.settled(CERTIFY), undo, undo),
    (open_limit, change, change),
    (lambda cast: cast.take_in(BIRTH).dossier, propose, propose),
    (proposed, decide(accepted=True), decide(accepted=False)),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("begin", "one", "other"), PAIRS)
def test_of_two_acts_at_once_one_is_done(cast: Cast, begin: Callable[[Cast], Dossier], one: Act, other: Act) -> None:
    dossier = begin(cast)
    before = dossier.matter.events.exclude(type="dossiers.form_issued").count()
    together, done = threading.Barrier(2, timeout=20), []

    def run(act: Act) -> None:
        try:
            together.wait()
            act(cast, dossier)
            done.append(act)
        except (Refused, services.NothingOpen, services.NotPossible, policies.NotAllowed):
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in (one, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == 1
    assert dossier.matter.events.exclude(type="dossiers.form_issued").count() == before + 1
    assert list(ledger.breaks()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_new_claim_codes_at_once_the_last_one_opens_the_dossier(cast: Cast) -> None:
    dossier = cast.take_in(CERTIFY).dossier
    together, codes = threading.Barrier(2, timeout=20), []

    def run() -> None:
        try:
            together.wait()
            code = services.reissue_claim_code(
                dossier=dossier, by=cast.here.intake, at=LATER, identity_checked_by="citizen_card"
            )
            codes.append(code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    held = Dossier.objects.get(pk=dossier.pk)
    assert len(codes) == 2
    assert dossier.matter.events.filter(type="dossiers.claim_code_reissued").count() == 2
    assert sum(opens(held, code) for code in codes) == 1
    assert list(ledger.breaks()) == []


def opens(dossier: Dossier, code: str) -> bool:
    key = settings.CLAIM_KEYS[dossier.claim_key_id]
    return rules.claim_code_hash(key, code) == dossier.claim_code_hash


@pytest.mark.django_db
def test_the_second_reads_what_the_first_one_did(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    dossier = open_limit(cast)
    stop(cast, dossier)
    client.force_login(cast.here.leader.account)
    answer = client.post(f"/desk/dossiers/{dossier.number}/settle/", {"result_name": "Bản sao tôi gõ"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert cast.here.approver.full_name in page
    assert "Dừng giải quyết" in page
    assert "Bản sao tôi gõ" in page


@pytest.mark.django_db
def test_every_refusal_of_an_act_out_of_turn_names_its_rule(cast: Cast, client: Client) -> None:
    received, filed = cast.take_in(BIRTH).dossier, cast.file(BIRTH).dossier
    said = {"reason_code": "other", "reason": "Không", "legal_basis": "Không", "advice": "", "money": ""}
    for dossier, who, act, article in (
        (received, "intake", "refuse", "03/2025/TT-VPCP"),
        (filed, "approver", "stop", "03/2025/TT-VPCP"),
        (cast.settled(CERTIFY), "approver", "transfer", "118/2025/NĐ-CP"),
    ):
        client.force_login(getattr(cast.here, who).account)
        given = {**said, "office": cast.there.commune.pk}
        answer = client.post(f"/desk/dossiers/{dossier.number}/{act}/", given)
        assert answer.status_code == 409
        assert article in answer.content.decode()
    assert queries.history_of(received)[-1].type == "dossiers.received"
