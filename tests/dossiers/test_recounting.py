"""A day changes while dossiers run: their time is counted again, and whoever waits for one is told (ADR 0015)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier
from motcua.dossiers.words import wording
from motcua.kernel import schedule
from motcua.kernel.calendar import Day
from motcua.kernel.matters import WorkItem
from motcua.kernel.organisation import Office
from motcua.kernel.outbox import Delivery
from tests.cast import BIRTH, NOW, OPEN_LIMIT, TODAY, Cast, limit

LATER = NOW + timedelta(hours=1)
# Two and three working days after Monday: Tuesday is a holiday.
THURSDAY, FRIDAY = NOW + timedelta(days=3, hours=8), NOW + timedelta(days=4, hours=8)


def running(cast: Cast, days: int = 2) -> Dossier:
    """Due on Thursday."""
    return cast.take_in(OPEN_LIMIT, limit=limit(days)).dossier


def rests(cast: Cast, on: date = date(2026, 11, 25), office: Office | None = None, at: datetime = LATER) -> None:
    day = Day(on, "off", "Nghỉ mẫu")
    schedule.set_day(office=office or cast.here.commune, day=day, at=at, by=cast.here.administrator)


def test_a_day_off_moves_what_runs_and_everybody_reads_it(cast: Cast) -> None:
    dossier = running(cast)
    assert dossier.due_at == THURSDAY
    rests(cast)
    assert Dossier.objects.get().due_at == THURSDAY
    assert services.recount_due_moments(at=LATER) == 1
    stored = Dossier.objects.get()
    assert stored.due_at == queries.due_of(stored).at == FRIDAY
    assert WorkItem.objects.get(closed_by=None).due_at == FRIDAY
    event = queries.last_event(stored)
    assert event is not None
    assert event.actor is not None
    assert event.actor.is_system
    assert event.payload["old_due_at"] < event.payload["due_at"]
    assert Delivery.objects.filter(event=event).count() == 1
    assert "27/11/2026" in wording.sentence_of(event)
    assert "Nghỉ mẫu" in wording.status_of(stored, LATER).due_why


def test_it_is_counted_once_and_nothing_is_asked_while_nothing_changed(cast: Cast) -> None:
    running(cast)
    rests(cast)
    assert [services.recount_due_moments(at=LATER) for _n in range(2)] == [1, 0]
    with CaptureQueriesContext(connection) as asked:
        assert services.recount_due_moments(at=LATER) == 0
    assert len(asked) <= 4


def test_a_day_that_matters_to_nobody_moves_nothing_and_tells_nobody(cast: Cast) -> None:
    here, there = running(cast), cast.take_in(OPEN_LIMIT, cast.there, limit=limit(2)).dossier
    rests(cast, date(2026, 12, 24))
    rests(cast, office=cast.there.commune)
    assert services.recount_due_moments(at=LATER) == 1
    moments = dict(Dossier.objects.values_list("pk", "due_at"))
    assert moments == {here.pk: THURSDAY, there.pk: FRIDAY}
    assert Delivery.objects.filter(event__type="dossiers.due_recounted").count() == 1
    assert set(Dossier.objects.values_list("calendar_version", flat=True)) == {schedule.newest_version()}


def test_a_swap_of_two_days_ends_where_it_began(cast: Cast) -> None:
    dossier = running(cast, 5)
    rests(cast)
    saturday = Day(date(2026, 11, 28), "swap_work", "Làm bù mẫu")
    schedule.set_day(office=cast.here.commune, day=saturday, at=LATER, by=cast.here.administrator)
    assert services.recount_due_moments(at=LATER) == 0
    assert Dossier.objects.get().due_at == dossier.due_at


def test_what_an_officer_promised_never_moves_by_itself(cast: Cast) -> None:
    dossier = running(cast)
    why = {"reason_code": "complex", "reason": "Cần xác minh"}
    services.propose_extension(dossier=dossier, by=cast.here.approver, at=NOW, new_due_at=FRIDAY, **why)
    rests(cast)
    assert services.recount_due_moments(at=LATER) == 0
    assert Dossier.objects.get().due_at == FRIDAY


def test_what_is_settled_or_not_received_is_not_counted_again(cast: Cast) -> None:
    settled, filed = cast.settled(BIRTH), cast.file(BIRTH).dossier
    rests(cast)
    assert services.recount_due_moments(at=LATER) == 0
    assert Dossier.objects.get(pk=settled.pk).calendar_version == settled.calendar_version
    assert Dossier.objects.get(pk=filed.pk).calendar_version is None


def test_a_clock_that_stands_counts_by_the_new_calendar_when_it_goes_on(cast: Cast) -> None:
    dossier = running(cast)
    stopped = {"reason_code": "dispute", "reason": "Tranh chấp", "legal_basis": "Luật mẫu"}
    services.stop_dossier(dossier=dossier, by=cast.here.approver, at=LATER, **stopped)
    rests(cast)
    assert services.recount_due_moments(at=LATER) == 0
    services.undo_last(dossier=dossier, by=cast.here.approver, at=LATER, reason="Nhầm")
    assert services.recount_due_moments(at=LATER) == 1
    assert Dossier.objects.get().due_at == FRIDAY


def test_a_long_list_is_counted_in_rounds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.dossiers.services.recounting.CHUNK", 2)
    monkeypatch.setattr("motcua.dossiers.services.recounting.CHUNKS", 1)
    for _n in range(3):
        running(cast)
    rests(cast)
    assert [services.recount_due_moments(at=LATER) for _n in range(3)] == [2, 1, 0]


def test_dossiers_of_before_pin_the_calendar_of_their_receipt(cast: Cast) -> None:
    dossier, filed = running(cast), cast.file(BIRTH).dossier
    Dossier.objects.update(calendar_version=None)
    import_module("motcua.dossiers.migrations.0012_calendar_of_running_dossiers").pin(apps, None)
    assert Dossier.objects.get(pk=dossier.pk).calendar_version == dossier.calendar_version
    assert Dossier.objects.get(pk=filed.pk).calendar_version is None


def test_the_page_says_that_the_appointment_moved(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    dossier = running(cast)
    rests(cast)
    services.recount_due_moments(at=LATER)
    client.force_login(cast.here.intake.account)
    page = client.get(f"/desk/dossiers/{dossier.number}/")
    assert page.context["moved"] == (THURSDAY, FRIDAY)
    assert "26/11/2026" in page.content.decode()
