"""Why an act was not done, in words: which rule stands against it, and what can be done instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.words.labels import name_of
from motcua.kernel import ledger, workflow
from motcua.ui import marks, writing

REFUSALS = (
    workflow.Refused,
    policies.NotAllowed,
    services.LimitNeeded,
    services.NothingOpen,
    services.NoResult,
    ValueError,
)
# What the rule is that an act out of turn would break.
GROUNDS: Mapping[str, str | Promise] = {
    rules.RECEIVE: _("A dossier is received once, and the receipt counts (Circular 03/2025/TT-VPCP, Form 01)."),
    rules.REFUSE: _(
        "What has been received is no longer refused (Circular 03/2025/TT-VPCP, Form 03 is for before receipt): the "
        "office asks for what is missing (Form 02), stops it with its reason (Form 05) or hands it to the competent "
        "office."
    ),
    rules.ADVANCE: _("A step is done while the dossier is being settled, not before receipt and not after the result."),
    rules.SETTLE: _("A result is given to a received dossier while no papers and no fee are awaited."),
    rules.RETURN: _("Only an existing result is returned; a late one is returned all the same."),
    rules.ASK_SUPPLEMENT: _(
        "Papers are asked for before the result and not while others are awaited; everything missing at once "
        "(Decree 63/2010/NĐ-CP, Article 18; Circular 03/2025/TT-VPCP, Form 02)."
    ),
    rules.WITHDRAW: _("A dossier is withdrawn before its result exists."),
    rules.ASK_OPINION: _("An opinion is asked for until the result exists."),
    rules.TRANSFER: _(
        "A dossier is handed to another competent office before its result exists (Decree 118/2025/NĐ-CP, Article 14)."
    ),
    rules.CHANGE_EDITION: _(
        "The procedure is corrected before the result exists; after it the result is taken back first, with its reason."
    ),
    rules.STOP: _(
        "Only what has been received and has no result is stopped (Circular 03/2025/TT-VPCP, Form 05); before receipt "
        "it is refused with its reason (Form 03)."
    ),
}
# Words for what a service found against it; one for each code of services.refusal.
REASONS: Mapping[str, str | Promise] = {
    "papers_awaited": _(
        "Papers are still awaited from the applicant. Wait for them or take the request back first, so that nothing is "
        "sent to an office that no longer has the dossier."
    ),
    "already_there": _("This office has the dossier already. Choose another office."),
    "competence_open": _("It is not known yet which office is competent. Say that first, then go on."),
    "not_in_doubt": _("The competent office is known already. If it is another one, hand the dossier over."),
    "already_in_doubt": _("The dossier already lies with those whose competent office is being looked for."),
    "steps_side_by_side": _(
        "Several steps are open side by side. If another office is competent, hand the dossier over; otherwise do them "
        "first."
    ),
    "same_edition": _(
        "The dossier is already under this procedure in its newest version. Choose another procedure, or leave it."
    ),
    "not_in_force": _("The competent office does not offer this procedure today. Choose one from its list."),
    "no_such_step": _("The route of that procedure has no step from which the dossier could go on. Choose another."),
    "no_due_moment": _(
        "A new appointment is given while the time limit runs; now it does not: the dossier is not received, or papers "
        "are awaited and the time limit stands."
    ),
    "not_later": _("The new appointment must be later than the present one and lie ahead. Choose a later day."),
    "not_working_time": _("The office rests at that moment. Choose a working day and a time in office hours."),
    "past": _("The moment has passed already. Choose a later one."),
    "undecided_before": _("One proposal is still waiting for its decision. Decide on it first."),
    "nothing_to_undo": _(
        "Nothing can be taken back now. A receipt never can: its paper is in the applicant's hands and its time limit "
        "runs. Stop the dossier with its reason (Form 05) or hand it to the competent office."
    ),
    "applicants_act": _(
        "The applicant did this; the office cannot take it back. The applicant may send a new dossier at any time."
    ),
    "handed_elsewhere_since": _(
        "Since then the dossier was handed to another office or put under another procedure. Correct that first."
    ),
    "erased": _("The personal data was erased by law; the dossier cannot be taken up again. A new one is needed."),
    "asked_already": _("This office was asked and has not answered yet. Wait for its answer, or call it."),
    "own_office": _("The dossier lies with this office: do the step, or ask another office."),
    "paid_too_much": _("This is more than what is still to be paid. Enter at most the open amount."),
    "status_owned_there": _(
        "Another system says how far this dossier has come. Do the act there; it is read from there by itself."
    ),
    "restricted_already": _("The use of its data is restricted already. The page says since when and why."),
    "not_restricted": _("The use of its data is not restricted now."),
    "nothing_asked": _("No request for erasure waits for a decision. Note the person's request first."),
    "still_open": _("The dossier is not finished. Finish it first; until then the use of its data can be restricted."),
    "kept_by_law": _(
        "The law still keeps this dossier: its time is not over. Instead of erasing, restrict the use of its data."
    ),
    "another_offices": _("The dossier belongs to another office. Take only those of your own."),
    "archived_already": _("The dossier was handed to the archive already. Its history names the list."),
    "decided_already": _("Somebody else has decided on it meanwhile. The page shows what."),
    "not_received": _("The dossier is not received yet. Receive it first, or refuse it with its reason."),
}


# Why a message is not taken; the applicant reads the same.
MESSAGES: Mapping[str, str | Promise] = {
    "blank": _("The message is empty. Write it, then send it."),
    "too_long": _("The message is longer than 2,000 characters. Make it shorter, or come to the service centre."),
    "too_many": _("Many messages about this dossier were sent just now. Wait an hour, or call the service centre."),
    "finished": _("The dossier is finished; messages about it are no longer taken here. Call the service centre."),
}


def why_not(refused: Exception, dossier: Dossier, labels: Mapping[str, str | Promise]) -> str:
    """Why the act was not done, and what to do instead; `labels` name the acts that the page knows."""
    return " ".join(str(part) for part in [gettext("This was not done."), *_why(refused, dossier, labels)])


def _why(refused: Exception, dossier: Dossier, labels: Mapping[str, str | Promise]) -> Iterable[str | Promise]:
    if isinstance(refused, policies.NotAllowed):
        words = gettext("None of your posts allows it for %(office)s. Ask a colleague there to do it.")
        return [words % {"office": refused.office.name}]
    if isinstance(refused, workflow.Refused):
        return [*_out_of_turn(refused, labels), *_latest(dossier)]
    if isinstance(refused, services.NothingOpen):
        return [gettext("This step is no longer open: somebody was faster."), *_latest(dossier)]
    if isinstance(refused, services.NotPossible):
        return [REASONS[refused.code]]
    if isinstance(refused, ledger.BeforeLastEvent):
        words = gettext(
            "It would be dated %(at)s, before what was last recorded of this dossier (%(last)s). If the clock of the "
            "machine is wrong, call whoever looks after it."
        )
        return [words % {"at": writing.moment(refused.at), "last": writing.moment(refused.last)}]
    return [_plainly(refused)]


def _plainly(refused: Exception) -> str | Promise:
    if isinstance(refused, services.SupplementUnfit):
        return gettext("The request is not complete: %(places)s.") % {"places": str(refused)}
    if isinstance(refused, services.AlreadyAsked):
        return REASONS["undecided_before"]
    if isinstance(refused, services.NoMessageTaken):
        return MESSAGES[refused.code]
    if isinstance(refused, services.LimitNeeded):
        return gettext("The time limit must be named, with its legal source (Decree 63/2010/NĐ-CP, Article 8).")
    if isinstance(refused, services.NoResult):
        return gettext("There is no result that holds now. The page shows what can be done.")
    return gettext("Something that was typed is incomplete. Check it and try again.")


def _latest(dossier: Dossier) -> Iterable[str]:
    """What happened last: whoever was second sees what the first one did."""
    event = queries.last_event(dossier)
    if event is not None:
        words = gettext("Last recorded: %(what)s, %(at)s, %(who)s.")
        who = event.actor.full_name if event.actor else gettext("the applicant")
        yield words % {"what": name_of(event), "at": writing.moment(event.at), "who": who}


def _out_of_turn(refused: workflow.Refused, labels: Mapping[str, str | Promise]) -> Iterable[str | Promise]:
    mark = marks.mark_of(marks.STATUSES, refused.state)
    status = str(mark.word) if mark else refused.state
    yield gettext("The dossier's status is “%(status)s”.") % {"status": status}
    if refused.act in GROUNDS:
        yield GROUNDS[refused.act]
    possible = [f"“{labels[act]}”" for act in refused.allowed if act in labels]
    if possible:
        yield gettext("Possible from here: %(acts)s.") % {"acts": ", ".join(possible)}
    else:
        yield gettext("Nothing more is done with it.")
