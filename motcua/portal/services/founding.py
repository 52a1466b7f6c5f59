"""How a database becomes a centre, step by step: roles, the province's office, communes with their parts.

A half-made centre has an Installation without `ready_at`; `finish` fills it last.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.kernel import ledger, localities, matters, organisation, schedule, search
from motcua.kernel.identity import Person
from motcua.kernel.localities import Locality
from motcua.kernel.organisation import Installation, Office
from motcua.portal import shipped
from motcua.portal.events import CentreOpened, OfficeOpened
from motcua.portal.services import roles


def found(*, province: str, demo: bool, by: Person, at: datetime) -> Installation:
    """Localities, calendar, roles and the province's office; the installation is not ready yet.

    Raises Locality.DoesNotExist for a code that is no province's.
    """
    localities.load(at)
    schedule.load_holidays(at)
    begun = shipped.read("centre")
    with transaction.atomic():
        place = Locality.objects.get(code=province, level=localities.PROVINCE)
        office = _open(
            at,
            by,
            code=place.code,
            kind=organisation.PROVINCE,
            name=begun["names"]["province"].format(place=_in_sentence(place)),
            valid_from=place.valid_from,
            locality=place,
        )
        installation = Installation.objects.create(province=office, demo=demo)
        roles.bring_roles(at=at)
        return installation


def open_commune(*, province: Office, code: str, by: Person, at: datetime, agency_code: str = "") -> Office:
    """A commune's office with its service centre and usual divisions.

    Raises Locality.DoesNotExist for a code that is no commune's of this province.
    """
    begun = shipped.read("centre")
    place = Locality.objects.get(code=code, level=localities.COMMUNE, parent=province.locality_id, valid_to=None)
    with transaction.atomic():
        commune = _open(
            at,
            by,
            code=place.code,
            kind=organisation.COMMUNE,
            name=begun["names"]["commune"].format(place=_in_sentence(place)),
            valid_from=place.valid_from,
            parent=province,
            slug=_slug(place),
            locality=place,
            agency_code=agency_code or place.code,
        )
        _open_part(commune, organisation.SERVICE_CENTRE, begun["centre"], place, by, at)
        for division in begun["divisions"]:
            _open_part(commune, organisation.DIVISION, division, place, by, at)
    return commune


def open_department(*, province: Office, code: str, name: str, by: Person, at: datetime) -> Office:
    """A specialised department of the province."""
    with transaction.atomic():
        return _open(
            at,
            by,
            code=f"{province.code}-{code}",
            kind=organisation.DEPARTMENT,
            name=name,
            valid_from=province.valid_from,
            parent=province,
        )


def finish(*, installation: Installation, by: Person, at: datetime) -> None:
    """The last step: from now on this database serves."""
    with transaction.atomic():
        installation.ready_at = at
        installation.save(update_fields=["ready_at"])
        province = installation.province
        codes = tuple(Office.objects.communes().values_list("code", flat=True))
        opened = CentreOpened(province.code, codes, installation.demo)
        ledger.record(opened, matter=matters.administration_of(province, at), at=at, by=by, office=province)
    organisation.forget_installation()


def _open(at: datetime, by: Person, **details: Any) -> Office:
    office = organisation.open_office(**details)
    opened = OfficeOpened(office.code, office.kind, office.valid_from)
    ledger.record(opened, matter=matters.administration_of(office, at), at=at, by=by, office=office)
    return office


def _open_part(commune: Office, kind: str, part: dict[str, Any], place: Locality, by: Person, at: datetime) -> None:
    name = part.get("names", {}).get(place.type, part["name"])
    _open(
        at,
        by,
        code=f"{commune.code}-{part['code']}",
        kind=kind,
        name=name.format(place=_in_sentence(place)),
        valid_from=commune.valid_from,
        parent=commune,
        duties=part["duties"],
    )


def _in_sentence(place: Locality) -> str:
    """Its full name as it stands within a name: the first letter is that of an ordinary word."""
    return place.full_name[:1].lower() + place.full_name[1:]


def _slug(place: Locality) -> str:
    """Its address: the name without accents, with the code behind it when that is taken or reserved."""
    slug = search.fold(place.name).replace(" ", "-")
    taken = slug in organisation.RESERVED_SLUGS or Office.objects.filter(slug=slug).exists()
    return f"{slug}-{place.code}" if taken else slug
