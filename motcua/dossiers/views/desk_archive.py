"""The archive's pages: what is closed and not handed over, the lists, and what is due for a decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers import acts, forms, queries, services, slips
from motcua.dossiers.at_desk import archiving
from motcua.dossiers.models import ArchiveList
from motcua.dossiers.views.printing import pdf
from motcua.kernel import identity, tables
from motcua.kernel.access import person_of, requires
from motcua.kernel.organisation import Office
from motcua.ui import given

KEEPS = requires(identity.RECORDS, identity.LEAD)


def _office(request: HttpRequest) -> Office:
    office = archiving.office_of(person_of(request), timezone.localdate())
    if office is None:
        raise PermissionDenied
    return office


@KEEPS
@require_http_methods(["GET", "POST"])
def closed(request: HttpRequest) -> HttpResponse:
    office, after = _office(request), request.GET.get("after", "")
    form = forms.HandForm(request.POST if request.method == "POST" else None)
    ticked = set(request.POST.getlist("number"))
    nothing = request.method == "POST" and not ticked
    if form.is_valid() and not nothing:
        return _hand(request, office, ticked, form)
    page, following = archiving.waiting(office, after)
    shown = {"office": office, "page_of": page, "next": f"?after={following}" if following else "", "form": form}
    shown |= {"ticked": ticked, "nothing": nothing, "first": "?" if after else "", "lists": _lists(office)}
    return render(request, "dossiers/archive/closed.html", shown, status=422 if form.errors or nothing else 200)


def _lists(office: Office) -> list[ArchiveList]:
    return list(queries.archive_lists(office)[:50])


def _hand(request: HttpRequest, office: Office, ticked: set[str], form: forms.HandForm) -> HttpResponse:
    chosen = list(queries.not_archived(office).filter(matter__reference__in=ticked).order_by("matter__reference"))
    said = {"by": person_of(request), "at": timezone.now(), **form.cleaned_data}
    try:
        made = services.hand_to_archive(office=office, dossiers=chosen, **said)
    except acts.REFUSALS:
        messages.warning(request, _("Nothing was handed over: somebody else has taken these meanwhile. Look again."))
        return redirect("desk-archive")
    return redirect("desk-archive-list", made.pk)


def _list(request: HttpRequest, pk: int) -> ArchiveList:
    return get_object_or_404(queries.archive_lists(_office(request)), pk=pk)


@KEEPS
@require_GET
def handed(request: HttpRequest, pk: int) -> HttpResponse:
    found = _list(request, pk)
    shown = {"list": found, "table": archiving.table(found, timezone.localdate())}
    return render(request, "dossiers/archive/list.html", shown)


@KEEPS
@require_GET
def file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    found = _list(request, pk)
    table, name = archiving.table(found, timezone.localdate()), f"nop-luu-{found.year}-{found.n}"
    if form == "pdf":
        return pdf(slips.archive_list(table, found, found.office), name)
    if form != "csv":
        raise Http404
    response = HttpResponse(tables.as_csv(table, timezone.get_current_timezone()), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@KEEPS
@require_http_methods(["GET", "POST"])
def due(request: HttpRequest) -> HttpResponse:
    office = _office(request)
    form = forms.DisposalForm(request.POST if request.method == "POST" else None)
    ticked = set(request.POST.getlist("item"))
    nothing = request.method == "POST" and not ticked
    if form.is_valid() and not nothing:
        return _decide(request, office, ticked, form)
    shown = {"office": office, "items": list(queries.undecided(office)[: archiving.PAGE]), "form": form}
    shown |= {"ticked": ticked, "nothing": nothing}
    return render(request, "dossiers/archive/due.html", shown, status=422 if form.errors or nothing else 200)


def _decide(request: HttpRequest, office: Office, ticked: set[str], form: forms.DisposalForm) -> HttpResponse:
    items = list(queries.undecided(office).filter(pk__in=[each for each in ticked if given.number(each) is not None]))
    outcomes = archiving.decide(items, person_of(request), timezone.now(), form.cleaned_data)
    done = sum(not why for _item, why in outcomes)
    for item, why in outcomes:
        if why:
            messages.warning(request, f"{item.dossier.number}: {why}")
    if done:
        words = ngettext("Decided on %(count)s dossier.", "Decided on %(count)s dossiers.", done)
        messages.success(request, words % {"count": done})
    return redirect("desk-disposal")
