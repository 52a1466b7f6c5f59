"""How dates, moments, amounts and durations are written for a reader, and how personal data is half hidden.

Vietnamese: "thứ Ba, 24/11/2026", "8.000 đồng", "3 ngày làm việc". English pages: "Tuesday, 24 November 2026".
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy

from motcua.kernel import money

WEEKDAYS = (
    pgettext_lazy("weekday in a sentence", "Monday"),
    pgettext_lazy("weekday in a sentence", "Tuesday"),
    pgettext_lazy("weekday in a sentence", "Wednesday"),
    pgettext_lazy("weekday in a sentence", "Thursday"),
    pgettext_lazy("weekday in a sentence", "Friday"),
    pgettext_lazy("weekday in a sentence", "Saturday"),
    pgettext_lazy("weekday in a sentence", "Sunday"),
)
HIDDEN = "*"


def in_english() -> bool:
    return (get_language() or "").startswith("en")


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


def short_date(value: date | datetime) -> str:
    """24/11/2026; in English 24 November 2026, which nobody reads as a month and a day exchanged."""
    return date_format(_local(value), "j F Y" if in_english() else "d/m/Y", use_l10n=False)


def long_date(value: date | datetime) -> str:
    """With the day of the week, as people speak of an appointment."""
    local = _local(value)
    return f"{WEEKDAYS[local.weekday()]}, {short_date(local)}"


def clock_time(value: datetime) -> str:
    return f"{_local(value):%H:%M}"


def moment(value: datetime) -> str:
    """08:30 thứ Ba, 24/11/2026."""
    return gettext("%(time)s on %(date)s") % {"time": clock_time(value), "date": long_date(value)}


def short_moment(value: datetime) -> str:
    """08:30 24/11/2026, for lists."""
    return f"{clock_time(value)} {short_date(value)}"


def amount(value: int) -> str:
    """8.000 đồng; in English 8,000 VND."""
    return f"{value:,} VND" if in_english() else money.format_vnd(value)


def number(value: float) -> str:
    """12.345 and 2,5; in English 12,345 and 2.5."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    return text if in_english() else text.translate(str.maketrans(",.", ".,"))


def share(value: float) -> str:
    """A part of a whole with two decimals: 97,50 %."""
    text = f"{100 * value:.2f}"
    # A space that keeps figure and sign on one line.
    return f"{text if in_english() else text.replace('.', ',')}\N{NO-BREAK SPACE}%"


def duration(value: int, unit: str) -> str:
    """A limit in words: 3, working_day → 3 ngày làm việc."""
    words = {
        "working_hour": ngettext("%(count)s working hour", "%(count)s working hours", value),
        "working_day": ngettext("%(count)s working day", "%(count)s working days", value),
        "day": ngettext("%(count)s day", "%(count)s days", value),
        "month": ngettext("%(count)s month", "%(count)s months", value),
    }
    return words[unit] % {"count": value}


def masked(value: str, *, keep: int = 3) -> str:
    """Enough of a number to recognise one's own, too little to use somebody else's: ******678."""
    compact = "".join(value.split())
    shown = compact[-keep:] if len(compact) > keep else ""
    return HIDDEN * (len(compact) - len(shown)) + shown


def in_words(value: Any) -> str:
    """What can say itself in a language (a Remaining of the clock, a text of the catalogue), said in the reader's."""
    language = get_language() or "vi"
    for name in ("words", "get"):
        say = getattr(value, name, None)
        if callable(say) and not isinstance(value, str | Promise):
            return str(say(language))
    return str(value)
