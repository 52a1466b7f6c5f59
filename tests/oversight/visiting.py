"""A visit of the province to both communes, for tests that begin there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from motcua.oversight import services
from motcua.oversight.models import Visit
from motcua.oversight.services import Delegate, Plan
from tests.cast import NOW
from tests.oversight import directing
from tests.oversight.departments import World

BEGINS = NOW + timedelta(days=3)


def plan(world: World, **changes: Any) -> Plan:
    given: dict[str, Any] = {
        "title": "Kiểm tra cải cách hành chính, “một cửa”; hai xã",
        "begins_at": BEGINS,
        "ends_at": BEGINS + timedelta(hours=3),
        "hosts": directing.communes(world),
        "delegates": [Delegate('Người Mẫu "Tỉnh"', "Trưởng đoàn", "tinh@vidu.example"), Delegate("Người Mẫu Hai")],
        "agenda": ["Nghe báo cáo", "Xem bộ phận một cửa"],
        "taking_part": [world.justice.office],
        "place": "Trụ sở xã, thôn Mẫu 1",
    }
    return Plan(**given | changes)


def planned(world: World, **changes: Any) -> Visit:
    """The province's leader plans it."""
    return services.plan_visit(plan=plan(world, **changes), office=world.cast.province, by=world.governor, at=NOW)
