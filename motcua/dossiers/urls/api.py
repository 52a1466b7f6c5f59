"""Addresses for machines. What the framework would answer in its own words becomes a problem here as well."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt

from motcua.dossiers.api import api, problems
from motcua.dossiers.api.problems import Refused
from motcua.kernel.access import public

LARGEST = 11 * 1024 * 1024
TAKEN = {"filings": "application/json", "supplements": "application/json", "uploads": "multipart/form-data"}


def _told(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, refusing by size and media type before anything is read."""

    @functools.wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refused := _refused(request):
            return problems.answer(refused)
        answer: HttpResponseBase = view(request, *args, **kwargs)
        if answer.status_code != 405:
            return answer
        problem = problems.answer(Refused(405, "method"))
        problem["Allow"] = answer["Allow"]
        return problem

    return csrf_exempt(told)


def _refused(request: HttpRequest) -> Refused | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > LARGEST:
        return Refused(413, "too_large")
    taken = TAKEN.get(request.path.rpartition("/")[2], "")
    if request.method == "POST" and taken and request.content_type != taken:
        return Refused(415, "media_type")
    return None


def _patterns() -> list[URLPattern | URLResolver]:
    patterns: list[URLPattern | URLResolver] = []
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern):
            root = pattern.name == "api-root"
            pattern.callback = public(problems.nothing_here) if root else _told(pattern.callback)
            patterns.append(pattern)
    return [*patterns, path("<path:rest>", public(csrf_exempt(problems.nothing_here)))]


app_name = "api"
urlpatterns = _patterns()
