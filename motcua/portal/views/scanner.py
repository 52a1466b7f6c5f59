"""The folder into which the counter's scanner puts its files."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries as dossiers
from motcua.kernel import identity
from motcua.kernel.access import requires
from motcua.portal import services
from motcua.portal.forms import ScannerForm
from motcua.portal.views import page
from motcua.portal.views.settings import GET_OR_POST


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """The folder's name, and where it is on the machine."""
    office = page.office_of(request, code)
    watched = dossiers.scan_folder(office)
    form = ScannerForm(page.typed(request), initial={"folder": watched.folder if watched else ""})
    act = partial(services.set_scanner, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.cleaned_data)):
        return page.done(request, _("The scanner's folder is saved."), "settings-scanner", code)
    place = dossiers.place_of_folder(watched.folder) if watched else None
    suggested = dossiers.place_of_folder(office.slug or office.code)
    return page.shown(request, "portal/settings/scanner.html", office, form, place=place, suggested=suggested)
