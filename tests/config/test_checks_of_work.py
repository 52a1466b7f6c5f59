"""The checks that look at the work itself: nobody's dossier and the message that never arrived are named."""

from datetime import timedelta

from django.utils import timezone

from motcua.config.checks import records
from motcua.dossiers.models import Filing
from motcua.kernel import outbox, watch
from motcua.kernel.matters import WorkItem
from motcua.kernel.outside import Standing
from tests.cast import NOW, Cast


def said(check: object) -> tuple[str, str]:
    finding = next(iter(check()))  # type: ignore[operator]
    return finding.state, str(finding.sentence)


def test_a_centre_at_work_is_well(cast: Cast) -> None:
    cast.file()
    cast.returned()
    outbox.run_due(NOW)
    assert said(records.promises)[0] == said(records.deliveries)[0] == said(records.chains)[0] == "ok"


def test_a_dossier_that_nobody_has_is_a_fault_with_its_number(cast: Cast) -> None:
    dossier = cast.file().dossier
    WorkItem.objects.update(closed_by=dossier.matter.events.get())
    watch.look(NOW)
    state, sentence = said(records.promises)
    assert (state, dossier.number in sentence) == ("fault", True)
    assert Filing.objects.count() == 1


def test_a_watch_that_no_longer_looks_is_a_warning(cast: Cast) -> None:
    watch.look(timezone.now() - timedelta(hours=1))
    assert said(records.watching)[0] == "warning"
    watch.look(timezone.now())
    assert list(records.watching()) == []


def test_messages_that_nobody_carries_out_are_a_fault(cast: Cast) -> None:
    cast.file()
    outbox.Delivery.objects.update(next_at=timezone.now() - timedelta(minutes=5))
    assert said(records.deliveries)[0] == "ok"
    outbox.Delivery.objects.update(next_at=timezone.now() - timedelta(hours=5))
    assert said(records.deliveries)[0] == "ok", "no server has ever run here"
    watch.look(timezone.now())
    assert said(records.deliveries)[0] == "fault"


def test_a_system_that_does_not_answer_is_named_with_its_beginning(cast: Cast) -> None:
    assert list(records.systems()) == []
    Standing.objects.create(name="mail", answered_at=NOW)
    assert said(records.systems)[0] == "ok"
    Standing.objects.update(down_since=NOW, failure="TimeoutError")
    assert said(records.systems)[0] == "warning"
    assert "TimeoutError" in said(records.systems)[1]


def test_a_message_given_up_is_a_warning_with_its_reason(cast: Cast) -> None:
    cast.file()
    outbox.Delivery.objects.update(
        next_at=None, failed_at=NOW + timedelta(days=4), failure="OSError: no line", attempts=9
    )
    state, sentence = said(records.deliveries)
    assert (state, "OSError: no line" in sentence) == ("warning", True)
