"""Carries out the exchange with other systems: tells them statuses, fetches papers; registers each kind as a system
that may be down.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier, ExternalRef, OutsidePaper, PartnerSystem
from motcua.dossiers.outside import wire
from motcua.dossiers.rules import exchange
from motcua.dossiers.services import exchange as services
from motcua.dossiers.services import uploads
from motcua.dossiers.services.exchange import papers, parts, statuses
from motcua.kernel import outbox, outside
from motcua.kernel.outbox import Delivery
from motcua.kernel.outside import System

LABELS: dict[str, str | Promise] = {
    exchange.PORTAL: _("Exchange with the National Public Service Portal"),
    exchange.MINISTRY: _("Exchange with the systems of ministries"),
}
EFFECT = _(
    "News about dossiers that came from there may reach it later than usual. The dossiers themselves are handled as "
    "always; our own number and claim code show where they stand."
)


def register() -> None:
    """Say how statuses are told and papers fetched; both may be done twice without harm."""
    for kind in exchange.KINDS:
        outside.register(
            System(
                f"exchange-{kind}",
                label=LABELS[kind],
                effect=EFFECT,
                seconds=wire.SECONDS,
                probe=partial(_probe, kind),
                is_used=partial(_is_used, kind),
            )
        )
        told, fetched = statuses.target(kind), parts.target(kind)
        for name, carry_out in ((told, tell_status), (fetched, fetch_paper)):
            outbox.register(name, carry_out, repeatable=True, system=f"exchange-{kind}", given_up=_somebody_sees_to_it)
    statuses.subscribe()


def tell_status(delivery: Delivery) -> None:
    """Tell the system how far the dossier has come. Raises wire.Unreachable, outside.Refused."""
    if statuses.is_outrun(delivery):
        return
    dossier = Dossier.objects.select_related(*policies.RELATED).get(matter=delivery.event.matter_id)
    ref = ExternalRef.objects.get(dossier=dossier)
    system = PartnerSystem.objects.get(pk=ref.system)
    if not system.endpoint:
        return  # taken back since: there is nobody to tell
    said = statuses.message(delivery, dossier, ref, system)
    answer = wire.post(system.endpoint, said, token=_token(system), key=delivery.key)
    code = str(answer.get("error_code", "")) if isinstance(answer, dict) else ""
    if code != exchange.UNDERSTOOD:
        raise outside.Refused(f"error_code {code[:20]}")


def fetch_paper(delivery: Delivery) -> None:
    """Fetch a paper and keep it. Raises wire.Unreachable, outside.Refused."""
    paper = OutsidePaper.objects.select_related("dossier__applicant").get(pk=delivery.payload["paper"])
    system = PartnerSystem.objects.get(pk=delivery.payload["system"])
    if paper.kept_at is not None or not paper.address:
        return
    try:
        if not _is_of(system, paper.address):
            raise services.NotToBeHad(papers.ELSEWHERE)
        content = wire.get(paper.address, token=_token_for(system, paper.address), largest=uploads.LARGEST)
        services.keep_paper(paper=paper, content=content, at=outbox.tried_at(delivery))
    except (uploads.UploadRefused, services.NotToBeHad) as refused:
        OutsidePaper.objects.filter(pk=paper.pk).update(failure=refused.code)
        raise outside.Refused(refused.code) from None


def _is_of(system: PartnerSystem, address: str) -> bool:
    """Only hosts that were named are asked: a message must not send us anywhere."""
    return (urlsplit(address).hostname or "") in {*system.file_hosts, urlsplit(system.endpoint).hostname}


def _token_for(system: PartnerSystem, address: str) -> str:
    """Our key is shown to the endpoint's own host only."""
    return _token(system) if urlsplit(address).netloc == urlsplit(system.endpoint).netloc else ""


def _token(system: PartnerSystem) -> str:
    return str(settings.EXCHANGE_TOKENS.get(system.code, ""))


def _somebody_sees_to_it(delivery: Delivery, at: datetime) -> None:
    services.note_failed(delivery=delivery, at=at)


def _is_used(kind: str) -> bool:
    return PartnerSystem.objects.filter(kind=kind).exclude(endpoint="").exists()


def _probe(kind: str) -> None:
    """Whatever it answers, it answers."""
    for address in PartnerSystem.objects.filter(kind=kind).exclude(endpoint="").values_list("endpoint", flat=True):
        try:
            wire.get(address, token="", largest=wire.LARGEST_ANSWER)
        except outside.Refused:
            continue
