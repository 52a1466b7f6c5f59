"""The catalogue's addresses for machines, and the list that stands on somebody else's page.

No cookie and no session; what is long to write is kept until the catalogue changes (ui.middleware).
"""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from motcua.kernel import organisation
from motcua.kernel.access import public
from motcua.procedures import bulk, news, queries
from motcua.procedures.open_data import cpsv, dcat, feed, sitemap
from motcua.procedures.views.public import ON_A_PAGE
from motcua.ui.context import commune_at
from motcua.ui.middleware import kept

TURTLE, ATOM, XML = "text/turtle; charset=utf-8", "application/atom+xml; charset=utf-8", "application/xml"
IN_FEED = 50


@public
@require_safe
@kept
def catalogue(request: HttpRequest, commune: str) -> HttpResponse:
    """The commune's whole catalogue as CPSV-AP."""
    office, day = commune_at(request, commune), timezone.localdate()
    editions = bulk.editions(bulk.state_of(office, day))
    return HttpResponse(cpsv.turtle(office, editions, _origin(request)), content_type=TURTLE)


@public
@require_safe
@kept
def listed(request: HttpRequest, commune: str) -> HttpResponse:
    """Code, name, field and address of every procedure, for scripts of any page."""
    office, day = commune_at(request, commune), timezone.localdate()
    rows = queries.listed(office, day, limit=queries.ALL)
    home = request.build_absolute_uri(f"/{office.slug}/")
    items = [
        {"code": row.code, "name": row.short_name, "sector": row.sector, "url": cpsv.service_address(home, row.code)}
        for row in rows
    ]
    response = JsonResponse({"commune": office.name, "items": items}, json_dumps_params={"ensure_ascii": False})
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@public
@require_safe
@kept
def changes(request: HttpRequest, commune: str) -> HttpResponse:
    """What is new and what has changed, as a feed."""
    office = commune_at(request, commune)
    found = news.newest(office, IN_FEED)
    home, own = request.build_absolute_uri(f"{_prefix()}/{office.slug}/"), request.build_absolute_uri(request.path)
    return HttpResponse(feed.atom(office, found, home, own, get_language() or "vi"), content_type=ATOM)


@public
@require_safe
@kept
def open_data(request: HttpRequest) -> HttpResponse:
    """What this province publishes, as DCAT-AP."""
    installation = organisation.installation()
    if installation is None:
        raise Http404
    communes = list(organisation.communes(timezone.localdate()))
    described = dcat.turtle(installation.province, communes, _origin(request), news.last_moment())
    return HttpResponse(described, content_type=TURTLE)


@public
@require_safe
@kept
def site(request: HttpRequest) -> HttpResponse:
    """The index of sitemaps."""
    communes = organisation.communes(timezone.localdate()).values_list("slug", flat=True)
    addresses = [request.build_absolute_uri(f"/{slug}/sitemap.xml") for slug in communes]
    return HttpResponse(sitemap.index(addresses), content_type=XML)


@public
@require_safe
@kept
def pages(request: HttpRequest, commune: str) -> HttpResponse:
    """Every public page of the commune."""
    office, day = commune_at(request, commune), timezone.localdate()
    rows = queries.listed(office, day, limit=queries.ALL)
    home = f"/{office.slug}/"
    paths = [home, f"{home}procedures/", *sorted({f"{home}fields/{row.sector}/" for row in rows})]
    paths += [f"{home}procedures/{row.code}/" for row in rows]
    return HttpResponse(sitemap.pages(_origin(request), paths), content_type=XML)


@public
@require_safe
@kept
def robots(request: HttpRequest) -> HttpResponse:
    """Programs may read what is public; what people have begun is theirs."""
    lines = ["User-agent: *", "Disallow: /desk/", "Disallow: /accounts/", "Disallow: /*/apply/", "Disallow: /status/"]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@public
@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE]})  # type: ignore[arg-type]
@kept
def embedded(request: HttpRequest, commune: str) -> HttpResponse:
    """The list for a frame on any page: no script, no cookie, every link opens the whole window."""
    office, day = commune_at(request, commune), timezone.localdate()
    asked = {"q": request.GET.get("q", "").strip()[:200], "sector": request.GET.get("sector", "")[:80]}
    rows = queries.listed(office, day, text=asked["q"], sector=asked["sector"], limit=ON_A_PAGE + 1)
    shown = {"asked": asked, "rows": rows[:ON_A_PAGE], "more": len(rows) > ON_A_PAGE}
    return render(request, "procedures/embed.html", shown)


def _origin(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _prefix() -> str:
    return "/en" if (get_language() or "").startswith("en") else ""
