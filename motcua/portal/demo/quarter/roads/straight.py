"""The straight roads, and those that end without a result."""

from __future__ import annotations

from motcua.dossiers import services
from motcua.portal.demo.quarter.case import Act, Case
from motcua.portal.demo.quarter.roads import parts
from motcua.portal.demo.quarter.roads.parts import Way


def straight(case: Case) -> Way:
    """From the filing to the returned result."""
    return (yield from parts.ended(case, (yield from parts.received(case))))


def given_on(case: Case) -> Way:
    """The leader gives the step to somebody."""
    moment = case.later((yield from parts.received(case)), 15)
    yield moment, case.does(services.take_work, by=case.one("leader"), assignee=lambda: case.officer)
    return (yield from parts.ended(case, moment))


def left_at_the_counter(case: Case) -> Way:
    """Nobody has collected the result."""
    return (yield from parts.done(case, (yield from parts.received(case))))


def left_lying(case: Case) -> Way:
    """Somebody took it and nothing more was done."""
    moment = case.later((yield from parts.received(case)), 30)
    yield moment, case.does(services.take_work, by=lambda: case.officer)
    return moment


def _refusal(case: Case) -> Act:
    reasons = case.stage.script["refusals"]
    return case.does(services.refuse_dossier, by=case.intake, **reasons[sorted(reasons)[case.n % len(reasons)]])


def refused(case: Case) -> Way:
    """Not accepted."""
    moment = case.later((yield from parts.filed(case)), 60)
    yield moment, _refusal(case)
    return moment


def withdrawn_before_receipt(case: Case) -> Way:
    """The applicant takes it back at once."""
    moment = case.later((yield from parts.filed(case)), 12)
    yield moment, case.does(services.ask_withdrawal, op_id=case.key("back"))
    return moment


def withdrawn_and_confirmed(case: Case) -> Way:
    """The applicant asks for it, an officer gives it back."""
    moment = case.later((yield from parts.received(case)), 90)
    yield moment, case.does(services.ask_withdrawal, op_id=case.key("back"))
    moment = case.later(moment, 60)
    yield moment, case.does(services.confirm_withdrawal, by=lambda: case.intake)
    return moment


def withdrawn_at_the_counter(case: Case) -> Way:
    """The applicant comes for it."""
    moment = case.later((yield from parts.received(case)), 120)
    yield moment, case.does(services.withdraw_dossier, by=lambda: case.intake, identity_checked_by="citizen_card")
    return moment


def withdrawal_taken_back(case: Case) -> Way:
    """The applicant wants it to go on after all."""
    moment = case.later((yield from parts.received(case)), 30)
    yield moment, case.does(services.ask_withdrawal, op_id=case.key("back"))
    moment = case.later(moment, 15)
    yield moment, case.does(services.take_back_withdrawal, op_id=case.key("not-back"))
    return (yield from parts.ended(case, moment))


def stop(case: Case, why: str, code: str) -> Act:
    """The leader stops it."""
    said = {"reason_code": code, "reason": case.words[why], "legal_basis": case.words["basis"]}
    return case.does(services.stop_dossier, by=case.one("leader"), **said)


def stopped(case: Case) -> Way:
    """The office stops settling it."""
    moment = case.days_later((yield from parts.received(case)), 1)
    yield moment, stop(case, "dispute", "dispute")
    return moment
