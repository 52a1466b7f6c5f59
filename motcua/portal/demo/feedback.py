"""What people of the demonstration say of rules and of officers, told act by act in working time
(data/demo_oversight.yaml).

Nouns: Voice (one feedback with what came of it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from motcua.kernel.identity import Person
from motcua.oversight import services
from motcua.oversight.services import Said
from motcua.portal.demo.offices import Places, Town
from motcua.portal.demo.stories import Stage, Step


def length(script: Mapping[str, Any]) -> int:
    """How many courses the script makes."""
    return len(script["feedback"])


def courses(script: Mapping[str, Any], places: Places, stage: Stage) -> list[Iterator[Step]]:
    """Every feedback with what was done about it."""
    return [Voice(row, n, places, stage).told() for n, row in enumerate(script["feedback"], 1)]


@dataclass
class Voice:
    """One feedback: sent, and what was done then."""

    row: Mapping[str, Any]
    n: int
    places: Places
    stage: Stage
    feedback: Any = field(default=None)

    def told(self) -> Iterator[Step]:
        """Its acts, each with its moment."""
        moment = self.stage.calendar.at(self.stage.day(self.row["days"]), time.fromisoformat(self.row["clock"]))
        yield moment, self.sent
        for act in self.row["then"]:
            moment = self.stage.calendar.add_working_minutes(moment, act["after"])
            yield moment, self._act(act)

    @property
    def _town(self) -> Town:
        town: Town = self.places.towns[self.row["town"] - 1]
        return town

    def sent(self, at: datetime) -> None:
        """By somebody at home, or written down by an officer."""
        by = self._town.one_of("intake_officer", self.n) if "channel" in self.row else None
        said = Said(self.row["text"], self.row["topic"], self.row["name"], phone="0300000009", address="Thôn Mẫu")
        self.feedback = services.send_feedback(
            said=said,
            commune=self._town.commune,
            op_id=f"demo-feedback-{self.n}",
            at=at,
            by=by,
            channel=self.row.get("channel", "online"),
        ).feedback

    def _act(self, act: Mapping[str, Any]) -> Callable[[datetime], object]:
        return lambda at: getattr(self, f"_{act['act']}")(act, {"feedback": self.feedback, "at": at})

    def _leader(self) -> Person:
        """Whoever leads the commune, or answers in the department that has it."""
        found = [each for each in self.places.departments.values() if each.office == self.feedback.holder]
        return found[0].people[0] if found else self._town.one_of("leader", 0)

    def _accept(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.feedback = services.accept_feedback(kind=act["kind"], by=self._leader(), **given)

    def _ask(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.feedback = services.ask_for_more(question=act["text"], by=self._leader(), **given)

    def _clarify(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        op_id = f"demo-clarified-{self.n}"
        self.feedback = services.clarify_feedback(text=act["text"], op_id=op_id, **given)

    def _pass_on(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        to = self.places.departments[act["to"]].office
        self.feedback = services.pass_feedback_on(to=to, reason=act["text"], by=self._leader(), **given)

    def _guide(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        services.guide_elsewhere(kind=act["kind"], text=act["text"], by=self._leader(), **given)

    def _answer(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        self.feedback = services.answer_feedback(text=act["text"], by=self._leader(), **given)

    def _publish(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        words = {"question": act["question"], "answer": act["answer"]}
        services.publish_feedback(by=self._leader(), **words, **given)

    def _judge(self, act: Mapping[str, Any], given: dict[str, Any]) -> None:
        services.judge_answer(helped=act["helped"], **given)
