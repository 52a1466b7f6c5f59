"""What a citizen reads of a dossier: its history from recorded events only, its status, what comes next.

Used by the status page, by the API and by messages. No personal value is in any of these words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import queries, rules
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.kernel.ledger import Event
from motcua.ui import marks, writing

# Only what concerns the applicant: who took a step upon himself and what colleagues remark stays at the desk.
SENTENCES: dict[str, str | Promise] = {
    "dossiers.filed": _("The dossier was sent and has its number."),
    "dossiers.received": _("The office checked the dossier and received it. The time limit counts from now on."),
    "dossiers.refused": _("The office did not accept the dossier. The page where you look it up gives the reason."),
    "dossiers.step_completed": _("One step is done; the dossier was handed on to the next."),
    "dossiers.settled": _("The result is ready."),
    "dossiers.returned": _("The result was handed over."),
    "dossiers.stopped": _("The office stopped settling the dossier. The page where you look it up gives the reason."),
    "dossiers.withdrawn": _("The dossier was withdrawn at the applicant's request."),
    "dossiers.transferred": _(
        "Another office is competent; the dossier was handed to it. Number and day of receipt stay, nothing has to be "
        "sent again."
    ),
    "dossiers.supplement_requested": _(
        "The office asks you to mend answers or papers. The page where you look up the dossier says what, why and how. "
        "Until then the time limit stands still."
    ),
    "dossiers.supplement_filed": _("What the office had asked for was sent. The time limit counts again."),
    "dossiers.supplement_cancelled": _(
        "The office no longer needs what it had asked for. The time limit counts again; nothing is needed from you."
    ),
    "dossiers.withdrawal_asked": _("The applicant asked to have the dossier back. An officer confirms it."),
    "dossiers.withdrawal_taken_back": _("The applicant wants the dossier to be settled after all. It goes on."),
    "dossiers.due_recounted": _(
        "The working days of the office changed, so the return date was counted again. It is now %(due)s."
    ),
    "dossiers.entered_later": _(
        "It was received on paper while the system was down, with the number and at the moment on the slip, and was "
        "entered now."
    ),
    "dossiers.claim_code_reissued": _(
        "A new claim code was given after an identity check. The old one no longer works."
    ),
    "dossiers.processing_restricted": _(
        "The use of the personal data in this dossier is restricted: it serves this dossier only."
    ),
    "dossiers.processing_released": _("The restriction of the personal data was lifted."),
    "dossiers.personal_data_exported": _("What the office keeps of you was handed to you."),
    "dossiers.erasure_asked": _("You asked to have the personal data erased. The office answers."),
    "dossiers.personal_data_erased": _("Personal data was erased as the law demands. Number and dates remain."),
}
# What depends on something that the event says: on which key, and the words for its values; others are not told.
CASES: dict[str, tuple[str, dict[Any, str | Promise]]] = {
    "dossiers.act_undone": (
        "undone_type",
        {
            "dossiers.refused": _(
                "The refusal was a mistake and was taken back. The office looks at the dossier again."
            ),
            "dossiers.supplement_requested": _(
                "The request for more papers was taken back: nothing is needed from you now. The time limit runs again."
            ),
            "dossiers.settled": _("The result was taken back, with a reason, and is being worked on again."),
            "dossiers.returned": _("The note that the result was handed over was a mistake and was taken back."),
            "dossiers.withdrawn": _("The note of a withdrawal was a mistake and was taken back. The dossier goes on."),
            "dossiers.stopped": _("The stopping was taken back. The office goes on settling the dossier."),
            "dossiers.step_completed": _("A step was taken up again."),
        },
    ),
    "dossiers.edition_changed": (
        "reason_code",
        {
            "wrong_procedure": _(
                "The office had entered the dossier under another procedure and has corrected that. Number and day of "
                "receipt stay; the return date was counted again."
            ),
            "new_version": _(
                "The office moved the dossier to the version of the procedure now in force. Number and day of receipt "
                "stay; the return date was counted again."
            ),
            "other": _(
                "The office corrected under which procedure the dossier is kept. Number and day of receipt stay; the "
                "return date was counted again."
            ),
        },
    ),
    "dossiers.erasure_decided": (
        "accepted",
        {
            True: _("The office agreed to erase the personal data."),
            False: _("The office could not erase the personal data. Ask the service centre for the reason."),
        },
    ),
    "dossiers.message_left": (
        "by_applicant",
        {
            True: _("The applicant wrote to the office."),
            False: _("The office wrote to you. Open the dossier to read it."),
        },
    ),
    "dossiers.extension_decided": (
        "accepted",
        {
            True: _(
                "We apologise: the office needs more time. The new return date is %(due)s. The page where you look it "
                "up gives the reason."
            )
        },
    ),
}
NEXT: dict[str, str | Promise] = {
    "submitted": _("An officer looks at the dossier and either receives it or tells you what is missing."),
    "received": _("The office settles the dossier. Nothing is needed from you now."),
    "processing": _("The office settles the dossier. Nothing is needed from you now."),
    "supplement_requested": _(
        "The office waits for what it asked you to mend. When it has come, the dossier goes on by itself."
    ),
    "payment_requested": _("The office waits for the fee."),
    "result_ready": _("Come to the service centre with your citizen card and the number to take the result."),
    "returned": _("Nothing more is to be done."),
    "refused": _(
        "Read the reason, mend what is missing, and send a new dossier. Sending again is possible at any time."
    ),
    "withdrawn": _("Nothing more is to be done."),
    "stopped": _("Ask the service centre if there is anything you do not understand."),
}


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One recorded event as the applicant reads it."""

    at: datetime
    type: str
    text: str
    office: str


@dataclass(frozen=True, slots=True)
class Status:
    """Where a dossier stands."""

    code: str
    word: str
    # The National Portal's number of this status.
    portal: int
    standing: str
    due_at: datetime | None
    due_why: str
    next: str


def sentence_of(event: Event) -> str:
    """What the applicant reads about this event, in the language that is active; empty when it is no concern of his."""
    key, cases = CASES.get(event.type, ("", {}))
    words = cases.get(event.payload.get(key)) if key else SENTENCES.get(event.type)
    due = event.payload.get("due_at")
    return str(words or "") % {"due": writing.moment(datetime.fromisoformat(due)) if due else ""}


def history_items(dossier: Dossier) -> list[HistoryItem]:
    """The history, oldest first, in the language that is active."""
    told = [(event, sentence_of(event)) for event in queries.history_of(dossier)]
    return [
        HistoryItem(event.at, event.type, words, event.office.name if event.office else "")
        for event, words in told
        if words
    ]


def status_of(dossier: Dossier, now: datetime) -> Status:
    """Status, due moment and its explanation, in the language that is active."""
    mark = marks.mark_of(marks.STATUSES, dossier.state)
    ended = dossier.state in rules.FINISHED and dossier.settled_at is None
    due = queries.due_of(dossier) if dossier.received_at and not ended else None
    return Status(
        code=dossier.state,
        word=str(mark.word) if mark else dossier.state,
        portal=rules.PORTAL_STATUS[dossier.state],
        standing=str(queries.standing_of(dossier, now) or ""),
        due_at=due.at if due else None,
        due_why=clock.explain(due.why, get_language() or "vi") if due else _why_no_date(dossier),
        next=next_words(dossier),
    )


def _why_no_date(dossier: Dossier) -> str:
    """What is said in place of a date before one can be given."""
    waits = dossier.state == rules.MACHINE.next(rules.NEW, rules.FILE)
    return str(_("The day of the result is set when the dossier is received.")) if waits else ""


def next_words(dossier: Dossier) -> str:
    """What happens next."""
    return str(NEXT[dossier.state])


def masked_name(name: str) -> str:
    """The last word of a name, the rest as stars: one knows one's own, a stranger learns little."""
    words = name.split()
    return " ".join([*("***" for _word in words[:-1]), *words[-1:]])
