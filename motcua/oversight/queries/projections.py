"""Whether difficulties, directives, feedback and petitions are what their events say (R13): state and who has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from motcua.kernel import organisation
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Office
from motcua.oversight.models import Difficulty, Directive, Feedback

_DIFFICULTY: Mapping[str, str] = {
    "oversight.difficulty_sent_up": "raised",
    "oversight.difficulty_taken": "in_hand",
    "oversight.difficulty_asked_back": "asked_back",
    "oversight.difficulty_clarified": "in_hand",
    "oversight.difficulty_passed_on": "raised",
    "oversight.difficulty_joined": "merged",
    "oversight.difficulty_answered": "answered",
    "oversight.difficulty_confirmed": "closed",
    "oversight.difficulty_reopened": "in_hand",
    "oversight.difficulty_withdrawn": "withdrawn",
}
_DIRECTIVE: Mapping[str, str] = {
    "oversight.directive_given": "given",
    "oversight.directive_taken_on": "taken_on",
    "oversight.directive_change_asked": "change_asked",
    "oversight.directive_change_decided": "taken_on",
    "oversight.directive_reported": "reported",
    "oversight.directive_sent_back": "sent_back",
    "oversight.directive_period_begun": "taken_on",
    "oversight.directive_ended": "done",
    "oversight.directive_withdrawn": "withdrawn",
}
_FEEDBACK: Mapping[str, str] = {
    "oversight.feedback_sent": "arrived",
    "oversight.feedback_accepted": "in_hand",
    "oversight.feedback_asked_back": "asked_back",
    "oversight.feedback_clarified": "in_hand",
    "oversight.feedback_not_clarified": "in_hand",
    "oversight.feedback_passed_on": "arrived",
    "oversight.feedback_refused": "refused",
    "oversight.feedback_guided": "guided",
    "oversight.feedback_answered": "answered",
    "oversight.feedback_published": "published",
    "oversight.feedback_kept": "kept",
}
Happened = Sequence[tuple[str, Mapping[str, Any]]]


def differences() -> Iterator[tuple[str, str, str, str]]:
    """Number, what, as it is stored and as the events say, for everything that differs; nothing when all agrees."""
    kinds = dict(Office.objects.values_list("code", "kind"))
    stored = Difficulty.objects.order_by("pk").values_list("pk", "matter__reference", "state", "holder__code")
    for pk, number, state, holder in stored.iterator():
        meant, whose = _difficulty(_happened(pk), kinds)
        yield from _unlike(number, {"state": (state, meant), "holder": (holder, whose)})
    given = Directive.objects.order_by("pk").values_list("pk", "matter__reference", "state")
    for pk, number, state in given.iterator():
        yield from _unlike(number, {"state": (state, _directive(_happened(pk)))})
    sent = Feedback.objects.order_by("pk").values_list("pk", "matter__reference", "state", "holder__code")
    for pk, number, state, holder in sent.iterator():
        yield from _unlike(number, _feedback(_happened(pk), state, holder))


def _unlike(number: str, pairs: Mapping[str, tuple[Any, Any]]) -> Iterator[tuple[str, str, str, str]]:
    return ((number, what, str(stored), str(meant)) for what, (stored, meant) in pairs.items() if stored != meant)


def _happened(matter: UUID) -> Happened:
    return list(Event.objects.filter(matter=matter).order_by("seq").values_list("type", "payload"))


def _difficulty(happened: Happened, kinds: Mapping[str, str]) -> tuple[str, str]:
    state, holder = "", ""
    for type_, payload in happened:
        holder = payload.get("holder", holder)
        if type_ == "oversight.difficulty_raised":
            state = "at_commune" if kinds.get(holder) == organisation.COMMUNE else "raised"
        state = _DIFFICULTY.get(type_, state)
    return state, holder


def _feedback(happened: Happened, state: str, holder: str) -> dict[str, tuple[Any, Any]]:
    meant, whose = "", ""
    for type_, payload in happened:
        meant, whose = _FEEDBACK.get(type_, meant), payload.get("holder", whose)
    return {"state": (state, meant), "holder": (holder, whose)}


def _directive(happened: Happened) -> str:
    state = ""
    for type_, payload in happened:
        state = _DIRECTIVE.get(type_, state)
        if type_ == "oversight.directive_approved":
            state = "resting" if payload["regular"] else "done"
    return state
