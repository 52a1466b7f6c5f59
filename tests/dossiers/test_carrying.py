"""Open dossiers of an earlier system go on here with number and appointment, once, and count as carried over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation

from motcua.dossiers import queries, rules, services
from motcua.dossiers.models import Dossier, ExternalRef
from motcua.dossiers.queries import periods
from motcua.dossiers.services import carried
from motcua.dossiers.services.carried import COLUMNS, MADE, THERE, TRIED, WRONG, NotAList, Row
from motcua.kernel import tables, watch
from motcua.kernel.tables import Column, Table
from tests.cast import BIRTH, CERTIFY, NOW, Cast

LATER = NOW + timedelta(minutes=5)
RECEIVED = {
    "number": "H36.24-261102-0007", "procedure": BIRTH, "full_name": "Nguyễn Thị Mẫu Cũ", "channel": "Trực tuyến",
    "filed_at": "30/10/2026 14:05", "received_at": "02/11/2026", "due_at": "27/11/2026", "state": "Đang giải quyết",
    "phone": "0300000003",
}  # fmt: skip
FILED = {"number": "H36.24-261120-0003", "procedure": CERTIFY, "full_name": "Trần Mẫu", "filed_at": "2026-11-20"}


def sheet(*rows: dict[str, Any], keys: Sequence[str] = tuple(COLUMNS)) -> bytes:
    """A list as somebody would fill it in."""
    columns = tuple(Column(key, COLUMNS[key], "moment" if key.endswith("_at") else "text") for key in keys)
    return tables.as_xlsx(
        Table("Hồ sơ", columns, [[row.get(key, "") for key in keys] for row in rows]), timezone.get_current_timezone()
    )


def carry(cast: Cast, *given: dict[str, Any], dry_run: bool = False, at: datetime = NOW) -> list[Row]:
    rows = carried.read(sheet(*given), "danh-sach.xlsx")
    carried.carry(rows=rows, commune=cast.here.commune, by=cast.here.administrator, at=at, dry_run=dry_run)
    return rows


def outcomes(rows: list[Row]) -> list[str]:
    return [row.outcome for row in rows]


def test_number_receipt_and_appointment_are_kept(cast: Cast) -> None:
    rows = carry(cast, RECEIVED, FILED)
    assert outcomes(rows) == [MADE, MADE], [row.faults for row in rows]
    dossier = Dossier.objects.get(matter__reference=RECEIVED["number"])
    local = timezone.localtime
    assert (dossier.state, local(dossier.filed_at).date()) == ("received", date(2026, 10, 30))
    assert dossier.received_at is not None
    assert local(dossier.received_at).date() == date(2026, 11, 2)
    assert dossier.due_at is not None
    assert local(dossier.due_at).isoformat() == "2026-11-27T17:00:00+07:00"
    assert queries.due_of(dossier).at == dossier.due_at
    item = queries.open_item(dossier)
    assert item is not None
    assert (item.step, item.office, item.due_at) == ("process", cast.here.civil_status, dossier.due_at)
    waiting = queries.open_item(Dossier.objects.get(matter__reference=FILED["number"]))
    assert waiting is not None
    assert waiting.act == "receive"
    assert watch.look_at_all(LATER) == {}


def test_it_goes_on_as_every_other(cast: Cast) -> None:
    carry(cast, RECEIVED)
    dossier = services.complete_step(dossier=Dossier.objects.get(), by=cast.here.case, at=LATER)
    dossier = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=LATER, result_name="Mẫu")
    assert queries.standing_of(dossier, LATER) == "early"
    assert rules.state_after(queries.happened(queries.history_of(dossier))) == "result_ready"


def test_an_odd_appointment_is_kept_to_the_minute_and_says_where_it_is_from(cast: Cast) -> None:
    carry(cast, RECEIVED | {"due_at": "28/11/2026 09:30"})
    dossier = Dossier.objects.get()
    assert dossier.due_at is not None
    assert timezone.localtime(dossier.due_at).isoformat() == "2026-11-28T09:30:00+07:00"


def test_figures_count_it_as_carried_over_and_the_identity_holds(cast: Cast) -> None:
    carry(cast, RECEIVED, FILED)
    found = periods.reported_between(cast.here.commune, date(2026, 11, 9), date(2026, 11, 30), NOW).figures
    assert (found["carried_over"], found["received"], found["in_progress_within"]) == (1, 0, 1)
    assert found["waiting"] == 1


def test_trying_writes_nothing_and_a_second_time_takes_nothing_twice(cast: Cast) -> None:
    assert outcomes(carry(cast, RECEIVED, FILED, dry_run=True)) == [TRIED, TRIED]
    assert not Dossier.objects.exists()
    carry(cast, RECEIVED)
    assert outcomes(carry(cast, RECEIVED, FILED)) == [THERE, MADE]
    assert outcomes(carry(cast, RECEIVED, FILED)) == [THERE, THERE]
    assert (Dossier.objects.count(), ExternalRef.objects.filter(carried_over=True).count()) == (2, 2)


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"number": ""}, "number"),
        ({"number": "x" * 61}, "number"),
        ({"procedure": "1.01"}, "procedure"),
        ({"full_name": " "}, "full_name"),
        ({"received_at": "31/02/2026"}, "received_at"),
        ({"received_at": "01/10/2026"}, "received_at"),
        ({"received_at": "01/12/2026", "due_at": "02/12/2026"}, "received_at"),
        ({"received_at": ""}, "received_at"),
        ({"due_at": ""}, "due_at"),
        ({"due_at": "01/11/2026"}, "due_at"),
        ({"due_at": "hôm nào"}, "due_at"),
        ({"channel": "bồ câu"}, "channel"),
        ({"state": "Đã trả kết quả"}, "state"),
        ({"email": "khong-phai"}, "email"),
        ({"filed_at": "01/01/1900"}, "filed_at"),
    ],
)
def test_a_wrong_cell_is_named_in_vietnamese_and_its_row_is_not_taken(
    cast: Cast, changes: dict[str, Any], column: str
) -> None:
    with translation.override("vi"):
        rows = carry(cast, RECEIVED | changes, FILED)
    assert outcomes(rows) == [WRONG, MADE]
    fault = next(each for each in rows[0].faults if each.column == COLUMNS[column])
    assert fault.words
    assert fault.words not in ("This is needed.",)
    assert Dossier.objects.count() == 1


def test_a_number_twice_in_the_list_or_of_another_dossier_is_refused(cast: Cast) -> None:
    own = cast.file().number
    assert outcomes(carry(cast, FILED, FILED, FILED | {"number": own})) == [MADE, WRONG, WRONG]


def test_numbers_given_there_are_not_given_here_again(cast: Cast) -> None:
    agency = cast.here.commune.agency_code
    carry(cast, FILED | {"number": f"{agency}-261123-0041", "filed_at": "23/11/2026 08:00"})
    assert cast.file().number == f"{agency}-261123-0042"


def test_dates_of_a_spreadsheet_and_a_csv_are_read_alike(cast: Cast) -> None:
    written = "Số hồ sơ;Mã thủ tục;HỌ TÊN NGƯỜI NỘP;Ngày nộp\r\nA-1;2.000815;Mẫu Một;20/11/2026\r\n;;;\r\n"
    rows = carried.read(written.encode("utf-8-sig"), "a.csv")
    assert [(row.line, row.number) for row in rows] == [(2, "A-1")]
    moment = sheet({**FILED, "filed_at": datetime(2026, 11, 20, tzinfo=timezone.get_current_timezone())})
    rows += carried.read(moment, "b.xlsx")
    carried.carry(rows=rows, commune=cast.here.commune, by=cast.here.administrator, at=NOW, dry_run=False)
    assert outcomes(rows) == [MADE, MADE]
    assert len(set(Dossier.objects.values_list("filed_at", flat=True))) == 1


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"PK nonsense", "a.xlsx"), ("Số".encode("utf-16"), "a.csv"), (b"", "a.csv"), (b"a,b\n", "a.csv")],
)
def test_what_is_no_list_is_refused_in_words(content: bytes, name: str) -> None:
    with pytest.raises(NotAList):
        carried.read(content, name)


def test_the_template_is_a_list_that_is_understood() -> None:
    (row,) = carried.read(carried.template(), "mau.xlsx")
    assert set(row.said) == set(COLUMNS)


def test_the_administrators_page_tries_first_and_then_takes(cast: Cast, client: Client) -> None:
    client.force_login(cast.here.administrator.account)
    assert client.get("/desk/carry-over/template.xlsx").content[:2] == b"PK"

    def post(do: str, content: bytes) -> Any:
        file = SimpleUploadedFile("danh-sach.xlsx", content)
        return client.post("/desk/carry-over/", {"commune": cast.here.commune.pk, "file": file, "do": do})

    tried = post("try", sheet(RECEIVED, FILED | {"procedure": "?"}))
    assert (tried.status_code, outcomes(tried.context["rows"])) == (200, [TRIED, WRONG])
    assert not Dossier.objects.exists()
    assert outcomes(post("take", sheet(RECEIVED)).context["rows"]) == [MADE]
    assert post("take", b"nothing").status_code == 422
    client.force_login(cast.here.intake.account)
    assert client.get("/desk/carry-over/").status_code == 403
