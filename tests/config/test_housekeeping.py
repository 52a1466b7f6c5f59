"""What is over is forgotten by the thread that runs deliveries."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.config.cli import outbox
from motcua.dossiers.services import uploads

MORNING = datetime(2026, 11, 23, 2, tzinfo=UTC)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)


@pytest.mark.django_db(transaction=True)
def test_an_upload_that_nobody_used_is_forgotten_after_its_day() -> None:
    kept = uploads.keep_upload(content=PIXEL, name="a.png", network="127.0.0.1", at=MORNING)
    outbox.keep_house(MORNING + timedelta(hours=1), None)
    assert uploads.Upload.objects.count() == 1
    outbox.keep_house(MORNING + timedelta(hours=25), None)
    assert uploads.Upload.objects.count() == 0
    assert kept.handle


@pytest.mark.django_db(transaction=True)
def test_housekeeping_rests_for_an_hour() -> None:
    assert outbox.keep_house(MORNING + timedelta(minutes=59), MORNING) == MORNING
    later = MORNING + timedelta(hours=1)
    assert outbox.keep_house(later, MORNING) == later
