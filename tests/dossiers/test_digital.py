"""A result is signed digitally after it was settled, where somebody signs; and anybody reads what it says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from motcua.dossiers import rules, services
from motcua.dossiers.digital import certificates
from motcua.dossiers.models import Dossier, Result, ResultSignature
from motcua.dossiers.services import exchange
from motcua.kernel import files, ledger, outbox, outside, watch
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Installation, forget_installation
from motcua.kernel.outbox import Delivery
from tests.cast import NOW, Cast
from tests.contracts.test_signing import pdf

LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _own_keys(settings: Any, tmp_path: Path) -> None:
    settings.MOTCUA_DATA = tmp_path


def settled(cast: Cast, content: bytes | None = None) -> Result:
    dossier, code = cast.take_in().dossier, services.new_verify_code()
    kind = "application/pdf" if content is None else "image/png"
    file = files.keep(pdf() if content is None else content, type=kind)
    services.settle_dossier(
        dossier=dossier, by=cast.here.approver, at=NOW, result_name="Bản sao mẫu", file=file, verify_code=code
    )
    return Result.objects.get(dossier=dossier)


def checked(client: Client, result: Result) -> str:
    return client.get(f"/verify/result/{result.verify_code}/").content.decode()


def test_a_pdf_is_signed_by_a_delivery_and_given_out_signed(cast: Cast, client: Client) -> None:
    result = settled(cast)
    assert "Chữ ký số" not in checked(client, result)
    outbox.run_due(LATER)
    signature = ResultSignature.objects.get(result=result)
    assert (signature.provider, signature.signed_at) == ("sample", LATER)
    client.force_login(cast.here.intake.account)
    given = client.get(f"/desk/dossiers/{result.dossier.number}/results/{result.pk}/").content
    assert signature.file is not None
    assert given == files.read(signature.file.sha256)
    assert given.startswith(pdf())
    assert "Đã ký số" in client.get(f"/desk/dossiers/{result.dossier.number}/").content.decode()
    page = checked(client, result)
    assert certificates.SAMPLE_NAME in page
    assert signature.file.sha256 in page
    assert "hợp lệ" in page
    assert [event.type for event in ledger.history(result.dossier.matter)][-1] == "dossiers.result_signature_added"
    assert watch.look_at_all(LATER) == {}


def test_settling_waits_for_no_signature(cast: Cast) -> None:
    with outside.answering_a_request():
        result = settled(cast)
    dossier = Dossier.objects.get(pk=result.dossier_id)
    assert dossier.state == "result_ready"
    services.return_result(dossier=dossier, by=cast.here.intake, at=NOW, method="counter", receiver="Mẫu")
    outbox.run_due(LATER)
    assert ResultSignature.objects.get().signed_at == LATER


@pytest.mark.parametrize("name", ["none", "nobody", "file"])
def test_without_a_provider_everything_is_as_before(cast: Cast, client: Client, settings: Any, name: str) -> None:
    settings.SIGNING = name
    result = settled(cast, b"\x89PNG" if name == "file" else None)
    outbox.run_due(LATER)
    assert not ResultSignature.objects.exists()
    assert result.file is not None
    assert result.file.sha256 in checked(client, result)


def test_the_sample_signs_in_no_real_centre(cast: Cast, settings: Any) -> None:
    settings.SIGNING = "sample"
    Installation.objects.update(demo=False)
    forget_installation()
    settled(cast)
    assert not ResultSignature.objects.exists()


def test_a_provider_that_fails_is_tried_again_and_one_that_refuses_is_somebodys_work(
    cast: Cast, client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.SIGNING, settings.SIGNING_FILE = "file", str(tmp_path / "khoa.p12")
    result = settled(cast)
    outbox.run_due(LATER)
    delivery = Delivery.objects.get(target="dossiers.signature")
    assert delivery.state == "retrying"
    (tmp_path / "khoa.p12").write_bytes(certificates.sample()[0])
    broken = files.keep(b"%PDF-1.4\nbroken", type="application/pdf")
    Result.objects.filter(pk=result.pk).update(file=broken)
    outbox.run_due(LATER + timedelta(minutes=2))
    delivery.refresh_from_db()
    assert delivery.state == "given_up"
    item = WorkItem.objects.get(act=rules.EXCHANGE, closed_by=None)
    assert item.matter_id == result.dossier_id
    client.force_login(cast.here.intake.account)
    page = client.get(f"/desk/dossiers/{result.dossier.number}/").content.decode()
    assert f"/exchange/{delivery.pk}/" in page
    at = LATER + timedelta(minutes=3)
    exchange.note_done_by_hand(dossier=result.dossier, delivery=delivery, by=cast.here.intake, at=at)
    assert not WorkItem.objects.filter(act=rules.EXCHANGE, closed_by=None).exists()


def test_a_revoked_result_is_not_signed_any_more(cast: Cast) -> None:
    result = settled(cast)
    services.revoke_result(dossier=result.dossier, by=cast.here.approver, at=NOW, reason="Mẫu")
    outbox.run_due(LATER)
    assert ResultSignature.objects.get().signed_at is None
