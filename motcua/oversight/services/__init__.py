"""The only writers of this room, one module per noun; callers see one face."""

from motcua.oversight.services.answering import (
    answer_difficulty,
    ask_back,
    join_difficulties,
    pass_on,
    send_up,
    take_difficulty,
)
from motcua.oversight.services.asking import (
    add_voice,
    clarify,
    confirm_answer,
    reopen_difficulty,
    withdraw_difficulty,
)
from motcua.oversight.services.course import CannotJoin, Given, WordsNeeded
from motcua.oversight.services.documents import (
    CannotLink,
    Described,
    KnownAlready,
    link_documents,
    mark_read,
    register_document,
)
from motcua.oversight.services.guidance import (
    Content,
    NoLongerLive,
    NotAnswered,
    Place,
    publish_answer,
    publish_guidance,
    rest_on_document,
    revise_guidance,
    withdraw_guidance,
)
from motcua.oversight.services.raising import raise_difficulty
from motcua.oversight.services.routing import set_route, set_time_limit
from motcua.oversight.services.waiting import move_what_waits

__all__ = [
    "CannotJoin",
    "CannotLink",
    "Content",
    "Described",
    "Given",
    "KnownAlready",
    "NoLongerLive",
    "NotAnswered",
    "Place",
    "WordsNeeded",
    "add_voice",
    "answer_difficulty",
    "ask_back",
    "clarify",
    "confirm_answer",
    "join_difficulties",
    "link_documents",
    "mark_read",
    "move_what_waits",
    "pass_on",
    "publish_answer",
    "publish_guidance",
    "raise_difficulty",
    "register_document",
    "reopen_difficulty",
    "rest_on_document",
    "revise_guidance",
    "send_up",
    "set_route",
    "set_time_limit",
    "take_difficulty",
    "withdraw_difficulty",
    "withdraw_guidance",
]
