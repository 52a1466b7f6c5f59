"""What machines read: communes, procedures, forms, and where a dossier stands."""

import re
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import override

from motcua.dossiers import limits, policies
from motcua.dossiers.api import shapes, supplement
from motcua.dossiers.api.problems import Refused
from motcua.dossiers.models import Dossier
from motcua.dossiers.words import wording
from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures.queries import Edition

PER_PAGE = 50
_SLUG = re.compile(r"[-a-z0-9]{1,80}")
_CODE = re.compile(r"[0-9A-Za-z.\-]{1,20}")
_NUMBER = re.compile(r"[0-9A-Za-z.\-/]{1,60}")


def commune(slug: str, day: date) -> Office:
    """The commune at this address. Raises Refused."""
    try:
        if _SLUG.fullmatch(slug):
            return organisation.commune_by_slug(slug, day)
    except Office.DoesNotExist:
        pass
    raise Refused(404, "no_commune")


def edition(office: Office, code: str, day: date) -> Edition:
    """The procedure as this commune offers it. Raises Refused."""
    try:
        if _CODE.fullmatch(code):
            return procedures.edition_for(office, code, day)
    except procedures.NotInForce:
        pass
    raise Refused(404, "no_procedure")


def communes(day: date) -> dict[str, list[dict[str, str]]]:
    """Every commune that people can file with."""
    return {
        "items": [{"slug": str(each.slug), "name": each.name, "code": each.code} for each in organisation.communes(day)]
    }


def page(request: HttpRequest, office: Office, day: date, q: str, sector: str, number: int) -> shapes.Page:
    """One page of the procedures, best match first."""
    found = procedures.listed(office, day, text=q, sector=sector, after=(number - 1) * PER_PAGE, limit=PER_PAGE)
    items = [
        shapes.Listed(
            code=each.code,
            name=each.name,
            sector=each.sector,
            online=each.mode == procedures.MODE_HERE,
            url=_url(request, office, each.code),
        )
        for each in found
    ]
    return shapes.Page(items=items)


def _url(request: HttpRequest, office: Office, code: str) -> str:
    return request.build_absolute_uri(f"/{office.slug}/procedures/{code}/")


def procedure(request: HttpRequest, office: Office, found: Edition) -> shapes.Procedure:
    """What one procedure is called here and how it is filed."""
    text = found.definition
    return shapes.Procedure(
        code=found.code,
        name=text.name.vi,
        short_name=(text.short_name or text.name).vi,
        sector=text.sector,
        sector_name=text.sector_name.vi,
        online=found.filed_here,
        mode=text.mode,
        url=_url(request, office, found.code),
        version=found.version_no,
        channels=[channel.kind for channel in text.channels],
    )


def form(found: Edition, day: date) -> dict[str, object]:
    """The form for machines. A component is said to be required when the example's answers demand it."""
    text = found.definition
    demanded = {each.sid for each in eforms.missing_components(text, eforms.example(text, day), (), day)}
    return {
        "version": found.version_no,
        "schema": eforms.json_schema(text, day),
        "components": [
            {"sid": each.sid, "title": each.title.vi, "required": each.sid in demanded}
            for each in text.components
            if each.handed_in
        ],
    }


def standing(request: HttpRequest, office: Office, number: str, code: str, now: datetime) -> shapes.Standing:
    """Where the dossier stands, from recorded events only. Raises Refused: the same whatever is wrong."""
    dossier = opened(request, office, number, code, now)
    with override("vi"):
        status, history = wording.status_of(dossier, now), wording.history_items(dossier)
        asked = supplement.open_request(dossier)
    return shapes.Standing(
        number=dossier.number,
        status=status.code,
        portal_status=status.portal,
        due_at=timezone.localtime(status.due_at) if status.due_at else None,
        due_why=status.due_why,
        supplement=shapes.AskedNow(**asked) if asked else None,
        history=[
            shapes.HistoryItem(at=timezone.localtime(each.at), type=each.type, text=each.text, office=each.office)
            for each in history
        ],
    )


def opened(request: HttpRequest, office: Office, number: str, code: str, now: datetime) -> Dossier:
    """The dossier that number and claim code open here: where it was filed, and where it went. Raises Refused."""
    dossier = _by_claim(request, number, code, now)
    if dossier is None or not policies.has_to_do_with(office, dossier):
        raise Refused(404, "no_filing")
    return dossier


def _by_claim(request: HttpRequest, number: str, code: str, now: datetime) -> Dossier | None:
    try:
        return limits.opened_by_claim(request, number, code, now) if _NUMBER.fullmatch(number) else None
    except Dossier.DoesNotExist:
        return None
