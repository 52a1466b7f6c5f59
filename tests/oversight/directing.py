"""A conclusion with paragraphs, and directives that follow from it, for tests that begin there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from motcua.kernel.organisation import Office
from motcua.oversight import services
from motcua.oversight.models import Conclusion, Directive, Task
from motcua.oversight.services import Asked, Written
from tests.cast import NOW
from tests.oversight.departments import World

# A Friday; the cast's now is the Monday before.
DUE = date(2026, 11, 27)
TEXT = """I. Kết quả
Hai xã đã niêm yết đủ thủ tục.
II. Yêu cầu
Ủy ban nhân dân hai xã rà soát hồ sơ quá hạn.
Sở Mẫu Một hướng dẫn thống nhất cách ký bản sao."""


def written(**changes: Any) -> Written:
    given: dict[str, Any] = {
        "title": "Kết luận làm việc tại hai xã",
        "text": TEXT,
        "number": "12/TB-MAU",
        "dated": date(2026, 11, 23),
        "signer": "Người Mẫu Tỉnh",
        "signer_title": "Phó Chủ tịch",
    }
    return Written(**given | changes)


def drafted(world: World, at: datetime = NOW, **changes: Any) -> Conclusion:
    """The province's leader writes it."""
    return services.draft_conclusion(written=written(**changes), office=world.cast.province, by=world.governor, at=at)


def issued(world: World, at: datetime = NOW, **changes: Any) -> Conclusion:
    """Written and issued."""
    return services.issue_conclusion(conclusion=drafted(world, at, **changes), by=world.governor, at=at)


def communes(world: World) -> list[Office]:
    return [world.here.commune, world.there.commune]


def given(
    world: World, offices: Sequence[Office] = (), conclusion: Conclusion | None = None, at: datetime = NOW, **asked: Any
) -> Task:
    """A task of its fourth paragraph, to both communes."""
    paragraph = (conclusion or issued(world, at)).paragraphs.get(no=4)
    content = {"result": "Báo cáo hết hồ sơ quá hạn", "offices": offices or communes(world), "due_date": DUE}
    return services.give_directives(paragraph=paragraph, asked=Asked(**content | asked), by=world.governor, at=at)


def directive(world: World, office: Office | None = None, **asked: Any) -> Directive:
    """One directive, to the commune here."""
    return given(world, [office or world.here.commune], **asked).directives.get()


def reported(world: World, at: datetime = NOW, **asked: Any) -> Directive:
    """The commune here has reported."""
    return services.report_on(
        directive=directive(world, **asked), text="Đã xong 12 hồ sơ.", by=world.here.leader, at=at
    )


def again(known: Directive) -> Directive:
    """The directive as it is in the database now."""
    return Directive.objects.select_related("matter", "task", "office", "issuer").get(pk=known.pk)
