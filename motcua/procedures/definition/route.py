"""The route of a version as a graph: where each step leads, what opens when one is done, and what is wrong with it.

A step with several followers opens them side by side; a step to which several ways lead opens when none of them is
still walked. A step whose condition does not hold is passed over, as if its followers stood in its place. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from motcua.procedures.definition.entry import Fault
from motcua.procedures.definition.shape import Step, Text

# The route of a procedure whose file gives none: no law sets it, an office may lay its own over it.
STANDARD_ROUTE = (
    Step("receive", Text("Tiếp nhận", "Receiving"), "receive", "intake_officer", share=10),
    Step("process", Text("Giải quyết", "Processing"), "process", "case_officer", share=50),
    Step("sign", Text("Ký duyệt", "Signing"), "settle", "approver", share=30),
    Step("return", Text("Trả kết quả", "Handing over"), "return", "intake_officer", share=10),
)

Onward = Mapping[str, tuple[str, ...]]
# Nothing may be left open beside these: they say that the work is done.
_LAST = ("settle", "return")


def onward(steps: Sequence[Step]) -> Onward:
    """Where each step leads: as it says, or to the one below it."""
    following = [(step.sid,) for step in steps[1:]] + [()] if steps else []
    return {
        step.sid: step.next or (() if step.act == "return" else after)
        for step, after in zip(steps, following, strict=True)
    }


def reached(start: str, leads: Onward) -> set[str]:
    """Every step on some way from this one, itself included."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        sid = waiting.pop()
        if sid not in found:
            found.add(sid)
            waiting.extend(leads.get(sid, ()))
    return found


def opening(
    steps: Sequence[Step], done: str, others: Collection[str] = (), passed: Collection[str] = ()
) -> tuple[Step, ...]:
    """The steps that open when `done` is done, while `others` are still open; none when it waits for them.

    `passed` are the steps whose condition does not hold for this dossier.
    """
    leads, by_sid = onward(steps), {step.sid: step for step in steps}
    found = dict.fromkeys(_next(done, leads, passed))
    ahead = set().union(*(reached(sid, leads) for sid in others), *(reached(sid, leads) - {sid} for sid in found))
    return tuple(by_sid[sid] for sid in found if sid not in ahead)


def _next(sid: str, leads: Onward, passed: Collection[str]) -> Iterator[str]:
    for following in leads[sid]:
        if following in passed:
            yield from _next(following, leads, passed)
        else:
            yield following


def straight_to(
    steps: Sequence[Step], start: str, act: str, others: Collection[str] = (), passed: Collection[str] = ()
) -> tuple[Step, ...]:
    """The steps from this one to the first that does `act`, both included, where they stand one behind the other; empty
    when the way forks before it, waits for another, or has no such step.
    """
    by_sid = {step.sid: step for step in steps}
    if start not in by_sid:
        return ()
    way = [by_sid[start]]
    while way[-1].act != act:
        following = opening(steps, way[-1].sid, others, passed)
        if len(following) != 1:
            return ()
        way += following
    return tuple(way) if not others or act not in _LAST else ()


def standing_for(steps: Sequence[Step], act: str) -> Step | None:
    """The first step that does this, for a dossier that comes from another route."""
    return next((step for step in steps if step.act == act), None)


def levels(steps: Sequence[Step]) -> dict[str, int]:
    """How far from the beginning each step stands, by the longest way: its column in a picture."""
    leads = onward(steps)
    found = dict.fromkeys(leads, 0)
    for _ in steps:
        for sid, following in leads.items():
            for each in following:
                found[each] = max(found[each], found[sid] + 1)
    return found


def ends(steps: Sequence[Step]) -> dict[str, int]:
    """The percentage of the limit by whose end each step should be done, by the longest way to it."""
    leads, own = onward(steps), {step.sid: step.share for step in steps}
    found = dict(own)
    for _ in steps:
        for sid, following in leads.items():
            for each in following:
                found[each] = max(found[each], found[sid] + own[each])
    return found


def faults(steps: Sequence[Step]) -> Iterator[Fault]:
    """One way in, all of it reachable, no circle, always a way to the return, nothing beside the signature."""
    if not steps:
        return
    leads = onward(steps)
    if steps[0].act != "receive":
        yield Fault("steps[0].act", "must be receive: a route begins with receiving")
    for index, step in enumerate(steps):
        yield from _step(step, f"steps[{index}]", index, leads)
    found = reached(steps[0].sid, leads)
    returning = {step.sid for step in steps if step.act == "return"}
    for index, step in enumerate(steps):
        if step.sid not in found:
            yield Fault(f"steps[{index}]", f"{step.sid!r} is never reached")
        if not reached(step.sid, leads) & returning:
            yield Fault(f"steps[{index}]", f"from {step.sid!r} no way leads to a return")
        if any(step.sid in reached(each, leads) for each in leads[step.sid]):
            yield Fault(f"steps[{index}].next", f"leads from {step.sid!r} back to itself")
    yield from _beside(steps, leads)


def _step(step: Step, path: str, index: int, leads: Onward) -> Iterator[Fault]:
    if index and step.act == "receive":
        yield Fault(f"{path}.act", "is receive again; a route receives once")
    if step.act == "return" and step.next:
        yield Fault(f"{path}.next", "stands at a return, after which nothing follows")
    if step.when is not None and step.act in ("receive", "return"):
        yield Fault(f"{path}.when", f"cannot stand at a step that must always be: {step.act}")
    if step.act == "request" and step.agency is None:
        yield Fault(f"{path}.agency", "is needed: whom does the office ask?")
    for name in step.next:
        if name not in leads:
            yield Fault(f"{path}.next", f"leads to {name!r}, which no step is called")


def _beside(steps: Sequence[Step], leads: Onward) -> Iterator[Fault]:
    """What may still be open when the result is signed or returned; alternatives by condition may stand apart."""
    for index, last in enumerate(steps):
        if last.act not in _LAST:
            continue
        after = reached(last.sid, leads)
        for other in steps:
            apart = last.sid not in reached(other.sid, leads) and other.sid not in after
            if apart and not (last.when and other.when):
                yield Fault(f"steps[{index}]", f"{other.sid!r} may still be open when {last.sid!r} is done")
