"""Version numbers: digits and points, as in 0.2.0."""

import re
from importlib import metadata

FORM = re.compile(r"\d+(?:\.\d+)*")


def own() -> str:
    """Of the program that runs here."""
    return metadata.version("motcua")


def is_one(text: str) -> bool:
    """Whether it is a version number at all; what becomes the name of a folder must be."""
    return FORM.fullmatch(text) is not None


def key(version: str) -> tuple[int, ...]:
    """In whose order versions follow each other: 0.10 after 0.9, and 0.2.0 is 0.2."""
    numbers = [int(each) for each in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
