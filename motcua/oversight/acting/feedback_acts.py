"""The acts on feedback from its page: words, key, form, and which service does it.

Says in words why an act was refused. Decides nothing: services and policies do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.kernel import workflow
from motcua.kernel.identity import Person
from motcua.oversight import queries, services
from motcua.oversight.acting.act import Act
from motcua.oversight.forms import feedback as asked
from motcua.oversight.forms.attached import kept
from motcua.oversight.forms.erasing import EraseForm
from motcua.oversight.models import Feedback
from motcua.oversight.policies import feedback as policies
from motcua.oversight.rules import feedback as rules
from motcua.oversight.rules.difficulties import ERASE, masked
from motcua.oversight.words import wording_feedback as wording

REFUSALS = (workflow.Refused, policies.NotAllowed, ValueError)
Do = Callable[[Feedback, Person, datetime, Any], Any]


def _service(verb: Callable[..., Any]) -> Do:
    return lambda feedback, by, at, form: verb(feedback=feedback, by=by, at=at, **form.cleaned_data)


def _answer(feedback: Feedback, by: Person, at: datetime, form: Any) -> Any:
    given = dict(form.cleaned_data)
    return services.answer_feedback(feedback=feedback, by=by, at=at, files=kept(given.pop("file")), **given)


def _erase(feedback: Feedback, by: Person, at: datetime, form: Any) -> Any:
    return services.erase_feedback(feedback=feedback, by=by, at=at, legal_source=form.cleaned_data["legal_source"])


ACTS: Mapping[str, Act[Feedback]] = {
    rules.ACCEPT: Act(
        _("It belongs here"), "F9", asked.AcceptForm, _service(services.accept_feedback), _("It is being answered now.")
    ),
    rules.ANSWER: Act(_("Answer"), "F9", asked.AnswerForm, _answer, _("The answer stands; the person can read it.")),
    rules.PUBLISH: Act(
        _("Make it public"),
        "F9",
        asked.PublishForm,
        _service(services.publish_feedback),
        _("Everybody can read it."),
    ),
    rules.ASK: Act(
        _("Ask the person"),
        "Alt+H",
        asked.AskForm,
        _service(services.ask_for_more),
        _("The question is sent; the time to answer stands still."),
        "secondary",
    ),
    rules.PASS_ON: Act(
        _("Pass on to the competent office"),
        "Alt+K",
        asked.PassOnForm,
        _service(services.pass_feedback_on),
        _("It is with the other office now."),
        "secondary",
    ),
    rules.GUIDE: Act(
        _("Not feedback by law"),
        "Alt+L",
        asked.GuideForm,
        _service(services.guide_elsewhere),
        _("The person reads now where it belongs."),
        "secondary",
    ),
    rules.REFUSE: Act(
        _("Do not accept"),
        "",
        asked.RefuseForm,
        _service(services.refuse_feedback),
        _("The person reads now why it is not accepted."),
        "secondary",
    ),
    rules.KEEP: Act(
        _("For the person alone"),
        "",
        asked.KeepForm,
        _service(services.keep_feedback),
        _("It is not made public."),
        "secondary",
    ),
    ERASE: Act(_("Erase personal data"), "", EraseForm, _erase, _("The personal data is erased."), "secondary"),
}


def form_for(feedback: Feedback, name: str, day: date, *given: Any) -> forms.Form:
    """The form of this act, as it is asked that day."""
    initial = _initial(feedback, name)
    if name == rules.ACCEPT:
        inside = queries.offices_inside(feedback, day)
        return asked.AcceptForm(*given, offices=inside, initial=initial | {"to": inside.first()})
    if name == rules.PASS_ON:
        return asked.PassOnForm(*given, offices=queries.offices_to_pass_to(feedback, day))
    make: Callable[..., forms.Form] = ACTS[name].form
    return make(*given, initial=initial)


def _initial(feedback: Feedback, name: str) -> dict[str, Any]:
    """What an act begins with: what is known already."""
    if name == rules.ACCEPT:
        return {"kind": rules.KINDS[0], "topic": feedback.topic}
    if name == rules.GUIDE:
        return {"kind": rules.ELSEWHERE[0], "text": wording.GUIDING[rules.ELSEWHERE[0]]}
    if name == rules.PUBLISH:
        return {"question": masked(feedback.text)[:2000], "answer": masked(feedback.answer.text)}
    return {}


def why_not(refused: Exception) -> str:
    """Why the act was not done, and what to do about it."""
    if isinstance(refused, policies.NotAllowed):
        words = gettext(
            "This was not done: none of your posts allows it for %(office)s. Ask a colleague there to do it."
        )
        return words % {"office": refused.office.name}
    if isinstance(refused, workflow.Refused):
        state = wording.STATES[refused.state].word if refused.state in wording.STATES else refused.state
        words = gettext("This was not done: it stands at “%(state)s” now. The page shows what can be done.")
        return words % {"state": state}
    if isinstance(refused, services.NamesSomebody):
        return gettext("This was not done: what everybody would read names the person. Take the name out.")
    return gettext("This was not done: something that was typed is incomplete. Check it and try again.")
