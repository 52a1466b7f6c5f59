"""Supplement requests of a dossier, what was filed to answer them, and the answers as they stand with all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from motcua.dossiers import events, rules
from motcua.dossiers.models import Dossier, Filing, SupplementRequest, Undoing
from motcua.dossiers.queries.dossiers import filing_content
from motcua.kernel import ledger
from motcua.kernel.ledger import Event

_RELATED = ("proposed_by", "decided_by", "office", "assignee")


def supplement_requests_of(dossier: Dossier) -> list[SupplementRequest]:
    """Every request with its items and people, in their order; undecided and refused proposals too (`sent_at` says)."""
    found = SupplementRequest.objects.filter(dossier=dossier).order_by("n")
    return list(found.select_related(*_RELATED).prefetch_related("items"))


def open_supplement(dossier: Dossier) -> SupplementRequest | None:
    """The request that waits for the applicant's answer."""
    if dossier.state != "supplement_requested":
        return None
    waiting = SupplementRequest.objects.filter(dossier=dossier, answered_at=None, cancelled_at=None)
    found = waiting.filter(sent_at__isnull=False).select_related(*_RELATED).prefetch_related("items")
    return found.order_by("-n").first()


def undecided_supplement(dossier: Dossier, n: int | None = None) -> SupplementRequest | None:
    """The proposal of a further request that waits for an approver."""
    found = SupplementRequest.objects.filter(dossier=dossier, accepted=None, cancelled_at=None)
    found = found.filter(n=n) if n is not None else found
    return found.select_related(*_RELATED).prefetch_related("items").first()


def asked_more_than_once(dossier: Dossier) -> bool:
    """Whether a second request was sent: then it counts as late in the service index (Decision 766, 2.1). One that was
    taken back as a mistake does not count.
    """
    sent = SupplementRequest.objects.filter(dossier=dossier, sent_at__isnull=False).count()
    if sent < 2:
        return False
    mistakes = Undoing.objects.filter(dossier=dossier, event__type=events.SupplementRequested.type).count()
    return sent - mistakes >= 2


def state_before_supplement(dossier: Dossier) -> str:
    """Where the dossier goes on when the supplement comes, from its history."""
    past = ledger.history(dossier.matter).values_list("seq", "type", "payload")
    return rules.state_after([*past, (0, events.SupplementFiled.type, {})])


def filed_contents(dossier: Dossier, history: Iterable[Event] | None = None) -> list[tuple[Filing, dict[str, Any]]]:
    """Every filing with its content, the request first; empty contents were erased by law. Where the history is at
    hand and tells of no supplement, the first filing that came with the dossier is all there is.
    """
    if history is not None and all(event.type != "dossiers.supplement_filed" for event in history):
        return [(Filing(dossier=dossier, n=1, filed_at=dossier.filed_at), filing_content(dossier))]
    filings = Filing.objects.filter(dossier=dossier).order_by("n")
    return [(filing, json.loads(filing.content) if filing.content else {}) for filing in filings]


def standing_answers(contents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The answers as they stand: what was filed first, with what each supplement said anew."""
    answers: dict[str, Any] = {}
    for content in contents:
        answers |= content.get("answers", {})
    return answers


def answers_of(dossier: Dossier) -> dict[str, Any]:
    """The answers of a dossier as they stand with its supplements."""
    return standing_answers(content for _filing, content in filed_contents(dossier))
