"""Supplement requests and what is filed to answer them: asking, waiting, answering, and what is typed meanwhile."""

from motcua.dossiers.services.supplements.answering import Supplemented, SupplementIncomplete, file_supplement
from motcua.dossiers.services.supplements.asking import (
    AlreadyAsked,
    Need,
    SupplementUnfit,
    cancel_supplement,
    decide_supplement,
    decision_step,
    request_supplement,
)

__all__ = [
    "AlreadyAsked",
    "Need",
    "SupplementIncomplete",
    "SupplementUnfit",
    "Supplemented",
    "cancel_supplement",
    "decide_supplement",
    "decision_step",
    "file_supplement",
    "request_supplement",
]
