"""The public pages of the catalogue: a commune's home with search, its fields, the whole list, and one procedure from
what it is for to its start.

They set no cookie and read no session, so that this server (ui.middleware) and every cache on the way may keep them for
everybody.
"""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.kernel.access import public
from motcua.kernel.organisation import Office
from motcua.procedures import front, guidance, needs, queries
from motcua.procedures.open_data import schema_org
from motcua.procedures.queries import Edition
from motcua.ui import here
from motcua.ui.context import commune_at
from motcua.ui.middleware import kept

ON_A_PAGE = 30
# Where a procedure stands whose own address on the portal is not known.
PORTAL = "https://dichvucong.gov.vn"


@public
@require_safe
@kept
def home(request: HttpRequest, commune: str) -> HttpResponse:
    """The commune's home: search, what people come for, the fields, where to go; with words, what they find."""
    office, day = commune_at(request, commune), timezone.localdate()
    if request.GET.get("q", "").strip():
        return _found(request, office)
    if field := request.GET.get("sector", ""):  # what the address of a field was before it had one of its own
        return redirect("field", commune, field[:80], permanent=True)
    topics = front.topics(office, day)
    shown = {"topics": topics, "often": front.asked(office, day), "opening": front.opening(office, day)}
    return render(request, "procedures/home.html", shown | {"total": sum(topic.count for topic in topics)})


def _found(request: HttpRequest, office: Office) -> HttpResponse:
    text, after = request.GET["q"].strip()[:200], _number(request.GET.get("after", ""))
    rows = queries.listed(office, timezone.localdate(), text=text, after=after, limit=ON_A_PAGE + 1)
    shown: dict[str, Any] = {"asked": {"q": text}, "rows": rows[:ON_A_PAGE]}
    shown["near"] = [] if rows else queries.nearest(text)
    shown["previous"] = _address(text, max(0, after - ON_A_PAGE)) if after else ""
    shown["next"] = _address(text, after + ON_A_PAGE) if len(rows) > ON_A_PAGE else ""
    return render(request, "procedures/found.html", shown)


@public
@require_safe
@kept
def field(request: HttpRequest, commune: str, sector: str) -> HttpResponse:
    """One field with its procedures."""
    office = commune_at(request, commune)
    shelf = front.shelf(office, timezone.localdate(), sector)
    if shelf is None:
        raise Http404
    return render(request, "procedures/field.html", {"shelf": shelf})


@public
@require_safe
@kept
def everything(request: HttpRequest, commune: str) -> HttpResponse:
    """Every procedure of the commune on one page, to look through and to print."""
    topics = front.topics(commune_at(request, commune), timezone.localdate())
    shown = {"topics": topics, "total": sum(topic.count for topic in topics)}
    return render(request, "procedures/everything.html", shown)


@public
@require_safe
@kept
def procedure(request: HttpRequest, commune: str, code: str) -> HttpResponse:
    """One procedure as this commune offers it."""
    office = commune_at(request, commune)
    here.put(request, procedure=code)
    try:
        edition = queries.edition_for(office, code, timezone.localdate())
    except queries.NotInForce:
        raise Http404 from None
    address = request.build_absolute_uri(f"/{commune}/procedures/{code}/")
    told = _told(edition) | {"machine": schema_org.described(edition.definition, office, address)}
    told |= {"boards": queries.boards_of(office, code)}
    return render(request, "procedures/procedure.html", told)


def _told(edition: Edition) -> dict[str, Any]:
    definition = edition.definition
    return {
        "edition": edition,
        "definition": definition,
        "needs": needs.of(definition),
        # Known by its name only; a form of its own would say what is asked.
        "thin": definition.detail == "catalogue_only" and not definition.components and not definition.draft_grade,
        "limits": guidance.limits(definition),
        "fees": guidance.fees(definition),
        "ways": guidance.ways(definition),
        "portal": PORTAL,
    }


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 7 else 0


def _address(text: str, after: int) -> str:
    return "?" + urlencode({name: value for name, value in (("q", text), ("after", after)) if value})
