"""Words of the program in every language at once, as linked data wants them."""

from django.utils.functional import Promise
from django.utils.translation import override

from motcua.procedures.open_data.turtle import Literal

LANGUAGES = ("vi", "en")


def both(words: Promise, **values: str) -> list[Literal]:
    """These words, with the values put in, in Vietnamese and in English."""
    found = []
    for language in LANGUAGES:
        with override(language):
            said = str(words)
            found.append(Literal(said % values if values else said, language))
    return found
