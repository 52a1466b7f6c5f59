"""When and whom late work is told."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries as dossiers
from motcua.kernel import identity
from motcua.kernel.access import requires
from motcua.portal import services
from motcua.portal.forms import LateWorkForm
from motcua.portal.views import page
from motcua.portal.views.settings import GET_OR_POST


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """The ladder that holds at this office, and where it is set."""
    office = page.office_of(request, code)
    ladder = dossiers.ladder_of(office)
    form = LateWorkForm(page.typed(request), levels=ladder.levels)
    act = partial(services.set_late_work, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(levels=form.levels())):
        return page.done(request, _("What is told of late work is saved."), "settings-late-work", code)
    own = ladder.office_id == office.pk
    return page.shown(request, "portal/settings/late_work.html", office, form, own=own, above=ladder.office_id)
