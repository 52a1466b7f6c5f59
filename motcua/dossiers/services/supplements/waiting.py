"""While a supplement is awaited: the clock stands, the interrupted step waits; and how both go on again.

Parts of acts: whoever calls them records the event.
"""

from __future__ import annotations

from datetime import datetime

from motcua.dossiers import queries, rules
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.services import course, timing
from motcua.kernel import identity
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem


def awaited(dossier: Dossier) -> tuple[Dossier, WorkItem, SupplementRequest]:
    """The dossier, held until the transaction ends, with the work of waiting and what is waited for.

    Raises workflow.Refused when nothing is awaited in this state.
    """
    held, items = course.locked_whole(dossier)
    request = queries.open_supplement(held)
    item = next((each for each in items if each.act == rules.AWAIT_SUPPLEMENT), None)
    if request is None or item is None:
        rules.MACHINE.next(held.state, rules.RESUME_PROCESSING)
        raise course.NothingOpen(held.number)
    return held, item, request


def clock_runs_again(dossier: Dossier, at: datetime) -> datetime | None:
    """The state and the clock from before the request; the due moment, none before receipt."""
    before = queries.state_before_supplement(dossier)
    dossier.state = rules.MACHINE.next(dossier.state, rules.resuming(before))
    dossier.save(update_fields=["state"])
    return timing.note(dossier, "resume", at).at if dossier.received_at is not None else None


def take_up_again(request: SupplementRequest, dossier: Dossier, awaiting: WorkItem, event: Event) -> WorkItem:
    """The interrupted step is open again with whoever had it, if that person still may do it."""
    course.close_step(awaiting, event)
    act, day = act_of(request), course.day_of(event.at)
    still = request.assignee and identity.post_for(
        request.assignee, day, rules.CAPABILITY_OF_ACT[act], request.office.path
    )
    course.bring_forward(dossier, event)
    return course.open_step(
        dossier=dossier,
        step=request.step,
        act=act,
        office=request.office,
        due_at=dossier.due_at or timing.soon_after(request.office, event.at),
        event=event,
        assignee=request.assignee if still else None,
    )


def act_of(request: SupplementRequest) -> str:
    """What the interrupted step does, as it was when it was interrupted."""
    done = WorkItem.objects.filter(matter=request.dossier_id, step=request.step, closed_by__isnull=False)
    return done.order_by("-closed_by", "-id").values_list("act", flat=True)[0]
