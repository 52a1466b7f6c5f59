"""The public pages of the catalogue: a commune's home with search, and one procedure from what it is for to its start.

They set no cookie and read no session, so that every cache on the way may keep them for everybody.
"""

import hashlib
from collections.abc import Mapping
from importlib import metadata
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from motcua.kernel import organisation
from motcua.kernel.access import public
from motcua.kernel.organisation import Office
from motcua.procedures import guidance, queries
from motcua.procedures.open_data import schema_org
from motcua.procedures.queries import Edition
from motcua.ui import here

ON_A_PAGE = 30
PROGRAM = metadata.version("motcua")
# Asked again at each visit, answered with an empty 304 as long as nothing changed.
CACHED = "public, max-age=60"


@public
@require_safe
def home(request: HttpRequest, commune: str) -> HttpResponse:
    """The commune's home: search, sectors, procedures."""
    office = office_at(request, commune)
    asked = {"q": request.GET.get("q", "").strip()[:200], "sector": request.GET.get("sector", "")[:80]}
    after = _number(request.GET.get("after", ""))
    rows = queries.listed(
        office, timezone.localdate(), text=asked["q"], sector=asked["sector"], after=after, limit=ON_A_PAGE + 1
    )
    shown = {"asked": asked, "rows": rows[:ON_A_PAGE], "sectors": queries.sectors()}
    shown["near"] = queries.nearest(asked["q"]) if asked["q"] and not rows else []
    shown["previous"] = _address(asked, max(0, after - ON_A_PAGE)) if after else ""
    shown["next"] = _address(asked, after + ON_A_PAGE) if len(rows) > ON_A_PAGE else ""
    response = render(request, "procedures/home.html", shown)
    return _cached(request, hashlib.sha256(response.content).hexdigest(), response)


@public
@require_safe
def procedure(request: HttpRequest, commune: str, code: str) -> HttpResponse:
    """One procedure as this commune offers it."""
    office = office_at(request, commune)
    here.put(request, procedure=code)
    try:
        edition = queries.edition_for(office, code, timezone.localdate())
    except queries.NotInForce:
        raise Http404 from None
    tag = _tag(office, edition)
    known = get_conditional_response(request, etag=quote_etag(tag))
    address = request.build_absolute_uri(f"/{commune}/procedures/{code}/")
    told = _told(edition) | {"machine": schema_org.described(edition.definition, office, address)}
    return _cached(request, tag, known or render(request, "procedures/procedure.html", told))


def office_at(request: HttpRequest, slug: str) -> Office:
    """The commune at this address, left on the request for the layout."""
    try:
        office = organisation.commune_by_slug(slug, timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None
    request.office = office  # type: ignore[attr-defined]
    return office


def _told(edition: Edition) -> dict[str, Any]:
    definition = edition.definition
    return {
        "edition": edition,
        "definition": definition,
        "papers": list(guidance.papers(definition)),
        "limits": guidance.limits(definition),
        "fees": guidance.fees(definition),
        "ways": guidance.ways(definition),
    }


def _tag(office: Office, edition: Edition) -> str:
    """Names everything the page shows: the edition, the language, the office in header and footer, the program."""
    parts = (get_language(), office.slug, office.name, office.address, office.phone, str(organisation.is_demo()))
    rest = hashlib.sha256("\n".join(map(str, (*parts, PROGRAM))).encode()).hexdigest()[:16]
    return f"{edition.key}-{get_language()}-{rest}"


def _cached(request: HttpRequest, tag: str, response: HttpResponse) -> HttpResponse:
    """The response under its tag, or 304 when the reader has it."""
    etag = quote_etag(tag)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHED
    return get_conditional_response(request, etag=etag, response=response) or response


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 0


def _address(asked: Mapping[str, str], after: int) -> str:
    return "?" + urlencode({name: value for name, value in (*asked.items(), ("after", after)) if value})
