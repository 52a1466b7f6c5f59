"""Why a service does not do what the table of states would allow: a code; the desk has its words and its article."""

from typing import Literal, get_args

Code = Literal[
    "papers_awaited",
    "already_there",
    "not_in_doubt",
    "competence_open",
    "already_in_doubt",
    "steps_side_by_side",
    "same_edition",
    "not_in_force",
    "no_such_step",
    "no_due_moment",
    "not_later",
    "not_working_time",
    "past",
    "undecided_before",
    "nothing_to_undo",
    "applicants_act",
    "handed_elsewhere_since",
    "erased",
    "asked_already",
    "own_office",
    "not_received",
    "paid_too_much",
    "status_owned_there",
    "restricted_already",
    "not_restricted",
    "nothing_asked",
    "still_open",
    "kept_by_law",
    "another_offices",
    "archived_already",
    "decided_already",
]
CODES: tuple[str, ...] = get_args(Code)


class NotPossible(ValueError):
    """The act is not possible now; the code says why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: str = code
