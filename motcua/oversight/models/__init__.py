"""Tables of this room, one module per noun; here they are found by Django."""

from motcua.oversight.models.difficulties import Answer, Attachment, Difficulty, Note, Voice
from motcua.oversight.models.routing import Route, TimeLimit

__all__ = ["Answer", "Attachment", "Difficulty", "Note", "Route", "TimeLimit", "Voice"]
