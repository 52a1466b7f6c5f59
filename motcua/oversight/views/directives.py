"""The pages of directives: the list, one with its acts and files, the matrix."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from motcua.kernel import freshness, tables
from motcua.kernel.access import person_of, signed_in
from motcua.oversight import policies, queries, services
from motcua.oversight.acting import directive_acts
from motcua.oversight.at_desk import directive_desk
from motcua.oversight.models import Directive
from motcua.oversight.queries import Wanted
from motcua.oversight.views.conclusions import after
from motcua.oversight.words import wording
from motcua.ui import sending


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    given = request.GET
    outcome = given.get("outcome", "")
    wanted = Wanted(
        outcome if outcome in wording.OUTCOMES else "", given.get("office", "")[:40], given.get("conclusion", "")[:60]
    )
    now = timezone.now()
    found = queries.directives_listed(person_of(request), timezone.localdate(), now, wanted, after(request))
    return render(request, "oversight/directives/list.html", directive_desk.list_page(found, wanted, now))


@signed_in
@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    order, conclusion = request.GET.get("order", "")[:60], request.GET.get("conclusion", "")[:60]
    shown = queries.matrix(person_of(request), timezone.localdate(), timezone.now(), conclusion=conclusion, order=order)
    context = {
        "matrix": shown,
        "order": order,
        "conclusion": conclusion,
        "forms": directive_desk.FORMS,
        "outcomes": [(code, mark.word) for code, mark in wording.OUTCOMES.items()],
    }
    return render(request, "oversight/directives/matrix.html", context)


@signed_in
@require_GET
def matrix_file(request: HttpRequest, form: str) -> HttpResponse:
    if form not in directive_desk.FORMS:
        raise Http404
    order, conclusion = request.GET.get("order", "")[:60], request.GET.get("conclusion", "")[:60]
    now, day, zone = timezone.now(), timezone.localdate(), timezone.get_current_timezone()
    most = directive_desk.MOST_IN_A_FILE
    shown = queries.matrix(person_of(request), day, now, conclusion=conclusion, order=order, most=most)
    table = directive_desk.matrix_table(shown)
    content = tables.as_csv(table, zone).encode() if form == "csv" else tables.as_xlsx(table, zone)
    return sending.made(content, f"chi-dao-{day}.{form}", tables.TYPES[form])


def _get(request: HttpRequest, reference: str) -> Directive:
    try:
        return policies.get_directive(person_of(request), reference, timezone.localdate())
    except Directive.DoesNotExist:
        raise Http404 from None


@signed_in
@require_GET
def one(request: HttpRequest, reference: str) -> HttpResponse:
    return _page(request, _get(request, reference), request.GET.get("act", ""))


def _page(
    request: HttpRequest, shown: Directive, act: str = "", form: Any = None, status: int = 200, **more: Any
) -> HttpResponse:
    day = timezone.localdate()
    with freshness.held():
        context = directive_desk.directive_page(person_of(request), shown, timezone.now(), day)
    if act in directive_acts.ACTS:
        form = form or directive_acts.form_for(shown, act, day)
        context |= {"act_name": act, "act": directive_acts.ACTS[act], "form": form}
    return render(request, "oversight/directives/one.html", context | more, status=status)


@signed_in
@require_POST
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    shown, done = _get(request, reference), directive_acts.ACTS.get(name)
    if done is None:
        raise Http404
    form = directive_acts.form_for(shown, name, timezone.localdate(), request.POST, request.FILES)
    try:
        if form.is_valid():
            done.do(shown, person_of(request), timezone.now(), form)
            messages.success(request, str(done.done))
            return redirect("directive", reference)
    except services.Incomplete as missing:
        directive_acts.say_missing(form, missing)
    except directive_acts.REFUSALS as refused:
        return _page(request, _get(request, reference), name, form, 409, refused=directive_acts.why_not(refused))
    return _page(request, shown, name, form, 422)


@signed_in
@require_GET
def file(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    found = get_object_or_404(_get(request, reference).turns.select_related("file").filter(file__isnull=False), pk=pk)
    assert found.file is not None
    return sending.bytes_of(found.file, found.file_name)
