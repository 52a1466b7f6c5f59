"""The administrator's page for the list of an earlier system: a template, a trial that writes nothing, the taking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from motcua.dossiers.forms.carrying import CarryForm
from motcua.dossiers.services import carried
from motcua.kernel.access import person_of, requires
from motcua.kernel.identity import SETTINGS

TRY, TAKE = "try", "take"


@requires(SETTINGS)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    by, day, context = person_of(request), timezone.localdate(), dict[str, Any]()
    form = CarryForm(request.POST or None, request.FILES or None, person=by, day=day)
    if request.method == "POST" and form.is_valid():
        trying = request.POST.get("do") != TAKE
        rows = form.cleaned_data["file"]
        about = {"commune": form.cleaned_data["commune"], "by": by, "at": timezone.now(), "dry_run": trying}
        carried.carry(rows=rows, **about)
        context = {"rows": rows, "trying": trying, "counts": carried.counted(rows)}
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return render(request, "dossiers/desk/carrying.html", {"form": form, **context}, status=status)


@requires(SETTINGS)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    headers = {"Content-Disposition": 'attachment; filename="ho-so-dang-giai-quyet.xlsx"'}
    return HttpResponse(carried.template(), content_type=kind, headers=headers)
