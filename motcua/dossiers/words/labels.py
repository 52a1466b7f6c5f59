"""What each recorded event and each piece of work beside the route is called at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import rules
from motcua.dossiers.rules import accesses
from motcua.kernel.ledger import Event

EVENTS: Mapping[str, str | Promise] = {
    "dossiers.filed": _("Filed"),
    "dossiers.received": _("Received"),
    "dossiers.refused": _("Not received"),
    "dossiers.step_completed": _("Step done, handed over"),
    "dossiers.work_taken": _("Work taken"),
    "dossiers.settled": _("Settled"),
    "dossiers.returned": _("Result returned"),
    "dossiers.claim_code_reissued": _("Claim code replaced"),
    "dossiers.reuse_agreed": _("The person agreed that its answers are used for a new request"),
    "dossiers.data_reused": _("Answers of earlier dossiers put in, with the person's yes"),
    "dossiers.draft_code_asked": _("Code of a draft asked for"),
    "dossiers.remark_left": _("Remark left"),
    "dossiers.personal_data_erased": _("Personal data erased by law"),
    "dossiers.supplement_proposed": _("A further supplement request proposed"),
    "dossiers.supplement_decided": _("Decided on a further supplement request"),
    "dossiers.supplement_requested": _("More papers asked for"),
    "dossiers.supplement_filed": _("The papers asked for have come"),
    "dossiers.supplement_cancelled": _("The papers asked for are no longer needed"),
    "dossiers.extension_proposed": _("Apology and a new appointment proposed"),
    "dossiers.extension_decided": _("Decided on the new appointment"),
    "dossiers.due_recounted": _("Calendar changed, appointment counted again"),
    "dossiers.stopped": _("Settlement stopped"),
    "dossiers.withdrawal_asked": _("The applicant asks to have it back"),
    "dossiers.withdrawal_taken_back": _("The applicant leaves it here after all"),
    "dossiers.withdrawn": _("Withdrawn by the applicant"),
    "dossiers.transferred": _("Handed to another competent office"),
    "dossiers.competence_doubted": _("Competent office not clear"),
    "dossiers.competence_settled": _("Competent office known"),
    "dossiers.edition_changed": _("Procedure or version corrected"),
    "dossiers.act_undone": _("The act before was taken back"),
    "dossiers.opinion_asked": _("Another office asked for its opinion"),
    "dossiers.opinion_given": _("Opinion given"),
    "dossiers.message_left": _("A message about the dossier"),
    "dossiers.work_escalated": _("Reported to the leader"),
    "dossiers.papers_placed": _("Place of the papers noted"),
    "dossiers.result_revoked": _("Result revoked"),
    "dossiers.result_signature_asked": _("Digital signature asked for"),
    "dossiers.result_signature_added": _("Result signed digitally"),
    "dossiers.form_issued": _("Official form issued"),
    "dossiers.message_undelivered": _("A message did not arrive"),
    "dossiers.message_sent_again": _("Message tried again"),
    "dossiers.applicant_told": _("Applicant told in another way"),
    "dossiers.rated": _("The applicant said how satisfied he is"),
    "dossiers.rating_heard": _("What displeased the applicant was heard"),
    "payments.charged": _("Fee or exemption set"),
    "payments.recorded": _("Payment noted"),
    "payments.voided": _("Payment taken back as a mistake"),
    "dossiers.result_numbered": _("Result numbered"),
    "dossiers.outside_asked": _("Agency outside asked"),
    "dossiers.outside_answered": _("Agency outside answered"),
    "dossiers.came_from_outside": _("Came from another system"),
    "dossiers.carried_over": _("Carried over from the earlier system"),
    "dossiers.entered_later": _("Received on a blank slip during an outage, entered now"),
    "dossiers.slips_reserved": _("Numbers reserved for blank slips"),
    "dossiers.slips_printed": _("Blank slips printed"),
    "dossiers.last_slip_said": _("Last slip given out noted"),
    "dossiers.slip_asked_about": _("A citizen asked about a slip that is not entered"),
    "dossiers.slip_voided": _("Slip voided"),
    "dossiers.slip_restored": _("Void slip turned up"),
    "dossiers.outside_paper_kept": _("Paper fetched from the other system"),
    "dossiers.status_read": _("Status read from the other system"),
    "dossiers.exchange_failed": _("The exchange with the other system failed"),
    "dossiers.exchange_tried_again": _("The exchange is tried again"),
    "dossiers.exchange_done_by_hand": _("Seen to in the other system by hand"),
    "dossiers.processing_restricted": _("Use of the personal data restricted"),
    "dossiers.processing_released": _("Restriction lifted"),
    "dossiers.erasure_asked": _("Erasure of the personal data asked for"),
    "dossiers.erasure_decided": _("Decided on the erasure"),
    "dossiers.pack_taken": _("Taken out whole for an inspection"),
    "dossiers.personal_data_exported": _("Data handed to the person"),
    "dossiers.archived": _("Handed to the archive"),
    "dossiers.disposal_proposed": _("The time for which it is kept is over"),
    "dossiers.disposal_decided": _("Decided on destroying"),
}
# Where the name depends on what was said: on which key, and the names for its values.
_CASES: Mapping[str, tuple[str, Mapping[Any, str | Promise]]] = {
    "dossiers.extension_decided": (
        "accepted",
        {True: _("New appointment agreed to"), False: _("New appointment not agreed to")},
    ),
    "dossiers.erasure_decided": ("accepted", {True: _("Erasure agreed to"), False: _("Erasure not agreed to")}),
    "dossiers.disposal_decided": (
        "decision",
        {"destroy": _("Destroying decided"), "keep": _("Decided to keep it on")},
    ),
    "dossiers.supplement_decided": (
        "accepted",
        {True: _("Further supplement request agreed to"), False: _("Further supplement request not agreed to")},
    ),
}


def name_of(event: Event) -> str | Promise:
    """What this event is called."""
    key, names = _CASES.get(event.type, ("", {}))
    return names.get(event.payload.get(key)) or EVENTS.get(event.type, event.type)


# Work beside the route, which no route names.
BESIDE: Mapping[str, str | Promise] = {
    rules.NUMBER: _("Number the result"),
    rules.TELL: _("Tell the applicant: a message did not arrive"),
    rules.AWAIT_SUPPLEMENT: _("Wait for what the applicant was asked for"),
    rules.DETERMINE: _("Find out who is competent"),
    rules.ADVISE: _("Give an opinion"),
    rules.ANSWER: _("Answer a message"),
    rules.DECIDE: _("Decide on a proposal"),
    rules.OVERSEE: _("See to work that is late"),
    rules.CONFIRM_WITHDRAWAL: _("Confirm a withdrawal"),
    rules.EXCHANGE: _("See to it in the other system"),
    rules.HEAR: _("Hear what displeased the applicant"),
    rules.FOLLOW: _("Settled in another system: follow it there"),
    rules.MATCH: _("Match what another system sent"),
    rules.ENTER_SLIPS: _("Enter blank slips, and say which was the last"),
}

# What was looked at, and what for.
LOOKS: Mapping[str, str | Promise] = {
    accesses.PAGE: _("The page"),
    accesses.PAPER: _("A paper or file"),
    accesses.PRINT: _("A printed form"),
    accesses.EXPORT: _("Data handed to the person"),
    accesses.PACK: _("Everything, for an inspection"),
}
PURPOSES: Mapping[str, str | Promise] = {
    accesses.WORK: _("To work on it"),
    accesses.OVERSIGHT: _("To oversee how it is settled"),
    accesses.COMPLAINT: _("To answer a complaint or petition"),
    accesses.INSPECTION: _("For an inspection"),
    accesses.REQUEST: _("At the person's own request"),
    accesses.OTHER: _("For another reason"),
}
