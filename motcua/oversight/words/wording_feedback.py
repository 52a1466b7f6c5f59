"""The words of feedback and petitions, as people and officers read them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.ui.marks import Mark

STATES: dict[str, Mark] = {
    "arrived": Mark(pgettext_lazy("feedback", "Arrived"), "arrow"),
    "in_hand": Mark(pgettext_lazy("feedback", "Being answered"), "half"),
    "asked_back": Mark(pgettext_lazy("feedback", "More is asked for"), "pause", "wait"),
    "answered": Mark(pgettext_lazy("feedback", "Answered"), "paper", "done"),
    "published": Mark(pgettext_lazy("feedback", "Answered and made public"), "check", "done"),
    "kept": Mark(pgettext_lazy("feedback", "Answered, to the person alone"), "check", "done"),
    "refused": Mark(pgettext_lazy("feedback", "Not accepted"), "square", "quiet"),
    "guided": Mark(pgettext_lazy("feedback", "Guided elsewhere"), "back", "quiet"),
}
# What the page of the person says happens next.
NEXT = {
    "arrived": _("An officer looks at it first and says whether it belongs here."),
    "in_hand": _("The office is preparing the answer."),
    "asked_back": _("Please say below what the office asks; until then the time stands still."),
    "answered": _("The answer is below. Its sense is made public, without your name."),
    "published": _("The answer is below. Everybody can read its sense, without your name."),
    "kept": _("The answer is below. It is for you alone."),
    "refused": _("It is not handled further here. Why, is below."),
    "guided": _("By law another way is open for it. Where and how, is below."),
}
TOPICS = {
    "rules": _("A rule or a procedure"),
    "conduct": _("How an officer behaves"),
    "other": _("Something else"),
}
KINDS = {
    "feedback": pgettext_lazy("kind", "Feedback"),
    "petition": pgettext_lazy("kind", "Petition"),
    "complaint": pgettext_lazy("kind", "Complaint"),
    "denunciation": pgettext_lazy("kind", "Denunciation"),
    "other_law": pgettext_lazy("kind", "Under another law"),
}
CHANNELS = {
    "online": pgettext_lazy("channel", "Online"),
    "counter": pgettext_lazy("channel", "At the counter"),
    "phone": pgettext_lazy("channel", "By telephone"),
    "letter": pgettext_lazy("channel", "By letter"),
}
REFUSALS = {
    "unclear": _("It cannot be understood what is meant"),
    "no_name": _("Name or address is missing"),
    "not_vietnamese": _("It is not in Vietnamese"),
    "not_about_it": _("It is not about rules, procedures or how officers behave"),
    "answered_before": _("The same was answered before"),
}
CLOCKS = {
    "check": _("Look at it and say whether it belongs here"),
    "forward": _("Ask for more, or pass it on to whoever is competent"),
    "settle": _("Answer"),
    "publish": _("Make the answer public"),
}
EVENTS = {
    "oversight.feedback_sent": _("Sent"),
    "oversight.feedback_accepted": _("It belongs here and is being answered"),
    "oversight.feedback_asked_back": _("More is asked for; the time stands still"),
    "oversight.feedback_clarified": _("What was asked for was said; the time goes on"),
    "oversight.feedback_not_clarified": _("Nothing more came; the time goes on"),
    "oversight.feedback_passed_on": _("Passed on to the office that is competent"),
    "oversight.feedback_refused": _("Not accepted"),
    "oversight.feedback_guided": _("Guided to where it belongs by law"),
    "oversight.feedback_answered": _("Answered"),
    "oversight.feedback_published": _("The answer is public, without a name"),
    "oversight.feedback_kept": _("The answer is for the person alone"),
    "oversight.feedback_judged": _("The person said whether the answer helps"),
    "oversight.feedback_escalated": _("Overdue: the office above looks after it"),
    "oversight.feedback_recounted": _("Counted again: the working days have changed"),
    "oversight.feedback_erased": _("Personal data erased by law"),
}
STEPS = {
    "feedback_check": _("Look at feedback first"),
    "feedback_answer": _("Answer feedback"),
    "feedback_clarify": _("Wait for what the person adds"),
    "feedback_publish": _("Make an answer public"),
    "feedback_oversee": _("See to overdue feedback"),
}
NOTES = {
    "asked": _("The office asks"),
    "clarified": _("Added by the person"),
    "passed_on": _("Passed on, because"),
    "refused": _("Not accepted, because"),
    "guided": _("Where it belongs"),
    "kept": _("Not made public, because"),
    "judged": _("What the person says of the answer"),
}
ANSWER = _("Answer")
# What an officer may begin with when something is another law's; the office's own address is added by the officer.
GUIDING = {
    "complaint": _(
        "What you write is a complaint against a decision or an act of an administrative body. It is settled by the "
        "Law on Complaints, by the head of the body that decided or acted: please send a signed complaint with the "
        "decision to that body. It says within 10 days whether it accepts the complaint."
    ),
    "denunciation": _(
        "What you write is a denunciation of a breach of the law. It is settled by the Law on Denunciations: please "
        "bring or send it to whoever leads the body concerned, or to the citizen reception."
    ),
    "other_law": _("What you write is settled by another law and another body:"),
}
