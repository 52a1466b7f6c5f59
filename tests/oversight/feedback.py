"""Feedback for the tests: somebody who does not exist says something of rules, or of how officers behave."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

from motcua.oversight import services
from motcua.oversight.models import Feedback
from motcua.oversight.services import Said
from tests.cast import NOW, Town
from tests.oversight.departments import World

_numbers = itertools.count(1)
PERSON: dict[str, str] = {"name": "Đỗ Thị Mẫu", "phone": "0300000001", "address": "Thôn Mẫu 1"}
TEXT = "Tờ khai bắt ghi hai lần cùng một địa chỉ"


def said(**changes: Any) -> Said:
    """What somebody says of a rule."""
    given: dict[str, Any] = {"text": TEXT, "topic": "rules", **PERSON}
    return Said(**given | changes)


def sent(world: World, town: Town | None = None, at: datetime = NOW, **changes: Any) -> Feedback:
    """Sent to the town (here)."""
    commune = (town or world.here).commune
    op_id = f"pa-{next(_numbers)}"
    return services.send_feedback(said=said(**changes), commune=commune, op_id=op_id, at=at).feedback


def accepted(world: World, at: datetime = NOW, **changes: Any) -> Feedback:
    """Looked at by the counter; the commune itself answers."""
    feedback = sent(world, at=at, **changes)
    services.accept_feedback(feedback=feedback, kind="feedback", by=world.here.leader, at=at)
    return fresh(feedback)


def answered(world: World, at: datetime = NOW, **changes: Any) -> Feedback:
    """The commune's leader has answered."""
    feedback = accepted(world, at, **changes)
    services.answer_feedback(feedback=feedback, text="Từ nay chỉ ghi một lần.", by=world.here.leader, at=at)
    return fresh(feedback)


def published(world: World, at: datetime = NOW, **changes: Any) -> Feedback:
    """Everybody may read it."""
    feedback = answered(world, at, **changes)
    services.publish_feedback(
        feedback=feedback, question=TEXT, answer="Từ nay chỉ ghi một lần.", by=world.here.leader, at=at
    )
    return fresh(feedback)


def fresh(feedback: Feedback) -> Feedback:
    """The feedback as it is in the database now."""
    return Feedback.objects.select_related("matter", "holder", "commune").get(pk=feedback.pk)
