"""The pages of difficulties."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from motcua.kernel.access import person_of, signed_in
from motcua.oversight import queries
from motcua.oversight.rules import difficulties as rules


@signed_in
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in rules.STATES else ""
    found = queries.difficulties_listed(person_of(request), timezone.localdate(), state, _cursor(request))
    context = {"rows": found[: queries.PAGE], "state": state}
    if len(found) > queries.PAGE:
        context["next"] = f"?state={state}&after={found[queries.PAGE - 1].id}"
    return render(request, "oversight/difficulties/list.html", context)


def _cursor(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
