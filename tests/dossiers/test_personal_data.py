"""Use of personal data is restricted, erasure is asked for and decided, closed dossiers are archived and destroyed."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from motcua.dossiers import acts, policies, queries, reports, services
from motcua.dossiers.models import DisposalItem, Dossier, Filing, Restriction
from motcua.dossiers.queries import periods
from motcua.dossiers.queries.known import sources
from motcua.dossiers.rules import figures, retention
from motcua.dossiers.services import NotPossible
from motcua.kernel import ledger
from motcua.kernel.identity import Person
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from tests import cast as casting
from tests.cast import BEGUN, BIRTH, CERTIFY, NOW, SAME_DAY, SAMPLE, TODAY, Cast, applicant

LAW = "Luật 91/2025/QH15 (mẫu)"
WHY: dict[str, Any] = {"reason_code": "contested", "reason": "Đang khiếu nại", "legal_source": LAW}
NAME = applicant().full_name


@pytest.fixture
def desk(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], Client]:
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", _localdate)

    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


_REAL = timezone.localdate


def _localdate(*given: Any) -> date:
    return _REAL(*given) if given else casting.TODAY


def _restricted(cast: Cast, dossier: Dossier) -> Restriction:
    return services.restrict_processing(dossier=dossier, by=cast.here.leader, at=NOW, **WHY)


def _asked(cast: Cast, dossier: Dossier) -> Any:
    said = {"reason": "Không muốn lưu nữa", "identity_checked_by": "citizen_card"}
    return services.ask_erasure(dossier=dossier, by=cast.here.intake, at=NOW, **said)


def _keep_for(cast: Cast, years: int, code: str = CERTIFY) -> None:
    doc = {"limit": SAME_DAY, "retention": {"years": years, "legal_source": "Danh mục mẫu 1/2026"}}
    catalogue.make_overlay(
        office=cast.here.commune,
        procedure=procedures.procedure(code),
        doc=doc,
        legal_source=SAMPLE,
        at=NOW,
        by=None,
        effective_from=TODAY,
    )


# Restriction


def test_a_restricted_dossier_is_found_by_its_number_only(cast: Cast) -> None:
    dossier, other = cast.take_in().dossier, cast.take_in().dossier
    held = _restricted(cast, dossier)
    for text in (NAME, "24/11/1990", "0300000001", "003190000001"):
        assert queries.found(cast.here.intake, text, TODAY) == [other]
    assert queries.found(cast.here.intake, dossier.number, TODAY) == [dossier]
    services.release_processing(dossier=dossier, by=cast.here.leader, at=NOW, reason="Đã giải quyết")
    assert len(queries.found(cast.here.intake, NAME, TODAY)) == 2
    held.refresh_from_db()
    assert held.lifted_by == cast.here.leader


def test_no_book_names_who_is_restricted(cast: Cast) -> None:
    dossier = cast.returned(CERTIFY)
    within = figures.period(TODAY, TODAY, timezone.get_current_timezone(), NOW)
    book = reports.REPORTS["results"]

    def rows() -> str:
        found = periods.reported(cast.here.commune, within)
        return str(book.make(found).rows)

    assert NAME in rows()
    assert "003190000001" in rows()
    _restricted(cast, dossier)
    assert NAME not in rows()
    assert "003190000001" not in rows()
    assert "Người Mẫu Một" not in rows()
    assert dossier.number in rows()


def test_a_restriction_says_why_and_stands_on_the_page(cast: Cast, desk: Callable[[Person], Client]) -> None:
    dossier = cast.take_in().dossier
    client = desk(cast.here.leader)
    address = f"/desk/dossiers/{dossier.number}/"
    assert client.post(f"{address}restrict/", {"reason_code": "contested"}).status_code == 422
    assert client.post(f"{address}restrict/", WHY).status_code == 302
    page = client.get(address).content.decode()
    assert "Đang khiếu nại" in page
    assert client.post(f"{address}restrict/", WHY).status_code == 409
    assert "release" in [each.name for each in client.get(address).context["rare_acts"]]


def test_only_whoever_leads_restricts_and_releases(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    for by in (cast.here.intake, cast.there.leader):
        with pytest.raises(policies.NotAllowed):
            services.restrict_processing(dossier=dossier, by=by, at=NOW, **WHY)
    with pytest.raises(NotPossible):
        services.release_processing(dossier=dossier, by=cast.here.leader, at=NOW, reason="Không có")
    for wrong in ({"reason": " "}, {"legal_source": ""}, {"reason_code": "because"}):
        with pytest.raises(ValueError, match="says why"):
            services.restrict_processing(dossier=dossier, by=cast.here.leader, at=NOW, **WHY | wrong)


def test_what_is_restricted_is_not_offered_for_another_dossier(cast: Cast) -> None:
    dossier, other = cast.take_in().dossier, cast.take_in().dossier
    asked = (cast.here.commune, applicant().citizen_id, cast.here.intake, TODAY)
    assert set(sources(*asked)) == {dossier, other}
    _restricted(cast, dossier)
    assert sources(*asked) == [other]


# Erasure by request


def test_an_agreed_request_erases_and_the_chain_stands(cast: Cast) -> None:
    dossier = cast.returned()
    _restricted(cast, dossier)
    _asked(cast, dossier)
    services.decide_erasure(dossier=dossier, by=cast.here.leader, at=NOW, accepted=True, legal_source=LAW)
    assert list(ledger.breaks()) == []
    assert Filing.objects.get().content == ""
    words = queries.said_of(dossier, queries.history_of(dossier))
    assert not any("Không muốn" in each.text or "khiếu nại" in each.text for each in words)
    last = [event.type for event in queries.history_of(dossier)][-2:]
    assert last == ["dossiers.erasure_decided", "dossiers.personal_data_erased"]


def test_an_open_dossier_is_not_erased_and_the_refusal_says_what_is_possible(cast: Cast) -> None:
    dossier = cast.take_in().dossier
    _asked(cast, dossier)
    with pytest.raises(NotPossible) as refused:
        services.decide_erasure(dossier=dossier, by=cast.here.leader, at=NOW, accepted=True, legal_source=LAW)
    assert "hạn chế" in acts.why_not(refused.value, dossier)


def test_what_the_law_keeps_is_not_erased_by_request(cast: Cast) -> None:
    _keep_for(cast, 20)
    dossier = cast.returned()
    _asked(cast, dossier)
    with pytest.raises(NotPossible, match="kept_by_law"):
        services.decide_erasure(dossier=dossier, by=cast.here.leader, at=NOW, accepted=True, legal_source=LAW)
    services.decide_erasure(dossier=dossier, by=cast.here.leader, at=NOW, accepted=False, note="Còn thời hạn lưu")
    assert queries.filing_content(dossier)
    with pytest.raises(NotPossible, match="nothing_asked"):
        services.decide_erasure(dossier=dossier, by=cast.here.leader, at=NOW, accepted=False, note="Lần nữa")


def test_a_request_is_noted_once_with_an_identity_check_and_an_answer_day(cast: Cast) -> None:
    dossier = cast.returned()
    asked = _asked(cast, dossier)
    # Monday; Tuesday is a holiday.
    assert timezone.localdate(asked.answer_by) == date(2026, 11, 26)
    with pytest.raises(NotPossible):
        _asked(cast, dossier)
    with pytest.raises(ValueError, match="identity check"):
        services.ask_erasure(dossier=dossier, by=cast.here.intake, at=NOW, reason="x", identity_checked_by="phone")


def test_the_decision_on_the_page_needs_its_words(cast: Cast, desk: Callable[[Person], Client]) -> None:
    dossier = cast.returned()
    address = f"/desk/dossiers/{dossier.number}/"
    client = desk(cast.here.intake)
    asked = {"reason": "Không muốn lưu nữa", "identity_checked_by": "citizen_card"}
    assert client.post(f"{address}ask-erasure/", asked).status_code == 302
    client = desk(cast.here.leader)
    assert "nhập" in client.get(f"{address}?act=decide-erasure").content.decode()
    assert client.post(f"{address}decide-erasure/", {"answer": "yes"}).status_code == 422
    assert client.post(f"{address}decide-erasure/", {"answer": "no"}).status_code == 422
    assert client.post(f"{address}decide-erasure/", {"answer": "yes", "legal_source": LAW}).status_code == 302
    assert NAME not in client.get(address).content.decode()


# How long it is kept


@pytest.mark.parametrize(
    ("ended", "years", "last"), [(date(2026, 1, 1), 1, date(2027, 12, 31)), (date(2026, 12, 31), 5, date(2031, 12, 31))]
)
def test_years_count_from_the_end_of_the_year(ended: date, years: int, last: date) -> None:
    assert retention.last_day(ended, years) == last
    assert retention.ended_by(last, years) < ended <= retention.ended_by(last + timedelta(days=1), years)


def test_nothing_is_known_until_somebody_says_it_and_then_it_holds_for_earlier_dossiers_too(cast: Cast) -> None:
    dossier = cast.returned()
    assert not queries.retention_of(dossier, TODAY).is_known
    _keep_for(cast, 5)
    kept = queries.retention_of(dossier, TODAY)
    assert (kept.years, kept.until, kept.legal_source) == (5, date(2031, 12, 31), "Danh mục mẫu 1/2026")


@pytest.mark.parametrize(
    "wrong",
    [
        {"years": 5},
        {"legal_source": "Danh mục"},
        {"years": 5, "permanent": True, "legal_source": "Danh mục"},
        {"years": 0, "legal_source": "Danh mục"},
    ],
)
def test_a_period_without_its_text_or_with_two_meanings_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(catalogue.OverlayRefused):
        catalogue.make_overlay(
            office=cast.here.commune,
            procedure=procedures.procedure(CERTIFY),
            doc={"retention": wrong},
            legal_source=SAMPLE,
            at=NOW,
            by=None,
            effective_from=TODAY,
        )


# The archive


def _later(years: int) -> datetime:
    return NOW.replace(year=NOW.year + years)


def test_closed_dossiers_are_handed_over_once_with_a_numbered_list(cast: Cast) -> None:
    first, second, open_one = cast.returned(), cast.returned(), cast.take_in().dossier
    hand = {"office": cast.here.commune, "receiver": "Kho lưu trữ xã", "by": cast.here.leader, "at": NOW}
    made = services.hand_to_archive(dossiers=[first, second], **hand)
    assert str(made) == "1/2026"
    assert [item.dossier for item in made.items.all()] == [first, second]
    assert queries.history_of(first)[-1].payload == {"list_id": made.pk, "place": 1}
    for dossier, code in ((first, "archived_already"), (open_one, "still_open")):
        with pytest.raises(NotPossible, match=code):
            services.hand_to_archive(dossiers=[dossier], **hand)
    other = cast.returned(town=cast.there)
    with pytest.raises(NotPossible, match="another_offices"):
        services.hand_to_archive(dossiers=[other], **hand)
    with pytest.raises(policies.NotAllowed):
        services.hand_to_archive(dossiers=[cast.returned()], **hand | {"by": cast.here.intake})
    assert list(queries.archive_lists(cast.here.commune)) == [made]


def test_the_lists_are_made_on_the_page_and_taken_as_csv_and_pdf(cast: Cast, desk: Callable[[Person], Client]) -> None:
    dossier = cast.returned()
    client = desk(cast.here.leader)
    page = client.get("/desk/archive/")
    assert dossier.number in page.content.decode()
    assert NAME not in page.content.decode()
    assert client.post("/desk/archive/", {"receiver": "Kho"}).status_code == 422
    assert client.post("/desk/archive/", {"number": dossier.number}).status_code == 422
    made = client.post("/desk/archive/", {"number": dossier.number, "receiver": "Kho lưu trữ"})
    assert "Kho lưu trữ" in client.get(made.headers["Location"]).content.decode()
    csv = client.get(made.headers["Location"].rstrip("/") + ".csv").content.decode()
    assert csv.splitlines()[1].startswith(f"1,{dossier.number},")
    pdf = client.get(made.headers["Location"].rstrip("/") + ".pdf")
    text = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "Kho lưu trữ" in text
    assert dossier.number in text
    assert dossier.number not in client.get("/desk/archive/").content.decode().split("<ul")[0]
    assert desk(cast.here.intake).get("/desk/archive/").status_code == 403
    assert desk(cast.there.leader).get(made.headers["Location"]).status_code == 404


def test_what_is_over_is_proposed_once_and_nothing_is_destroyed_by_itself(cast: Cast) -> None:
    _keep_for(cast, 5)
    dossier, unknown = cast.returned(), cast.returned(BIRTH)
    assert services.propose_disposal(at=_later(5)) == 0
    assert services.propose_disposal(at=_later(6)) == 1
    assert services.propose_disposal(at=_later(6)) == 0
    item = DisposalItem.objects.get()
    assert (item.dossier, item.due_on) == (dossier, date(2031, 12, 31))
    assert queries.filing_content(dossier)
    assert queries.filing_content(unknown)


def test_what_is_restricted_is_not_proposed(cast: Cast) -> None:
    _keep_for(cast, 5)
    _restricted(cast, cast.returned())
    assert services.propose_disposal(at=_later(6)) == 0


def test_destroying_is_decided_by_whoever_leads_and_erases(cast: Cast) -> None:
    _keep_for(cast, 5)
    dossier, at = cast.returned(), _later(6)
    services.propose_disposal(at=at)
    item = DisposalItem.objects.get()
    with pytest.raises(policies.NotAllowed):
        services.decide_disposal(item=item, decision="destroy", by=cast.here.intake, at=at)
    services.decide_disposal(item=item, decision="destroy", by=cast.here.leader, at=at)
    assert queries.filing_content(dossier) == {}
    assert list(ledger.breaks()) == []
    assert queries.history_of(dossier)[-1].payload["legal_source"] == "Danh mục mẫu 1/2026"
    with pytest.raises(NotPossible, match="decided_already"):
        services.decide_disposal(item=item, decision="destroy", by=cast.here.leader, at=at)
    assert services.propose_disposal(at=at) == 0


def test_what_is_kept_on_is_proposed_again_when_that_is_over(cast: Cast) -> None:
    _keep_for(cast, 5)
    cast.returned()
    at = _later(6)
    services.propose_disposal(at=at)
    item = DisposalItem.objects.get()
    keep = {"item": item, "decision": "keep", "by": cast.here.leader, "at": at}
    for wrong in ({"reason": "Còn vụ kiện"}, {"keep_until": date(2035, 1, 1)}):
        with pytest.raises(ValueError, match="until when"):
            services.decide_disposal(**keep | wrong)
    services.decide_disposal(**keep, reason="Còn vụ kiện", keep_until=date(2035, 1, 1))
    assert services.propose_disposal(at=_later(8)) == 0
    assert services.propose_disposal(at=_later(9)) == 1


def test_decisions_are_made_on_the_page(cast: Cast, desk: Callable[[Person], Client]) -> None:
    _keep_for(cast, 5)
    dossier = cast.returned()
    said = {"due_on": TODAY, "legal_source": SAMPLE, "office": cast.here.commune, "proposed_at": NOW}
    item = DisposalItem.objects.create(dossier=dossier, **said)
    client = desk(cast.here.leader)
    assert dossier.number in client.get("/desk/archive/due/").content.decode()
    assert client.post("/desk/archive/due/", {"decision": "destroy"}).status_code == 422
    assert client.post("/desk/archive/due/", {"item": item.pk, "decision": "keep"}).status_code == 422
    keep = {"item": item.pk, "decision": "keep", "reason": "Còn vụ kiện", "keep_until": "01/01/2035"}
    assert client.post("/desk/archive/due/", keep).status_code == 302
    item.refresh_from_db()
    assert item.keep_until == date(2035, 1, 1)


def test_no_two_undecided_disposals_of_one_dossier(cast: Cast) -> None:
    dossier = cast.returned()
    said = {"due_on": BEGUN, "legal_source": SAMPLE, "office": cast.here.commune, "proposed_at": NOW}
    DisposalItem.objects.create(dossier=dossier, **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        DisposalItem.objects.create(dossier=dossier, **said)
