"""What every settings page does: find the office, show a form, carry one act out or say why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from motcua.kernel.access import person_of
from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.portal import policies, services


def office_of(request: HttpRequest, code: str) -> Office:
    """The office of this address; 404 unless whoever asks may change it."""
    try:
        office = policies.get_office(person_of(request), code, timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None
    request.office = office  # type: ignore[attr-defined]  # the page's title names it
    return office


def person_at(office: Office, pk: int) -> Person:
    """Somebody who works or worked there; 404 for everybody else."""
    try:
        return policies.get_person(office, pk)
    except Person.DoesNotExist:
        raise Http404 from None


def account_holder_at(office: Office, pk: int) -> Person:
    """The same, for what is done to an account; 404 for somebody who has none."""
    person = person_at(office, pk)
    if not hasattr(person, "account"):
        raise Http404
    return person


def typed(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even nothing; None where nothing was sent."""
    return request.POST if request.method == "POST" else None


def who_and_when(request: HttpRequest) -> dict[str, Any]:
    """By whom and when, for a service: the clock is read here."""
    return {"by": person_of(request), "at": timezone.now()}


def carried_out(form: Form, act: Callable[[], object]) -> bool:
    """Whether what was typed is sound and the act was done; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        act()
    except services.CannotChange as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    except services.AccountRefused as refused:
        name = next((name for name in ("username", "password") if name in form.fields), None)
        for sentence in refused.sentences:
            form.add_error(name, sentence)
    return not form.errors


def shown(request: HttpRequest, template: str, office: Office, form: Form | None = None, **more: Any) -> HttpResponse:
    """The page, as an error when its form has some."""
    context = {"office": office, "form": form, **more}
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def done(request: HttpRequest, sentence: str, where: str, *arguments: object) -> HttpResponse:
    """Back to a page that says what is now true."""
    messages.success(request, sentence)
    return redirect(where, *arguments)
