"""What stands on each sheet, as plain data: read from the edition, in Vietnamese. Fixed words are the template's.

Nothing is promised that the public page does not promise: times and amounts are its sentences (guidance).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import translation

from motcua.kernel import organisation
from motcua.kernel.organisation import Office
from motcua.kernel.search import fold
from motcua.procedures import guidance, needs
from motcua.procedures.definition import Component, Definition, Text
from motcua.procedures.guidance import Said
from motcua.procedures.models import Overlay
from motcua.procedures.queries import Edition, Sheet
from motcua.ui import press, writing

# Where the catalogue knows no better address of the national portal.
PORTAL = "https://dichvucong.gov.vn/"
_RECEIVES = "receive"


def of_office(office: Office, day: date) -> dict[str, Any]:
    """What every sheet of a commune says in head and foot."""
    centre = organisation.division_for(office, _RECEIVES, day)
    with translation.override("vi"):
        printed = writing.short_date(day)
    return {
        "demo": organisation.is_demo(),
        "commune": office.name,
        "centre": centre.name if centre != office else "",
        "address": centre.address or office.address,
        "phone": centre.phone or office.phone,
        "printed": printed,
    }


def of_procedures(editions: Collection[Edition], home: str) -> list[dict[str, Any]]:
    """A sheet for each edition; `home` is the commune's public address. One query for the numbers of all overlays."""
    numbers = _numbers({pk for edition in editions for pk in edition.overlay_ids})
    with translation.override("vi"):
        return [_of_procedure(edition, home, numbers) for edition in editions]


def of_sectors(lists: Mapping[Sheet, Sequence[Sheet]], home: str) -> list[dict[str, Any]]:
    """A sheet for each field with what it lists."""
    return [
        {
            "name": sheet.name,
            "procedures": [{"code": each.key, "name": each.name} for each in listed],
            "qr": press.qr_drawing(f"{home}fields/{sheet.key}/"),
            "page": _shown(f"{home}fields/{sheet.key}/"),
        }
        for sheet, listed in lists.items()
    ]


def _numbers(pks: Collection[int]) -> dict[int, tuple[str, int]]:
    """Whose each overlay is, and its number there."""
    found = Overlay.objects.filter(pk__in=pks).values_list("pk", "office__kind", "no")
    return {pk: (kind, no) for pk, kind, no in found}


def _of_procedure(edition: Edition, home: str, numbers: Mapping[int, tuple[str, int]]) -> dict[str, Any]:
    found, page = edition.definition, f"{home}procedures/{edition.code}/"
    return {
        "code": found.code,
        "name": found.short_name.vi,
        "official": _official(found),
        "sector": found.sector_name.vi,
        "summary": _words(found.summary),
        "results": [each.name.vi.rstrip(". ") for each in found.results],
        "applicants": [each.vi for each in found.applicants],
        "keeper": found.handled_by,
        "agencies": list(found.agencies),
        "mode": found.mode,
        "ways": [each.kind for each in found.channels],
        "papers": list(_papers(found)),
        "limits": _sentences(guidance.limits(found)),
        "fees": _sentences(guidance.fees(found)),
        "counter": _words(found.counter),
        "hours": _words(found.hours),
        "notes": _words(found.notes),
        "legal": list(found.legal_basis),
        "decision": found.announcement_decision,
        "portal": found.portal_url or PORTAL,
        "qr": press.qr_drawing(page),
        "page": _shown(page),
        "version": edition.version_no,
        "overlays": [numbers[pk] for pk in edition.overlay_ids],
    }


def _official(found: Definition) -> str:
    """The law's own name where it says more than the short one."""
    bare = found.name.vi.removeprefix("Thủ tục ")
    return found.name.vi if fold(bare) != fold(found.short_name.vi) else ""


def _words(text: Text | None) -> str:
    return text.vi if text else ""


def _shown(address: str) -> str:
    """An address as people type it."""
    return address.partition("://")[2].rstrip("/")


def _sentences(found: Iterable[Said]) -> list[dict[str, str]]:
    return [{"channel": said.channel, "words": " ".join(said.sentences)} for said in found]


def _papers(found: Definition) -> Iterator[dict[str, Any]]:
    """The declaration, then as the public page has them: papers for everybody, then those of single cases."""
    declared = dict.fromkeys(each.title.vi for each in found.components if each.role == "declaration")
    if declared:
        # What a form says of its answers is said to whoever files online, not to whoever stands before the wall.
        yield {"title": "", "items": [{"title": title, "note": "", "shown": False} for title in declared]}
    asked = needs.of(found)
    yield from ({"title": case.title, "items": _items(case.papers)} for case in asked.everybody)
    yield from ({"title": case.title, "items": _items(case.papers, mixed=True)} for case in asked.cases)


def _items(papers: Iterable[Component], *, mixed: bool = False) -> list[dict[str, Any]]:
    """What a regulation names twice in one place stands once; among others, what is only shown says so."""
    once = {(each.title.vi, each.role): each for each in papers}
    return [
        {"title": each.title.vi, "note": _note(each), "shown": mixed and each.role == "present"}
        for each in once.values()
    ]


def _note(component: Component) -> str:
    unless = component.not_needed_when.note.vi if component.not_needed_when else ""
    return f"{_words(component.hint)} {unless}".strip()
