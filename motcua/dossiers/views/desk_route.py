"""The page that shows the route of a dossier as a picture, with the same as a table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from motcua.dossiers import queries
from motcua.dossiers.at_desk import picture
from motcua.dossiers.views.opened import to_read
from motcua.kernel.access import signed_in


@signed_in
@require_GET
def route(request: HttpRequest, number: str) -> HttpResponse:
    dossier, language = to_read(request, number), get_language() or "vi"
    stages = queries.stages_of(dossier)
    said = [(stage, *picture.parts_of(stage.step.name.get(language))) for stage in stages]
    drawn = picture.of_route([stage.step for stage in stages], said)
    shown = {"dossier": dossier, "stages": stages, "picture": drawn, "now": timezone.now()}
    return render(request, "dossiers/desk/route.html", shown)
