"""One act on many dossiers: a list with ticks, one button, and what came of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from motcua.dossiers.at_desk import many
from motcua.kernel.access import person_of, signed_in


@signed_in
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, name: str) -> HttpResponse:
    if name not in many.KINDS:
        raise Http404
    kind, data = many.KINDS[name], request.POST if request.method == "POST" else None
    form, ticked = kind.form(data), request.POST.getlist("number")
    if data is not None and ticked and form.is_valid():
        person, now = person_of(request), timezone.now()
        outcomes = many.do(name, ticked, person, now, timezone.localdate(), form.cleaned_data)
        return render(request, "dossiers/desk/many_done.html", {"kind": kind, "name": name, "outcomes": outcomes})
    items = many.candidates(person_of(request), kind, timezone.localdate())
    shown = {"kind": kind, "name": name, "kinds": many.KINDS, "items": items, "form": form, "ticked": ticked}
    shown["nothing"] = data is not None and not ticked
    return render(request, "dossiers/desk/many.html", shown, status=200 if data is None else 422)
