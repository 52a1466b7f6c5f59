"""No line of the log says who somebody is, whatever is done and whatever breaks."""

from __future__ import annotations

import logging
import smtplib
import sys
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from motcua.config.logs import Line, without_values
from motcua.dossiers import queries, services
from motcua.dossiers.models import Applicant
from motcua.kernel import outbox
from tests import cast as casting
from tests.cast import BIRTH, NOW, Cast, applicant

WHO = applicant()
# Whole, folded as the search has it, and in parts that name somebody.
PERSONAL = (
    WHO.full_name,
    "do thi mau",
    WHO.citizen_id,
    WHO.phone,
    WHO.email,
    WHO.address,
    "24/11/1990",
    "1990-11-24",
)


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    """Everything that was logged from now on, as it goes to the console."""
    caplog.set_level(logging.INFO)
    line = Line("{asctime} {levelname} {name}: {message}", style="{")
    return lambda: "\n".join(line.format(record) for record in caplog.records)


def _named(text: str) -> list[str]:
    return [each for each in PERSONAL if each.lower() in text.lower()]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    real = timezone.localdate
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: real(*given) if given else casting.TODAY)


def test_ordinary_and_refused_requests_leave_no_name(cast: Cast, client: Client, lines: Callable[[], str]) -> None:
    filed, quiet = cast.file(BIRTH), cast.take_in(applicant=applicant(email=""))
    client.post("/status/", {"number": filed.number, "claim_code": "AAAAAAAAAA"})
    client.get("/api/v1/xa-mau-1/filings/none", headers={"Authorization": f"Bearer {WHO.citizen_id}"})
    client.post("/api/v1/xa-mau-1/filings", {"full_name": WHO.full_name}, content_type="application/json")
    client.force_login(cast.here.intake.account)
    for asked in (WHO.full_name, WHO.citizen_id, WHO.phone, "24/11/1990"):
        client.get("/desk/find/", {"q": asked})
    client.get(f"/desk/dossiers/{filed.number}/")
    client.post(f"/desk/dossiers/{filed.number}/refuse/", {"reason": WHO.full_name})
    client.post(f"/desk/dossiers/{filed.number}/nothing/", {"text": WHO.full_name})
    client.post("/desk/person/", {"citizen_id": WHO.citizen_id})
    client.force_login(cast.there.intake.account)
    client.get(f"/desk/dossiers/{filed.number}/", {"name": WHO.full_name})
    outbox.run_due(NOW)
    said = lines()
    assert "Not Found" in said
    assert quiet.number in said
    assert _named(said) == []


def test_a_page_that_breaks_leaves_no_name(
    cast: Cast, client: Client, lines: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.file(BIRTH)

    def breaks(*_given: object) -> list[object]:
        with transaction.atomic():
            Applicant.objects.update(full_name=None)
        return []

    monkeypatch.setattr(queries, "found", breaks)
    client.force_login(cast.here.intake.account)
    client.raise_request_exception = False
    assert client.get("/desk/find/", {"q": WHO.full_name}).status_code == 500
    said = lines()
    assert "IntegrityError" in said
    assert _named(said) == []


def test_what_an_erased_dossier_said_is_in_no_line(cast: Cast, lines: Callable[[], str]) -> None:
    dossier = cast.returned()
    services.erase_personal_data(dossier=dossier, by=cast.here.leader, at=NOW, legal_source="Luật mẫu")
    outbox.run_due(NOW)
    assert _named(lines()) == []


def test_the_row_that_a_database_refused_is_cut_off_and_the_rest_stays() -> None:
    text = (
        'null value in column "full_name" violates not-null constraint\n'
        "DETAIL:  Failing row contains (7, Đỗ Thị Mẫu,\nThôn Mẫu 1, 003190000001).\n"
        "HINT:  look\n\nThe above exception was the direct cause"
    )
    shown = without_values(text)
    assert "violates not-null constraint" in shown
    assert "HINT:  look" in shown
    assert "direct cause" in shown
    assert _named(shown) == []


def test_numbers_and_addresses_of_people_in_an_error_are_masked() -> None:
    try:
        raise IntegrityError(f"{WHO.citizen_id} {WHO.email} H36.24-261123-0007")
    except IntegrityError:
        shown = Line().formatException(sys.exc_info())
    assert _named(shown) == []
    assert "H36.24-261123-0007" in shown


def test_at_its_most_talkative_the_log_names_nobody(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that people send, with the log turned up to the last line: forms, wrong files, mail that fails."""
    caplog.set_level(logging.DEBUG)
    said = {"name": WHO.full_name, "phone": WHO.phone, "address": WHO.address, "email": WHO.email}
    wrong = SimpleUploadedFile(f"{WHO.full_name}.exe", WHO.citizen_id.encode())
    client.post("/accounts/login/", {"login": WHO.email, "password": WHO.citizen_id})
    client.post("/xa-mau-1/feedback/", {**said, "text": WHO.full_name, "topic": "rules", "attached": wrong})
    client.post("/xa-mau-1/feedback/", {**said, "text": "Tờ khai dài quá", "topic": "rules"})
    client.post("/xa-mau-1/difficulty/", {**said, "text": WHO.full_name})
    client.post("/resume/", {"code": WHO.phone})
    client.post("/verify/receipt/", {"text": WHO.full_name})
    client.post("/api/v1/xa-mau-1/uploads", {"file": SimpleUploadedFile(f"{WHO.full_name}.exe", b"MZ")})
    client.post("/api/v1/xa-mau-1/filings", f'{{"applicant": "{WHO.full_name}', content_type="application/json")
    filed = cast.file(BIRTH)
    services.receive_dossier(dossier=filed.dossier, by=cast.here.intake, at=NOW)

    def fails(*_given: object, **_named: object) -> int:
        raise smtplib.SMTPRecipientsRefused({WHO.email: (550, WHO.full_name.encode())})

    monkeypatch.setattr(EmailMessage, "send", fails)
    outbox.run_due(NOW)
    line = Line("{asctime} {levelname} {name}: {message}", style="{")
    # What the tests' own tools say of themselves is not the product's log.
    said_lines = [line.format(each) for each in caplog.records if not each.name.startswith(("asyncio", "faker"))]
    assert said_lines
    assert _named("\n".join(said_lines)) == []


def test_a_failed_signing_in_is_a_line_without_a_name(cast: Cast, client: Client, lines: Callable[[], str]) -> None:
    account = cast.here.intake.account
    client.post("/accounts/login/", {"login": account.username, "password": "mat-khau-nham"})
    client.post("/accounts/login/", {"login": "mat-khau-nham", "password": "x"})
    said = lines()
    assert f"Signing in failed: account {account.pk}, from 127.0.0.0/24" in said
    assert "account None" in said
    assert account.username not in said
    assert "mat-khau-nham" not in said


def test_json_that_postgresql_cannot_keep_is_not_repeated() -> None:
    text = (
        "psycopg.errors.UntranslatableCharacter: unsupported Unicode escape sequence\n"
        "DETAIL:  \\u0000 cannot be converted to text.\n"
        'CONTEXT:  JSON data, line 1: {"applicant": {"full_name": "Đỗ Thị Mẫu\\u0000...\n'
        "unnamed portal parameter $1 = '...'"
    )
    shown = without_values(text)
    assert "Mẫu" not in shown
    assert "UntranslatableCharacter" in shown
