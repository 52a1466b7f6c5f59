"""Why something is not done with a blank slip: a code; the desk has its words."""

from typing import Literal, get_args

Code = Literal[
    "unknown",
    "another_office",
    "not_printed",
    "before_printing",
    "in_the_future",
    "entered",
    "void",
    "not_void",
    "in_a_hand",
    "too_many",
    "earlier_sheets",
    "earlier_place",
    "no_such_place",
]
CODES: tuple[str, ...] = get_args(Code)


class SlipRefused(ValueError):
    """This is not possible with the slip or its block now; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code: str = code
