"""Carries out the digital signing of results, and registers whoever signs as a system that may be down."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from motcua.dossiers import digital, queries
from motcua.dossiers.digital import Signature
from motcua.dossiers.models import Result, ResultSignature
from motcua.dossiers.services import digital as services
from motcua.dossiers.services import exchange
from motcua.kernel import files, ledger, outbox, outside
from motcua.kernel.ledger import Event
from motcua.kernel.outbox import Delivery
from motcua.kernel.outside import System

SECONDS = 30


def register() -> None:
    """Say how results are signed. A file that was cut off in the middle of its signing is simply signed again."""
    outside.register(
        System(
            digital.NAME,
            label=_("Digital signatures on results"),
            effect=_(
                "The digital signature may come to a result later than usual. The result itself is given as always, "
                "with its page of signing and the code by which anybody checks it."
            ),
            seconds=SECONDS,
            probe=_probe,
            is_used=lambda: digital.provider() is not None,
        )
    )
    given_up = _somebody_sees_to_it
    outbox.register(services.TARGET, put_on, repeatable=True, system=digital.NAME, given_up=given_up)
    ledger.subscribe("dossiers.settled", _ask)


def _ask(event: Event) -> None:
    provider = digital.provider() if event.payload.get("file_sha256") else None
    if provider is not None:
        services.ask_for_signature(event=event, provider=provider.name)


def put_on(delivery: Delivery) -> None:
    """Have the result signed and keep it. Raises outside.Refused, or what keeps the provider from signing."""
    signature = services.signature_of(delivery)
    if signature is None or signature.result.file is None:
        return
    provider = digital.provider()
    if provider is None:
        raise LookupError("nobody signs here any more")
    made = provider.sign(
        files.read(signature.result.file.sha256), reason=signature.result.name, place=_place(signature)
    )
    services.note_signature(signature=signature, content=made, at=outbox.tried_at(delivery))


def signatures_of(result: Result) -> list[Signature]:
    """What the signatures say that stand in the file of the result, ours or another's; looked at now, never stored."""
    file = queries.file_of(result)
    if file is None or file.type != "application/pdf" or not digital.is_installed():
        return []
    try:
        return digital.signatures(files.read(file.sha256))
    except FileNotFoundError:
        return []  # taken off the disk by law


def _place(signature: ResultSignature) -> str:
    return signature.result.dossier.competent_office.name


def _probe() -> None:
    provider = digital.provider()
    if provider is not None:
        provider.probe()


def _somebody_sees_to_it(delivery: Delivery, at: datetime) -> None:
    exchange.note_failed(delivery=delivery, at=at)
