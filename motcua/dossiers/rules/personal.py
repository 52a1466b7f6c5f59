"""What a person may ask of the office about personal data, as codes (Law 91/2025/QH15, Article 4, read from public
copies): to have its use restricted, and to have it erased.
"""

from collections.abc import Iterable, Mapping
from typing import Any

RESTRICTION_REASONS = ("contested", "unlawful", "objection", "claim", "authority", "other")
# In so many working days the office answers (public copies of Law 91/2025 and Decree 356/2025; to be checked).
ANSWER_DAYS = 2

RESTRICTED, RELEASED = "dossiers.processing_restricted", "dossiers.processing_released"
ASKED, DECIDED = "dossiers.erasure_asked", "dossiers.erasure_decided"


def is_restricted(history: Iterable[tuple[int, str, Mapping[str, Any]]]) -> bool:
    """Whether its use is restricted after these events."""
    said = [type_ for _seq, type_, _payload in history if type_ in (RESTRICTED, RELEASED)]
    return bool(said) and said[-1] == RESTRICTED


def erasure_is_open(history: Iterable[tuple[int, str, Mapping[str, Any]]]) -> bool:
    """Whether somebody asked to have it erased and has no answer."""
    said = [type_ for _seq, type_, _payload in history if type_ in (ASKED, DECIDED)]
    return bool(said) and said[-1] == ASKED
