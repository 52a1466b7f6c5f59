"""Dated courses of the legal clock, each counted by hand on the almanac, with the sentence that people read.

Tết of two years, swapped Saturdays, hours over lunch, ends of months, pauses over days off, new appointments, acts that
were undone.
"""

from typing import cast

import pytest

from motcua.kernel import clock
from motcua.kernel.clock import Entry, EntryKind, Limit
from tests.kernel.test_clock_cases import CASES
from tests.kernel.working_time import CALENDAR, at

# Limit, what the ledger says, due (empty: none while it stands), the sentence.
COURSES = [
    (
        "0 working_day",
        ["start 2026-02-13 14:10"],
        "2026-02-13 17:00",
        "Hẹn trả lúc 17:00 thứ Sáu, 13/02/2026: trả trong ngày vì tiếp nhận 14:10 thứ Sáu, 13/02/2026, không "
        "muộn hơn 15:00.",
    ),
    (
        "0 working_day",
        ["start 2026-02-13 15:30"],
        "2026-02-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/02/2026: trả vào ngày làm việc tiếp theo vì tiếp nhận 15:30 thứ Sáu, "
        "13/02/2026, sau 15:00; không tính từ ngày 16/02/2026 đến ngày 20/02/2026 (Tết Nguyên đán).",
    ),
    (
        "8 working_hour",
        ["start 2026-02-13 15:00"],
        "2026-02-23 15:00",
        "Hẹn trả lúc 15:00 thứ Hai, 23/02/2026: 8 giờ làm việc kể từ khi tiếp nhận 15:00 thứ Sáu, 13/02/2026;"
        " không tính từ ngày 16/02/2026 đến ngày 20/02/2026 (Tết Nguyên đán).",
    ),
    (
        "4 working_hour",
        ["start 2026-08-21 15:30"],
        "2026-08-22 10:00",
        "Hẹn trả lúc 10:00 thứ Bảy, 22/08/2026: 4 giờ làm việc kể từ khi tiếp nhận 15:30 thứ Sáu, 21/08/2026;"
        " có tính ngày 22/08/2026 (Làm bù cho 31/08/2026).",
    ),
    (
        "2 working_hour",
        ["start 2026-11-23 10:30"],
        "2026-11-23 14:00",
        "Hẹn trả lúc 14:00 thứ Hai, 23/11/2026: 2 giờ làm việc kể từ khi tiếp nhận 10:30 thứ Hai, 23/11/2026.",
    ),
    (
        "1 working_hour",
        ["start 2026-11-23 11:30"],
        "2026-11-23 14:00",
        "Hẹn trả lúc 14:00 thứ Hai, 23/11/2026: 1 giờ làm việc kể từ khi tiếp nhận 11:30 thứ Hai, 23/11/2026.",
    ),
    (
        "1 month",
        ["start 2026-10-31 08:00"],
        "2026-11-30 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 30/11/2026: 1 tháng kể từ khi tiếp nhận 08:00 thứ Bảy, 31/10/2026.",
    ),
    (
        "6 month",
        ["start 2026-08-31 09:00"],
        "2027-03-01 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 01/03/2027: 6 tháng kể từ khi tiếp nhận 09:00 thứ Hai, 31/08/2026; ngày "
        "28/02/2027 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo; sau ngày 31/12/2026 lịch chưa công "
        "bố nên đây là ngày dự tính.",
    ),
    (
        "1 month",
        ["start 2026-12-31 09:00"],
        "2027-02-01 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 01/02/2027: 1 tháng kể từ khi tiếp nhận 09:00 thứ Năm, 31/12/2026; ngày "
        "31/01/2027 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo; sau ngày 31/12/2026 lịch chưa công "
        "bố nên đây là ngày dự tính.",
    ),
    (
        "10 working_day",
        ["start 2026-08-24 09:00"],
        "2026-09-10 17:00",
        "Hẹn trả lúc 17:00 thứ Năm, 10/09/2026: 10 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Hai, "
        "24/08/2026; không tính ngày 31/08/2026 (Hoán đổi với 22/08/2026), từ ngày 01/09/2026 đến ngày "
        "02/09/2026 (Quốc khánh).",
    ),
    (
        "5 working_day",
        ["start 2026-11-16 09:00", "pause 2026-11-18 10:00", "resume 2026-11-25 09:00"],
        "2026-11-30 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 30/11/2026: 5 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Hai, "
        "16/11/2026; cộng 4 ngày làm việc tạm dừng tính hạn (từ 10:00 thứ Tư, 18/11/2026 đến 09:00 thứ Tư, "
        "25/11/2026); không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "5 working_day",
        ["start 2026-11-16 09:00", "pause 2026-11-23 16:00", "resume 2026-11-24 09:00"],
        "2026-11-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/11/2026: 5 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Hai, 16/11/2026.",
    ),
    (
        "8 working_hour",
        ["start 2026-11-23 09:00", "pause 2026-11-23 11:40", "resume 2026-11-23 12:50"],
        "2026-11-25 09:00",
        "Hẹn trả lúc 09:00 thứ Tư, 25/11/2026: 8 giờ làm việc kể từ khi tiếp nhận 09:00 thứ Hai, 23/11/2026; "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "15 day",
        ["start 2026-02-02 09:00", "pause 2026-02-10 10:00", "resume 2026-02-20 09:00"],
        "2026-02-27 17:00",
        "Hẹn trả lúc 17:00 thứ Sáu, 27/02/2026: 15 ngày kể từ khi tiếp nhận 09:00 thứ Hai, 02/02/2026; cộng "
        "10 ngày tạm dừng tính hạn (từ 10:00 thứ Ba, 10/02/2026 đến 09:00 thứ Sáu, 20/02/2026).",
    ),
    (
        "3 working_day",
        ["start 2026-11-18 09:00", "extend 2026-11-20 10:00 until 2026-11-27 17:00"],
        "2026-11-27 17:00",
        "Hẹn trả lúc 17:00 thứ Sáu, 27/11/2026: hẹn lại khi gia hạn lúc 10:00 thứ Sáu, 20/11/2026; hạn ban "
        "đầu là 17:00 thứ Hai, 23/11/2026, 3 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Tư, 18/11/2026.",
    ),
    (
        "3 working_day",
        [
            "start 2026-11-18 09:00",
            "extend 2026-11-20 10:00 until 2026-11-25 10:30",
            "extend 2026-11-25 09:00 until 2026-11-30 17:00",
        ],
        "2026-11-30 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 30/11/2026: hẹn lại khi gia hạn lúc 09:00 thứ Tư, 25/11/2026; hạn ban đầu"
        " là 17:00 thứ Hai, 23/11/2026, 3 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Tư, 18/11/2026.",
    ),
    (
        "3 working_day",
        [
            "start 2026-11-18 09:00",
            "extend 2026-11-20 10:00 until 2026-11-27 17:00",
            "pause 2026-11-23 10:00",
            "resume 2026-11-26 09:00",
        ],
        "2026-12-01 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 01/12/2026: hẹn lại khi gia hạn lúc 10:00 thứ Sáu, 20/11/2026; hạn ban đầu"
        " là 17:00 thứ Năm, 26/11/2026, 3 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Tư, 18/11/2026; cộng 2 "
        "ngày làm việc tạm dừng tính hạn (từ 10:00 thứ Hai, 23/11/2026 đến 09:00 thứ Năm, 26/11/2026); không "
        "tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "3 working_day",
        [
            "start 2026-11-18 09:00",
            "pause 2026-11-19 10:00",
            "resume 2026-11-20 09:00",
            "extend 2026-11-23 10:00 until 2026-12-02 17:00",
        ],
        "2026-12-02 17:00",
        "Hẹn trả lúc 17:00 thứ Tư, 02/12/2026: hẹn lại khi gia hạn lúc 10:00 thứ Hai, 23/11/2026; hạn ban đầu"
        " là 17:00 thứ Tư, 25/11/2026, 3 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Tư, 18/11/2026; cộng 1 "
        "ngày làm việc tạm dừng tính hạn (từ 10:00 thứ Năm, 19/11/2026 đến 09:00 thứ Sáu, 20/11/2026); không "
        "tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "3 working_day",
        ["start 2026-11-18 09:00", "stop 2026-11-19 10:00", "reopen 2026-11-23 09:00"],
        "2026-11-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/11/2026: 3 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Tư, 18/11/2026.",
    ),
    (
        "3 working_day",
        ["start 2026-11-18 09:00", "pause 2026-11-19 10:00", "stop 2026-11-20 10:00", "reopen 2026-11-23 09:00"],
        "",
        "Đang tạm dừng tính hạn từ 10:00 thứ Năm, 19/11/2026; ngày hẹn trả được tính lại khi hết tạm dừng.",
    ),
    (
        "3 working_day",
        [
            "start 2026-11-18 09:00",
            "pause 2026-11-19 10:00",
            "stop 2026-11-20 10:00",
            "reopen 2026-11-23 09:00",
            "resume 2026-11-25 09:00",
        ],
        "2026-11-27 17:00",
        "Hẹn trả lúc 17:00 thứ Sáu, 27/11/2026: 3 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Tư, 18/11/2026;"
        " cộng 3 ngày làm việc tạm dừng tính hạn (từ 10:00 thứ Năm, 19/11/2026 đến 09:00 thứ Tư, 25/11/2026);"
        " không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "3 working_day",
        ["start 2026-11-18 09:00", "pause 2026-11-19 10:00"],
        "",
        "Đang tạm dừng tính hạn từ 10:00 thứ Năm, 19/11/2026; ngày hẹn trả được tính lại khi hết tạm dừng.",
    ),
    (
        "2 working_day",
        ["start 2027-02-03 09:00"],
        "2027-02-11 17:00",
        "Hẹn trả lúc 17:00 thứ Năm, 11/02/2027: 2 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Tư, 03/02/2027;"
        " không tính ngày 05/02/2027 (Tết Nguyên đán), từ ngày 08/02/2027 đến ngày 10/02/2027 (Tết Nguyên "
        "đán); sau ngày 31/12/2026 lịch chưa công bố nên đây là ngày dự tính.",
    ),
    (
        "3 working_day",
        ["start 2027-04-29 09:00"],
        "2027-05-06 17:00",
        "Hẹn trả lúc 17:00 thứ Năm, 06/05/2027: 3 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Năm, "
        "29/04/2027; không tính ngày 30/04/2027 (Ngày Chiến thắng), ngày 03/05/2027 (Nghỉ bù 01/05); sau ngày"
        " 31/12/2026 lịch chưa công bố nên đây là ngày dự tính.",
    ),
    (
        "5 working_day",
        ["start 2025-04-24 09:00"],
        "2025-05-05 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 05/05/2025: 5 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Năm, "
        "24/04/2025; không tính ngày 30/04/2025 (Ngày Chiến thắng), ngày 01/05/2025 (Quốc tế Lao động), ngày "
        "02/05/2025 (Hoán đổi với 26/04/2025); có tính ngày 26/04/2025 (Làm bù cho 02/05/2025).",
    ),
    (
        "1 working_day",
        ["start 2025-04-25 09:00"],
        "2025-04-26 17:00",
        "Hẹn trả lúc 17:00 thứ Bảy, 26/04/2025: 1 ngày làm việc kể từ khi tiếp nhận 09:00 thứ Sáu, "
        "25/04/2025; có tính ngày 26/04/2025 (Làm bù cho 02/05/2025).",
    ),
]


def entry(words: str) -> Entry:
    """ "extend 2026-11-20 10:00 until 2026-11-27 17:00"."""
    said, _until, later = words.partition(" until ")
    kind, _blank, moment = said.partition(" ")
    return Entry(cast("EntryKind", kind), at(moment), until=at(later) if later else None)


@pytest.mark.parametrize(("limit", "ledger", "due_at", "sentence"), COURSES)
def test_a_course_is_due_when_the_almanac_says_and_says_why(
    limit: str, ledger: list[str], due_at: str, sentence: str
) -> None:
    value, unit = limit.split()
    due = clock.due(CALENDAR, Limit(int(value), unit), [entry(words) for words in ledger])  # type: ignore[arg-type]
    assert due.at == (at(due_at) if due_at else None)
    assert clock.explain_vi(due.why) == sentence


def test_there_are_sixty_dated_cases_and_more() -> None:
    assert len(CASES) + len(COURSES) >= 60
