"""Dated cases of the legal clock, each counted by hand on the almanac, with the sentence that people read."""

import pytest

from motcua.kernel import clock
from motcua.kernel.clock import Entry, Limit
from tests.kernel.working_time import CALENDAR, at

# Limit, received, pauses, due, and the sentence up to and after its colon.
CASES = [
    (
        "1 working_day",
        "2026-11-23 09:12",
        [],
        "2026-11-25 17:00",
        "Hẹn trả lúc 17:00 thứ Tư, 25/11/2026",
        "1 ngày làm việc kể từ khi tiếp nhận 09:12 thứ Hai, 23/11/2026; "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "0 working_day",
        "2026-11-23 09:12",
        [],
        "2026-11-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/11/2026",
        "trả trong ngày vì tiếp nhận 09:12 thứ Hai, 23/11/2026, không muộn hơn 15:00.",
    ),
    (
        "0 working_day",
        "2026-11-23 15:00",
        [],
        "2026-11-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/11/2026",
        "trả trong ngày vì tiếp nhận 15:00 thứ Hai, 23/11/2026, không muộn hơn 15:00.",
    ),
    (
        "0 working_day",
        "2026-11-23 15:01",
        [],
        "2026-11-25 17:00",
        "Hẹn trả lúc 17:00 thứ Tư, 25/11/2026",
        "trả vào ngày làm việc tiếp theo vì tiếp nhận 15:01 thứ Hai, 23/11/2026, sau 15:00; "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "0 working_day",
        "2026-11-20 15:20",
        [],
        "2026-11-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/11/2026",
        "trả vào ngày làm việc tiếp theo vì tiếp nhận 15:20 thứ Sáu, 20/11/2026, sau 15:00.",
    ),
    (
        "0 working_day",
        "2026-11-23 18:00",
        [],
        "2026-11-25 17:00",
        "Hẹn trả lúc 17:00 thứ Tư, 25/11/2026",
        "trả vào ngày làm việc tiếp theo vì tiếp nhận 18:00 thứ Hai, 23/11/2026, ngoài giờ làm việc; "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "0 working_day",
        "2026-11-22 09:00",
        [],
        "2026-11-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/11/2026",
        "trả vào ngày làm việc tiếp theo vì tiếp nhận 09:00 Chủ nhật, 22/11/2026, ngoài giờ làm việc.",
    ),
    (
        "0 working_day",
        "2026-11-24 09:00",
        [],
        "2026-11-25 17:00",
        "Hẹn trả lúc 17:00 thứ Tư, 25/11/2026",
        "trả vào ngày làm việc tiếp theo vì tiếp nhận 09:00 thứ Ba, 24/11/2026, ngoài giờ làm việc; "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "0 working_day",
        "2026-01-10 10:00",
        [],
        "2026-01-10 17:00",
        "Hẹn trả lúc 17:00 thứ Bảy, 10/01/2026",
        "trả trong ngày vì tiếp nhận 10:00 thứ Bảy, 10/01/2026, không muộn hơn 15:00.",
    ),
    (
        "3 working_day",
        "2026-01-07 10:00",
        [],
        "2026-01-10 17:00",
        "Hẹn trả lúc 17:00 thứ Bảy, 10/01/2026",
        "3 ngày làm việc kể từ khi tiếp nhận 10:00 thứ Tư, 07/01/2026; "
        "có tính ngày 10/01/2026 (Làm bù cho 02/01/2026).",
    ),
    (
        "2 working_day",
        "2025-12-31 10:00",
        [],
        "2026-01-06 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 06/01/2026",
        "2 ngày làm việc kể từ khi tiếp nhận 10:00 thứ Tư, 31/12/2025; "
        "không tính ngày 01/01/2026 (Tết Dương lịch), ngày 02/01/2026 (Hoán đổi với 10/01/2026).",
    ),
    (
        "5 working_day",
        "2026-02-12 09:20",
        [],
        "2026-02-26 17:00",
        "Hẹn trả lúc 17:00 thứ Năm, 26/02/2026",
        "5 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Năm, 12/02/2026; "
        "không tính từ ngày 16/02/2026 đến ngày 20/02/2026 (Tết Nguyên đán).",
    ),
    (
        "15 working_day",
        "2026-02-10 09:12",
        [],
        "2026-03-10 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 10/03/2026",
        "15 ngày làm việc kể từ khi tiếp nhận 09:12 thứ Ba, 10/02/2026; "
        "không tính từ ngày 16/02/2026 đến ngày 20/02/2026 (Tết Nguyên đán).",
    ),
    (
        "1 working_day",
        "2026-02-13 16:55",
        [],
        "2026-02-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/02/2026",
        "1 ngày làm việc kể từ khi tiếp nhận 16:55 thứ Sáu, 13/02/2026; "
        "không tính từ ngày 16/02/2026 đến ngày 20/02/2026 (Tết Nguyên đán).",
    ),
    (
        "3 working_day",
        "2026-04-24 08:00",
        [],
        "2026-05-04 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 04/05/2026",
        "3 ngày làm việc kể từ khi tiếp nhận 08:00 thứ Sáu, 24/04/2026; "
        "không tính ngày 27/04/2026 (Nghỉ bù Giỗ Tổ), ngày 30/04/2026 (Ngày Chiến thắng), "
        "ngày 01/05/2026 (Quốc tế Lao động).",
    ),
    (
        "5 working_day",
        "2026-08-19 08:00",
        [],
        "2026-08-25 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 25/08/2026",
        "5 ngày làm việc kể từ khi tiếp nhận 08:00 thứ Tư, 19/08/2026; "
        "có tính ngày 22/08/2026 (Làm bù cho 31/08/2026).",
    ),
    (
        "3 working_day",
        "2026-08-27 08:00",
        [],
        "2026-09-04 17:00",
        "Hẹn trả lúc 17:00 thứ Sáu, 04/09/2026",
        "3 ngày làm việc kể từ khi tiếp nhận 08:00 thứ Năm, 27/08/2026; "
        "không tính ngày 31/08/2026 (Hoán đổi với 22/08/2026), từ ngày 01/09/2026 đến ngày 02/09/2026 (Quốc khánh).",
    ),
    (
        "2 working_day",
        "2026-08-21 18:30",
        [],
        "2026-08-24 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 24/08/2026",
        "2 ngày làm việc kể từ khi tiếp nhận 18:30 thứ Sáu, 21/08/2026; "
        "có tính ngày 22/08/2026 (Làm bù cho 31/08/2026).",
    ),
    (
        "1 month",
        "2026-01-31 08:00",
        [],
        "2026-03-02 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 02/03/2026",
        "1 tháng kể từ khi tiếp nhận 08:00 thứ Bảy, 31/01/2026; "
        "ngày 28/02/2026 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo.",
    ),
    (
        "1 month",
        "2026-03-31 08:00",
        [],
        "2026-05-04 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 04/05/2026",
        "1 tháng kể từ khi tiếp nhận 08:00 thứ Ba, 31/03/2026; "
        "ngày 30/04/2026 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo; "
        "không tính ngày 30/04/2026 (Ngày Chiến thắng), ngày 01/05/2026 (Quốc tế Lao động).",
    ),
    (
        "3 month",
        "2026-11-30 08:00",
        [],
        "2027-03-01 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 01/03/2027",
        "3 tháng kể từ khi tiếp nhận 08:00 thứ Hai, 30/11/2026; "
        "ngày 28/02/2027 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo; "
        "sau ngày 31/12/2026 lịch chưa công bố nên đây là ngày dự tính.",
    ),
    (
        "30 day",
        "2026-10-25 08:00",
        [],
        "2026-11-25 17:00",
        "Hẹn trả lúc 17:00 thứ Tư, 25/11/2026",
        "30 ngày kể từ khi tiếp nhận 08:00 Chủ nhật, 25/10/2026; "
        "ngày 24/11/2026 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo; "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "10 day",
        "2026-02-08 08:00",
        [],
        "2026-02-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/02/2026",
        "10 ngày kể từ khi tiếp nhận 08:00 Chủ nhật, 08/02/2026; "
        "ngày 18/02/2026 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo; "
        "không tính từ ngày 18/02/2026 đến ngày 20/02/2026 (Tết Nguyên đán).",
    ),
    (
        "5 day",
        "2026-06-01 08:00",
        [],
        "2026-06-08 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 08/06/2026",
        "5 ngày kể từ khi tiếp nhận 08:00 thứ Hai, 01/06/2026; "
        "ngày 06/06/2026 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo.",
    ),
    (
        "4 working_hour",
        "2026-11-23 09:30",
        [],
        "2026-11-23 15:00",
        "Hẹn trả lúc 15:00 thứ Hai, 23/11/2026",
        "4 giờ làm việc kể từ khi tiếp nhận 09:30 thứ Hai, 23/11/2026.",
    ),
    (
        "4 working_hour",
        "2026-11-23 11:45",
        [],
        "2026-11-23 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 23/11/2026",
        "4 giờ làm việc kể từ khi tiếp nhận 11:45 thứ Hai, 23/11/2026.",
    ),
    (
        "8 working_hour",
        "2026-11-23 16:20",
        [],
        "2026-11-25 16:20",
        "Hẹn trả lúc 16:20 thứ Tư, 25/11/2026",
        "8 giờ làm việc kể từ khi tiếp nhận 16:20 thứ Hai, 23/11/2026; "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "2 working_hour",
        "2026-11-21 10:00",
        [],
        "2026-11-23 09:30",
        "Hẹn trả lúc 09:30 thứ Hai, 23/11/2026",
        "2 giờ làm việc kể từ khi tiếp nhận 10:00 thứ Bảy, 21/11/2026.",
    ),
    (
        "5 working_day",
        "2026-06-01 09:20",
        [("2026-06-02 10:00", "2026-06-04 09:00")],
        "2026-06-10 17:00",
        "Hẹn trả lúc 17:00 thứ Tư, 10/06/2026",
        "5 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Hai, 01/06/2026; "
        "cộng 2 ngày làm việc tạm dừng tính hạn (từ 10:00 thứ Ba, 02/06/2026 đến 09:00 thứ Năm, 04/06/2026).",
    ),
    (
        "5 working_day",
        "2026-06-01 09:20",
        [("2026-06-02 10:00", "2026-06-02 16:00")],
        "2026-06-08 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 08/06/2026",
        "5 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Hai, 01/06/2026.",
    ),
    (
        "5 working_day",
        "2026-02-11 09:20",
        [("2026-02-12 10:00", "2026-02-24 09:00")],
        "2026-03-02 17:00",
        "Hẹn trả lúc 17:00 thứ Hai, 02/03/2026",
        "5 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Tư, 11/02/2026; "
        "cộng 3 ngày làm việc tạm dừng tính hạn (từ 10:00 thứ Năm, 12/02/2026 đến 09:00 thứ Ba, 24/02/2026); "
        "không tính từ ngày 16/02/2026 đến ngày 20/02/2026 (Tết Nguyên đán).",
    ),
    (
        "3 working_day",
        "2026-08-20 09:20",
        [("2026-08-21 10:00", "2026-08-24 09:00"), ("2026-08-25 10:00", "2026-08-26 09:00")],
        "2026-08-27 17:00",
        "Hẹn trả lúc 17:00 thứ Năm, 27/08/2026",
        "3 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Năm, 20/08/2026; "
        "cộng 3 ngày làm việc tạm dừng tính hạn (từ 10:00 thứ Sáu, 21/08/2026 đến 09:00 thứ Hai, 24/08/2026; "
        "từ 10:00 thứ Ba, 25/08/2026 đến 09:00 thứ Tư, 26/08/2026); "
        "có tính ngày 22/08/2026 (Làm bù cho 31/08/2026).",
    ),
    (
        "8 working_hour",
        "2026-11-23 09:00",
        [("2026-11-23 11:00", "2026-11-23 13:30")],
        "2026-11-25 10:00",
        "Hẹn trả lúc 10:00 thứ Tư, 25/11/2026",
        "8 giờ làm việc kể từ khi tiếp nhận 09:00 thứ Hai, 23/11/2026; "
        "cộng 1 giờ làm việc tạm dừng tính hạn (từ 11:00 thứ Hai, 23/11/2026 đến 13:30 thứ Hai, 23/11/2026); "
        "không tính ngày 24/11/2026 (Ngày Văn hóa Việt Nam).",
    ),
    (
        "10 day",
        "2026-06-01 09:20",
        [("2026-06-02 10:00", "2026-06-07 09:00")],
        "2026-06-16 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 16/06/2026",
        "10 ngày kể từ khi tiếp nhận 09:20 thứ Hai, 01/06/2026; "
        "cộng 5 ngày tạm dừng tính hạn (từ 10:00 thứ Ba, 02/06/2026 đến 09:00 Chủ nhật, 07/06/2026).",
    ),
    (
        "2 working_day",
        "2026-12-31 09:20",
        [],
        "2027-01-05 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 05/01/2027",
        "2 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Năm, 31/12/2026; "
        "không tính ngày 01/01/2027 (Tết Dương lịch); "
        "sau ngày 31/12/2026 lịch chưa công bố nên đây là ngày dự tính.",
    ),
    (
        "7 working_day",
        "2027-02-01 09:20",
        [],
        "2027-02-16 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 16/02/2027",
        "7 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Hai, 01/02/2027; "
        "không tính ngày 05/02/2027 (Tết Nguyên đán), từ ngày 08/02/2027 đến ngày 10/02/2027 (Tết Nguyên đán); "
        "sau ngày 31/12/2026 lịch chưa công bố nên đây là ngày dự tính.",
    ),
    (
        "1 working_day",
        "2028-09-01 09:20",
        [],
        "2028-09-05 17:00",
        "Hẹn trả lúc 17:00 thứ Ba, 05/09/2028",
        "1 ngày làm việc kể từ khi tiếp nhận 09:20 thứ Sáu, 01/09/2028; "
        "không tính ngày 04/09/2028 (Nghỉ bù); "
        "sau ngày 31/12/2026 lịch chưa công bố nên đây là ngày dự tính.",
    ),
]


@pytest.mark.parametrize(("limit", "received", "pauses", "due_at", "head", "reason"), CASES)
def test_a_dated_case_is_due_when_the_almanac_says_and_says_why(
    limit: str, received: str, pauses: list[tuple[str, str]], due_at: str, head: str, reason: str
) -> None:
    value, unit = limit.split()
    entries = [Entry("start", at(received))]
    for start, end in pauses:
        entries += [Entry("pause", at(start), "supplement", "P-1"), Entry("resume", at(end))]
    due = clock.due(CALENDAR, Limit(int(value), unit), entries)  # type: ignore[arg-type]
    assert due.at == at(due_at)
    assert clock.explain_vi(due.why) == f"{head}: {reason}"


def test_the_same_case_reads_well_in_english() -> None:
    entries = [Entry("start", at("2026-11-23 09:12"))]
    assert clock.explain_en(clock.due(CALENDAR, Limit(1, "working_day"), entries).why) == (
        "Due at 17:00 on Wednesday, 25 November 2026: 1 working day from receipt at 09:12 on Monday, 23 November 2026; "
        "not counting 24 November 2026 (Ngày Văn hóa Việt Nam)."
    )
