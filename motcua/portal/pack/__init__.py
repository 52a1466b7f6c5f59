"""The visit pack: what a delegation has in hand before it leaves, for every commune on one A4 (PDF/UA-1) and on screen.

Everything is counted when it is asked for: last visit's requests, dossiers and how many are late, what of the service
index can be computed, open difficulties, the wall, open directives. Nouns: Pack (one commune), Count, Sheet.
"""

from motcua.portal.pack.content import Pack, packs
from motcua.portal.pack.sheet import as_pdf

__all__ = ["Pack", "as_pdf", "packs"]
