"""One table, many shapes: nothing in it may act in a spreadsheet, and machines read keys and ISO dates."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from motcua.kernel import tables
from motcua.kernel.tables import Column, Linked, Table

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
COLUMNS = (
    Column("name", "Tên"),
    Column("count", "Số lượng", "number"),
    Column("day", "Ngày", "date"),
    Column("at", "Lúc", "moment"),
    Column("share", "Tỷ lệ", "share"),
)
ROW = ("Đỗ Thị Mẫu", Linked(3, "/desk/"), date(2026, 11, 24), datetime(2026, 11, 23, 2, 5, tzinfo=UTC), 0.5)


def table(*rows: tuple[object, ...], total: tuple[object, ...] = ()) -> Table:
    return Table("Bảng: mẫu/thử", COLUMNS, rows, total=total)


def cells(content: bytes) -> list[list[str]]:
    """The cells of the first sheet as they are stored."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        words = [
            "".join(part.text or "" for part in item.iter() if part.tag.endswith("}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    return [
        [
            words[int(cell.findtext("m:v", "", space))] if cell.get("t") == "s" else cell.findtext("m:v", "", space)
            for cell in row
        ]
        for row in sheet.iterfind(".//m:row", space)
    ]


def test_machines_read_keys_and_iso_dates_in_the_zone_of_the_office() -> None:
    lines = list(csv.reader(io.StringIO(tables.as_csv(table(ROW), ZONE))))
    assert lines[0] == ["name", "count", "day", "at", "share"]
    assert lines[1] == ["Đỗ Thị Mẫu", "3", "2026-11-24", "2026-11-23T09:05:00+07:00", "0.5"]
    record = json.loads(json.dumps(tables.records(table(ROW), ZONE)))[0]
    assert record == {"name": "Đỗ Thị Mẫu", "count": 3, "day": "2026-11-24", "share": 0.5, "at": lines[1][3]}


@pytest.mark.parametrize("text", ["=1+1", "+84 300", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    shown = table((text, None, None, None, None))
    assert list(csv.reader(io.StringIO(tables.as_csv(shown, ZONE), newline="")))[1][0] == f"'{text}"
    assert cells(tables.as_xlsx(shown, ZONE))[1][0].strip().startswith("'")


def test_a_negative_number_is_a_number() -> None:
    shown = table(("x", -2, None, None, None))
    assert ",-2," in tables.as_csv(shown, ZONE)
    assert cells(tables.as_xlsx(shown, ZONE))[1] == ["x", "-2"]


def test_a_spreadsheet_has_titles_rows_and_sums_and_dates_that_can_be_counted_with() -> None:
    rows = cells(tables.as_xlsx(table(ROW, total=("Cộng", 3, None, None, None)), ZONE))
    assert rows[0] == ["Tên", "Số lượng", "Ngày", "Lúc", "Tỷ lệ"]
    day, at = float(rows[1][2]), float(rows[1][3])
    assert (day, round((at - (day - 1)) * 24 * 60)) == (46350, 9 * 60 + 5)
    assert rows[2] == ["Cộng", "3"]


def test_nothing_is_a_table_too() -> None:
    assert tables.as_csv(table(), ZONE) == "name,count,day,at,share\r\n"
    assert len(cells(tables.as_xlsx(table(), ZONE))) == 1


def test_a_row_of_another_length_is_refused_at_once() -> None:
    with pytest.raises(ValueError):
        table(("one",))
    with pytest.raises(ValueError):
        table(total=("one",))
