"""Tables of this room, one module per noun; here they are found by Django."""

from motcua.oversight.models.difficulties import Answer, Attachment, Difficulty, Note, Voice
from motcua.oversight.models.guidance import DocumentFile, DocumentLink, Guidance, GuidingDocument, Reading, Scope
from motcua.oversight.models.routing import Route, TimeLimit

__all__ = [
    "Answer",
    "Attachment",
    "Difficulty",
    "DocumentFile",
    "DocumentLink",
    "Guidance",
    "GuidingDocument",
    "Note",
    "Reading",
    "Route",
    "Scope",
    "TimeLimit",
    "Voice",
]
