"""Tables of this room, one module per noun; here they are found by Django."""

from motcua.oversight.models.difficulties import Answer, Attachment, Difficulty, Note, Voice
from motcua.oversight.models.digest import Digest, DigestChoice
from motcua.oversight.models.directives import Conclusion, Directive, Paragraph, Task, Turn
from motcua.oversight.models.feedback import (
    Feedback,
    FeedbackAnswer,
    FeedbackClock,
    FeedbackFile,
    FeedbackNote,
    Publication,
)
from motcua.oversight.models.guidance import DocumentFile, DocumentLink, Guidance, GuidingDocument, Reading, Scope
from motcua.oversight.models.reports import SentReport, SituationReport
from motcua.oversight.models.routing import Route, TimeLimit
from motcua.oversight.models.visits import AgendaItem, Check, Finding, Host, Member, Photo, Visit

__all__ = [
    "AgendaItem",
    "Answer",
    "Attachment",
    "Check",
    "Conclusion",
    "Difficulty",
    "Digest",
    "DigestChoice",
    "Directive",
    "DocumentFile",
    "DocumentLink",
    "Feedback",
    "FeedbackAnswer",
    "FeedbackClock",
    "FeedbackFile",
    "FeedbackNote",
    "Finding",
    "Guidance",
    "GuidingDocument",
    "Host",
    "Member",
    "Note",
    "Paragraph",
    "Photo",
    "Publication",
    "Reading",
    "Route",
    "Scope",
    "SentReport",
    "SituationReport",
    "Task",
    "TimeLimit",
    "Turn",
    "Visit",
    "Voice",
]
