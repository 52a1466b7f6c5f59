"""Statuses and standings as a reader meets them: always the same word, with a shape beside it; colour only repeats.

The code words are those of dossiers and of the legal clock; the words are those of the design.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Mark:
    """A word, the shape beside it and the tone that repeats them."""

    word: str | Promise
    icon: str
    tone: str = ""


STATUSES: dict[str, Mark] = {
    "draft": Mark(pgettext_lazy("status", "Draft"), "pencil", "quiet"),
    "submitted": Mark(pgettext_lazy("status", "Sent"), "arrow"),
    "received": Mark(pgettext_lazy("status", "Received"), "tray"),
    "processing": Mark(pgettext_lazy("status", "Being settled"), "half"),
    "supplement_requested": Mark(pgettext_lazy("status", "Waiting for more papers"), "pause", "wait"),
    "payment_requested": Mark(pgettext_lazy("status", "Waiting for the fee"), "coin", "wait"),
    "result_ready": Mark(pgettext_lazy("status", "Result ready"), "paper", "done"),
    "returned": Mark(pgettext_lazy("status", "Result returned"), "check", "done"),
    "refused": Mark(pgettext_lazy("status", "Not accepted"), "cross", "stop"),
    "withdrawn": Mark(pgettext_lazy("status", "Withdrawn"), "back", "quiet"),
    "stopped": Mark(pgettext_lazy("status", "Stopped"), "square", "stop"),
}
STANDINGS: dict[str, Mark] = {
    "within": Mark(pgettext_lazy("standing", "Within the limit"), "clock", "done"),
    "due_soon": Mark(pgettext_lazy("standing", "Due soon"), "half", "wait"),
    "overdue": Mark(pgettext_lazy("standing", "Overdue"), "alert", "stop"),
    "early": Mark(pgettext_lazy("standing", "Early"), "check", "done"),
    "on_time": Mark(pgettext_lazy("standing", "On time"), "check", "done"),
    "late": Mark(pgettext_lazy("standing", "Overdue"), "alert", "stop"),
}
MONEY: dict[str, Mark] = {
    "due": Mark(pgettext_lazy("money", "Not paid"), "coin", "wait"),
    "part": Mark(pgettext_lazy("money", "Paid in part"), "coin", "wait"),
    "paid": Mark(pgettext_lazy("money", "Paid"), "check", "done"),
    "exempt": Mark(pgettext_lazy("money", "Exempt"), "check", "quiet"),
}
# Strokes on a field of 16 by 16, drawn for this; no icon font, no request.
ICONS: dict[str, str] = {
    "face5": "M8 1.8a6.2 6.2 0 1 0 .01 0M5.7 6.2v.7M10.3 6.2v.7M4.6 9.2h6.8c0 4-6.8 4-6.8 0z",
    "face4": "M8 1.8a6.2 6.2 0 1 0 .01 0M5.7 6.2v.7M10.3 6.2v.7M5 9.7c1.4 2 4.6 2 6 0",
    "face3": "M8 1.8a6.2 6.2 0 1 0 .01 0M5.7 6.2v.7M10.3 6.2v.7M5.2 10.4h5.6",
    "face2": "M8 1.8a6.2 6.2 0 1 0 .01 0M5.7 6.2v.7M10.3 6.2v.7M5 11.3c1.4-2 4.6-2 6 0",
    "face1": "M8 1.8a6.2 6.2 0 1 0 .01 0M5 5.4l1.6.9M11 5.4l-1.6.9M4.8 11.8c1.4-2.9 5-2.9 6.4 0",
    "pencil": "M3 13l.7-3L10.5 3.2l2.3 2.3L6 12.3zM3 13l3-.7",
    "arrow": "M2.5 8h10M9 4.5 12.5 8 9 11.5",
    "tray": "M2.5 9.5v3.5h11V9.5M8 2.5v7M5 7l3 3 3-3",
    "half": "M8 2a6 6 0 1 0 .01 0M8 4.5V8l2.5 1.5",
    "pause": "M5.5 3.5v9M10.5 3.5v9",
    "coin": "M8 2a6 6 0 1 0 .01 0M6 8h4M8 5v6",
    "paper": "M4 2h5.5L12 4.5V14H4zM6 8h4M6 11h4",
    "check": "M3 8.5 6.5 12 13 4.5",
    "cross": "M4 4l8 8M12 4l-8 8",
    "back": "M13.5 8h-10M7 4.5 3.5 8 7 11.5",
    "square": "M4 4h8v8H4z",
    "clock": "M8 2a6 6 0 1 0 .01 0M8 4.5V8h3",
    "alert": "M8 2 14.5 13.5h-13zM8 6v4M8 11.8v.2",
    "info": "M8 2a6 6 0 1 0 .01 0M8 7.2v4M8 4.8v.2",
    "print": "M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7z",
    "phone": "M3 2.5h3l1 3.5-1.8 1.2a8 8 0 0 0 3.6 3.6L10 9l3.5 1v3c-6 .8-11.5-4.5-10.5-10.5z",
}


def mark_of(marks: dict[str, Mark], code: Any) -> Mark | None:
    """The mark of this code word; none for an empty one, the bare word for one that is not known here."""
    if not code:
        return None
    return marks.get(str(code)) or Mark(str(code), "info", "quiet")
