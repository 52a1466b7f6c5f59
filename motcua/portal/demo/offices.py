"""Offices, people and overlays of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.kernel.identity import Person
from motcua.kernel.organisation import Office
from motcua.portal import services
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue


@dataclass(frozen=True)
class Town:
    """A commune with its people by role."""

    commune: Office
    people: dict[str, list[Person]]

    def one_of(self, role: str, n: int) -> Person:
        """Somebody with this role; those who share it take turns."""
        held = self.people[role]
        return held[n % len(held)]


@dataclass(frozen=True)
class Department:
    """A department of the province, or the province's own office, with its people."""

    office: Office
    people: tuple[Person, ...]


@dataclass(frozen=True)
class Places:
    """Everybody: the communes, and the province's side by the codes of demo.yaml; the province itself is ""."""

    towns: list[Town]
    departments: dict[str, Department]


def open_all(data: dict[str, Any], province: Office, hand: Person, at: datetime) -> Places:
    """The province's departments and people, each commune with its own, and what they set over the procedures."""
    departments = {
        each["code"]: _department(each, data["password"], province, hand, at) for each in data["departments"]
    }
    people = tuple(_person(entry, data["password"], province, hand, at) for entry in data["province_people"])
    _file_here(data["overlays"]["legal_source"], province, hand, at)
    towns = [_town(entry, data["password"], province, hand, at) for entry in data["communes"]]
    for town in towns:
        _overlays(data["overlays"], town.commune, hand, at)
    return Places(towns, {"": Department(province, people)} | departments)


def _department(entry: dict[str, Any], password: str, province: Office, hand: Person, at: datetime) -> Department:
    office = services.open_department(province=province, code=entry["code"], name=entry["name"], by=hand, at=at)
    return Department(office, tuple(_person(each, password, office, hand, at) for each in entry["people"]))


def _town(entry: dict[str, Any], password: str, province: Office, hand: Person, at: datetime) -> Town:
    commune = services.open_commune(
        province=province, code=entry["code"], agency_code=entry["agency_code"], by=hand, at=at
    )
    parts = {"": commune} | {part.code.rpartition("-")[2]: part for part in commune.children.all()}
    people: dict[str, list[Person]] = {}
    for each in entry["people"]:
        person = _person(each, password, parts[each["part"]], hand, at)
        for role in each["roles"]:
            people.setdefault(role, []).append(person)
            for other in each.get("also", ()):
                _post(person, parts[other], role, hand, at)
    return Town(commune, people)


def _person(entry: dict[str, Any], password: str, office: Office, hand: Person, at: datetime) -> Person:
    person = services.add_person(full_name=entry["name"], office=office, by=hand, at=at)
    for role in entry["roles"]:
        _post(person, office, role, hand, at)
    services.make_account(person=person, username=entry["username"], password=password, office=office, by=hand, at=at)
    return person


def _post(person: Person, office: Office, role: str, hand: Person, at: datetime) -> None:
    day = timezone.localdate(at)
    services.give_post(person=person, office=office, role=role, valid_from=day, by=hand, at=at)


def _can_be_filed(edition: procedures.Edition) -> bool:
    """With an online channel, or with a form of its own where no channel is known."""
    found = edition.definition
    online = "online" in {each.kind for each in found.channels} or (bool(found.draft_grade) and not found.channels)
    return online and found.settled_by_commune is not False


def _file_here(legal_source: str, province: Office, hand: Person, at: datetime) -> None:
    """Open to filing here whatever can be filed online and is not settled elsewhere, for all communes at once."""
    day = timezone.localdate(at)
    for each in procedures.listed(province, day, limit=1000):
        if each.mode != procedures.MODE_NONE and _can_be_filed(procedures.edition_for(province, each.code, day)):
            catalogue.make_overlay(
                office=province,
                procedure=procedures.procedure(each.code),
                doc={"mode": procedures.MODE_HERE},
                legal_source=legal_source,
                at=at,
                by=hand,
                effective_from=day,
            )


def _overlays(entry: dict[str, Any], commune: Office, hand: Person, at: datetime) -> None:
    for code, doc in entry["procedures"].items():
        catalogue.make_overlay(
            office=commune,
            procedure=procedures.procedure(code),
            doc=doc,
            legal_source=entry["legal_source"],
            at=at,
            by=hand,
            effective_from=timezone.localdate(at),
        )
