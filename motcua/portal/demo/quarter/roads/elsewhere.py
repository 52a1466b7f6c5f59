"""Roads with another day, another office, another procedure."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from motcua.dossiers import queries, services
from motcua.portal.demo.quarter.case import Case
from motcua.portal.demo.quarter.roads import parts
from motcua.portal.demo.quarter.roads.parts import Way
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue


def _proposed(case: Case) -> Way:
    moment = case.later((yield from parts.received(case)), 60)
    due = timezone.localtime(case.fresh().due_at or moment)
    until = case.calendar.end_of_day(case.calendar.add_working_days(due.date(), 3 + case.n % 4))
    said = {"reason_code": "verification", "reason": case.words["extension"], "new_due_at": until}
    yield moment, case.does(services.propose_extension, by=lambda: case.officer, **said)
    return moment


def new_appointment(case: Case) -> Way:
    """An apology and a new appointment."""
    moment = yield from _proposed(case)
    if queries.undecided_extension(case.dossier) is not None:
        moment = case.later(moment, 30)
        yield moment, case.does(services.decide_extension, by=case.one("leader"), accepted=True)
    return (yield from parts.ended(case, moment))


def no_new_appointment(case: Case) -> Way:
    """The leader does not agree."""
    moment = yield from _proposed(case)
    if queries.undecided_extension(case.dossier) is not None:
        moment, said = case.later(moment, 30), {"accepted": False, "note": case.words["no_extension"]}
        yield moment, case.does(services.decide_extension, by=case.one("leader"), **said)
    return (yield from parts.ended(case, moment))


def _handed_on(case: Case, moment: datetime) -> Way:
    moment, to, reason = case.later(moment, 40), case.other, case.words["transfer"]
    yield moment, case.does(services.transfer_dossier, by=case.one("leader"), to=to.commune, reason=reason)
    case.town, case.other = to, case.town
    return moment


def handed_to_another_office(case: Case) -> Way:
    """After receipt: its counter stays."""
    return (yield from parts.ended(case, (yield from _handed_on(case, (yield from parts.received(case))))))


def handed_on_before_receipt(case: Case) -> Way:
    """The other commune receives it."""
    moment = case.later((yield from _handed_on(case, (yield from parts.filed(case)))), 30)
    yield moment, case.receive
    return (yield from parts.ended(case, moment))


def nobody_knew_whose(case: Case) -> Way:
    """It lay in a queue of its own until it was known."""
    moment = case.later((yield from parts.received(case)), 30)
    yield moment, case.does(services.doubt_competence, by=case.one("leader"), reason=case.words["doubt"])
    moment, commune = case.later(moment, 90), case.town.commune
    known = {"office": commune, "reason": case.words["known"]}
    yield moment, case.does(services.settle_competence, by=case.intake, **known)
    return (yield from parts.ended(case, moment))


def wrong_procedure(case: Case) -> Way:
    """Another one had been keyed in."""
    right, case.code = case.code, next(wrong for wrong, right in case.wrong.items() if right == case.code)
    moment = case.later((yield from parts.received(case)), 60)
    edition = procedures.edition_for(case.town.commune, right, timezone.localdate(moment))
    said = {"procedure": right, "reason_code": "wrong_procedure", "reason": case.words["wrong"]}
    said["limit"] = case.limit(edition.definition)  # type: ignore[assignment]
    yield moment, case.does(services.change_edition, by=case.one("leader"), **said)
    return (yield from parts.ended(case, moment))


def newer_edition(case: Case) -> Way:
    """The commune says something new about the procedure, and an officer moves the dossier there."""
    moment = case.later((yield from parts.received(case)), 30)
    yield moment, partial(_said_anew, case)
    moment = case.later(moment, 30)
    said: dict[str, Any] = {"procedure": case.code, "reason_code": "new_version", "reason": case.words["newer"]}
    said["limit"] = case.limit(queries.edition_of(case.fresh()).definition)
    yield moment, case.does(services.change_edition, by=case.one("leader"), **said)
    return (yield from parts.ended(case, moment))


def _said_anew(case: Case, at: datetime) -> None:
    catalogue.make_overlay(
        office=case.town.commune,
        procedure=procedures.procedure(case.code),
        doc={"notes": case.words["notes"]},
        legal_source=case.stage.legal_source,
        at=at,
        by=case.one("procedure_manager"),
        effective_from=timezone.localdate(at),
    )
