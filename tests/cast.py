"""A small world for the tests: two communes of one province with their people, procedures, overlays and calendar.

Nouns: Town (a commune, its parts and its people), Cast (both towns and what can be filed there). Everybody is made up.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from motcua.dossiers import services
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import ApplicantData, ComponentData, Filed, GivenLimit
from motcua.kernel import identity, localities, organisation, schedule
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.organisation import Installation, Office
from motcua.procedures import eforms
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.queries import Edition
from tests import snapshot

CERTIFY, BIRTH, OPEN_LIMIT = "2.000815", "1.001193", "9.000002"
BEGUN = date(2026, 7, 1)
# A Monday morning, nine o'clock in the office; the Tuesday after it is a holiday.
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TODAY = date(2026, 11, 23)

ROLES: Mapping[str, tuple[str, list[str]]] = {
    "intake_officer": ("Cán bộ tiếp nhận", [identity.INTAKE]),
    "case_officer": ("Công chức thụ lý", [identity.PROCESS]),
    "approver": ("Người ký", [identity.APPROVE]),
    "records_clerk": ("Văn thư", [identity.RECORDS]),
    "leader": ("Lãnh đạo", [identity.LEAD, identity.APPROVE]),
    "administrator": ("Quản trị", [identity.SETTINGS]),
    "procedure_manager": ("Quản lý thủ tục", [identity.PROCEDURES]),
}


def _step(sid: str, act: str, role: str, division: str = "") -> dict[str, Any]:
    return {"sid": sid, "name": sid.title(), "act": act, "role": role} | ({"division": division} if division else {})


_RECEIVE = _step("receive", "receive", "intake_officer")
_RETURN = _step("return", "return", "intake_officer")
_NAME = {"sid": "full_name", "type": "name", "label": "Họ tên", "required": True, "prefill": "applicant.full_name"}
_DOCUMENTS: Mapping[str, dict[str, Any]] = {
    CERTIFY: {
        "name": "Chứng thực bản sao từ bản chính",
        "sector": "chung-thuc",
        "sector_name": "Chứng thực",
        "mode": "counter",
        "channels": [{"kind": "direct"}],
        "pages": [{"sid": "page", "title": "Bản sao", "fields": [_NAME]}],
        "components": [{"sid": "original", "title": "Bản chính"}],
        "steps": [_RECEIVE, _step("sign", "settle", "approver"), _RETURN],
    },
    BIRTH: {
        "name": "Đăng ký khai sinh",
        "sector": "ho-tich",
        "sector_name": "Hộ tịch",
        "mode": "portal",
        "channels": [{"kind": kind, "limit": {"value": 1}} for kind in ("online", "postal", "direct")],
        "pages": [{"sid": "page", "title": "Người được khai sinh", "fields": [_NAME]}],
        "components": [{"sid": "birth_paper", "title": "Giấy chứng sinh"}],
        "steps": [
            _RECEIVE,
            _step("process", "process", "case_officer", "civil_status"),
            _step("sign", "settle", "approver"),
            _RETURN,
        ],
    },
    OPEN_LIMIT: {
        "name": "Xác nhận mẫu không có thời hạn",
        "sector": "thu-nghiem",
        "sector_name": "Thử nghiệm",
        "mode": "here",
        "channels": [{"kind": "online"}, {"kind": "direct"}],
        "steps": [_RECEIVE, _step("sign", "settle", "approver"), _RETURN],
    },
}
SAME_DAY = {"value": 0, "unit": "working_day", "cutoff": "15:00"}
SAMPLE = "Dữ liệu mẫu để thử nghiệm, không phải quy định thật"


@functools.cache
def document(code: str) -> dict[str, Any]:
    """A small document under this code."""
    return {"code": code, "short_name": _DOCUMENTS[code]["name"], **_DOCUMENTS[code]}


@dataclass(frozen=True)
class Town:
    """A commune with its parts, and one person for each role."""

    commune: Office
    centre: Office
    civil_status: Office
    certification: Office
    intake: Person
    case: Person
    approver: Person
    leader: Person
    administrator: Person
    procedure_manager: Person

    @property
    def slug(self) -> str:
        """The commune's word in addresses."""
        return str(self.commune.slug)


@dataclass
class Cast:
    """Two towns, and what people ask for there."""

    province: Office
    here: Town
    there: Town
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def edition(self, code: str, town: Town | None = None, day: date = TODAY) -> Edition:
        """The procedure as the town (here) offers it."""
        return procedures.edition_for((town or self.here).commune, code, day)

    def answers(self, code: str) -> dict[str, Any]:
        """A complete set of answers of somebody who does not exist."""
        return eforms.example(self.edition(code).definition, TODAY)

    def request(self, code: str, town: Town | None = None, **changes: Any) -> dict[str, Any]:
        """What both ways of filing are given, under a key of its own."""
        n = next(self._numbers)
        return {
            "commune": (town or self.here).commune,
            "edition": self.edition(code, town),
            "applicant": applicant(),
            "answers": self.answers(code),
            "components": (),
            "op_id": f"op-{n}",
            "request_sha256": f"{n:064d}",
            "at": NOW,
        } | changes

    def file(self, code: str = BIRTH, town: Town | None = None, **changes: Any) -> Filed:
        """Somebody files it online."""
        return services.file_dossier(**{"channel": "online"} | self.request(code, town, **changes))

    def take_in(self, code: str = CERTIFY, town: Town | None = None, **changes: Any) -> Filed:
        """Somebody brings it to the counter."""
        by = (town or self.here).intake
        return services.take_in_dossier(**{"by": by} | self.request(code, town, **changes))

    def settled(self, code: str = CERTIFY, town: Town | None = None, at: datetime = NOW) -> Dossier:
        """Taken in, processed and signed; the result waits at the counter."""
        town = town or self.here
        dossier = self.take_in(code, town, at=at).dossier
        if any(step.act == "process" for step in self.edition(code, town).definition.steps):
            dossier = services.complete_step(dossier=dossier, by=town.case, at=at)
        return services.settle_dossier(dossier=dossier, by=town.approver, at=at, result_name="Kết quả mẫu")

    def returned(self, code: str = CERTIFY, town: Town | None = None, at: datetime = NOW) -> Dossier:
        """The whole way: the person has the result."""
        town = town or self.here
        dossier = self.settled(code, town, at)
        return services.return_result(
            dossier=dossier, by=town.intake, at=at, method="counter", receiver="Người Mẫu Một"
        )


def applicant(**changes: Any) -> ApplicantData:
    """Somebody who does not exist: no province has the code 003, no carrier the prefix 030."""
    given = {
        "full_name": "Đỗ Thị Mẫu",
        "birth_date": "1990-11-24",
        "citizen_id": "003190000001",
        "phone": "0300000001",
        "email": "mau@vidu.example",
        "address": "Thôn Mẫu 1",
    }
    return ApplicantData(**given | changes)


def paper(sid: str = "original", quantity: int = 1) -> ComponentData:
    """A paper that lay on the counter."""
    return ComponentData(sid, kind="original", quantity=quantity)


def limit(value: int = 3, unit: str = "working_day", legal_source: str = SAMPLE) -> GivenLimit:
    """A time limit named at receipt."""
    return GivenLimit(value, unit, legal_source)


def make() -> Cast:
    """Write the whole world into an empty database."""
    forget()
    return Cast(*snapshot.made_once("cast", _made))


def _made() -> tuple[Office, Town, Town]:
    schedule.load_holidays(datetime(2026, 7, 1, tzinfo=UTC))
    roles = _roles()
    place = localities.provinces()[-1]
    province = organisation.open_office(
        code=place.code, kind="province", name=place.full_name, locality_id=place.code, valid_from=BEGUN
    )
    towns = [_town(province, roles, n) for n in (1, 2)]
    Installation.objects.create(province=province, demo=True, ready_at=NOW)
    organisation.forget_installation()
    _publish([town.commune for town in towns])
    return province, towns[0], towns[1]


def forget() -> None:
    """What the process remembers of a world whose rows are taken back."""
    procedures.edition.cache_clear()
    procedures.forget()
    organisation.forget_installation()


def _roles() -> dict[str, Role]:
    made = Role.objects.bulk_create(
        Role(code=code, name_vi=name, name_en=code.replace("_", " ").capitalize(), capabilities=capabilities)
        for code, (name, capabilities) in ROLES.items()
    )
    return {role.code: role for role in made}


def _town(province: Office, roles: Mapping[str, Role], n: int) -> Town:
    place = localities.communes_of(province.code)[n]
    commune = organisation.open_office(
        code=f"{province.code}-{place.code}",
        kind="commune",
        name=f"UBND {place.full_name}",
        parent=province,
        slug=f"xa-mau-{n}",
        locality_id=place.code,
        agency_code=f"H36.{23 + n}",
        phone="0300000000",
        address=f"Thôn Mẫu {n}",
        valid_from=BEGUN,
    )
    centre = _part(commune, "hc", "centre", "Trung tâm Phục vụ hành chính công", "receive")
    civil = _part(commune, "ht", "division", "Bộ phận hộ tịch", "civil_status")
    certification = _part(commune, "ct", "division", "Bộ phận chứng thực", "certification")
    return Town(
        commune,
        centre,
        civil,
        certification,
        intake=_person("Trần Văn Mẫu Nhận", n, "intake", centre, roles["intake_officer"]),
        case=_person("Lê Thị Mẫu Lý", n, "case", civil, roles["case_officer"]),
        approver=_person("Phạm Văn Mẫu Ký", n, "approver", commune, roles["approver"]),
        leader=_person("Võ Thị Mẫu Trưởng", n, "leader", commune, roles["leader"]),
        administrator=_person("Hồ Văn Mẫu Quản", n, "administrator", commune, roles["administrator"]),
        procedure_manager=_person("Ngô Thị Mẫu Thủ", n, "procedures", commune, roles["procedure_manager"]),
    )


def _part(commune: Office, ending: str, kind: str, name: str, duty: str) -> Office:
    code = f"{commune.code}-{ending}"
    return organisation.open_office(code=code, kind=kind, name=name, parent=commune, duties=[duty], valid_from=BEGUN)


def _person(name: str, n: int, username: str, office: Office, role: Role) -> Person:
    email = f"{username}{n}@vidu.example"
    person = Person.objects.create(full_name=f"{name} {'Một' if n == 1 else 'Hai'}", email=email)
    Account.objects.create_user(f"{username}{n}", None, person=person, email=email)
    Post.objects.create(person=person, office=office, role=role, valid_from=BEGUN)
    return person


def colleague(town: Town) -> Person:
    """One more who takes dossiers in at this town."""
    post = Post.objects.select_related("role").get(person=town.intake)
    person = Person.objects.create(full_name="Ka Să H'Oanh Niê Kdăm Mẫu")
    Post.objects.create(person=person, office=town.centre, role=post.role, valid_from=BEGUN)
    return person


def leader_of(office: Office) -> Person:
    """Somebody who leads this office and may sign in."""
    person = Person.objects.create(full_name="Người Mẫu Tỉnh")
    Account.objects.create_user(f"leader-{office.code}", None, person=person, email=f"{office.code}@vidu.example")
    Post.objects.create(person=person, office=office, role=Role.objects.get(code="leader"), valid_from=BEGUN)
    return person


def _publish(communes: list[Office]) -> None:
    at = datetime(2026, 7, 1, tzinfo=UTC)
    for code in (CERTIFY, BIRTH, OPEN_LIMIT):
        catalogue.publish_version(doc=document(code), at=at, by=None, effective_from=BEGUN)
    overlays: dict[str, dict[str, Any]] = {CERTIFY: {"limit": SAME_DAY}, BIRTH: {"mode": "here", "limit": SAME_DAY}}
    for commune in communes:
        for code, doc in overlays.items():
            catalogue.make_overlay(
                office=commune,
                procedure=procedures.procedure(code),
                doc=doc,
                legal_source=SAMPLE,
                at=at,
                by=None,
                effective_from=BEGUN,
            )
