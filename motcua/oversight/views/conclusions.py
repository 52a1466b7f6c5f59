"""The pages of conclusions: the list, drafting, issuing, the papers, and what a paragraph asks of whom."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel import identity
from motcua.kernel.access import person_of, requires, signed_in
from motcua.oversight import papers, policies, queries, services
from motcua.oversight.at_desk import directive_desk
from motcua.oversight.forms.directives import ConclusionForm, GiveForm
from motcua.oversight.models import Conclusion
from motcua.ui import official, sending

BOTH = ["GET", "POST"]
MISSING = {
    "number": gettext_lazy("Enter its number before it is issued."),
    "dated": gettext_lazy("Enter its date before it is issued."),
    "signer": gettext_lazy("Enter who signs it before it is issued."),
    "title": gettext_lazy("Enter what it concludes on."),
    "text": gettext_lazy("Write the conclusion."),
}


def after(request: HttpRequest) -> UUID | None:
    """Where the page before ended."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _get(request: HttpRequest, reference: str) -> Conclusion:
    try:
        return policies.get_conclusion(person_of(request), reference, timezone.localdate())
    except Conclusion.DoesNotExist:
        raise Http404 from None


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    found = queries.conclusions_listed(person, day, after(request))
    context = {
        "conclusions": found[: queries.PAGE],
        "may_direct": bool(policies.directing_offices(person, day)),
        "next": f"?after={found[queries.PAGE - 1].pk}" if len(found) > queries.PAGE else "",
    }
    return render(request, "oversight/conclusions/list.html", context)


@requires(identity.OVERSEE)
@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    form = ConclusionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = policies.directing_offices(person, day)[0]
        made = services.draft_conclusion(written=form.written(), office=office, by=person, at=timezone.now())
        messages.success(request, _("The draft is kept. Issue it when it is signed."))
        return redirect("conclusion", made.reference)
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: ConclusionForm, conclusion: Conclusion | None = None) -> HttpResponse:
    context = {"form": form, "conclusion": conclusion}
    return render(request, "oversight/conclusions/edit.html", context, status=422 if form.errors else 200)


@signed_in
@require_http_methods(BOTH)
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    conclusion = _to_change(request, reference)
    form = ConclusionForm(request.POST or None, initial=ConclusionForm.told(conclusion))
    if request.method == "POST" and form.is_valid():
        services.revise_conclusion(
            conclusion=conclusion, written=form.written(), by=person_of(request), at=timezone.now()
        )
        messages.success(request, _("The draft is kept. Issue it when it is signed."))
        return redirect("conclusion", reference)
    return _form_page(request, form, conclusion)


def _to_change(request: HttpRequest, reference: str) -> Conclusion:
    """A draft that the person may change; 404 otherwise."""
    conclusion = _get(request, reference)
    if conclusion.issued_at or not policies.may_direct(person_of(request), conclusion.office, timezone.localdate()):
        raise Http404
    return conclusion


@signed_in
@require_GET
def one(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _get(request, reference))


def _page(request: HttpRequest, shown: Conclusion, status: int = 200, **more: Any) -> HttpResponse:
    context = directive_desk.conclusion_page(person_of(request), shown, timezone.now(), timezone.localdate())
    return render(request, "oversight/conclusions/one.html", context | more, status=status)


@signed_in
@require_POST
def issue(request: HttpRequest, reference: str) -> HttpResponse:
    conclusion = _to_change(request, reference)
    try:
        services.issue_conclusion(conclusion=conclusion, by=person_of(request), at=timezone.now())
    except services.Incomplete as refused:
        form = ConclusionForm(ConclusionForm.told(conclusion))
        form.add_error(refused.field, MISSING[refused.field])
        return _form_page(request, form, conclusion)
    except services.NumberTaken:
        return _page(request, conclusion, 409, refused=_("Another conclusion with this number was issued that day."))
    messages.success(request, _("The conclusion is issued. Its paragraphs can become directives now."))
    return redirect("conclusion", reference)


@signed_in
@require_GET
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    conclusion = _get(request, reference)
    if conclusion.paper:
        return sending.bytes_of(conclusion.paper, f"{reference}.pdf")
    content = papers.conclusion_pdf(conclusion, papers.paragraphs(conclusion.text))
    return HttpResponse(content, content_type="application/pdf")


@signed_in
@require_GET
def word(request: HttpRequest, reference: str) -> HttpResponse:
    conclusion = _get(request, reference)
    content = papers.conclusion_word(conclusion, papers.paragraphs(conclusion.text))
    answer = HttpResponse(content, content_type=official.WORD)
    answer["Content-Disposition"] = f'attachment; filename="{reference}.docx"'
    return answer


@signed_in
@require_http_methods(BOTH)
def give(request: HttpRequest, reference: str, no: int) -> HttpResponse:
    conclusion, day = _get(request, reference), timezone.localdate()
    paragraph = get_object_or_404(conclusion.paragraphs.select_related("conclusion__office"), no=no)
    if not policies.may_direct(person_of(request), conclusion.office, day):
        raise Http404
    offices = queries.addressable(conclusion.office, day)
    form = GiveForm(request.POST or None, offices=offices, initial={"result": paragraph.text})
    if request.method == "POST" and form.is_valid() and _given(request, form, paragraph):
        return redirect("conclusion", reference)
    context = {"form": form, "paragraph": paragraph, "conclusion": conclusion}
    return render(request, "oversight/conclusions/give.html", context, status=422 if form.errors else 200)


def _given(request: HttpRequest, form: GiveForm, paragraph: Any) -> bool:
    try:
        task = services.give_directives(
            paragraph=paragraph, asked=form.asked(), by=person_of(request), at=timezone.now()
        )
    except services.Incomplete as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("%(task)s is given. Each office has it in its inbox.") % {"task": task.reference})
    return True
