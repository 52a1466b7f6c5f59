"""What is new in guidance, for readers of feeds, which cannot sign in: the address itself is the key."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from motcua.kernel.access import public
from motcua.kernel.identity import Person
from motcua.oversight import policies
from motcua.oversight.outside import feed


@public
@require_safe
def atom(request: HttpRequest, token: str) -> HttpResponse:
    day = timezone.localdate()
    try:
        person = policies.get_reader(token, day)
    except Person.DoesNotExist:
        raise Http404 from None
    site = request.build_absolute_uri("/").rstrip("/")
    made = feed.atom(person, day, site, request.build_absolute_uri(), get_language() or "vi")
    response = HttpResponse(made, content_type="application/atom+xml; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    return response
