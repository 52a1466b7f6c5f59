"""Roads with somebody else: an office, an agency, the applicant, money, the law."""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import queries, services
from motcua.payments.services import Line
from motcua.portal.demo.quarter.case import Case
from motcua.portal.demo.quarter.roads import parts, straight
from motcua.portal.demo.quarter.roads.parts import Way


def another_office_advised(case: Case) -> Way:
    """The other commune is asked and answers."""
    moment = case.later((yield from parts.received(case)), 20)
    due = case.days_later(moment, 2)
    asked = {"office": case.other.commune, "question": case.words["question"], "due_at": due}
    yield moment, case.does(services.ask_opinion, by=lambda: case.officer, **asked)
    moment, answer = case.later(moment, 180), case.words["opinion"]
    yield moment, case.does(services.give_opinion, by=case.other.one_of("leader", case.n), answer=answer)
    return (yield from parts.ended(case, moment))


def agencies_outside(case: Case) -> Way:
    """One dossier, three matters: what is the commune's is done, then two agencies are asked side by side."""
    moment = case.later((yield from parts.received(case)), 60)
    yield moment, case.does(services.complete_step, by=lambda: case.officer)
    steps = [item.step for item in queries.open_items(case.dossier)]
    for step in steps:
        moment, reference = case.later(moment, 15), f"{case.n}/UBND"
        yield moment, case.does(services.ask_outside, by=lambda: case.officer, step=step, reference=reference)
    for step in steps:
        moment, answer = case.days_later(moment, 2), case.words["agency"]
        yield moment, case.does(services.note_outside_answer, by=lambda: case.officer, step=step, answer=answer)
    return (yield from parts.ended(case, moment))


def _charged(case: Case, moment: datetime, line: Line) -> Way:
    moment = case.later(moment, 5)
    yield moment, case.does(services.charge_dossier, lines=[line], by=lambda: case.intake)
    return moment


def paid(case: Case) -> Way:
    """The fee is paid at the counter or by transfer."""
    amount = (8_000, 15_000, 75_000)[case.n % 3]
    moment = yield from _charged(case, (yield from parts.received(case)), Line("fee", case.words["fee"], amount))
    moment, source = case.later(moment, 5), ("cash", "transfer")[case.n % 2]
    said = {"source": source, "amount": amount, "receipt_number": f"BL-{case.n:06d}", "op_id": case.key("paid")}
    yield moment, case.does(services.take_payment, by=lambda: case.intake, **said)
    return (yield from parts.ended(case, moment))


def exempt(case: Case) -> Way:
    """Nothing is to be paid, by a text."""
    line = Line("fee", case.words["fee"], 15_000, basis=case.words["exempt"], exempt=True)
    return (yield from parts.ended(case, (yield from _charged(case, (yield from parts.received(case)), line))))


def talked_with(case: Case) -> Way:
    """The applicant asks, the office answers."""
    moment = case.later((yield from parts.received(case)), 30)
    yield moment, case.does(services.write_message, text=case.words["ask"], op_id=case.key("asks"))
    moment, text = case.later(moment, 60), case.words["answer"]
    yield moment, case.does(services.answer_applicant, by=lambda: case.intake, text=text, op_id=case.key("told"))
    return (yield from parts.ended(case, moment))


def revoked(case: Case) -> Way:
    """The result turns out to be wrong."""
    moment = case.days_later((yield from straight.straight(case)), 3)
    yield moment, case.does(services.revoke_result, by=case.one("leader"), reason=case.words["revoked"])
    return moment


def forgotten(case: Case) -> Way:
    """The person's data is erased by law."""
    moment, source = case.days_later((yield from straight.straight(case)), 3), case.stage.script["erasure_source"]
    yield moment, case.does(services.erase_personal_data, by=case.one("administrator"), legal_source=source)
    return moment
