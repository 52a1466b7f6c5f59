"""The only writers of this room, one module per noun; callers see one face."""

from motcua.oversight.rules.directives import Period
from motcua.oversight.services.answering import (
    answer_difficulty,
    ask_back,
    join_difficulties,
    pass_on,
    send_up,
    take_difficulty,
)
from motcua.oversight.services.asking import add_voice, clarify, confirm_answer, reopen_difficulty, withdraw_difficulty
from motcua.oversight.services.conclusions import (
    IssuedAlready,
    NumberTaken,
    Written,
    draft_conclusion,
    issue_conclusion,
    revise_conclusion,
)
from motcua.oversight.services.course import CannotJoin, Given, WordsNeeded
from motcua.oversight.services.digest import choose_digest, tell_of_guidance
from motcua.oversight.services.directing import Incomplete
from motcua.oversight.services.directives import (
    approve_report,
    ask_change,
    decide_change,
    end_directive,
    report_on,
    send_back,
    take_on,
    withdraw_directive,
)
from motcua.oversight.services.documents import (
    CannotLink,
    Described,
    KnownAlready,
    link_documents,
    mark_read,
    register_document,
)
from motcua.oversight.services.following import follow_directives
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
from motcua.oversight.services.tasks import Asked, NotIssued, give_directives
from motcua.oversight.services.visits import (
    Delegate,
    NotHeld,
    Plan,
    Seen,
    cancel_visit,
    change_visit,
    check_host,
    close_visit,
    conclude_visit,
    note_finding,
    plan_visit,
)
from motcua.oversight.services.waiting import move_what_waits

__all__ = [
    "Asked",
    "CannotJoin",
    "CannotLink",
    "Content",
    "Delegate",
    "Described",
    "Given",
    "Incomplete",
    "IssuedAlready",
    "KnownAlready",
    "NoLongerLive",
    "NotAnswered",
    "NotHeld",
    "NotIssued",
    "NumberTaken",
    "Period",
    "Place",
    "Plan",
    "Seen",
    "WordsNeeded",
    "Written",
    "add_voice",
    "answer_difficulty",
    "approve_report",
    "ask_back",
    "ask_change",
    "cancel_visit",
    "change_visit",
    "check_host",
    "choose_digest",
    "clarify",
    "close_visit",
    "conclude_visit",
    "confirm_answer",
    "decide_change",
    "draft_conclusion",
    "end_directive",
    "follow_directives",
    "give_directives",
    "issue_conclusion",
    "join_difficulties",
    "link_documents",
    "mark_read",
    "move_what_waits",
    "note_finding",
    "pass_on",
    "plan_visit",
    "publish_answer",
    "publish_guidance",
    "raise_difficulty",
    "register_document",
    "reopen_difficulty",
    "report_on",
    "rest_on_document",
    "revise_conclusion",
    "revise_guidance",
    "send_back",
    "send_up",
    "set_route",
    "set_time_limit",
    "take_difficulty",
    "take_on",
    "tell_of_guidance",
    "withdraw_difficulty",
    "withdraw_directive",
    "withdraw_guidance",
]
