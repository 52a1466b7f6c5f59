"""What an applicant is told goes out once, says what was recorded, and carries nothing that is not theirs to read."""

import logging

import pytest
from django.core import mail

from motcua.kernel import outbox
from tests.cast import NOW, Cast, applicant

pytestmark = pytest.mark.django_db


def test_an_e_mail_is_written_from_the_event_and_sent_once(cast: Cast) -> None:
    filed = cast.file()
    outbox.run_due(NOW)
    outbox.run_due(NOW)
    (sent,) = mail.outbox
    assert sent.to == ["mau@vidu.example"]
    assert filed.number in sent.subject
    assert "Hồ sơ đã được gửi" in sent.body
    assert filed.claim_code not in sent.body
    assert sent.extra_headers["Message-ID"].startswith("<")


def test_a_note_names_the_dossier_and_no_person(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    cast.file(applicant=applicant(email=""))
    with caplog.at_level(logging.INFO):
        outbox.run_due(NOW)
    assert "Mẫu" not in caplog.text
    assert "0300000001" not in caplog.text
    assert outbox.Delivery.objects.get().state == "delivered"
    assert not mail.outbox
