"""Anybody says that something does not work: one sentence, no account, no name; nothing of others is shown."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import networks, organisation
from motcua.kernel.access import public
from motcua.kernel.organisation import Office
from motcua.oversight import services
from motcua.oversight.at_desk import desk
from motcua.oversight.forms.attached import kept
from motcua.oversight.forms.difficulties import PublicForm
from motcua.ui import here
from motcua.ui.context import commune_at

# So many in an hour from one network, behind which a whole office may stand; a demonstration is there to be tried.
MOST, MOST_IN_DEMO, WINDOW = 10, 100, 3600
SALT = "oversight.public"


@public
@never_cache
@csrf_exempt  # the page sets no cookie, so it has no token; whoever sends it acts in nobody's name
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, commune: str) -> HttpResponse:
    office = commune_at(request, commune)
    if request.method != "POST":
        return _page(request, PublicForm())
    form = PublicForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        _count(request)
    except networks.TooMany as many:
        return _page(request, form, 429, minutes=many.wait // 60)
    return _raised(request, office, form)


def _raised(request: HttpRequest, office: Office, form: PublicForm) -> HttpResponse:
    place = here.read(request.POST)
    difficulty = services.raise_difficulty(
        text=form.cleaned_data["text"],
        topic=desk.likely_topic(place),
        here=place,
        office=office,
        at=timezone.now(),
        files=kept(form.cleaned_data["file"]),
        op_id=request.POST.get("op_id", "")[:60] or None,
    )
    response = redirect("public-difficulty-sent", office.slug, signing.dumps(difficulty.number, salt=SALT))
    response.status_code = 303
    return response


@public
@never_cache
@require_safe
def sent(request: HttpRequest, commune: str, token: str) -> HttpResponse:
    commune_at(request, commune)
    try:
        number = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise Http404 from None
    return render(request, "oversight/public/sent.html", {"number": number})


def _page(request: HttpRequest, form: PublicForm, status: int = 200, **more: Any) -> HttpResponse:
    place = here.read(request.POST if request.method == "POST" else request.GET)
    context = desk.new_page(place, form, [], request.POST.get("op_id", ""))
    return render(request, "oversight/public/new.html", context | more, status=status)


def _count(request: HttpRequest) -> None:
    most = MOST_IN_DEMO if organisation.is_demo() else MOST
    networks.count(request, "difficulty", timezone.now(), most=most, window=WINDOW)
