"""A commune's situation report as it is drafted: what dossiers, difficulties and directives say of some days,
in sentences and tables. Reads only. In Vietnamese, whatever language the desk is read in: it goes onto paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.translation import override

from motcua.dossiers.queries import periods
from motcua.dossiers.queries.periods import Reported
from motcua.dossiers.queries.situation import Item
from motcua.kernel.organisation import Office
from motcua.oversight import queries as oversight
from motcua.oversight.queries import Listed
from motcua.oversight.services import ReportGrid, Section
from motcua.ui import writing

# In the order of the register's identity, as they are called on paper.
FIGURES = {
    "carried_over": "Kỳ trước chuyển sang",
    "received": "Tiếp nhận trong kỳ",
    "settled_early": "Giải quyết trước hạn",
    "settled_on_time": "Giải quyết đúng hạn",
    "settled_late": "Giải quyết quá hạn",
    "in_progress_within": "Đang giải quyết, trong hạn",
    "in_progress_overdue": "Đang giải quyết, quá hạn",
    "stopped": "Dừng giải quyết",
    "refused": "Từ chối giải quyết",
    "withdrawn": "Người nộp rút hồ sơ",
    "waiting": "Đã nộp, chờ tiếp nhận",
}


def sections(office: Office, first: date, last: date, now: datetime) -> list[Section]:
    """Work done, figures, difficulties with their state, directives, requests to departments."""
    with override("vi"):
        found = periods.reported_between(office, first, last, now)
        hard = oversight.difficulties_of(office, found.situation.within.start, found.situation.within.end)
        return [
            Section("work", "I. Kết quả công việc", "\n".join(_work(found))),
            Section("figures", "II. Số liệu", _figures_sentence(found, now), _figures(found)),
            Section("difficulties", "III. Khó khăn, vướng mắc", _difficulties_sentence(hard), _difficulties(hard)),
            Section("directives", "IV. Việc được giao", "\n".join(_directives(office, now))),
            Section("requests", "V. Kiến nghị, đề xuất", "\n".join(_requests(hard))),
        ]


def _number(value: int) -> str:
    return writing.number(value)


def _share(part: int, whole: int) -> str:
    return f" ({writing.share(part / whole)})" if whole else ""


def _work(found: Reported) -> Iterator[str]:
    figures, situation = found.figures, found.situation
    received = figures["received"]
    online = sum(item.fact.channel == "online" for item in situation.chosen("received"))
    yield (
        f"Tiếp nhận {_number(received)} hồ sơ, trong đó nộp trực tuyến {_number(online)} hồ sơ"
        f"{_share(online, received)}; kỳ trước chuyển sang {_number(figures['carried_over'])} hồ sơ."
    )
    settled = [figures[key] for key in ("settled_early", "settled_on_time", "settled_late")]
    yield (
        f"Giải quyết {_number(sum(settled))} hồ sơ: trước hạn {_number(settled[0])}, đúng hạn {_number(settled[1])}, "
        f"quá hạn {_number(settled[2])}{_share(settled[2], sum(settled))}."
    )
    yield (
        f"Đang giải quyết {_number(figures['in_progress_within'])} hồ sơ còn trong hạn và "
        f"{_number(figures['in_progress_overdue'])} hồ sơ quá hạn."
    )


def _figures_sentence(found: Reported, now: datetime) -> str:
    return f"Số liệu lấy từ hồ sơ trên hệ thống, tính đến {writing.moment(min(now, found.situation.within.as_of))}."


def _figures(found: Reported) -> tuple[ReportGrid, ...]:
    rows = [(title, _number(found.figures[key])) for key, title in FIGURES.items()]
    by_field = found.situation.counts_by(_field)
    fields = [
        (name, _number(each["received"]), _number(_settled(each)), _number(each["in_progress_overdue"]))
        for name, each in sorted(by_field.items(), key=lambda pair: (-pair[1]["received"], pair[0]))
    ]
    head = ("Lĩnh vực", "Tiếp nhận", "Giải quyết", "Quá hạn chưa xong")
    whole = ReportGrid("Hồ sơ trong kỳ", ("Chỉ tiêu", "Số hồ sơ"), rows, (4, 1), (1,))
    return (whole, ReportGrid("Hồ sơ theo lĩnh vực", head, fields, (4, 1, 1, 1.4), (1, 2, 3))) if fields else (whole,)


def _field(item: Item) -> str:
    return writing.in_words(item.named.sector_name) if item.named else item.fact.procedure


def _settled(figures: dict[str, int]) -> int:
    return sum(figures[key] for key in ("settled_early", "settled_on_time", "settled_late"))


def _difficulties_sentence(hard: list[Listed]) -> str:
    if not hard:
        return "Trong kỳ không nêu vướng mắc nào và không còn vướng mắc nào chờ trả lời."
    open_ = [each for each in hard if each.answered_at is None]
    return (
        f"Có {_number(len(hard))} vướng mắc được nêu trong kỳ hoặc còn chờ trả lời, trong đó {_number(len(open_))} "
        "vướng mắc chưa được trả lời."
    )


def _difficulties(hard: list[Listed]) -> tuple[ReportGrid, ...]:
    rows = [(each.number, each.title, each.holder, oversight.difficulty_words(each.state)) for each in hard]
    head = ("Số", "Nội dung", "Cơ quan trả lời", "Tình trạng")
    return (ReportGrid("Các vướng mắc", head, rows, (1.4, 4, 2, 1.4)),) if rows else ()


def _directives(office: Office, now: datetime) -> Iterator[str]:
    found = oversight.directives_of([office])
    if not found:
        yield "Không có việc được giao nào đang làm."
        return
    late = sum(each.outcome(now) == "open_late" for each in found)
    yield f"Đang làm {_number(len(found))} việc được giao, trong đó {_number(late)} việc quá hạn:"
    for each in found:
        yield f"{each.reference}: {each.result} (hạn {writing.short_date(each.due_at)})."


def _requests(hard: list[Listed]) -> Iterator[str]:
    """One for each that nobody has answered, by the office that has it."""
    for each in sorted((each for each in hard if each.answered_at is None), key=lambda one: (one.holder, one.number)):
        yield f"Đề nghị {each.holder} trả lời vướng mắc {each.number}: {each.title}"
