"""Reports: added up again from the register by a few lines that know nothing of ours; months that are closed stay."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pdfua
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from motcua.config import cli
from motcua.config.cli import keeping, parser
from motcua.dossiers import policies, reports, rules, services, slips
from motcua.dossiers.models import ClosedPeriod, Dossier
from motcua.dossiers.queries import periods
from motcua.dossiers.rules import figures
from motcua.dossiers.rules.months import Months
from motcua.dossiers.services import timing
from motcua.kernel import duties, ledger, matters
from motcua.kernel.ledger import Event
from tests import cast as casting
from tests.cast import BIRTH, CERTIFY, NOW, Cast
from tests.dossiers import asked

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def at(day: date | str, hour: int = 9) -> datetime:
    """A morning at the office."""
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=ZONE)


def history(cast: Cast) -> list[Dossier]:
    """Two months of a small commune: every bucket, at the edges of the months."""
    here = cast.here
    refused, gone = (cast.file(BIRTH, at=at("2026-10-31", 22)).dossier for _n in range(2))
    services.refuse_dossier(
        dossier=refused, by=here.intake, at=at("2026-11-03"), reason_code="other", reason="Mẫu", advice=""
    )
    back = {"by": here.intake, "identity_checked_by": rules.IDENTITY_CHECKS[0]}
    services.withdraw_dossier(dossier=gone, at=at("2026-11-04"), **back)
    withdrawn = cast.take_in(BIRTH, at=at("2026-11-10")).dossier
    services.withdraw_dossier(dossier=withdrawn, at=at("2026-11-11"), **back)
    stopped = cast.take_in(BIRTH, at=at("2026-10-20")).dossier
    why = {"reason_code": "dispute", "reason": "Đang có tranh chấp", "legal_basis": "Nghị định mẫu"}
    services.stop_dossier(dossier=stopped, by=here.approver, at=at("2026-11-12"), **why)
    paused, resumed = (cast.take_in(BIRTH, at=at("2026-11-27", 8)).dossier for _n in range(2))
    for dossier in (paused, resumed):
        asked.ask(dossier, here.case, at("2026-11-27"))
    asked.answer(resumed, at("2026-11-30", 8))
    cast.take_in(BIRTH, cast.there, at=at("2026-11-05"))
    return [
        cast.returned(CERTIFY, at=at("2026-10-05")),
        cast.take_in(BIRTH, at=at("2026-10-30")).dossier,
        cast.take_in(BIRTH, at=at("2026-11-20")).dossier,
        cast.file(BIRTH, at=at("2026-11-02", 20)).dossier,
        settled(cast, "2026-10-29", "2026-11-02"),
        settled(cast, "2026-10-31", "2026-11-01"),
        settled(cast, "2026-11-10", "2026-11-10"),
        settled(cast, "2026-10-01", "2026-10-02"),
        cast.take_in(BIRTH, at=at("2026-12-01", 8)).dossier,
    ]


def settled(cast: Cast, received: str, done: str) -> Dossier:
    dossier = cast.take_in(CERTIFY, at=at(received)).dossier
    return services.settle_dossier(dossier=dossier, by=cast.here.approver, at=at(done), result_name="Bản sao mẫu")


def told(capsys: Any, *typed: str) -> str:
    """What the command prints."""
    assert cli.main(["report", *typed]) == 0
    return str(capsys.readouterr().out)


def added_up_again(text: str, first: date, last: date, now: datetime) -> Counter[str]:
    """The figures, from the lines of the register alone."""
    start, end = at(first, 0), at(last + timedelta(days=1), 0)
    counted: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(text)):
        moment = {key: row[key] and datetime.fromisoformat(row[key]) for key in row if key.endswith(("_at", "_since"))}
        received, ended, due = moment["received_at"], moment["ended_at"], moment["due_at"]
        over = ended and ended < end
        counted["filed"] += start <= moment["filed_at"] < end
        if not received:
            counted[f"{row['ending']}_before_receipt" if over else "waiting"] += 1
            continue
        counted["received" if received >= start else "carried_over"] += 1
        if not over:
            late = due < (moment["clock_still_since"] or min(now, end))
            counted["in_progress_overdue" if late else "in_progress_within"] += 1
        elif row["ending"]:
            counted[row["ending"]] += 1
        elif ended > due:
            counted["settled_late"] += 1
        else:
            counted["settled_early" if ended.date() < due.date() else "settled_on_time"] += 1
    return counted


@pytest.fixture
def _december(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at("2026-12-02"))


@pytest.mark.usefixtures("_december")
@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST, LAST), OCTOBER, (date(2026, 10, 30), date(2026, 11, 2)), (date(2026, 12, 1), date(2026, 12, 31)),
     (date(2026, 11, 1), date(2026, 11, 1)), (date(2025, 1, 1), date(2025, 12, 31))],
)  # fmt: skip
def test_every_figure_adds_up_from_the_register(cast: Cast, capsys: Any, first: date, last: date) -> None:
    history(cast)
    where = ["--commune", cast.here.slug, "--from", str(first), "--to", str(last)]
    said = json.loads(told(capsys, "figures", *where))
    again = added_up_again(told(capsys, "register", *where, "--format", "csv"), first, last, at("2026-12-02"))
    assert {key: said[key] for key in figures.KEYS} == {key: again[key] for key in figures.KEYS}
    ends = ("settled_early", "settled_on_time", "settled_late", "in_progress_within", "in_progress_overdue")
    assert said["carried_over"] + said["received"] == sum(
        said[key] for key in (*ends, "stopped", "refused", "withdrawn")
    )


@pytest.mark.usefixtures("_december")
def test_november_of_a_small_commune(cast: Cast, capsys: Any) -> None:
    history(cast)
    where = ["--commune", cast.here.slug, "--from", "2026-11-01", "--to", "2026-11-30"]
    line = next(csv.DictReader(io.StringIO(told(capsys, "figures", *where, "--format", "csv"))))
    wanted = {
        "filed": 6, "carried_over": 4, "received": 5, "settled_early": 1, "settled_on_time": 1, "settled_late": 1,
        "in_progress_within": 1, "in_progress_overdue": 3, "stopped": 1, "refused": 0, "withdrawn": 1,
        "refused_before_receipt": 1, "withdrawn_before_receipt": 1, "waiting": 1,
    }  # fmt: skip
    assert {key: int(line[key]) for key in wanted} == wanted
    assert (line["from"], line["to"], line["commune"]) == ("2026-11-01", "2026-11-30", cast.here.slug)


def test_a_commune_that_nobody_knows_and_a_period_that_ends_before_it_begins(cast: Cast, capsys: Any) -> None:
    days = ["--from", "2026-11-30", "--to", "2026-11-01"]
    assert cli.main(["report", "figures", "--commune", cast.here.slug, *days]) == 2
    assert cli.main(["report", "figures", "--commune", "khong-co", "--from", "2026-11-01", "--to", "2026-11-02"]) == 2
    assert "khong-co" in capsys.readouterr().err
    with pytest.raises(SystemExit) as end:
        cli.main(["report", "figures", "--commune", "x", "--from", "hom-nay", "--to", "2026-11-02"])
    assert end.value.code == 2


def test_the_command_offers_every_report() -> None:
    assert set(parser.REPORTS) == set(reports.REPORTS)


def test_what_was_open_is_judged_by_its_clock_as_it_stood(cast: Cast) -> None:
    extended = cast.take_in(BIRTH, at=at("2026-11-20")).dossier
    with transaction.atomic():
        timing.note(extended, "extend", at("2026-12-03"), until=at("2026-12-20"))
    november = periods.reported_between(cast.here.commune, FIRST, LAST, at("2026-12-10"))
    assert november.figures["in_progress_overdue"] == 1
    now = periods.reported_between(cast.here.commune, FIRST, date(2026, 12, 10), at("2026-12-10"))
    assert now.figures["in_progress_within"] == 1


def test_a_clock_that_stands_still_is_judged_when_it_stopped(cast: Cast) -> None:
    paused, too_late = (cast.take_in(BIRTH, at=at("2026-11-20")).dossier for _n in range(2))
    asked.ask(paused, cast.here.case, at("2026-11-20", 10))
    asked.ask(too_late, cast.here.case, at("2026-11-25"))
    found = periods.reported_between(cast.here.commune, FIRST, LAST, at("2026-12-10"))
    assert (found.figures["in_progress_within"], found.figures["in_progress_overdue"]) == (1, 1)
    asked.answer(paused, at("2026-12-11"))
    again = periods.reported_between(cast.here.commune, FIRST, LAST, at("2026-12-12"))
    assert again.figures == found.figures


# --- closing ----------------------------------------------------------------------------------------------------------
def close(cast: Cast, first: date = FIRST, last: date = LAST, **changes: Any) -> ClosedPeriod:
    given = {"office": cast.here.commune, "by": cast.here.leader, "at": at("2026-12-02")}
    return services.close_period(first=first, last=last, **given | changes)


def test_a_closed_month_stays_and_corrections_stand_beside_it(cast: Cast) -> None:
    wrong = history(cast)[6]
    before = periods.reported_between(cast.here.commune, FIRST, LAST, at("2026-12-02"))
    close(cast)
    services.undo_last(dossier=wrong, by=cast.here.approver, at=at("2026-12-03"), reason="Ký nhầm")
    after = periods.reported_between(cast.here.commune, FIRST, LAST, at("2026-12-05"))
    assert after.figures == before.figures
    assert after.adjustments == {"settled_on_time": -1, "in_progress_overdue": 1}
    assert reports.REPORTS["figures"].make(after).rows[1][0] == "adjustments"
    other = periods.reported_between(cast.here.commune, FIRST, date(2026, 11, 29), at("2026-12-05"))
    assert other.closed is None


def test_closing_leaves_an_event_that_proves_the_figures_and_is_done_once(cast: Cast) -> None:
    history(cast)
    first = close(cast)
    assert close(cast, at=at("2026-12-04")) == first
    events = Event.objects.filter(type="dossiers.period_closed")
    assert [event.payload["first"] for event in events] == ["2026-11-01"]
    assert events.get().matter == matters.administration_of(cast.here.commune, NOW)
    with pytest.raises(Exception, match="is kept"), transaction.atomic():
        ClosedPeriod.objects.update(content={})
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedPeriod.objects.create(
            office=cast.here.commune, first=FIRST, last=LAST, content={}, closed_at=NOW, closed_by=cast.here.leader
        )


@pytest.mark.parametrize(
    ("first", "last"), [(FIRST, date(2026, 11, 29)), (date(2026, 12, 1), date(2026, 12, 31)), (OCTOBER[0], LAST)]
)
def test_only_a_whole_month_that_is_over_can_be_closed(cast: Cast, first: date, last: date) -> None:
    with pytest.raises(services.NotOver):
        close(cast, first, last)


def test_only_whoever_leads_closes_a_month(cast: Cast) -> None:
    for person in (cast.here.intake, cast.there.leader):
        with pytest.raises(policies.NotAllowed):
            close(cast, by=person)


def test_months_close_themselves_three_days_after_their_end_once_there_is_anything(cast: Cast) -> None:
    assert services.close_due_periods(at=at("2026-12-20")) == 0
    history(cast)
    assert services.close_due_periods(at=at("2026-11-03")) == 0
    # October of the commune and of the province; the other commune began in November.
    assert services.close_due_periods(at=at("2026-11-04")) == 2
    assert services.close_due_periods(at=at("2026-12-04")) == 3
    assert services.close_due_periods(at=at("2026-12-05")) == 0
    closed = ClosedPeriod.objects.filter(office=cast.here.commune).order_by("first")
    assert [each.first for each in closed] == [OCTOBER[0], FIRST]
    october, november = (each.content["figures"] for each in closed)
    assert november["carried_over"] == october["in_progress_within"] + october["in_progress_overdue"]
    groups = closed[1].content["groups"]
    assert all(sum(group["received"] for group in groups[name].values()) == november["received"] for name in groups)


def test_the_centre_closes_months_while_it_serves(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    history(cast)
    monkeypatch.setattr(timezone, "now", lambda: at("2026-12-20"))
    # What takes long has a thread of its own, which would outlive this test.
    monkeypatch.setattr(keeping, "_apart", lambda each, at: None)
    keeping.once()
    assert ClosedPeriod.objects.count() == 5
    assert duties.duty("months").failure == ""


# --- the cut-off day ------------------------------------------------------------------------------------------------
def test_a_cut_off_day_holds_from_the_next_month_on_and_below_the_office(cast: Cast) -> None:
    services.set_cut_off(office=cast.province, day=14, by=casting.leader_of(cast.province), at=at("2026-11-10"))
    assert periods.months_of(cast.here.commune) == Months((((2026, 12), 14),))
    services.set_cut_off(office=cast.here.commune, day=0, by=cast.here.leader, at=at("2026-12-10"))
    assert periods.months_of(cast.here.commune) == Months((((2027, 1), 0),))
    assert periods.months_of(cast.there.commune).span((2026, 12)) == (date(2026, 12, 1), date(2026, 12, 14))
    assert periods.months_of(cast.there.commune).span((2027, 1)) == (date(2026, 12, 15), date(2027, 1, 14))
    assert Event.objects.filter(type="dossiers.cut_off_set").count() == 2
    with pytest.raises(ValueError):
        services.set_cut_off(office=cast.here.commune, day=31, by=cast.here.leader, at=NOW)
    with pytest.raises(policies.NotAllowed):
        services.set_cut_off(office=cast.there.commune, day=5, by=cast.here.leader, at=NOW)


# --- pages and files --------------------------------------------------------------------------------------------------
@pytest.fixture
def opened(client: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setattr(timezone, "now", lambda: at("2026-12-02"))
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: (moment or at("2026-12-02")).astimezone(ZONE).date())

    def get(person: Any, address: str, **given: Any) -> Any:
        client.force_login(person.account)
        return client.get(address, {"from": "2026-11-01", "to": "2026-11-30"} | given)

    return get


def test_the_page_shows_the_figures_and_leads_to_lists_and_files(cast: Cast, opened: Any) -> None:
    history(cast)
    page = opened(cast.here.leader, "/desk/reports/")
    text = page.content.decode()
    assert "/desk/board/list/?" in text
    assert "Chốt số liệu tháng này" in text
    assert "/desk/board/list/" not in opened(cast.here.intake, "/desk/reports/").content.decode()
    assert opened(cast.here.case, "/desk/reports/").status_code == 403
    assert opened(cast.there.leader, "/desk/reports/", office=cast.here.commune.code).status_code == 404


@pytest.mark.parametrize("name", reports.REPORTS)
def test_every_report_can_be_taken_in_every_form(cast: Cast, opened: Any, name: str) -> None:
    history(cast)
    begins = {"csv": b"", "xlsx": b"PK", "pdf": b"%PDF"}
    for form, begin in begins.items():
        answer = opened(cast.here.leader, f"/desk/reports/files/{name}.{form}")
        assert answer.status_code == 200
        assert answer.content.startswith(begin)
        assert f"{cast.here.slug}-{name}-2026-11-01-2026-11-30.{form}" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "private, no-store"
    taken = Event.objects.filter(type="dossiers.report_taken")
    assert taken.count() == (3 if reports.REPORTS[name].personal else 0)


def test_a_report_that_does_not_exist_is_not_found(cast: Cast, opened: Any) -> None:
    for name in ("nothing.csv", "register.exe"):
        assert opened(cast.here.leader, f"/desk/reports/files/{name}").status_code == 404


def test_a_name_that_looks_like_a_formula_leaves_as_a_text(cast: Cast, opened: Any) -> None:
    cast.take_in(BIRTH, at=at("2026-11-05"), applicant=casting.applicant(full_name="=1+1"))
    assert ",'=1+1," in opened(cast.here.intake, "/desk/reports/files/register.csv").content.decode()


def test_form_07_is_a_tagged_pdf_and_a_book_that_is_too_long_says_so(
    cast: Cast, opened: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    history(cast)
    book = tmp_path / "book.pdf"
    book.write_bytes(opened(cast.here.leader, "/desk/reports/files/register.pdf").content)
    assert not pdfua.validate(book).findings
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(book).pages).split())
    assert "Mẫu số 07" in text
    assert "kỳ trước chuyển sang" in text
    monkeypatch.setattr(slips.book, "MOST_ROWS", 2)
    answer = opened(cast.here.leader, "/desk/reports/files/register.pdf")
    assert answer.headers["Location"].startswith("/desk/reports/?office=")


def test_the_book_goes_on_where_its_page_ended(cast: Cast, opened: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.dossiers.at_desk.reporting.PAGE", 2)
    history(cast)
    address, seen = "/desk/reports/register/", []
    given: dict[str, Any] = {}
    while True:
        page = opened(cast.here.intake, address, **given)
        seen += [str(row[0].value) for row in page.context["table"].rows]
        if not page.context["next"]:
            break
        given = {"after": page.context["next"].partition("after=")[2]}
    assert len(seen) == len(set(seen)) == page.context["number"] == 12


def test_a_month_is_closed_and_the_cut_off_day_set_from_the_page(cast: Cast, opened: Any, client: Any) -> None:
    history(cast)
    opened(cast.here.leader, "/desk/reports/")
    code = cast.here.commune.code
    client.post("/desk/reports/close/", {"office": code, "from": "2026-11-01", "to": "2026-11-30"})
    assert ClosedPeriod.objects.get().closed_by == cast.here.leader
    client.post("/desk/reports/close/", {"office": code, "from": "2026-11-02", "to": "2026-11-30"})
    assert ClosedPeriod.objects.count() == 1
    client.post("/desk/reports/cut-off/", {"office": code, "day": "14"})
    assert periods.months_of(cast.here.commune).cut_off((2027, 1)) == 14
    for day in ("", "29", "x"):
        client.post("/desk/reports/cut-off/", {"office": code, "day": day})
    assert ledger.history(matters.administration_of(cast.here.commune, NOW)).count() == 2
    page = opened(cast.here.leader, "/desk/reports/")
    assert "Đã chốt số liệu" in page.content.decode()


@pytest.mark.parametrize("address", ["/desk/reports/", "/desk/reports/register/"])
def test_the_report_pages_ask_as_little_for_many_as_for_one(cast: Cast, opened: Any, address: str) -> None:
    def asked() -> int:
        opened(cast.here.leader, address)
        with CaptureQueriesContext(connection) as queries:
            assert opened(cast.here.leader, address).status_code == 200
        return len(queries)

    history(cast)
    few = asked()
    history(cast)
    assert asked() == few <= 27
