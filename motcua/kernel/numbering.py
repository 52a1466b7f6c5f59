"""Official numbers: given once, never reused, whatever happens afterwards.

Nouns: Counter (the last number of an agency's day or year), reserved numbers (taken beforehand, to be printed and
given out while nothing can be counted).
The number is taken in the transaction of the act that needs it;
a refused act gives its number back only because nobody has seen it. It does not know what is numbered.
"""

import re
import string
from datetime import date

from django.db import connection, models

DEFAULT_PATTERN = "{agency}-{yy}{mm}{dd}-{n}"
# Four digits at least, more when a day needs them.
WIDTH = 4
# Numbers reserved beforehand where the pattern names the day: so many in one act, counted by themselves.
MOST_AT_ONCE, RESERVED = 100, "/reserved"
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
    return example(agency, day, pattern, next_in(_scope(agency, day, pattern)))


def reserve(agency: str, day: date, pattern: str = "", count: int = 1) -> list[str]:
    """So many numbers at once, which counting will never give. They are written on paper before the day of use is
    known: where a pattern names the day, that is the zeroth of the zeroth month; where it does not, they are the next
    ones of the year.
    """
    per_day = _is_per_day(pattern)
    last = next_in(f"{agency}/{day.year}{RESERVED}" if per_day else _scope(agency, day, pattern), count)
    return [_written(agency, day, pattern, n, undated=True) for n in range(last - count + 1, last + 1)]


def example(agency: str, day: date, pattern: str = "", number: int = 1) -> str:
    """How this number of that day is written; takes none."""
    return _written(agency, day, pattern, number)


def _written(agency: str, day: date, pattern: str, number: int, *, undated: bool = False) -> str:
    month, of_month = ("00", "00") if undated else (f"{day:%m}", f"{day:%d}")
    return (pattern or DEFAULT_PATTERN).format(
        agency=agency, yyyy=f"{day:%Y}", yy=f"{day:%y}", mm=month, dd=of_month, n=str(number).zfill(WIDTH)
    )


def _scope(agency: str, day: date, pattern: str) -> str:
    return f"{agency}/{day.isoformat() if _is_per_day(pattern) else day.year}"


def _is_per_day(pattern: str) -> bool:
    return "{dd}" in (pattern or DEFAULT_PATTERN)


def keep_clear(agency: str, day: date, pattern: str, reference: str) -> None:
    """A number of that day that was given elsewhere is not given here again: counting goes on after it."""
    before, _sign, after = example(agency, day, pattern, 10**WIDTH).partition(str(10**WIDTH))
    middle = reference.removeprefix(before).removesuffix(after)
    if reference != before + middle + after or not (middle.isascii() and middle.isdigit()):
        return
    counter, _made = Counter.objects.get_or_create(scope=_scope(agency, day, pattern), defaults={"last": 0})
    Counter.objects.filter(pk=counter.pk, last__lt=int(middle)).update(last=int(middle))


def leave_out(count: int, day: date) -> None:
    """Give no number of this day or of no day that may have been given by `count` acts which are not known any more."""
    scopes = dict(Counter.objects.values_list("scope", "last"))
    per_day = {scope: scope.rpartition("/") for scope in scopes if _DAY.fullmatch(scope.rpartition("/")[2])}
    of_today = {f"{agency}/{day.isoformat()}" for agency, _slash, _day in per_day.values()}
    for scope in of_today | (scopes.keys() - per_day.keys()) if count else ():
        # One act reserves many.
        given = count * MOST_AT_ONCE if scope.endswith(RESERVED) else count
        Counter.objects.update_or_create(scope=scope, defaults={"last": scopes.get(scope, 0) + given})


def next_in(scope: str, count: int = 1) -> int:
    """The last of so many numbers more than were given in this scope, in one statement: two offices can never be given
    the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_counter (scope, last) VALUES (%s, %s) "
            "ON CONFLICT (scope) DO UPDATE SET last = kernel_counter.last + %s RETURNING last",
            [scope, count, count],
        )
        row = cursor.fetchone()
    return int(row[0])
