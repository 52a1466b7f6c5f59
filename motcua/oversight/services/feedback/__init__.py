"""The only writers of feedback and petitions: sent, handled, answered, made public, erased by law."""

from motcua.oversight.services.feedback.answering import (
    NamesSomebody,
    answer_feedback,
    keep_feedback,
    publish_feedback,
)
from motcua.oversight.services.feedback.erasing import erase_feedback
from motcua.oversight.services.feedback.handling import (
    accept_feedback,
    ask_for_more,
    guide_elsewhere,
    pass_feedback_on,
    refuse_feedback,
)
from motcua.oversight.services.feedback.recounting import recount_feedback
from motcua.oversight.services.feedback.replying import clarify_feedback, judge_answer
from motcua.oversight.services.feedback.sending import Said, Sent, claim_code_of, send_feedback
from motcua.oversight.services.feedback.waiting import move_feedback_that_waits

__all__ = [
    "NamesSomebody",
    "Said",
    "Sent",
    "accept_feedback",
    "answer_feedback",
    "ask_for_more",
    "claim_code_of",
    "clarify_feedback",
    "erase_feedback",
    "guide_elsewhere",
    "judge_answer",
    "keep_feedback",
    "move_feedback_that_waits",
    "pass_feedback_on",
    "publish_feedback",
    "recount_feedback",
    "refuse_feedback",
    "send_feedback",
]
