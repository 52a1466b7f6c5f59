"""The report pages: figures of a period, the register, their files, closing a month, the cut-off day."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from motcua.dossiers import policies, reports, services, slips
from motcua.dossiers.at_desk import reporting
from motcua.dossiers.queries import periods
from motcua.dossiers.queries.periods import Reported
from motcua.dossiers.reports import Report
from motcua.kernel import freshness, identity, tables
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office

READS = requires(identity.LEAD, identity.INTAKE)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


def _office(request: HttpRequest) -> Office:
    code = request.GET.get("office", "") or request.POST.get("office", "")
    try:
        return policies.get_reported_office(person_of(request), code, timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None


def _asked(request: HttpRequest) -> Reported:
    return reporting.asked(_office(request), request.GET.dict(), timezone.now(), timezone.localdate())


@READS
@require_GET
def figures(request: HttpRequest) -> HttpResponse:
    person, day = person_of(request), timezone.localdate()
    with freshness.held():
        found = _asked(request)
        leads = found.situation.office in policies.led_offices(person, day)
        context = reporting.figures_page(found, policies.reported_offices(person, day), day, leads=leads)
        return render(request, "dossiers/reports/figures.html", context)


@READS
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    with freshness.held():
        context = reporting.register_page(_asked(request), request.GET.get("after", ""))
        return render(request, "dossiers/reports/register.html", context)


@READS
@require_GET
def file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    if name not in reports.REPORTS or form not in TYPES:
        raise Http404
    report, found = reports.REPORTS[name], _asked(request)
    try:
        content, rows = _made(report, found, name, form)
    except slips.TooLong:
        messages.warning(request, _("This is too long for paper: take a shorter time, or the Excel file."))
        return redirect(reporting.address("desk-reports", found))
    if report.personal:
        _note(request, found, name, form, rows)
    return _as_file(content, reporting.file_name(found, name, form), TYPES[form])


def _made(report: Report, found: Reported, name: str, form: str) -> tuple[bytes, int]:
    """The bytes of the file, and how many rows are in it."""
    zone = timezone.get_current_timezone()
    if form == "pdf":
        table = report.printed(found)
        return slips.printed(table, found, form=slips.FORM_07 if name == "register" else ""), len(table.rows)
    table = report.make(found) if form == "csv" else report.read(found)
    return (tables.as_csv(table, zone).encode() if form == "csv" else tables.as_xlsx(table, zone)), len(table.rows)


def _note(request: HttpRequest, found: Reported, name: str, form: str, rows: int) -> None:
    services.note_report_taken(
        office=found.situation.office,
        report=name,
        first=found.situation.within.first,
        last=found.situation.within.last,
        form=form,
        rows=rows,
        by=person_of(request),
        at=timezone.now(),
    )


def _as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    way = "inline" if kind == TYPES["pdf"] else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(identity.LEAD)
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    office, person, at = _office(request), person_of(request), timezone.now()
    first, last = periods.day_asked(request.POST.get("from", "")), periods.day_asked(request.POST.get("to", ""))
    if first is None or last is None:
        raise Http404
    try:
        services.close_period(office=office, first=first, last=last, by=person, at=at)
        messages.success(request, _("The figures of this month are closed; later corrections stand beside them."))
    except (services.NotOver, policies.NotAllowed):
        messages.warning(request, _("Only a whole reporting month that is over can be closed, by whoever leads."))
    return redirect(reporting.address_of("desk-reports", office, first, last))


@requires(identity.LEAD)
@require_POST
def cut_off(request: HttpRequest) -> HttpResponse:
    office, day = _office(request), request.POST.get("day", "")
    try:
        services.set_cut_off(office=office, day=int(day), by=person_of(request), at=timezone.now())
        messages.success(request, _("Saved. It holds from the next reporting month on."))
    except (ValueError, policies.NotAllowed):
        messages.warning(request, _("Nothing was saved: choose a day from 1 to 28, or the last of the month."))
    return redirect(reporting.address_of("desk-reports", office))
