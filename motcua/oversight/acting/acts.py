"""The acts on a difficulty from its page: words, key, form, and which service does it.

Says in words why an act was refused. Decides nothing: services and policies do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.kernel import identity, workflow
from motcua.kernel.identity import Person
from motcua.oversight import policies, queries, services
from motcua.oversight.acting.act import Act
from motcua.oversight.forms import difficulties as asked
from motcua.oversight.forms.attached import kept
from motcua.oversight.forms.erasing import EraseForm
from motcua.oversight.models import Difficulty
from motcua.oversight.rules import difficulties as rules
from motcua.oversight.words import wording

GIVE = "give"
REFUSALS = (workflow.Refused, policies.NotAllowed, ValueError, Difficulty.DoesNotExist)
Do = Callable[[Difficulty, Person, datetime, Any], Any]


def _service(verb: Callable[..., Any]) -> Do:
    """An act that gives its service what was typed."""
    return lambda difficulty, by, at, form: verb(difficulty=difficulty, by=by, at=at, **form.cleaned_data)


def _with_file(verb: Callable[..., Any]) -> Do:
    """An act that gives its service the words and the file."""

    def do(difficulty: Difficulty, by: Person, at: datetime, form: Any) -> Any:
        given = dict(form.cleaned_data)
        return verb(difficulty=difficulty, by=by, at=at, files=kept(given.pop("file")), **given)

    return do


def _give(difficulty: Difficulty, by: Person, at: datetime, form: Any) -> Any:
    return services.take_difficulty(difficulty=difficulty, by=by, at=at, assignee=form.cleaned_data["colleague"])


def _pass_on(difficulty: Difficulty, by: Person, at: datetime, form: Any) -> Any:
    to, reason = form.cleaned_data["office"], form.cleaned_data["reason"]
    return services.pass_on(difficulty=difficulty, to=to, reason=reason, by=by, at=at)


def _join(difficulty: Difficulty, by: Person, at: datetime, form: Any) -> Any:
    number = form.cleaned_data["number"].strip().upper()
    into = policies.get_difficulty(by, number, queries.day_of(at))
    return services.join_difficulties(
        difficulty=difficulty, into=into, by=by, at=at, reason=form.cleaned_data["reason"]
    )


def _voice(difficulty: Difficulty, by: Person, at: datetime, form: Any) -> Any:
    office = identity.posts_of(by, queries.day_of(at))[0].office
    return services.add_voice(difficulty=difficulty, by=by, office=office, at=at)


def _erase(difficulty: Difficulty, by: Person, at: datetime, form: Any) -> Any:
    law = form.cleaned_data["legal_source"]
    return services.erase_difficulty(difficulty=difficulty, by=by, at=at, legal_source=law)


_NONE = asked.NothingToSay
ACTS: Mapping[str, Act[Difficulty]] = {
    rules.ANSWER: Act(
        _("Answer"),
        "F9",
        asked.AnswerForm,
        _with_file(services.answer_difficulty),
        _("The answer is sent to everybody."),
    ),
    rules.SEND_UP: Act(
        _("Send to the department"), "F10", _NONE, _service(services.send_up), _("It is with the department now.")
    ),
    rules.TAKE: Act(_("Take in hand"), "F10", _NONE, _service(services.take_difficulty), _("You have it in hand now.")),
    rules.ASK_BACK: Act(
        _("Ask back"),
        "Alt+H",
        asked.AskForm,
        _service(services.ask_back),
        _("The question is sent; the time stands still until it is clarified."),
        "secondary",
    ),
    GIVE: Act(
        _("Give to a colleague"), "Alt+C", asked.GiveForm, _give, _("It is with the colleague now."), "secondary"
    ),
    rules.PASS_ON: Act(
        _("Pass on to another office"),
        "Alt+K",
        asked.PassOnForm,
        _pass_on,
        _("It is with the other office now."),
        "secondary",
    ),
    rules.JOIN: Act(_("Join with another"), "Alt+G", asked.JoinForm, _join, _("Both are one now."), "secondary"),
    rules.CLARIFY: Act(
        _("Clarify"), "F9", asked.ClarifyForm, _with_file(services.clarify), _("The clarification is sent.")
    ),
    rules.CONFIRM: Act(
        _("The answer helps"), "F9", _NONE, _service(services.confirm_answer), _("Thank you. It is resolved.")
    ),
    rules.REOPEN: Act(
        _("It still does not work"),
        "Alt+K",
        asked.ReopenForm,
        _service(services.reopen_difficulty),
        _("It is with whoever answered again."),
        "secondary",
    ),
    rules.WITHDRAW: Act(
        _("Withdraw"), "", _NONE, _service(services.withdraw_difficulty), _("It is withdrawn."), "secondary"
    ),
    rules.ERASE: Act(_("Erase personal data"), "", EraseForm, _erase, _("The personal data is erased."), "secondary"),
    queries.VOICE: Act(_("I meet it too"), "F9", _NONE, _voice, _("Your commune is counted; the answer reaches you.")),
}


def possible(person: Person, difficulty: Difficulty, day: date) -> list[str]:
    """The acts offered to this person, in the order of the work."""
    found = list(queries.possible_acts(person, difficulty, day))
    if rules.TAKE in found:
        found.append(GIVE)
    return [name for name in ACTS if name in found]


def form_for(person: Person, difficulty: Difficulty, name: str, day: date, *given: Any) -> forms.Form:
    """The form of this act, as it is asked that day."""
    if name == GIVE:
        return asked.GiveForm(*given, colleagues=queries.colleagues(difficulty, day))
    if name == rules.PASS_ON:
        return asked.PassOnForm(*given, offices=queries.offices_that_answer(difficulty, day))
    return ACTS[name].form(*given)


def why_not(refused: Exception, difficulty: Difficulty) -> str:
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
    if isinstance(refused, services.CannotJoin | Difficulty.DoesNotExist):
        return gettext(
            "This was not done: the other difficulty does not exist, is over, or is this one. Check its number."
        )
    return gettext("This was not done: something that was typed is incomplete. Check it and try again.")
