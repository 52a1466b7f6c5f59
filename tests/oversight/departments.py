"""The province's side of the cast: two departments, in each people who answer and somebody who leads, and a leader of
the province. Nobody of them exists.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.organisation import Office
from motcua.oversight import services
from motcua.oversight.models import Difficulty
from motcua.ui.here import Here
from tests import snapshot
from tests.cast import BEGUN, BIRTH, NOW, Cast, Town

ROLES = {
    "department_officer": ("Chuyên viên sở", [identity.ANSWER]),
    "department_leader": ("Lãnh đạo sở", [identity.ANSWER, identity.OVERSEE]),
    "province_leader": ("Lãnh đạo tỉnh", [identity.OVERSEE]),
}
AT_SIGNING = Here(procedure=BIRTH, step="sign", page="desk-dossier")


@dataclass(frozen=True)
class Department:
    """A department with its people."""

    office: Office
    officer: Person
    colleague: Person
    leader: Person


@dataclass
class World:
    """The cast with the province's side."""

    cast: Cast
    justice: Department
    home: Department
    governor: Person
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def here(self) -> Town:
        return self.cast.here

    @property
    def there(self) -> Town:
        return self.cast.there

    def raised(self, town: Town | None = None, at: datetime = NOW, **changes: Any) -> Difficulty:
        """Somebody who settles dossiers meets something at signing."""
        town = town or self.here
        given = {"text": f"Không ký được, lần {next(self._numbers)}", "topic": "procedure", "here": AT_SIGNING}
        given |= {"office": town.civil_status, "by": town.case, "at": at}
        return services.raise_difficulty(**given | changes)

    def answered(self, town: Town | None = None, at: datetime = NOW, **changes: Any) -> Difficulty:
        """The department has said how it is done."""
        difficulty = self.raised(town, at, **changes)
        services.answer_difficulty(difficulty=difficulty, text="Làm theo mẫu.", by=self.justice.officer, at=at)
        return fresh(difficulty)


def fresh(difficulty: Difficulty) -> Difficulty:
    """The difficulty as it is in the database now."""
    return Difficulty.objects.select_related("matter", "holder", "office").get(pk=difficulty.pk)


def make(cast: Cast) -> World:
    """Write the departments into the cast's province; one of them answers for everything."""
    return World(cast, *snapshot.made_once(f"departments of {cast.province.pk}", lambda: _made(cast)))


def _made(cast: Cast) -> tuple[Department, Department, Person]:
    roles = {
        code: Role.objects.create(code=code, name_vi=name, name_en=code, capabilities=capabilities)
        for code, (name, capabilities) in ROLES.items()
    }
    leader = Role.objects.get(code="leader")
    leader.capabilities = [*leader.capabilities, identity.ANSWER, identity.OVERSEE]
    leader.save()
    justice, home = (
        _department(cast, roles, code, name) for code, name in (("tp", "Sở Mẫu Một"), ("nv", "Sở Mẫu Hai"))
    )
    governor = _person("Người Mẫu Tỉnh", "tinh", cast.province, roles["province_leader"])
    services.set_route(province=cast.province, scope="all", key="", department=justice.office, by=governor, at=NOW)
    return justice, home, governor


def _department(cast: Cast, roles: dict[str, Role], code: str, name: str) -> Department:
    office = organisation.open_office(
        code=f"{cast.province.code}-{code}", kind="department", name=name, parent=cast.province, valid_from=BEGUN
    )
    officer, colleague = (
        _person(f"{given} Mẫu {code}", f"{code}{n}", office, roles["department_officer"])
        for n, given in enumerate(("Lò Thị", "Vàng A"), 1)
    )
    return Department(
        office, officer, colleague, _person(f"Sùng Mẫu {code}", f"{code}3", office, roles["department_leader"])
    )


def _person(name: str, username: str, office: Office, role: Role) -> Person:
    person = Person.objects.create(full_name=name, email=f"{username}@vidu.example")
    Account.objects.create_user(username, None, person=person)
    Post.objects.create(person=person, office=office, role=role, valid_from=BEGUN)
    return person
