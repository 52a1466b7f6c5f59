"""What stands on the papers of the crooked roads: forms 02 to 06, from the rows of their acts, in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.utils import timezone, translation

from motcua.dossiers import queries
from motcua.dossiers.models import Dossier, Ending, Extension, IssuedForm, SupplementRequest
from motcua.dossiers.queries import Handover, Stage
from motcua.dossiers.slips import content
from motcua.dossiers.words import mending
from motcua.kernel import clock, identity, organisation
from motcua.kernel.calendar import Calendar
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.ui import marks, writing

Said = dict[str, Any]


def of_issued(issued: IssuedForm, *, origin: str, printed_at: datetime) -> Said:
    """The fields of an issued form; those of its act, its number, when it was first made out."""
    dossier, event = issued.dossier, issued.event
    with translation.override("vi"):
        return {
            **content.common(dossier, event.type),
            **content.look_up(dossier, "", origin),
            **CONTENTS[issued.form](dossier, event),
            "document_number": issued.document_number,
            "date": content.date_of(issued.issued_at),
            "issued_at": writing.moment(issued.issued_at),
            "printed_at": writing.moment(printed_at),
        }


def _supplement(dossier: Dossier, event: Event) -> Said:
    request = SupplementRequest.objects.prefetch_related("items").get(dossier=dossier, n=event.payload["n"])
    definition = queries.edition_of(dossier).definition
    titles = {each.sid: each.label.vi for each in definition.fields}
    titles |= {each.sid: each.title.vi for each in definition.components}
    return {
        "items": [
            {
                "title": titles.get(item.sid, item.sid),
                "reason": mending.label(definition, item.reason_code, "vi"),
                "note": item.note,
                "remedy": item.remedy,
            }
            for item in request.items.all()
        ],
        "repeat_reason": request.repeat_reason,
        "answer_by": writing.moment(request.answer_by),
        "contact": request.contact,
    }


def _refusal(dossier: Dossier, event: Event) -> Said:
    ending = Ending.objects.get(dossier=dossier, kind="refused", at=event.at)
    return {"reason": ending.reason, "advice": ending.advice}


def _apology(dossier: Dossier, event: Event) -> Said:
    extension = Extension.objects.get(dossier=dossier, pk=event.payload["extension_id"])
    return {
        "reason": extension.reason.rstrip("."),
        "received_at": writing.moment(dossier.received_at or dossier.filed_at),
        "old_due_at": writing.moment(extension.old_due_at),
        "new_due_at": writing.moment(extension.new_due_at),
    }


def _stopping(dossier: Dossier, event: Event) -> Said:
    ending = Ending.objects.get(dossier=dossier, pk=event.payload["ending_id"])
    ended = [stage.step.name.vi for stage in queries.stages_of(dossier) if stage.closed_at == event.at]
    said = {key: getattr(ending, key) for key in ("reason", "advice", "legal_basis", "money")}
    return said | {"stage": ", ".join(ended)}


CONTENTS: Mapping[str, Callable[[Dossier, Event], Said]] = {
    "02": _supplement,
    "03": _refusal,
    "04": _apology,
    "05": _stopping,
}


def of_control(dossier: Dossier, *, origin: str, printed_at: datetime) -> Said:
    """The fields of Form 06: who handed the dossier to whom, when, and how that stood against the plan."""
    with translation.override("vi"):
        due = queries.due_of(dossier) if dossier.received_at else None
        return {
            **content.common(dossier, "dossiers.received"),
            **content.look_up(dossier, "", origin),
            "received_at": writing.moment(dossier.received_at) if dossier.received_at else "",
            "due_at": writing.moment(due.at) if due and due.at else "",
            "rows": list(_handovers(queries.stages_of(dossier))),
            "issued_at": "",
            "printed_at": writing.moment(printed_at),
        }


def _handovers(stages: list[Stage]) -> Iterator[Said]:
    """Each closed step and whoever opened the next with it."""
    for stage in stages:
        if stage.closed_at is None:
            continue
        takers = [each for each in stages if each.opened_at == stage.closed_at and each.step.sid != stage.step.sid]
        yield {
            "giver": _party(stage),
            "taker": "; ".join(_party(each) for each in takers),
            "at": writing.moment(stage.closed_at),
            "result": f"{stage.step.name.vi}: {_against_plan(stage)}" if stage.planned_at else stage.step.name.vi,
        }


def _party(stage: Stage) -> str:
    return f"{stage.person}, {stage.office}" if stage.person else stage.office


def _against_plan(stage: Stage) -> str:
    """Early, on time or late against the plan, in the words of every list."""
    calendar = Calendar()
    code = clock.standing(calendar, stage.planned_at, stage.closed_at, stage.closed_at) if stage.closed_at else None
    mark = marks.mark_of(marks.STANDINGS, code)
    return str(mark.word) if mark else ""


def of_handovers(person: Person, found: Sequence[Handover], on: date) -> Said:
    """The daily list, one part for each office that took something."""
    posts = identity.posts_of(person, on)
    with translation.override("vi"):
        groups = [
            {"office": office, "rows": [_handed(row) for row in rows]}
            for office, rows in groupby(found, key=lambda row: row.office)
        ]
    agency = posts[0].office.name if posts else ""
    return {"demo": organisation.is_demo(), "agency": agency, "on": f"{on:%d/%m/%Y}", "groups": groups}


def _handed(row: Handover) -> Said:
    at = timezone.localtime(row.at)
    return {"number": row.number, "applicant": row.applicant, "title": row.title, "at": f"{at:%H:%M}"}
