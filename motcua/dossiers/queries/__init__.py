"""What is: a dossier's edition and due moment, look-ups at the desk, and what a citizen may read."""

from motcua.dossiers.queries import exchange
from motcua.dossiers.queries.accesses import Look, accesses_of, looks_at
from motcua.dossiers.queries.across import MOST as MOST_ACROSS
from motcua.dossiers.queries.across import received_for_others
from motcua.dossiers.queries.answered import answered
from motcua.dossiers.queries.archive import archive_lists, not_archived, number_of_papers, over, retention_of, undecided
from motcua.dossiers.queries.dossiers import (
    clock_calendar,
    clock_office,
    due_of,
    edition_of,
    file_of,
    filing_content,
    happened,
    history_of,
    is_erased,
    issued_forms,
    last_event,
    matter_by_claim,
    result_by_code,
    standing_of,
    to_undo,
)
from motcua.dossiers.queries.escalation import LONGEST_HOURS, MOST_LEVELS, Ladder, Level, ladder_of, late_work, overseer
from motcua.dossiers.queries.finding import found, open_alike, taken_in_under
from motcua.dossiers.queries.handover import Handover, handed_over
from motcua.dossiers.queries.known import APPLICANT as KNOWN_APPLICANT
from motcua.dossiers.queries.known import Known, known, reuse_key
from motcua.dossiers.queries.known import agreed as agreed_to_reuse
from motcua.dossiers.queries.known import sources as reuse_sources
from motcua.dossiers.queries.lateness import (
    Shortcoming,
    notice_until,
    shortcomings,
    standing_extension,
    undecided_extension,
)
from motcua.dossiers.queries.opened import Opened, opened_by
from motcua.dossiers.queries.recounting import counted_by_older, dues_by
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
from motcua.dossiers.queries.taken import filed_between, of_citizen
from motcua.dossiers.queries.watch import filings_unlike_their_digest, inconsistencies
from motcua.dossiers.queries.words import Said, key_of, said_of
from motcua.dossiers.queries.work import (
    colleagues,
    item_for,
    main_item,
    offices_that_settle,
    offices_to_ask,
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
    "KNOWN_APPLICANT",
    "LONGEST_HOURS",
    "MOST_ACROSS",
    "MOST_LEVELS",
    "Handover",
    "Known",
    "Ladder",
    "Level",
    "Look",
    "Opened",
    "Said",
    "Shortcoming",
    "Stage",
    "accesses_of",
    "agreed_to_reuse",
    "answered",
    "answers_of",
    "archive_lists",
    "asked_more_than_once",
    "clock_calendar",
    "clock_office",
    "colleagues",
    "counted_by_older",
    "due_of",
    "dues_by",
    "edition_of",
    "exchange",
    "file_of",
    "filed_between",
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
    "known",
    "ladder_of",
    "last_event",
    "late_work",
    "looks_at",
    "main_item",
    "matter_by_claim",
    "not_archived",
    "notice_until",
    "number_of_papers",
    "of_citizen",
    "offices_that_settle",
    "offices_to_ask",
    "open_alike",
    "open_item",
    "open_items",
    "open_supplement",
    "open_work",
    "opened_by",
    "outside_request",
    "over",
    "overseer",
    "possible_acts",
    "received_for_others",
    "result_by_code",
    "retention_of",
    "reuse_key",
    "reuse_sources",
    "said_of",
    "shortcomings",
    "stages_of",
    "standing_answers",
    "standing_extension",
    "standing_of",
    "state_before_supplement",
    "steps_beside",
    "steps_passed",
    "supplement_requests_of",
    "taken_in_under",
    "to_undo",
    "undecided",
    "undecided_extension",
    "undecided_supplement",
    "way_to",
]
