"""The catalogue's addresses for machines, and the list that stands on somebody else's page.

No cookie and no session. Every answer carries a tag of what it was made from, so that an unchanged one is not sent
twice; what is long to write is kept until the catalogue changes.
"""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from motcua.kernel import organisation
from motcua.kernel.access import public
from motcua.kernel.organisation import Office
from motcua.procedures import bulk, news, queries
from motcua.procedures.bulk import State
from motcua.procedures.open_data import cpsv, dcat, feed, sitemap
from motcua.procedures.views.public import CACHED, ON_A_PAGE, office_at

TURTLE, ATOM, XML = "text/turtle; charset=utf-8", "application/atom+xml; charset=utf-8", "application/xml"
IN_FEED = 50
ALL = 10_000


@public
@require_safe
def catalogue(request: HttpRequest, commune: str) -> HttpResponse:
    """The commune's whole catalogue as CPSV-AP."""
    office, day = office_at(request, commune), timezone.localdate()
    state = bulk.state_of(office, day)
    made = functools.partial(_catalogue, office, office.agency_code, state, _origin(request))
    return _answered(request, TURTLE, (office.pk, office.agency_code, state.tag), made)


@functools.lru_cache(maxsize=8)
def _catalogue(office: Office, agency_code: str, state: State, origin: str) -> str:
    return cpsv.turtle(office, bulk.editions(state), origin)


@public
@require_safe
def listed(request: HttpRequest, commune: str) -> HttpResponse:
    """Code, name, field and address of every procedure, for scripts of any page."""
    office, day = office_at(request, commune), timezone.localdate()
    rows = queries.listed(office, day, limit=ALL)
    home = request.build_absolute_uri(f"/{office.slug}/")
    items = [
        {"code": row.code, "name": row.short_name, "sector": row.sector, "url": cpsv.service_address(home, row.code)}
        for row in rows
    ]
    response = JsonResponse({"commune": office.name, "items": items}, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return _tagged(request, response)


@public
@require_safe
def changes(request: HttpRequest, commune: str) -> HttpResponse:
    """What is new and what has changed, as a feed."""
    office = office_at(request, commune)
    found = news.newest(office, IN_FEED)
    home, own = request.build_absolute_uri(f"{_prefix()}/{office.slug}/"), request.build_absolute_uri(request.path)
    made = functools.partial(feed.atom, office, found, home, own, get_language() or "vi")
    return _answered(request, ATOM, (office.pk, office.name, *found), made)


@public
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """What this province publishes, as DCAT-AP."""
    installation = organisation.installation()
    if installation is None:
        raise Http404
    communes = list(organisation.communes(timezone.localdate()))
    changed = news.last_moment()
    made = functools.partial(dcat.turtle, installation.province, communes, _origin(request), changed)
    return _answered(request, TURTLE, (changed, *(each.name for each in communes)), made)


@public
@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """The index of sitemaps."""
    communes = organisation.communes(timezone.localdate()).values_list("slug", flat=True)
    addresses = [request.build_absolute_uri(f"/{slug}/sitemap.xml") for slug in communes]
    return _answered(request, XML, (*addresses,), lambda: sitemap.index(addresses))


@public
@require_safe
def pages(request: HttpRequest, commune: str) -> HttpResponse:
    """Every public page of the commune."""
    office, day = office_at(request, commune), timezone.localdate()
    rows = queries.listed(office, day, limit=ALL)
    paths = [f"/{office.slug}/", *(f"/{office.slug}/procedures/{row.code}/" for row in rows)]
    return _answered(request, XML, (*paths,), lambda: sitemap.pages(_origin(request), paths))


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Programs may read what is public; what people have begun is theirs."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /accounts/", "Disallow: /*/apply/", "Disallow: /status/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@public
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE]})  # type: ignore[arg-type]
def embedded(request: HttpRequest, commune: str) -> HttpResponse:
    """The list for a frame on any page: no script, no cookie, every link opens the whole window."""
    office, day = office_at(request, commune), timezone.localdate()
    asked = {"q": request.GET.get("q", "").strip()[:200], "sector": request.GET.get("sector", "")[:80]}
    rows = queries.listed(office, day, text=asked["q"], sector=asked["sector"], limit=ON_A_PAGE + 1)
    shown = {"asked": asked, "rows": rows[:ON_A_PAGE], "more": len(rows) > ON_A_PAGE}
    return _tagged(request, render(request, "procedures/embed.html", shown))


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _prefix() -> str:
    return "/en" if (get_language() or "").startswith("en") else ""


def _answered(request: HttpRequest, kind: str, parts: tuple[Any, ...], make: Callable[[], str | bytes]) -> HttpResponse:
    """What `make` gives, under a tag of the parts it is made from; not made when the reader has it."""
    said = "\n".join(map(str, (*parts, kind, request.get_host(), request.scheme, get_language())))
    etag = quote_etag(hashlib.sha256(said.encode()).hexdigest()[:32])
    response = get_conditional_response(request, etag=etag) or HttpResponse(make(), content_type=kind)
    response.headers["ETag"], response.headers["Cache-Control"] = etag, CACHED
    return response


def _tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response under a tag of its own bytes."""
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response.headers["ETag"], response.headers["Cache-Control"] = etag, CACHED
    return get_conditional_response(request, etag=etag, response=response) or response
