"""The pages of situation reports: the list, one with its words, sent upward, acknowledged, its papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from motcua.kernel import identity
from motcua.kernel.access import person_of, requires
from motcua.oversight import policies, queries, services
from motcua.oversight.at_desk import report_desk
from motcua.oversight.forms.reports import AcknowledgeForm, SectionsForm
from motcua.oversight.models import SituationReport
from motcua.oversight.papers import situation as papers
from motcua.oversight.policies import reports as rights
from motcua.ui import official, sending

WHY_NOT: dict[type[Exception], Any] = {
    services.SentAlready: gettext_lazy("This was not done: it is sent or given up already. See what stands here."),
    services.NothingSaid: gettext_lazy("It was not sent: write at least one section first."),
    services.NotSent: gettext_lazy("This was not done: somebody has acknowledged it already."),
    policies.NotAllowed: gettext_lazy("This was not done: none of your posts allows it for this office."),
}
REFUSALS = (services.SentAlready, services.NothingSaid, services.NotSent, policies.NotAllowed)


@requires(identity.OVERSEE)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    found = queries.reports_listed(person, day, _after(request))
    context = {
        "reports": [(one, report_desk.state_of(one)) for one in found[: queries.REPORTS]],
        "may_draft": bool(rights.communes_to_report(person, day)),
        "next": f"?after={found[queries.REPORTS - 1].pk}" if len(found) > queries.REPORTS else "",
    }
    return render(request, "oversight/reports/list.html", context)


def _after(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _get(request: HttpRequest, reference: str) -> SituationReport:
    try:
        return rights.get_report(person_of(request), reference, timezone.localdate())
    except SituationReport.DoesNotExist:
        raise Http404 from None


@requires(identity.OVERSEE)
@require_GET
def one(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _get(request, reference))


def _page(request: HttpRequest, report: SituationReport, status: int = 200, **more: Any) -> HttpResponse:
    context = report_desk.one_page(person_of(request), report, timezone.now(), timezone.localdate())
    context |= {"form": SectionsForm(sections=report.sections), "acknowledge_form": AcknowledgeForm()} | more
    return render(request, "oversight/reports/one.html", context, status=status)


@requires(identity.OVERSEE)
@require_POST
def write(request: HttpRequest, reference: str) -> HttpResponse:
    report = _get(request, reference)
    form = SectionsForm(request.POST, sections=report.sections)
    if not form.is_valid():
        return _page(request, report, 422, form=form)
    try:
        services.write_report(report=report, texts=form.texts(), by=person_of(request), at=timezone.now())
        if "send" in request.POST:
            services.send_report(report=report, by=person_of(request), at=timezone.now())
    except REFUSALS as refused:
        return _page(request, report, 409, form=form, refused=WHY_NOT[type(refused)])
    messages.success(request, _("The report is sent.") if "send" in request.POST else _("The draft is kept."))
    return redirect("situation-report", reference)


@requires(identity.OVERSEE)
@require_POST
def drop(request: HttpRequest, reference: str) -> HttpResponse:
    report = _get(request, reference)
    try:
        services.drop_report(report=report, by=person_of(request), at=timezone.now())
    except REFUSALS as refused:
        return _page(request, report, 409, refused=WHY_NOT[type(refused)])
    messages.success(request, _("The draft is given up."))
    return redirect("situation-reports")


@requires(identity.OVERSEE)
@require_POST
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    report, form = _get(request, reference), AcknowledgeForm(request.POST)
    if not form.is_valid():
        return _page(request, report, 422, acknowledge_form=form)
    try:
        services.acknowledge_report(report=report, by=person_of(request), at=timezone.now(), **form.cleaned_data)
    except REFUSALS as refused:
        return _page(request, report, 409, refused=WHY_NOT[type(refused)])
    messages.success(request, _("It is acknowledged; the commune reads that."))
    return redirect("situation-report", reference)


@requires(identity.OVERSEE)
@require_GET
def paper(request: HttpRequest, reference: str, form: str) -> HttpResponse:
    report = _get(request, reference)
    if form not in ("pdf", "docx"):
        raise Http404
    if report.sent_at:
        kept = report.sent.pdf if form == "pdf" else report.sent.word
        return sending.bytes_of(kept, f"{reference}.{form}")
    said = services.report_content(report=report, by=person_of(request), at=timezone.now())
    if form == "pdf":
        return sending.made(papers.pdf(said), f"{reference}.pdf", "application/pdf")
    return sending.made(papers.word(said), f"{reference}.docx", official.WORD)
