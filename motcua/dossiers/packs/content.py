"""The files of one dossier: filings as they were sent, events with the text of their hashes, clock, work, words,
messages, openings, papers and results.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Filing, Message, Opinion, Paper, Result
from motcua.dossiers.words import wording
from motcua.dossiers.words.labels import name_of
from motcua.kernel import clock, files, ledger
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem
from motcua.kernel.outbox import Delivery

Files = Iterator[tuple[str, bytes]]
EVENTS = "events.json"
_UNSAFE = re.compile(r"[^\w.() -]+")


def of_dossier(dossier: Dossier) -> Files:
    """Everything, but the printed forms."""
    history = queries.history_of(dossier)
    yield "dossier.json", as_json(_head(dossier) | {"applicant": _applicant(dossier)})
    yield EVENTS, as_json([_link(event) for event in history])
    yield from _filings(dossier)
    yield "clock.json", as_json(_clock(dossier))
    yield "work.json", as_json(_work(dossier))
    yield "words.json", as_json([_said(each) for each in queries.said_of(dossier, history)])
    yield "deliveries.json", as_json(_deliveries(dossier))
    yield "accesses.json", as_json(_accesses(dossier))
    yield from _bytes(dossier)


def of_applicant(dossier: Dossier) -> Files:
    """What is the person's own, and what happened as the applicant reads it."""
    happened = [{"at": each.at, "text": each.text, "office": each.office} for each in wording.history_items(dossier)]
    looks = [
        {"at": look.at, "post": look.role_vi, "office": look.office, "purpose": look.purpose}
        for look in queries.looks_at(dossier)
    ]
    messages = Message.objects.filter(dossier=dossier).order_by("pk").values("at", "text", "by_id")
    talk = [{"at": each["at"], "by_applicant": each["by_id"] is None, "text": each["text"]} for each in messages]
    yield "dossier.json", as_json(_head(dossier) | {"applicant": _applicant(dossier)})
    yield EVENTS, as_json([{"said": ledger.canonical(e), "hash": e.hash} for e in queries.history_of(dossier)])
    yield "history.json", as_json(happened)
    yield "messages.json", as_json(talk)
    yield "accesses.json", as_json(looks)
    yield from _filings(dossier)
    yield from _bytes(dossier, opinions=False)


def chains(dossiers: Sequence[Dossier], listed: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each dossier's chain as the manifest names it: where it lies, how long it is, and where it ends."""
    return [_chain(dossier, listed) for dossier in dossiers]


def _chain(dossier: Dossier, listed: Sequence[dict[str, Any]]) -> dict[str, Any]:
    last = Event.objects.filter(matter=dossier.matter).order_by("-seq").values_list("seq", "hash").first()
    of_filings = [each["path"] for each in listed if each["path"].startswith(f"{dossier.number}/filings/")]
    return {
        "number": dossier.number,
        "events": f"{dossier.number}/{EVENTS}",
        "count": last[0] if last else 0,
        "last_hash": last[1] if last else "",
        "filings": [{"path": path} for path in of_filings],
    }


def as_json(content: Any) -> bytes:
    """Readable by people and machines; moments as ISO 8601."""
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    return timezone.localtime(value).isoformat() if isinstance(value, datetime) else str(value)


def _head(dossier: Dossier) -> dict[str, Any]:
    edition, matter = queries.edition_of(dossier), dossier.matter
    return {
        "number": dossier.number,
        "matter": matter.pk.hex,
        "title": matter.title,
        "procedure": dossier.procedure_code,
        "version_sha256": edition.version_sha256,
        "overlays": dossier.overlay_ids,
        "channel": dossier.channel,
        "state": dossier.state,
        "competent_office": dossier.competent_office.name,
        "receiving_office": dossier.receiving_office.name if dossier.receiving_office else None,
        "filed_at": dossier.filed_at,
        "received_at": dossier.received_at,
        "settled_at": dossier.settled_at,
        "returned_at": dossier.returned_at,
        "closed_at": matter.closed_at,
    }


def _applicant(dossier: Dossier) -> dict[str, str]:
    who = dossier.applicant
    names = ("full_name", "birth_date", "citizen_id", "phone", "email", "address")
    return {name: getattr(who, name) for name in names}


def _link(event: Event) -> dict[str, Any]:
    """The exact text and its hash, and beside them what a person reads."""
    post = f"{event.post.role.name_vi}, {event.post.office.name}" if event.post else None
    return {
        "said": ledger.canonical(event),
        "hash": event.hash,
        "at": event.at,
        "what": str(name_of(event)),
        "actor": event.actor.full_name if event.actor else None,
        "post": post,
        "office": event.office.name if event.office else None,
        "on_behalf_of": event.on_behalf_of.full_name if event.on_behalf_of else None,
    }


def _filings(dossier: Dossier) -> Files:
    """Byte for byte what was digested; what was erased by law is not there any more."""
    for n, text in Filing.objects.filter(dossier=dossier).order_by("n").values_list("n", "content"):
        if text:
            yield f"filings/{n}.json", text.encode()


def _clock(dossier: Dossier) -> dict[str, Any]:
    columns = ("seq", "kind", "at", "until", "reason", "evidence", "calendar_version")
    entries = list(dossier.matter.clock_entries.order_by("seq").values(*columns))
    due = queries.due_of(dossier) if dossier.received_at else None
    return {
        "limit": dossier.limit,
        "entries": entries,
        "due_at": due.at if due else None,
        "why": clock.explain(due.why, "vi") if due else "",
    }


def _work(dossier: Dossier) -> list[dict[str, Any]]:
    items = WorkItem.objects.filter(matter=dossier.matter).order_by("pk")
    columns = ("step", "act", "office__name", "assignee__full_name", "due_at", "opened_by__seq", "closed_by__seq")
    return list(items.values(*columns))


def _said(each: queries.Said) -> dict[str, Any]:
    return {name: getattr(each, name) for name in each.__dataclass_fields__}


def _deliveries(dossier: Dossier) -> list[dict[str, Any]]:
    sent = Delivery.objects.filter(event__matter=dossier.matter).select_related("event").order_by("pk")
    columns = ("target", "state", "attempts", "delivered_at", "failed_at", "failure")
    return [{name: getattr(each, name) for name in columns} | {"event": each.event.seq} for each in sent]


def _accesses(dossier: Dossier) -> list[dict[str, Any]]:
    columns = ("at", "person__full_name", "post__role__name_vi", "post__office__name", "what", "purpose", "words")
    return list(reversed(queries.accesses_of(dossier).values(*columns)))


def _bytes(dossier: Dossier, *, opinions: bool = True) -> Files:
    """Papers and results as they lie on the disk."""
    for paper in Paper.objects.filter(filing__dossier=dossier).exclude(name="").select_related("filing"):
        name = f"papers/{paper.filing.n}-{paper.sid}-{paper.position}-{_safe(paper.name)}"
        yield from _read(name, paper.file_id)
    for pk, sha256 in Result.objects.filter(dossier=dossier, file__isnull=False).values_list("pk", "file_id"):
        yield from _read(f"results/{pk}.pdf", sha256)
    if opinions:
        for each in Opinion.objects.filter(dossier=dossier):
            yield from _read(f"opinions/{each.pk}-question", each.question_file_id)
            yield from _read(f"opinions/{each.pk}-answer", each.answer_file_id)


def _read(name: str, sha256: str | None) -> Files:
    """A file that is no longer on the disk says so in its place, instead of being passed over in silence."""
    if sha256:
        try:
            yield name, files.read(sha256)
        except FileNotFoundError:
            yield f"{name}.missing", f"{sha256}\n".encode()


def _safe(name: str) -> str:
    """A name that is only a name, on every system."""
    return _UNSAFE.sub("_", name).strip(". ")[-80:] or "file"
