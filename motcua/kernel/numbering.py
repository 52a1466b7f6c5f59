"""Official numbers: given once, never reused, whatever happens afterwards.

Nouns: Counter (the last number of an agency's day or year). The number is taken in the transaction of the act that
needs it;
a refused act gives its number back only because nobody has seen it. It does not know what is numbered.
"""

import re
import string
from datetime import date

from django.db import connection, models

DEFAULT_PATTERN = "{agency}-{yy}{mm}{dd}-{n}"
# Four digits at least, more when a day needs them.
WIDTH = 4
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
PLACES = frozenset({"agency", "yyyy", "yy", "mm", "dd", "n"})


class BadPattern(ValueError):
    """A number pattern that would give the same number twice, or names a part that does not exist."""


class Counter(models.Model):
    """How far a scope has counted."""

    scope = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.scope}: {self.last}"


def check_pattern(pattern: str) -> None:
    """Raise BadPattern unless numbers made by it are unique: an agency, a running number and the day or the year it
    runs in.
    """
    named = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    if unknown := named - PLACES:
        raise BadPattern(f"unknown part: {', '.join(sorted(unknown))}")
    if not {"agency", "n"} <= named or not named & {"yy", "yyyy"} or ("dd" in named) != ("mm" in named):
        raise BadPattern("needs {agency}, {n} and the day {yy}{mm}{dd} or the year {yyyy}")


def take(agency: str, day: date, pattern: str = "") -> str:
    """The next number of this agency; runs per day, or per year where the pattern names no day."""
    per_day = "{dd}" in (pattern or DEFAULT_PATTERN)
    return example(agency, day, pattern, next_in(f"{agency}/{day.isoformat() if per_day else day.year}"))


def example(agency: str, day: date, pattern: str = "", number: int = 1) -> str:
    """How this number of that day is written; takes none."""
    return (pattern or DEFAULT_PATTERN).format(
        agency=agency, yyyy=f"{day:%Y}", yy=f"{day:%y}", mm=f"{day:%m}", dd=f"{day:%d}", n=str(number).zfill(WIDTH)
    )


def keep_clear(agency: str, day: date, pattern: str, reference: str) -> None:
    """A number of that day that was given elsewhere is not given here again: counting goes on after it."""
    before, _sign, after = example(agency, day, pattern, 10**WIDTH).partition(str(10**WIDTH))
    middle = reference.removeprefix(before).removesuffix(after)
    if reference != before + middle + after or not (middle.isascii() and middle.isdigit()):
        return
    per_day = "{dd}" in (pattern or DEFAULT_PATTERN)
    scope = f"{agency}/{day.isoformat() if per_day else day.year}"
    counter, _made = Counter.objects.get_or_create(scope=scope, defaults={"last": 0})
    Counter.objects.filter(pk=counter.pk, last__lt=int(middle)).update(last=int(middle))


def leave_out(count: int, day: date) -> None:
    """Give no number of this day or of no day that may have been given by `count` acts which are not known any more."""
    scopes = dict(Counter.objects.values_list("scope", "last"))
    per_day = {scope: scope.rpartition("/") for scope in scopes if _DAY.fullmatch(scope.rpartition("/")[2])}
    of_today = {f"{agency}/{day.isoformat()}" for agency, _slash, _day in per_day.values()}
    for scope in of_today | (scopes.keys() - per_day.keys()) if count else ():
        Counter.objects.update_or_create(scope=scope, defaults={"last": scopes.get(scope, 0) + count})


def next_in(scope: str) -> int:
    """One more than the last number given in this scope, in one statement: two offices can never be given the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (scope, last) VALUES (%s, 1) "
            "ON CONFLICT (scope) DO UPDATE SET last = kernel_counter.last + 1 RETURNING last",
            [scope],
        )
        row = cursor.fetchone()
    return int(row[0])
