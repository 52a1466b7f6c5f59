"""The office's digital signature on a result: asked for in the transaction of the settlement, put on later.

Waiting for it never stops the legal time: the result exists, and its page of signing with it (Decree 118/2025).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers.events import ResultSignatureAdded, ResultSignatureAsked
from motcua.dossiers.models import Result, ResultSignature
from motcua.dossiers.services import course
from motcua.kernel import files, identity, ledger, outbox
from motcua.kernel.ledger import Event
from motcua.kernel.outbox import Delivery

TARGET = "dossiers.signature"


def ask_for_signature(*, event: Event, provider: str) -> ResultSignature | None:
    """Queue the signing of the result of this settlement, if it is a PDF. In the transaction of its event."""
    result = Result.objects.select_related("file", "dossier__competent_office").get(pk=event.payload["result_id"])
    if result.file is None or result.file.type != "application/pdf":
        return None
    signature = ResultSignature.objects.create(result=result, provider=provider, asked_at=event.at)
    asked = ResultSignatureAsked(result.pk, provider)
    office = event.office or result.dossier.competent_office
    event = ledger.record(asked, matter=event.matter, at=event.at, by=identity.system_person(), office=office)
    outbox.enqueue(event=event, target=TARGET, key=f"signature:{result.pk}", at=event.at, payload={"result": result.pk})
    return signature


def signature_of(delivery: Delivery) -> ResultSignature | None:
    """What this delivery signs; None when it is signed already, or no longer holds."""
    waiting = ResultSignature.objects.filter(
        result_id=delivery.payload["result"], signed_at=None, result__revoked_at=None
    )
    related = ("result__file", "result__dossier__competent_office__locality")
    return waiting.select_related(*related).first()


def note_signature(*, signature: ResultSignature, content: bytes, at: datetime) -> None:
    """Keep the signed file beside the one that was made; whoever opens the result gets this one from now on."""
    sha256 = files.store(content)
    with transaction.atomic():
        dossier, _items = course.locked_whole(signature.result.dossier)
        signature.file, signature.signed_at = files.enter(sha256, content, type="application/pdf"), at
        signature.save(update_fields=["file", "signed_at"])
        added = ResultSignatureAdded(signature.result_id, sha256, signature.provider)
        office = dossier.competent_office
        ledger.record(added, matter=dossier.matter, at=at, by=identity.system_person(), office=office)
