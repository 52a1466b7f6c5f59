"""The words that people left on a dossier's way, in one question: remarks, reasons, questions and answers.

Events say what happened and hold no words; the words are rows of many kinds, which a law may blank. Only kinds of which
the history speaks are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateTimeField, F, Model, QuerySet, Value
from django.db.models.functions import Cast

from motcua.dossiers.models import (
    Dossier,
    EditionChange,
    Ending,
    ErasureRequest,
    Extension,
    IssuedForm,
    Message,
    Opinion,
    Restriction,
    Result,
    Returning,
    Shelf,
    Transfer,
    Undoing,
)
from motcua.kernel.ledger import Event
from motcua.kernel.matters import Remark

REMARK, TRANSFER, CHANGE, UNDOING, EXTENSION = "remark", "transfer", "change", "undoing", "extension"
OPINION, RETURNING, ENDING, RESULT, FORM, SHELF, MESSAGE = (
    "opinion",
    "returning",
    "ending",
    "result",
    "form",
    "shelf",
    "message",
)
RESTRICTION, ERASURE = "restriction", "erasure"
# Which kinds of words an event speaks of, and the key of its payload that names the row.
_SPOKEN_OF: Mapping[str, tuple[str, str]] = {
    "dossiers.remark_left": (REMARK, "remark_id"),
    "dossiers.transferred": (TRANSFER, "transfer_id"),
    "dossiers.competence_doubted": (REMARK, "remark_id"),
    "dossiers.edition_changed": (CHANGE, "change_id"),
    "dossiers.act_undone": (UNDOING, "undone_seq"),
    "dossiers.extension_proposed": (EXTENSION, "extension_id"),
    "dossiers.opinion_asked": (OPINION, "opinion_id"),
    "dossiers.returned": (RETURNING, ""),
    "dossiers.refused": (ENDING, ""),
    "dossiers.stopped": (ENDING, ""),
    "dossiers.withdrawn": (ENDING, ""),
    "dossiers.settled": (RESULT, ""),
    "dossiers.form_issued": (FORM, ""),
    "dossiers.papers_placed": (SHELF, ""),
    "dossiers.message_left": (MESSAGE, ""),
    "dossiers.processing_restricted": (RESTRICTION, "restriction_id"),
    "dossiers.erasure_asked": (ERASURE, "request_id"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one kind: when, who, the words, and what belongs to them."""

    kind: str
    key: int
    at: datetime
    who: str | None
    text: str
    more: str | None
    code: str | None
    until: datetime | None
    ended_at: datetime | None
    file: str | None
    more_file: str | None
    basis: str | None
    money: str | None


def said_of(dossier: Dossier, history: Iterable[Event]) -> list[Said]:
    """All words of the kinds that the history speaks of, the oldest first; one question, or none."""
    kinds = {_SPOKEN_OF[event.type][0] for event in history if event.type in _SPOKEN_OF}
    if not kinds:
        return []
    parts = [_rows(kind, dossier) for kind in sorted(kinds)]
    rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return sorted((Said(*row) for row in rows), key=lambda said: (said.at, said.kind, said.key))


def key_of(event: Event) -> tuple[str, int] | None:
    """Kind and key of the words that this event speaks of; None when it speaks of none by a key."""
    kind, key = _SPOKEN_OF.get(event.type, ("", ""))
    return (kind, event.payload[key]) if key else None


_COLUMNS = ("key", "at", "who", "text", "more", "code", "until", "ended_at", "file", "more_file", "basis", "money")
_MOMENTS = ("until", "ended_at")
# Where each column of Said is found; what a kind does not have is empty.
_USUAL = {"key": "pk", "at": "at", "who": "by__full_name", "text": "reason"}
_SOURCES: Mapping[str, tuple[type[Model], Mapping[str, str | None]]] = {
    REMARK: (Remark, {"who": "author__full_name", "text": "text"}),
    TRANSFER: (Transfer, {"more": "to_office__name", "code": "from_office__name"}),
    CHANGE: (EditionChange, {"more": "from_version__procedure__short_name", "code": "reason_code"}),
    UNDOING: (Undoing, {"key": "event__seq"}),
    EXTENSION: (
        Extension,
        {
            "at": "proposed_at",
            "who": "proposed_by__full_name",
            "more": "decision_note",
            "code": "reason_code",
            "until": "new_due_at",
            "ended_at": "decided_at",
        },
    ),
    OPINION: (
        Opinion,
        {
            "at": "asked_at",
            "who": "asked_by__full_name",
            "text": "question",
            "more": "answer",
            "code": "office__name",
            "until": "due_at",
            "ended_at": "answered_at",
            "file": "question_file_id",
            "more_file": "answer_file_id",
        },
    ),
    RETURNING: (Returning, {"text": "receiver", "more": "note", "code": "method", "ended_at": "undone_at"}),
    ENDING: (
        Ending,
        {"more": "advice", "code": "kind", "ended_at": "undone_at", "basis": "legal_basis", "money": "money"},
    ),
    RESULT: (
        Result,
        {
            "at": "signed_at",
            "who": "signed_by__full_name",
            "text": "name",
            "more": "document_number",
            "code": "verify_code",
            "ended_at": "revoked_at",
            "file": "file_id",
            "until": "signature__asked_at",
            "more_file": "signature__file_id",
            "basis": "revoke_reason",
        },
    ),
    FORM: (IssuedForm, {"at": "issued_at", "who": None, "text": "form", "more": "document_number"}),
    SHELF: (Shelf, {"text": "place", "code": "what"}),
    MESSAGE: (Message, {"text": "text"}),
    RESTRICTION: (
        Restriction,
        {"code": "reason_code", "more": "lift_reason", "basis": "legal_source", "ended_at": "lifted_at"},
    ),
    ERASURE: (
        ErasureRequest,
        {
            "at": "proposed_at",
            "who": "proposed_by__full_name",
            "more": "decision_note",
            "basis": "legal_source",
            "until": "answer_by",
            "ended_at": "decided_at",
        },
    ),
}


def _rows(kind: str, dossier: Dossier) -> QuerySet[Any, tuple[Any, ...]]:
    """The rows of one kind with the columns of Said, in their order."""
    model, own = _SOURCES[kind]
    named = {**_USUAL, **own}
    rows = model._default_manager.filter(matter=dossier.matter) if model is Remark else _of(model, dossier)
    said = {f"said_{name}": F(found) if (found := named.get(name)) else _empty(name) for name in _COLUMNS}
    marked = rows.order_by().annotate(said_kind=Value(kind, CharField()), **said)
    return marked.values_list("said_kind", *(f"said_{name}" for name in _COLUMNS))


def _of(model: type[Model], dossier: Dossier) -> QuerySet[Any]:
    return model._default_manager.filter(dossier=dossier)


def _empty(name: str) -> Cast:
    """Nothing, of the column's type: the parts of one question have to agree."""
    return Cast(Value(None), DateTimeField() if name in _MOMENTS else CharField())
