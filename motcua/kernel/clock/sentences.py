"""A Why as one plain sentence, in Vietnamese and in English.

The one place where pure code makes sentences: what is said depends on what was counted, and a message catalogue cannot
follow that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from motcua.kernel.calendar import Day
from motcua.kernel.clock.values import Limit, Pause, Unit, Why

WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def date_vi(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def date_en(day: date) -> str:
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def moment_vi(at: datetime) -> str:
    return f"{at:%H:%M} {WEEKDAYS_VI[at.weekday()]}, {date_vi(at)}"


def moment_en(at: datetime) -> str:
    return f"{at:%H:%M} on {WEEKDAYS_EN[at.weekday()]}, {date_en(at)}"


def _units_vi(count: int, unit: Unit) -> str:
    return (
        f"{count} "
        + {
            "working_hour": "giờ làm việc",
            "working_day": "ngày làm việc",
            "day": "ngày",
            "month": "tháng",
        }[unit]
    )


def _units_en(count: int, unit: Unit) -> str:
    return f"{count} {unit.replace('_', ' ')}{'' if count == 1 else 's'}"


def _time_vi(length: timedelta) -> str:
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    return " ".join(f"{n} {word}" for n, word in ((hours, "giờ"), (minutes, "phút")) if n) + " làm việc"


def _time_en(length: timedelta) -> str:
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    said = ((hours, "hour"), (minutes, "minute"))
    return "working time of " + " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in said if n)


@dataclass(frozen=True)
class _Language:
    """How one language says the parts of the sentence."""

    moment: Callable[[datetime], str]
    date: Callable[[date], str]
    units: Callable[[int, Unit], str]
    time: Callable[[timedelta], str]
    phrases: dict[str, str]


VI = _Language(
    moment_vi,
    date_vi,
    _units_vi,
    _time_vi,
    {
        "not_started": "Chưa có ngày hẹn trả vì chưa tiếp nhận",
        "limit_unknown": "Chưa có ngày hẹn trả: tiếp nhận lúc {received}, thời hạn giải quyết chưa được xác định",
        "paused": "Đang tạm dừng tính hạn từ {paused}; ngày hẹn trả được tính lại khi hết tạm dừng",
        "counted": "Hẹn trả lúc {due}: {limit} kể từ khi tiếp nhận {received}",
        "same_day": "Hẹn trả lúc {due}: trả trong ngày vì tiếp nhận {received}",
        "same_day_cutoff": "Hẹn trả lúc {due}: trả trong ngày vì tiếp nhận {received}, không muộn hơn {cutoff}",
        "after_cutoff": "Hẹn trả lúc {due}: trả vào ngày làm việc tiếp theo vì tiếp nhận {received}, sau {cutoff}",
        "after_hours": "Hẹn trả lúc {due}: trả vào ngày làm việc tiếp theo vì tiếp nhận {received}, ngoài giờ làm việc",
        "set": "Hẹn trả lúc {due}: hẹn lại khi gia hạn lúc {extended}",
        "original": "; hạn ban đầu là {original}, {limit} kể từ khi tiếp nhận {received}",
        "added": "; cộng {added} tạm dừng tính hạn ({spans})",
        "span": "từ {start} đến {end}",
        "rolled": "; ngày {day} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo",
        "off": "; không tính {days}",
        "extra": "; có tính {days}",
        "one_day": "ngày {first} ({name})",
        "more_days": "từ ngày {first} đến ngày {last} ({name})",
        "estimated": "; sau ngày {day} lịch chưa công bố nên đây là ngày dự tính",
    },
)
EN = _Language(
    moment_en,
    date_en,
    _units_en,
    _time_en,
    {
        "not_started": "There is no due date yet because it has not been received",
        "limit_unknown": "There is no due date yet: received at {received}, the time limit has not been set",
        "paused": "The clock has been paused since {paused}; the due date is worked out again when the pause ends",
        "counted": "Due at {due}: {limit} from receipt at {received}",
        "same_day": "Due at {due}: the same day, because it was received at {received}",
        "same_day_cutoff": "Due at {due}: the same day, because it was received at {received}, not later than {cutoff}",
        "after_cutoff": "Due at {due}: the next working day, because it was received at {received}, after {cutoff}",
        "after_hours": "Due at {due}: the next working day, because it came outside working hours, at {received}",
        "set": "Due at {due}: a new date, given with the extension at {extended}",
        "original": "; it was first due at {original}, {limit} from receipt at {received}",
        "added": "; plus {added} while the clock was paused ({spans})",
        "span": "from {start} to {end}",
        "rolled": "; {day} is a day off, so it moves to the next working day",
        "off": "; not counting {days}",
        "extra": "; counting {days}",
        "one_day": "{first} ({name})",
        "more_days": "{first} to {last} ({name})",
        "estimated": "; the calendar after {day} is not published yet, so this date is an estimate",
    },
)


def explain_vi(why: Why) -> str:
    """The sentence in Vietnamese."""
    return _sentence(why, VI)


def explain_en(why: Why) -> str:
    """The sentence in English; names of days stay as they are."""
    return _sentence(why, EN)


def explain(why: Why, language: str) -> str:
    """The sentence in the language with this code; Vietnamese unless English is asked for."""
    return explain_en(why) if language.startswith("en") else explain_vi(why)


def _sentence(why: Why, lang: _Language) -> str:
    if why.due_at is None:
        return _head(why, lang) + "."
    return "".join((_head(why, lang), *_tails(why, lang))) + "."


def _head(why: Why, lang: _Language) -> str:
    said = {
        "due": why.due_at,
        "received": why.received_at,
        "paused": why.paused_at,
        "extended": why.extended_at,
        "original": why.original,
    }
    words = {name: lang.moment(at) for name, at in said.items() if at is not None}
    code: str = why.code
    if why.limit is not None:
        words["limit"] = _limit(why.limit, lang)
        if why.limit.cutoff is not None:
            words["cutoff"] = f"{why.limit.cutoff:%H:%M}"
            code = "same_day_cutoff" if code == "same_day" else code
    head = lang.phrases[code].format(**words)
    if why.code == "set" and {"original", "limit", "received"} <= words.keys():
        head += lang.phrases["original"].format(**words)
    return head


def _limit(limit: Limit, lang: _Language) -> str:
    return lang.units(limit.value, limit.unit)


def _tails(why: Why, lang: _Language) -> Iterator[str]:
    phrases = lang.phrases
    if counted := [pause for pause in why.pauses if pause.added >= timedelta(minutes=1)]:
        spans = (phrases["span"].format(start=lang.moment(p.start), end=lang.moment(p.end)) for p in counted)
        yield phrases["added"].format(added=_added(counted, why.limit, lang), spans="; ".join(spans))
    if why.rolled_from is not None:
        yield phrases["rolled"].format(day=lang.date(why.rolled_from))
    if why.days_off:
        yield phrases["off"].format(days=", ".join(_days(why.days_off, lang)))
    if why.extra_days:
        yield phrases["extra"].format(days=", ".join(_days(why.extra_days, lang)))
    if why.official_until is not None:
        yield phrases["estimated"].format(day=lang.date(why.official_until))


def _added(pauses: Iterable[Pause], limit: Limit | None, lang: _Language) -> str:
    total = sum((pause.added for pause in pauses), timedelta())
    unit: Unit = limit.unit if limit else "working_day"
    if unit == "working_hour":
        return lang.time(total)
    return lang.units(total.days, "working_day" if unit == "working_day" else "day")


def _days(days: Iterable[Day], lang: _Language) -> Iterator[str]:
    for first, last, name in _runs(days):
        phrase = lang.phrases["one_day" if first == last else "more_days"]
        yield phrase.format(first=lang.date(first), last=lang.date(last), name=_dated(name, lang))


def _runs(days: Iterable[Day]) -> list[tuple[date, date, str]]:
    """Neighbouring days of one name as one run: Tết is five rows and one reason."""
    runs: list[tuple[date, date, str]] = []
    for day in days:
        name = _BRACKETS.sub("", day.name)
        if runs and runs[-1][2] == name and day.date - runs[-1][1] == timedelta(days=1):
            runs[-1] = (runs[-1][0], day.date, name)
        else:
            runs.append((day.date, day.date, name))
    return runs


def _dated(name: str, lang: _Language) -> str:
    """The name with dates as this language writes them ("Hoán đổi với 2026-08-22")."""
    return _ISO_DATE.sub(lambda found: lang.date(date(*map(int, found.groups()))), name)
