"""An official text of an office as people know it on paper: the state's head, the office, number and date, a title,
paragraphs and tables, who signs, who receives it. Set once as data; out of it come a tagged PDF (PDF/UA-1, A4) and a
Word file that can be worked on.

Nouns: OfficialText, Heading, Paragraph, Points, Grid (a table), as_pdf, as_word. Used for conclusions of visits
(oversight) and for any other text that an office sends: build an OfficialText and ask for both. The layout follows
Decree 30/2020/NĐ-CP, annex I, as far as it concerns how a text looks; what it says is the room's own. It reads no
database.
"""

from motcua.ui.official.printed import as_pdf
from motcua.ui.official.text import Block, Grid, Heading, OfficialText, Paragraph, Points, date_line
from motcua.ui.official.word import WORD, as_word

__all__ = [
    "WORD",
    "Block",
    "Grid",
    "Heading",
    "OfficialText",
    "Paragraph",
    "Points",
    "as_pdf",
    "as_word",
    "date_line",
]
