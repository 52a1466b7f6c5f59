"""The checks that look at the work itself: nobody's dossier and the message that never arrived are named."""

from datetime import timedelta

from motcua.config import checks
from motcua.dossiers.models import Filing
from motcua.kernel import outbox
from motcua.kernel.matters import WorkItem
from tests.cast import NOW, Cast


def said(check: object) -> tuple[str, str]:
    finding = next(iter(check()))  # type: ignore[operator]
    return finding.state, finding.sentence


def test_a_centre_at_work_is_well(cast: Cast) -> None:
    cast.file()
    cast.returned()
    assert said(checks.numbers)[0] == said(checks.deliveries)[0] == said(checks.chains)[0] == "ok"


def test_a_dossier_that_nobody_has_is_a_fault_with_its_number(cast: Cast) -> None:
    dossier = cast.file().dossier
    WorkItem.objects.update(closed_by=dossier.matter.events.get())
    state, sentence = said(checks.numbers)
    assert (state, dossier.number in sentence) == ("fault", True)
    assert Filing.objects.count() == 1


def test_a_message_given_up_is_a_warning_with_its_reason(cast: Cast) -> None:
    cast.file()
    outbox.Delivery.objects.update(
        next_at=None, failed_at=NOW + timedelta(days=4), failure="OSError: no line", attempts=9
    )
    state, sentence = said(checks.deliveries)
    assert (state, "OSError: no line" in sentence) == ("warning", True)
