"""What acts on blank slips are made of: the block is held, and it is open work as long as something of it waits."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from motcua.dossiers import rules
from motcua.dossiers.models import SlipBlock
from motcua.dossiers.queries import blanks as queries
from motcua.dossiers.services import timing
from motcua.kernel import rows
from motcua.kernel.ledger import Event
from motcua.kernel.matters import WorkItem


def locked(block: SlipBlock) -> SlipBlock:
    """The block as it is now, held until the transaction ends."""
    if connection.features.has_select_for_update:
        SlipBlock.objects.select_for_update().values_list("pk").get(pk=block.pk)
    return SlipBlock.objects.select_related("matter", "office").get(pk=block.pk)


def see_to(block: SlipBlock, event: Event, at: datetime) -> None:
    """As long as a slip that was given out is neither entered nor void, or nobody has said which was the last, that is
    open work with a due moment.
    """
    item = WorkItem.objects.filter(matter=block.matter, closed_by=None).first()
    waits = queries.waits(block)
    if waits and item is None:
        due_at = timing.soon_after(block.office, at)
        step = {"step": rules.ENTER_SLIPS, "act": rules.ENTER_SLIPS, "office": block.office, "due_at": due_at}
        rows.insert(WorkItem(matter=block.matter, opened_by=event, **step))
    elif item is not None and not waits:
        item.closed_by = event
        item.save(update_fields=["closed_by"])
