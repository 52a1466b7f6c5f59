"""The pages of guidance: what holds here, one entry, a new edition, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel import freshness, identity
from motcua.kernel.access import person_of, requires, signed_in
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries, services
from motcua.oversight.at_desk import guiding
from motcua.oversight.forms.guidance import GuidanceForm, RestForm
from motcua.oversight.models import Difficulty, Guidance
from motcua.ui import here

REFUSALS = (policies.NotAllowed, ValueError)


def after(request: HttpRequest) -> UUID | None:
    """The last line of the page before."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    text, procedure = request.GET.get("q", "")[:200], request.GET.get("procedure", "")[:20]
    with freshness.held():
        context = guiding.list_page(person_of(request), timezone.localdate(), text, procedure, after(request))
    return render(request, "oversight/guidance/list.html", context)


@signed_in
@require_GET
def gaps(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    found = queries.gaps(person, guiding.office_of(person, day), day)
    return render(request, "oversight/guidance/gaps.html", {"gaps": found})


@signed_in
@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """The weekly letter is wanted, or not."""
    wanted = request.POST.get("wanted") == "yes"
    services.choose_digest(wanted=wanted, by=person_of(request), at=timezone.now())
    messages.success(request, _("You get the weekly letter.") if wanted else _("You get no weekly letter any more."))
    return redirect("guidance-list")


def _get(request: HttpRequest, reference: str) -> Guidance:
    try:
        return policies.get_guidance(person_of(request), reference, timezone.localdate())
    except Guidance.DoesNotExist:
        raise Http404 from None


@signed_in
@require_GET
def one(request: HttpRequest, reference: str) -> HttpResponse:
    guidance = _get(request, reference)
    if guidance.replaced_by_id is not None and "old" not in request.GET:
        new = queries.edition_in_place_of(guidance)
        words = _("%(old)s was replaced: this is the edition that holds.") % {"old": guidance.reference}
        messages.info(request, words)
        return redirect("guidance", new.reference)
    return _page(request, guidance)


def _page(request: HttpRequest, guidance: Guidance, form: RestForm | None = None, **more: Any) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    context = guiding.one_page(person, guidance, day)
    if context["may_change"] and guidance.document_id is None:
        context["form"] = form or RestForm(documents=queries.documents_in_force(guidance.office, day))
    status = 409 if "refused" in more else 422 if form and form.errors else 200
    return render(request, "oversight/guidance/one.html", context | more, status=status)


# --- writing ---------------------------------------------------------------------------------------------------------
@requires(identity.ANSWER)
@require_POST
def publish(request: HttpRequest, number: str) -> HttpResponse:
    person = person_of(request)
    try:
        difficulty = policies.get_difficulty(person, number, timezone.localdate())
        guidance = services.publish_answer(difficulty=difficulty, by=person, at=timezone.now())
    except Difficulty.DoesNotExist:
        raise Http404 from None
    except policies.NotAllowed:
        raise PermissionDenied from None
    except services.WordsNeeded:
        return redirect(f"/desk/guidance/new/?from={number}")
    messages.success(request, _("The answer stands at its step now, in every commune."))
    return redirect("guidance", guidance.reference)


@requires(identity.ANSWER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    place = here.read(request.POST if request.method == "POST" else request.GET)
    form = _form(request, guiding.initial(place, timezone.localdate()))

    def publish_it(office: Office) -> Guidance:
        content = form.content(place.step, place.field)
        return services.publish_guidance(content=content, office=office, by=person_of(request), at=timezone.now())

    return _written(request, form, {"place": place}, publish_it)


@requires(identity.ANSWER)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, reference: str) -> HttpResponse:
    guidance = _get(request, reference)
    place, form = guiding.place_of(guidance), _form(request, guiding.initial_of(guidance))

    def revise_it(office: Office) -> Guidance:
        content = form.content(place.step, place.field)
        return services.revise_guidance(guidance=guidance, content=content, by=person_of(request), at=timezone.now())

    return _written(request, form, {"place": place, "guidance": guidance}, revise_it)


def _form(request: HttpRequest, initial: dict[str, Any]) -> GuidanceForm:
    day = timezone.localdate()
    documents = queries.documents_in_force(guiding.office_of(person_of(request), day), day)
    return GuidanceForm(request.POST if request.method == "POST" else None, documents=documents, initial=initial)


def _written(
    request: HttpRequest, form: GuidanceForm, context: dict[str, Any], act: Callable[[Office], Guidance]
) -> HttpResponse:
    context |= {"form": form} | guiding.form_page(context["place"])
    if request.method == "POST" and form.is_valid():
        try:
            made = act(policies.publishing_offices(person_of(request), timezone.localdate())[0])
        except REFUSALS as refused:
            context["refused"] = why_not(refused)
        else:
            messages.success(request, _("It stands at its place now."))
            return redirect("guidance", made.reference)
    status = 409 if "refused" in context else 422 if form.errors else 200
    return render(request, "oversight/guidance/new.html", context, status=status)


@requires(identity.ANSWER)
@require_POST
def rest(request: HttpRequest, reference: str) -> HttpResponse:
    guidance, day = _get(request, reference), timezone.localdate()
    form = RestForm(request.POST, documents=queries.documents_in_force(guidance.office, day))
    if not form.is_valid():
        return _page(request, guidance, form)
    document = form.cleaned_data["document"]
    return _done(request, guidance, services.rest_on_document, _("A document stands behind it now."), document=document)


@requires(identity.ANSWER)
@require_POST
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    return _done(request, _get(request, reference), services.withdraw_guidance, _("It no longer holds."))


def _done(
    request: HttpRequest, guidance: Guidance, act: Callable[..., object], words: str, **given: Any
) -> HttpResponse:
    try:
        act(guidance=guidance, by=person_of(request), at=timezone.now(), **given)
    except REFUSALS as refused:
        return _page(request, _get(request, guidance.reference), refused=why_not(refused))
    messages.success(request, words)
    return redirect("guidance", guidance.reference)


def why_not(refused: Exception) -> str:
    """Why it was not done, and what to do about it."""
    if isinstance(refused, policies.NotAllowed):
        words = _("This was not done: none of your posts allows it for %(office)s. Ask a colleague there to do it.")
        return words % {"office": refused.office.name}
    if isinstance(refused, services.NoLongerLive):
        return _("This was not done: another edition stands in its place. Open that one.")
    return _("This was not done: something that was typed is incomplete. Check it and try again.")
