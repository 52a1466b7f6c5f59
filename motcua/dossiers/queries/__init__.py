"""What is: a dossier's edition and due moment, look-ups at the desk, and what a citizen may read."""

from motcua.dossiers.queries.dossiers import (
    due_of,
    edition_of,
    filing_content,
    happened,
    history_of,
    is_erased,
    issued_forms,
    last_event,
    standing_of,
    to_undo,
)
from motcua.dossiers.queries.finding import found, open_alike
from motcua.dossiers.queries.handover import Handover, handed_over
from motcua.dossiers.queries.opened import Opened, opened_by
from motcua.dossiers.queries.route import Stage, stages_of
from motcua.dossiers.queries.supplements import (
    answers_of,
    asked_more_than_once,
    filed_contents,
    open_supplement,
    standing_answers,
    state_before_supplement,
    supplement_requests_of,
    undecided_supplement,
)
from motcua.dossiers.queries.watch import filings_unlike_their_digest, inconsistencies
from motcua.dossiers.queries.words import Said, key_of, said_of
from motcua.dossiers.queries.work import (
    colleagues,
    item_for,
    main_item,
    open_item,
    open_items,
    open_work,
    outside_request,
    possible_acts,
    steps_beside,
    steps_passed,
    way_to,
)

__all__ = [
    "Handover",
    "Opened",
    "Said",
    "Stage",
    "answers_of",
    "asked_more_than_once",
    "colleagues",
    "due_of",
    "edition_of",
    "filed_contents",
    "filing_content",
    "filings_unlike_their_digest",
    "found",
    "handed_over",
    "happened",
    "history_of",
    "inconsistencies",
    "is_erased",
    "issued_forms",
    "item_for",
    "key_of",
    "last_event",
    "main_item",
    "open_alike",
    "open_item",
    "open_items",
    "open_supplement",
    "open_work",
    "opened_by",
    "outside_request",
    "possible_acts",
    "said_of",
    "stages_of",
    "standing_answers",
    "standing_of",
    "state_before_supplement",
    "steps_beside",
    "steps_passed",
    "supplement_requests_of",
    "to_undo",
    "undecided_supplement",
    "way_to",
]
