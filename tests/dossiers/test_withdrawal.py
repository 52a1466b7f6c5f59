"""The applicant takes the dossier back: at once before receipt, confirmed by an officer after it, or at the counter."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from motcua.dossiers import policies, queries, services
from motcua.dossiers.models import Dossier, Ending
from motcua.kernel import ledger
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery
from motcua.kernel.workflow import Refused
from tests.cast import BIRTH, NOW, Cast, limit
from tests.dossiers.asked import DAY, HOUR, LATER, ask


def received(cast: Cast) -> Dossier:
    return services.receive_dossier(dossier=cast.file(BIRTH).dossier, by=cast.here.intake, at=NOW, limit=limit(3))


def steps(dossier: Dossier) -> list[str]:
    return list(
        WorkItem.objects.filter(matter=dossier.matter, closed_by=None).order_by("id").values_list("step", flat=True)
    )


def types(dossier: Dossier) -> list[str]:
    return [event.type.removeprefix("dossiers.") for event in queries.history_of(dossier)]


def test_before_receipt_it_is_withdrawn_at_once_and_asking_again_changes_nothing(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    done = services.ask_withdrawal(dossier=dossier, op_id="w", at=LATER)
    assert (done.state, steps(dossier), done.matter.closed_at) == ("withdrawn", [], LATER)
    ending = Ending.objects.get(dossier=dossier)
    assert (ending.kind, ending.by, ending.reason) == ("withdrawn", None, "")
    assert Delivery.objects.filter(event=queries.history_of(dossier)[-1]).count() == 1
    assert services.ask_withdrawal(dossier=dossier, op_id="w", at=LATER + HOUR).state == "withdrawn"
    assert types(dossier).count("withdrawn") == 1
    with pytest.raises(Refused):
        services.ask_withdrawal(dossier=dossier, op_id="another", at=LATER + HOUR)


def test_while_papers_are_awaited_before_receipt_too(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    ask(dossier, cast.here.intake, LATER)
    assert services.ask_withdrawal(dossier=dossier, op_id="w", at=LATER + HOUR).state == "withdrawn"
    assert queries.open_supplement(Dossier.objects.get(pk=dossier.pk)) is None


def test_after_receipt_an_officer_confirms_it(cast: Cast) -> None:
    dossier = received(cast)
    for _time in range(2):
        assert services.ask_withdrawal(dossier=dossier, op_id="w", at=LATER).state == "received"
    assert steps(dossier) == ["process", "~confirm_withdrawal"]
    for stranger in (cast.here.case, cast.there.intake):
        with pytest.raises(policies.NotAllowed):
            services.confirm_withdrawal(dossier=dossier, by=stranger, at=LATER + HOUR)
    done = services.confirm_withdrawal(dossier=dossier, by=cast.here.intake, at=LATER + HOUR)
    assert (done.state, steps(dossier)) == ("withdrawn", [])
    assert types(dossier)[-2:] == ["withdrawal_asked", "withdrawn"]
    assert [entry.kind for entry in done.matter.clock_entries.order_by("seq")] == ["start", "stop"]
    assert list(ledger.breaks()) == []


def test_whoever_asked_can_take_it_back_while_nothing_is_confirmed(cast: Cast) -> None:
    dossier = received(cast)
    services.ask_withdrawal(dossier=dossier, op_id="w", at=LATER)
    for _time in range(2):
        services.take_back_withdrawal(dossier=dossier, op_id="b", at=LATER + HOUR)
    assert steps(dossier) == ["process"]
    assert types(dossier)[-1] == "withdrawal_taken_back"
    with pytest.raises(services.NothingOpen):
        services.confirm_withdrawal(dossier=dossier, by=cast.here.intake, at=LATER + HOUR)
    with pytest.raises(services.NothingOpen):
        services.take_back_withdrawal(dossier=dossier, op_id="c", at=LATER + HOUR)
    services.ask_withdrawal(dossier=dossier, op_id="w2", at=LATER + 2 * HOUR)
    assert steps(dossier) == ["process", "~confirm_withdrawal"]


def test_at_the_counter_it_is_given_back_after_an_identity_check(cast: Cast) -> None:
    dossier = received(cast)
    ask(dossier, cast.here.case, LATER)
    with pytest.raises(ValueError, match="identity"):
        services.withdraw_dossier(dossier=dossier, by=cast.here.intake, at=LATER + HOUR, identity_checked_by="guess")
    with pytest.raises(policies.NotAllowed):
        services.withdraw_dossier(
            dossier=dossier, by=cast.here.case, at=LATER + HOUR, identity_checked_by="citizen_card"
        )
    done = services.withdraw_dossier(
        dossier=dossier, by=cast.here.intake, at=LATER + HOUR, identity_checked_by="citizen_card", note="Nộp nơi khác."
    )
    assert (done.state, steps(dossier)) == ("withdrawn", [])
    assert queries.history_of(dossier)[-1].payload["identity_checked_by"] == "citizen_card"
    assert Ending.objects.get(dossier=dossier).reason == "Nộp nơi khác."


def test_a_dossier_with_a_result_is_not_withdrawn(cast: Cast) -> None:
    for dossier in (cast.settled(), cast.returned()):
        with pytest.raises(Refused):
            services.ask_withdrawal(dossier=dossier, op_id=f"w-{dossier.pk}", at=LATER)
        with pytest.raises(Refused):
            services.withdraw_dossier(
                dossier=dossier, by=cast.here.intake, at=LATER + DAY, identity_checked_by="citizen_card"
            )


def test_a_result_that_was_signed_first_wins_over_the_confirmation(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    services.ask_withdrawal(dossier=dossier, op_id="w", at=LATER)
    services.settle_dossier(dossier=dossier, by=cast.here.approver, at=LATER + HOUR, result_name="Kết quả")
    with pytest.raises(Refused):
        services.confirm_withdrawal(dossier=dossier, by=cast.here.intake, at=LATER + 2 * HOUR)


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_confirming_at_once_never_both_happen(cast: Cast) -> None:
    dossier = received(cast)
    services.ask_withdrawal(dossier=dossier, op_id="w", at=LATER)
    together = threading.Barrier(2, timeout=20)
    done: list[str] = []

    def run(name: str) -> None:
        try:
            together.wait()
            if name == "confirmed":
                services.confirm_withdrawal(dossier=dossier, by=cast.here.intake, at=LATER + HOUR)
            else:
                services.take_back_withdrawal(dossier=dossier, op_id="b", at=LATER + HOUR)
            done.append(name)
        except services.NothingOpen:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("confirmed", "taken back")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == 1
    assert Dossier.objects.get(pk=dossier.pk).state == ("withdrawn" if done == ["confirmed"] else "received")
