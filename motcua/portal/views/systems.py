"""The public page of systems outside: what is down, since when, what it changes, and which pauses are planned."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.kernel.access import public
from motcua.portal import queries


@public
@never_cache
@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """As this centre last saw them; nothing is asked for the reader to wait for."""
    now = timezone.now()
    known = queries.systems_outside()
    context = {
        "down": [(system, standing) for system, standing in known if standing.state == "down"],
        "up": [(system, standing) for system, standing in known if standing.state != "down"],
        "pauses": queries.downtimes_to_come(now),
        "past": queries.downtimes_past(now),
        "labels": {system.name: system.label for system, _standing in known},
        "now": now,
    }
    return render(request, "portal/systems.html", context)
