"""One dossier: its edition, its clock, what was filed, what happened."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, cast

from django.db.models import QuerySet

from motcua.dossiers import policies, rules
from motcua.dossiers.models import Applicant, Dossier, Filing, IssuedForm, Result, ResultSignature
from motcua.kernel import clock, ledger, schedule
from motcua.kernel.calendar import Calendar
from motcua.kernel.clock import Due, Standing
from motcua.kernel.files import File
from motcua.kernel.ledger import Event
from motcua.kernel.matters import ClockEntry, Matter
from motcua.kernel.organisation import Office
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Edition


def edition_of(dossier: Dossier) -> Edition:
    """The edition that the dossier pins."""
    return procedures.edition(dossier.version_id, tuple(dossier.overlay_ids))


def due_of(dossier: Dossier) -> Due:
    """The due moment and its explanation, computed again from the stored clock; not started before receipt.

    By the calendar that the dossier pins: as it was at receipt, or when it was counted again because a day had changed.
    """
    stored = list(dossier.matter.clock_entries.order_by("seq"))
    version = stored[0].calendar_version if stored else None
    return due_from(dossier, stored, clock_calendar(dossier, version))


def due_from(dossier: Dossier, stored: Iterable[ClockEntry], calendar: Calendar) -> Due:
    """The due moment that this stored clock has by this calendar."""
    entries = [
        clock.Entry(cast("clock.EntryKind", entry.kind), entry.at, entry.reason, entry.evidence, entry.until)
        for entry in stored
    ]
    return clock.due(calendar, limit_from(dossier.limit) if dossier.limit else None, entries)


def clock_office(dossier: Dossier) -> Office:
    """Whose working time counts: what stands on the receipt does not move because another office took over."""
    return dossier.calendar_office or dossier.competent_office


def clock_calendar(dossier: Dossier, version_at_receipt: int | None) -> Calendar:
    """The calendar by which the dossier's time is counted."""
    version = dossier.calendar_version if dossier.calendar_version is not None else version_at_receipt
    return schedule.calendar_for(clock_office(dossier), version)


def limit_from(data: dict[str, Any]) -> clock.Limit:
    """The limit that a dossier keeps from its receipt."""
    cutoff = time.fromisoformat(data["cutoff"]) if data.get("cutoff") else None
    return clock.Limit(data["value"], data["unit"], cutoff)


def standing_of(dossier: Dossier, now: datetime) -> Standing | None:
    """Within, due soon, overdue; when settled: early, on time, late; of one that ended without a result nothing is due
    any more. Never stored.
    """
    if dossier.state in ("refused", "withdrawn", "stopped"):
        return None
    calendar = schedule.calendar_for(clock_office(dossier))
    return clock.standing(calendar, dossier.due_at, now, dossier.settled_at)


def filing_content(dossier: Dossier) -> dict[str, Any]:
    """The first filing as it was sent; empty when its content was erased by law."""
    text = dossier.__dict__.get("filed_content") or _filed_content(dossier)
    content: dict[str, Any] = json.loads(text) if text else {}
    return content


def _filed_content(dossier: Dossier) -> str | None:
    return Filing.objects.filter(dossier=dossier, n=1).values_list("content", flat=True).first()


def papers_of(dossiers: Collection[Any]) -> dict[Any, list[tuple[str, int]]]:
    """Of each dossier the papers that were handed in, as titles and how many; read from the filings themselves."""
    filings = Filing.objects.filter(dossier__in=dossiers, n=1).values_list("dossier_id", "content")
    contents = ((key, json.loads(text)) for key, text in filings if text)
    return {key: [(each["title"], each["quantity"]) for each in found["components"]] for key, found in contents}


def history_of(dossier: Dossier) -> list[Event]:
    """Everything recorded about the dossier, in order."""
    return list(ledger.history(dossier.matter))


def happened(history: Sequence[Event]) -> list[tuple[int, str, Mapping[str, Any]]]:
    """The history as the rules read it: place, type and what was said."""
    return [(event.seq, event.type, event.payload) for event in history]


def to_undo(history: Sequence[Event]) -> Event | None:
    """The act of an officer that could be taken back now; None when there is none."""
    said = happened(history)
    last = rules.last_undoable(said)
    if last is None or rules.handed_elsewhere_since(said, last[0]):
        return None
    return next((event for event in history if event.seq == last[0] and event.actor_id is not None), None)


def last_event(dossier: Dossier) -> Event | None:
    """The act that was recorded last; the number that its paper got is none, nor the asking for a signature on it."""
    follow = ("dossiers.form_issued", "dossiers.result_signature_asked")
    return ledger.history(dossier.matter).exclude(type__in=follow).last()


def is_erased(applicant: Applicant) -> bool:
    """Whether the personal values were blanked by law."""
    return not applicant.full_name


def issued_forms(dossier: Dossier) -> QuerySet[IssuedForm]:
    """The official papers issued for it, oldest first."""
    related = ("event__actor", "dossier__matter", "dossier__applicant")
    return IssuedForm.objects.filter(dossier=dossier).select_related(*related).order_by("pk")


def file_of(result: Result) -> File | None:
    """The file of a result as it is given out: signed digitally once it is."""
    signature: ResultSignature | None = getattr(result, "signature", None)
    return signature.file if signature is not None and signature.file is not None else result.file


def result_by_code(code: str) -> Result | None:
    """The result under this code, for whoever holds it; with everything that the page of checking says."""
    related = ("dossier__applicant", "dossier__competent_office", "signed_by", "file", "signature__file")
    return Result.objects.select_related(*related).filter(verify_code=code).first() if code else None


def matter_by_claim(number: str, code: str) -> Matter | None:
    """The matter of the dossier that number and claim code open together; none, whatever is wrong."""
    try:
        return policies.get_dossier_by_claim(number, code).matter
    except Dossier.DoesNotExist:
        return None
