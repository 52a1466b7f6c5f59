"""The e-form engine: from a definition and answers to pages, clean values, problems, a read-back and a JSON Schema.

It stores nothing and knows no request, no dossier and no file: the dossier's views bring what was typed and keep what
comes out. Definitions never change, so what can be worked out once for each is (plan.py).
"""

from motcua.procedures.eforms.cleaning import (
    Cleaned,
    Problem,
    clean,
    clean_page,
    clean_part,
    missing_components,
    with_page,
)
from motcua.procedures.eforms.drawing import read_page, render_page, starting_answers, wants_redraw
from motcua.procedures.eforms.machine import example, faults, json_schema
from motcua.procedures.eforms.part import narrowed, opened, pages_of
from motcua.procedures.eforms.shown import Shown, holds, is_required, shown
from motcua.procedures.eforms.telling import Row, Section, readback
from motcua.procedures.fields import Context, FieldProblem

__all__ = [
    "Cleaned",
    "Context",
    "FieldProblem",
    "Problem",
    "Row",
    "Section",
    "Shown",
    "clean",
    "clean_page",
    "clean_part",
    "example",
    "faults",
    "holds",
    "is_required",
    "json_schema",
    "missing_components",
    "narrowed",
    "opened",
    "pages_of",
    "read_page",
    "readback",
    "render_page",
    "shown",
    "starting_answers",
    "wants_redraw",
    "with_page",
]
