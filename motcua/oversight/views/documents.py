"""The pages of guiding documents: the register, one document with its files, a new one, read and understood."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel import identity
from motcua.kernel.access import person_of, requires, signed_in
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries, services
from motcua.oversight.at_desk import guiding
from motcua.oversight.forms.attached import kept
from motcua.oversight.forms.guidance import DocumentForm
from motcua.oversight.models import DocumentFile, GuidingDocument
from motcua.oversight.views.guidance import after
from motcua.ui import sending


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    person, day, text = person_of(request), timezone.localdate(), request.GET.get("q", "")[:200]
    found = queries.documents_listed(guiding.office_of(person, day), text, after(request))
    context = {
        "documents": found[: queries.PAGE],
        "q": text,
        "may_publish": bool(policies.publishing_offices(person, day)),
        "next": f"?q={text}&after={found[queries.PAGE - 1].pk}" if len(found) > queries.PAGE else "",
    }
    return render(request, "oversight/documents/list.html", context)


def _get(request: HttpRequest, reference: str) -> GuidingDocument:
    try:
        return policies.get_document(person_of(request), reference, timezone.localdate())
    except GuidingDocument.DoesNotExist:
        raise Http404 from None


@signed_in
@require_GET
def one(request: HttpRequest, reference: str) -> HttpResponse:
    document = _get(request, reference)
    new = queries.edition_of_document(document, timezone.localdate())
    if new != document and "old" not in request.GET:
        words = _("%(old)s was replaced: this is the document that is in force.") % {"old": document.number}
        messages.info(request, words)
        return redirect("document", new.reference)
    context = guiding.document_page(person_of(request), document, timezone.localdate())
    return render(request, "oversight/documents/one.html", context)


@signed_in
@require_GET
def file(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    found = get_object_or_404(DocumentFile.objects.select_related("file"), document=_get(request, reference), pk=pk)
    return sending.bytes_of(found.file, found.name)


@signed_in
@require_POST
def read(request: HttpRequest, reference: str) -> HttpResponse:
    document, person = _get(request, reference), person_of(request)
    for post in identity.posts_of(person, timezone.localdate()):
        services.mark_read(document=document, by=person, post=post, at=timezone.now())
    messages.success(request, _("It is noted that you have read and understood it."))
    return redirect("document", reference)


@requires(identity.ANSWER)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    day, given = timezone.localdate(), (request.POST, request.FILES) if request.method == "POST" else ()
    office = policies.publishing_offices(person_of(request), day)[0]
    form = DocumentForm(*given, documents=queries.documents_in_force(office, day), initial={"effective_from": day})
    context: dict[str, Any] = {"form": form, "suggestions": guiding.suggestions()}
    if given and form.is_valid():
        try:
            made = _registered(request, form, office)
        except (services.KnownAlready, services.CannotLink) as refused:
            context["refused"] = _why_not(refused)
        else:
            return redirect("document", made.reference)
    status = 409 if "refused" in context else 422 if form.errors else 200
    return render(request, "oversight/documents/new.html", context, status=status)


def _registered(request: HttpRequest, form: DocumentForm, office: Office) -> GuidingDocument:
    made = services.register_document(
        described=form.described(),
        office=office,
        by=person_of(request),
        at=timezone.now(),
        files=kept(form.cleaned_data["file"]),
        replaces=list(form.cleaned_data.get("replaces") or ()),
        amends=list(form.cleaned_data.get("amends") or ()),
    )
    messages.success(request, _("The document is registered."))
    return made


def _why_not(refused: services.KnownAlready | services.CannotLink) -> str:
    if isinstance(refused, services.KnownAlready):
        return _("This document is registered already, as %(number)s.") % {"number": refused.reference}
    return str(_CANNOT[refused.reason]) % {"other": refused.other}


_CANNOT = {
    "itself": gettext_lazy("A document cannot take its own place (%(other)s). Choose another, or none."),
    "replaced": gettext_lazy("Another document stands in the place of %(other)s already. Choose that one."),
    "circle": gettext_lazy("%(other)s would come to stand in its own place. Check which one is newer."),
}
