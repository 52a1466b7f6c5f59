"""The words for states, kinds and events of this room, as people read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from motcua.ui.marks import Mark

STATES: dict[str, Mark] = {
    "at_commune": Mark(pgettext_lazy("difficulty", "With the commune's leader"), "tray", "wait"),
    "raised": Mark(pgettext_lazy("difficulty", "Sent"), "arrow"),
    "in_hand": Mark(pgettext_lazy("difficulty", "In hand"), "half"),
    "asked_back": Mark(pgettext_lazy("difficulty", "To be clarified"), "pause", "wait"),
    "answered": Mark(pgettext_lazy("difficulty", "Answered"), "paper", "done"),
    "closed": Mark(pgettext_lazy("difficulty", "Resolved"), "check", "done"),
    "merged": Mark(pgettext_lazy("difficulty", "Joined"), "square", "quiet"),
    "withdrawn": Mark(pgettext_lazy("difficulty", "Withdrawn"), "back", "quiet"),
}
TOPICS = {
    "procedure": _("How a procedure is to be carried out"),
    "system": _("The software does not work"),
    "payment": _("Fees and payment"),
    "facilities": _("Offices, equipment, vehicles"),
    "people": _("People and organisation"),
    "other": _("Something else"),
}
EVENTS = {
    "oversight.difficulty_raised": _("Raised"),
    "oversight.difficulty_sent_up": _("Sent to the department"),
    "oversight.difficulty_taken": _("Taken in hand"),
    "oversight.difficulty_asked_back": _("Asked back; the time stands still"),
    "oversight.difficulty_clarified": _("Clarified; the time goes on"),
    "oversight.difficulty_passed_on": _("Passed on to another office"),
    "oversight.difficulty_joined": _("Joined with another"),
    "oversight.voice_added": _("Somebody else meets it too"),
    "oversight.difficulty_answered": _("Answered"),
    "oversight.difficulty_confirmed": _("The answer helped"),
    "oversight.difficulty_reopened": _("The answer did not help"),
    "oversight.difficulty_withdrawn": _("Withdrawn"),
    "oversight.difficulty_erased": _("Personal data erased by law"),
    "oversight.difficulty_escalated": _("Overdue: the office above looks after it"),
}
STEPS = {
    "consider": _("Look at a difficulty first"),
    "acknowledge": _("Acknowledge a difficulty"),
    "answer": _("Answer a difficulty"),
    "clarify": _("Clarify a difficulty"),
    "confirm": _("Read the answer, say whether it helps"),
    "oversee": _("See to an overdue difficulty"),
}
# What a step is called where no version says it.
STEPS_OF_ROUTE = {
    "receive": pgettext_lazy("step", "Receiving"),
    "process": pgettext_lazy("step", "Processing"),
    "sign": pgettext_lazy("step", "Signing"),
    "return": pgettext_lazy("step", "Handing over"),
}
# Each step that has a time of its own, and in what it is counted.
LIMITS = {
    "difficulty.consider": _("The commune's leader looks at it"),
    "difficulty.acknowledge": _("It is acknowledged"),
    "difficulty.answer": _("It is answered"),
    "difficulty.clarify": _("Whoever raised it clarifies"),
    "difficulty.confirm": _("Whoever raised it says whether the answer helps"),
    "difficulty.escalate": _("After its time it goes to the office above"),
    "report.read": _("A situation report is read"),
    "directive.take_on": _("A directive is taken on"),
    "directive.decide_change": _("Another due moment is granted or not"),
    "directive.judge_report": _("A report on a directive is accepted or returned"),
    "directive.escalate": _("A directive after its time goes to the office above"),
}
UNITS = {
    "working_hour": pgettext_lazy("counted in", "working hours"),
    "working_day": pgettext_lazy("counted in", "working days"),
    "day": pgettext_lazy("counted in", "days"),
    "month": pgettext_lazy("counted in", "months"),
}
ROUTE_SCOPES = {
    "topic": _("Kind of trouble"),
    "procedure": _("Procedure"),
    "sector": _("Field of procedures"),
    "all": _("The rest"),
}


def duration(value: int, unit: str) -> str:
    """A number with what it counts."""
    return f"{value} {UNITS[unit]}"


ANSWER = _("Answer")
NOTES = {
    "asked": _("Asked back"),
    "clarified": _("Clarified"),
    "passed_on": _("Passed on, because"),
    "reopened": _("The answer did not help, because"),
    "joined": _("Joined, because"),
}
WORTHS: dict[str, Mark] = {
    "exchange": Mark(pgettext_lazy("guidance", "Professional exchange"), "info"),
    "guidance": Mark(pgettext_lazy("guidance", "Guidance by a document"), "check", "done"),
    "outdated": Mark(pgettext_lazy("guidance", "Its document no longer holds"), "alert", "wait"),
    "withdrawn": Mark(pgettext_lazy("guidance", "No longer holds"), "square", "quiet"),
}
NEWS = {"new": _("New"), "changed": _("It was changed"), "ended": _("No longer holds")}
DOCUMENT_KINDS = {
    "official_letter": _("Official letter"),
    "guidance": _("Guiding text"),
    "decision": _("Decision"),
    "plan": _("Plan"),
    "notice": _("Notice"),
    "regulation": _("Regulation"),
    "other": _("Another kind"),
}
EVENTS |= {
    "oversight.guidance_published": _("Published"),
    "oversight.guidance_replaced": _("Replaced by another edition"),
    "oversight.guidance_rested": _("A document stands behind it"),
    "oversight.guidance_withdrawn": _("Withdrawn"),
    "oversight.document_registered": _("Registered"),
    "oversight.document_linked": _("Linked with another document"),
    "oversight.document_read": _("Read and understood"),
}
DIRECTIVE_STATES: dict[str, Mark] = {
    "given": Mark(pgettext_lazy("directive", "Given"), "arrow"),
    "taken_on": Mark(pgettext_lazy("directive", "In hand"), "half"),
    "change_asked": Mark(pgettext_lazy("directive", "Another day is asked for"), "pause", "wait"),
    "reported": Mark(pgettext_lazy("directive", "Reported"), "paper"),
    "sent_back": Mark(pgettext_lazy("directive", "Something is missing"), "back", "wait"),
    "resting": Mark(pgettext_lazy("directive", "Until the next report"), "clock", "quiet"),
    "done": Mark(pgettext_lazy("directive", "Done"), "check", "done"),
    "withdrawn": Mark(pgettext_lazy("directive", "Taken back"), "square", "quiet"),
}
OUTCOMES: dict[str, Mark] = {
    "open": Mark(pgettext_lazy("outcome", "Not done, in time"), "clock"),
    "open_late": Mark(pgettext_lazy("outcome", "Not done, late"), "alert", "stop"),
    "done": Mark(pgettext_lazy("outcome", "Done in time"), "check", "done"),
    "done_late": Mark(pgettext_lazy("outcome", "Done late"), "check", "wait"),
    "withdrawn": Mark(pgettext_lazy("outcome", "Taken back"), "square", "quiet"),
}
TURNS = {
    "change_asked": _("Another day is asked for, because"),
    "allowed": _("The new day is allowed"),
    "refused": _("The day stays, because"),
    "report": _("Report"),
    "sent_back": _("Sent back: what is missing"),
    "approved": _("The report is enough"),
    "withdrawn": _("Taken back, because"),
    "ended": _("No more reports, because"),
}
STEPS |= {
    "take_on": _("Take on a directive"),
    "carry_out": _("Carry out a directive, report"),
    "decide_change": _("Decide on another day"),
    "judge_report": _("Judge a report"),
    "oversee_directive": _("See to an overdue directive"),
}
EVENTS |= {
    "oversight.conclusion_drafted": _("Drafted"),
    "oversight.conclusion_revised": _("The draft was changed"),
    "oversight.conclusion_issued": _("Issued"),
    "oversight.task_given": _("A paragraph became directives"),
    "oversight.directive_given": _("Given"),
    "oversight.directive_taken_on": _("Taken on"),
    "oversight.directive_change_asked": _("Another day asked for"),
    "oversight.directive_change_decided": _("Decided on another day"),
    "oversight.directive_reported": _("Reported; the time stands still"),
    "oversight.directive_sent_back": _("Sent back; the time goes on"),
    "oversight.directive_approved": _("The report is enough"),
    "oversight.directive_period_begun": _("The next report is due"),
    "oversight.directive_ended": _("No more reports are needed"),
    "oversight.directive_withdrawn": _("Taken back"),
    "oversight.directive_escalated": _("Overdue: whoever gave it looks after it"),
}

VISIT_STATES: dict[str, Mark] = {
    "planned": Mark(pgettext_lazy("visit", "Planned"), "clock"),
    "held": Mark(pgettext_lazy("visit", "Held"), "check", "done"),
    "cancelled": Mark(pgettext_lazy("visit", "Cancelled"), "cross", "quiet"),
}
CHECKS = {
    "facilities": _("Facilities: hall, waiting places, ways in for everybody"),
    "offices": _("Offices and the archive"),
    "vehicles": _("Vehicles"),
    "equipment": _("Equipment: computers, scanners, network"),
    "people": _("People: enough, trained, in their places"),
    "posted": _("Procedures posted on the wall"),
    "online": _("Share of dossiers filed online"),
    "payment": _("Share of fees paid online"),
    "difficulties": _("Difficulties that were raised"),
}
MARKS: dict[str, Mark] = {
    "good": Mark(pgettext_lazy("seen", "Good"), "check", "done"),
    "enough": Mark(pgettext_lazy("seen", "Enough"), "half"),
    "lacking": Mark(pgettext_lazy("seen", "Lacking"), "alert", "wait"),
}
FINDINGS = {
    "praise": _("Praise: what is done well"),
    "fault": _("What is not right yet"),
    "difficulty": _("A difficulty that the commune raised"),
    "request": _("What is asked for"),
}
EVENTS |= {
    "oversight.visit_planned": _("The visit was planned"),
    "oversight.visit_changed": _("The plan was changed"),
    "oversight.visit_cancelled": _("Cancelled"),
    "oversight.visit_checked": _("Something was looked at"),
    "oversight.finding_noted": _("Something was found"),
    "oversight.visit_held": _("Held, minutes kept"),
    "oversight.visit_concluded": _("A conclusion was drafted"),
}


def period(every: int | None, unit: str) -> str:
    """How often a regular directive is reported on; empty for what is done once."""
    if every is None:
        return ""
    if unit == "week":
        return ngettext("every week", "every %(n)s weeks", every) % {"n": every}
    return ngettext("every month", "every %(n)s months", every) % {"n": every}


STEPS |= {"read_report": _("Read a commune's situation report")}
EVENTS |= {
    "oversight.report_drafted": _("Drafted from live data"),
    "oversight.report_written": _("The draft was changed"),
    "oversight.report_sent": _("Sent to the office above"),
    "oversight.report_acknowledged": _("Read and acknowledged"),
    "oversight.report_dropped": _("Given up"),
}
REPORT_STATES: dict[str, Mark] = {
    "draft": Mark(pgettext_lazy("report", "Draft"), "pencil", "quiet"),
    "sent": Mark(pgettext_lazy("report", "Sent, not read yet"), "arrow", "wait"),
    "acknowledged": Mark(pgettext_lazy("report", "Read"), "check", "done"),
}
