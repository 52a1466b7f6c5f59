"""The acts on a directive from its page: words, key, form, and which service does it; why an act was refused.

Decides nothing: services and policies do.
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
from motcua.oversight import policies, queries, services
from motcua.oversight.acting.act import Act
from motcua.oversight.forms import directives as asked
from motcua.oversight.forms.attached import kept
from motcua.oversight.models import Directive
from motcua.oversight.rules import directives as rules
from motcua.oversight.words import wording

REFUSALS = (workflow.Refused, policies.NotAllowed)
Do = Callable[[Directive, Person, datetime, Any], Any]


def _service(verb: Callable[..., Any], **fixed: Any) -> Do:
    return lambda directive, by, at, form: verb(directive=directive, by=by, at=at, **form.cleaned_data, **fixed)


def _take_on(directive: Directive, by: Person, at: datetime, form: Any) -> Any:
    return services.take_on(directive=directive, by=by, at=at, assignee=form.cleaned_data["colleague"])


def _report(directive: Directive, by: Person, at: datetime, form: Any) -> Any:
    file = next(iter(kept(form.cleaned_data["file"])), None)
    return services.report_on(directive=directive, text=form.cleaned_data["text"], by=by, at=at, file=file)


_APPROVE = _service(services.approve_report)
ACTS: Mapping[str, Act[Directive]] = {
    rules.REPORT: Act(_("Report"), "F9", asked.ReportForm, _report, _("The report is sent.")),
    rules.TAKE_ON: Act(_("Take on"), "F10", asked.TakeOnForm, _take_on, _("It is in hand."), "secondary"),
    rules.ASK_CHANGE: Act(
        _("Ask for another day"),
        "Alt+H",
        asked.ChangeForm,
        _service(services.ask_change),
        _("The request is sent. Until it is decided, the day stays."),
        "secondary",
    ),
    rules.APPROVE: Act(_("It is done"), "F9", asked.DecideForm, _APPROVE, _("The directive is done.")),
    rules.APPROVE_PERIOD: Act(
        _("The report is enough"), "F9", asked.DecideForm, _APPROVE, _("It rests until the next report is due.")
    ),
    rules.SEND_BACK: Act(
        _("Something is missing"),
        "Alt+K",
        asked.SendBackForm,
        _service(services.send_back),
        _("It is with the office again."),
        "secondary",
    ),
    rules.ALLOW: Act(
        _("Allow the new day"),
        "F9",
        asked.DecideForm,
        _service(services.decide_change, allowed=True),
        _("The new day holds."),
    ),
    rules.REFUSE: Act(
        _("The day stays"),
        "Alt+K",
        asked.RefuseForm,
        _service(services.decide_change, allowed=False),
        _("The day stays."),
        "secondary",
    ),
    rules.END: Act(
        _("No more reports"),
        "Alt+K",
        asked.ReasonForm,
        _service(services.end_directive),
        _("The directive is over."),
        "secondary",
    ),
    rules.WITHDRAW: Act(
        _("Take the directive back"),
        "",
        asked.ReasonForm,
        _service(services.withdraw_directive),
        _("The directive is taken back."),
        "secondary",
    ),
}


def possible(person: Person, directive: Directive, day: date) -> list[str]:
    """The acts offered to this person, in the order of the work."""
    found = queries.possible_directive_acts(person, directive, day)
    return [name for name in ACTS if name in found]


def form_for(directive: Directive, name: str, day: date, *given: Any) -> forms.Form:
    """The form of this act, as it is asked that day."""
    if name == rules.TAKE_ON:
        return asked.TakeOnForm(*given, colleagues=queries.people_below(directive.office, day))
    return ACTS[name].form(*given)


def say_missing(form: forms.Form, refused: services.Incomplete) -> None:
    """Say at its field what the service found missing."""
    if refused.field == "due_date":
        form.add_error("due_date", gettext("Enter a day later than the one that holds now, and not over yet."))
    else:
        form.add_error(
            next(name for name in ("text", "reason", "missing") if name in form.fields), gettext("Write it.")
        )


def why_not(refused: Exception) -> str:
    """Why the act was not done, and what to do about it."""
    if isinstance(refused, policies.NotAllowed):
        words = gettext(
            "This was not done: none of your posts allows it for %(office)s. Ask a colleague there to do it."
        )
        return words % {"office": refused.office.name}
    assert isinstance(refused, workflow.Refused)
    mark = wording.DIRECTIVE_STATES.get(refused.state)
    words = gettext("This was not done: it stands at “%(state)s” now. The page shows what can be done.")
    return words % {"state": mark.word if mark else refused.state}
