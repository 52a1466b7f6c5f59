"""Official papers get their number with the act that they document, in its transaction; printing makes no new one."""

from __future__ import annotations

from django.utils import timezone

from motcua.dossiers import rules
from motcua.dossiers.events import FormIssued
from motcua.dossiers.models import IssuedForm
from motcua.kernel import ledger, numbering
from motcua.kernel.ledger import Event


def subscribe() -> None:
    """Listen to the acts that have a paper."""
    for event_type in rules.FORM_OF_EVENT:
        ledger.subscribe(event_type, _issue)


def _issue(event: Event) -> None:
    """The paper of this act: numbered per office, kind and year (Decree 30/2020, art. 15)."""
    if event.payload.get("accepted") is False:
        return
    dossier, form = event.matter.dossier, rules.FORM_OF_EVENT[event.type]
    agency = dossier.competent_office.agency_code or dossier.competent_office.code
    year = timezone.localtime(event.at).year
    number = rules.document_number(form, numbering.next_in(f"{agency}/form-{form}/{year}"))
    IssuedForm.objects.create(dossier=dossier, form=form, event=event, document_number=number, issued_at=event.at)
    ledger.record(
        FormIssued(form, number, event.seq),
        matter=event.matter,
        at=event.at,
        by=event.actor,
        post=event.post,
        office=event.office,
    )
