"""What stands around every answer: public pages are kept, texts compressed, and nobody waits for a system outside."""

from motcua.ui.middleware.answers import CompressForCitizens, NothingMore, PlainSigns, WaitForNobody
from motcua.ui.middleware.keeping import KeptPages, kept

__all__ = ["CompressForCitizens", "KeptPages", "NothingMore", "PlainSigns", "WaitForNobody", "kept"]
