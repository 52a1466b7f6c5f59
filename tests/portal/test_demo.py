"""The demonstration: everybody is made up, every state is there, and a second run changes nothing."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from motcua.dossiers import queries
from motcua.dossiers.models import Applicant, Arrival, Dossier, Draft, OutsidePaper, Rating, ResultSignature
from motcua.kernel import ledger, organisation
from motcua.kernel.identity import Account, Role
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Office
from motcua.oversight import queries as oversight
from motcua.oversight.models import Difficulty, Directive, Feedback, SituationReport, Visit
from motcua.oversight.rules import difficulties as course
from motcua.oversight.watching import invariants
from motcua.portal import demo, shipped
from motcua.portal import queries as portal
from motcua.procedures import queries as procedures
from motcua.procedures.fields.citizen_id import PROVINCE_CODES

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[float]:
    """Made once for all tests of this file; the processor's seconds it took, whatever else the machine does."""
    with django_db_blocker.unblock(), transaction.atomic():
        organisation.forget_installation()
        begun = time.process_time()
        demo.make(at=NOW, progress=lambda done, of: None)
        yield time.process_time() - begun
        transaction.set_rollback(True)
    organisation.forget_installation()


@pytest.fixture(autouse=True)
def _in_the_made_database(made: float, db: None) -> None:
    pass


def test_every_state_that_can_be_reached_is_there_and_some_are_late(made: float) -> None:
    dossiers = list(Dossier.objects.all())
    assert len(dossiers) >= 60
    assert len({each.procedure_code for each in dossiers}) >= 15
    assert {each.competent_office.name for each in dossiers} == {each.name for each in _communes()}
    assert {each.channel for each in dossiers} == {"online", "postal", "direct"}
    states = {"submitted", "refused", "received", "processing", "result_ready", "returned"}
    assert {each.state for each in dossiers} == states
    assert {"late", "overdue"} <= {queries.standing_of(each, NOW) for each in dossiers}


def test_the_portal_sent_a_dossier_that_fits_and_one_that_somebody_has_to_match() -> None:
    fits, odd = Arrival.objects.order_by("at")
    assert (fits.outcome, odd.outcome, odd.faults) == ("filed", "waiting", ["procedure"])
    assert OutsidePaper.objects.get().kept_at == fits.at


def test_results_sent_online_wait_for_the_digital_signature_of_the_sample() -> None:
    asked = ResultSignature.objects.filter(provider="sample")
    assert asked.exists()
    assert not asked.filter(result__verify_code=None).exists()


def test_a_certified_copy_is_promised_for_the_same_day_in_every_commune() -> None:
    for commune in _communes():
        limit = procedures.edition_for(commune, "2.000815", timezone.localdate(NOW)).definition.limit_for("direct")
        assert limit is not None
        assert (limit.value, limit.unit) == (0, "working_day")


def _communes() -> list[Office]:
    return list(organisation.communes(timezone.localdate(NOW)))


def test_both_communes_have_reported_upward_and_one_report_was_acknowledged() -> None:
    reports = list(SituationReport.objects.select_related("sent", "office"))
    assert len({each.office for each in reports}) == 2
    assert sum(each.acknowledged_at is not None for each in reports) == 1
    assert all("Tiếp nhận" in each.sent.content for each in reports)


def test_difficulties_are_in_every_state_and_some_are_met_by_both_communes() -> None:
    difficulties = list(Difficulty.objects.select_related("matter"))
    assert len(difficulties) >= 12
    assert {each.state for each in difficulties} == set(course.STATES)
    assert sum(oversight.communes_meeting(each) > 1 for each in difficulties) >= 3
    assert any(each.escalated_at for each in difficulties)
    assert list(invariants.faults(list(Difficulty.objects.values_list("pk", flat=True)))) == []


def test_people_said_what_is_wrong_and_how_satisfied_they_are() -> None:
    feedback = list(Feedback.objects.all())
    assert {"arrived", "in_hand", "answered", "guided", "published"} <= {each.state for each in feedback}
    assert list(oversight.faults_of_feedback()) == []
    assert len(set(Rating.objects.values_list("score", flat=True))) >= 4


def test_guidance_stands_at_two_steps_in_both_communes() -> None:
    for commune in _communes():
        for code, step in (("1.001193", "receive"), ("2.000815", "sign")):
            assert oversight.guidance_at(commune, NOW.date(), procedure=code, step=step), (commune.name, code)


def test_somebody_began_and_left_and_somebody_asked_to_be_forgotten() -> None:
    assert Draft.objects.filter(dossier=None).exists()
    assert Applicant.objects.filter(full_name="").exists()


def test_all_of_it_happened_before_it_was_made_and_in_order_and_every_chain_holds() -> None:
    moments = list(Event.objects.order_by("position").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[-1] <= NOW
    assert list(ledger.breaks()) == []


def test_nobody_in_it_can_be_real() -> None:
    for applicant in Applicant.objects.exclude(full_name=""):
        assert "Mẫu" in applicant.full_name
        assert applicant.citizen_id[:3] not in PROVINCE_CODES
        assert applicant.phone[:3] in {"030", "040", "050", "060", "071"}


def test_every_role_can_be_tried_in_each_commune() -> None:
    of_the_province = {"department_officer", "department_leader", "province_leader"}
    roles = set(Role.objects.values_list("code", flat=True)) - of_the_province
    for commune in _communes():
        held = Account.objects.filter(person__posts__office__path__startswith=commune.path)
        assert set(held.values_list("person__posts__role__code", flat=True)) == roles


def test_a_second_run_finds_it_ready() -> None:
    before, begun = Event.objects.count(), time.monotonic()
    demo.make(at=NOW, progress=lambda done, of: None)
    assert Event.objects.count() == before
    assert time.monotonic() - begun < 1


def test_it_is_made_in_a_minute_with_the_whole_catalogue(made: float) -> None:
    assert made < 60


def test_its_communes_take_whatever_can_be_filed_online_and_is_not_settled_elsewhere() -> None:
    installation = organisation.installation()
    assert installation is not None
    province = installation.province
    here = {each.code for each in procedures.listed(province, NOW.date(), limit=1000) if each.mode == "here"}
    assert len(here) > 150
    for code in here:
        found = procedures.edition_for(province, code, NOW.date()).definition
        assert found.settled_by_commune is not False, code
        assert {each.kind for each in found.channels} & {"online"} or found.draft_grade, code


def test_its_walls_say_what_hangs_since_when_and_some_of_it_is_outdated() -> None:
    here, there = sorted(_communes(), key=lambda each: -len(procedures.postings_of(each)))
    day = timezone.localdate(NOW)
    assert {one.key for one in procedures.postings_of(here)} == set(procedures.sheets_on(here, day))
    reasons = {office: {one.reason for one in procedures.outdated_postings(office, day)} for office in (here, there)}
    assert reasons == {here: {"changed"}, there: {"changed", "never"}}
    hung = procedures.postings_of(here)
    assert any(one.photo for one in hung)
    assert len({one.posted_date for one in hung}) > 2


def test_a_delegation_came_and_what_it_asked_for_stands_in_every_way() -> None:
    directives = list(Directive.objects.select_related("task"))
    assert len({each.task_id for each in directives}) >= 6
    assert {each.state for each in directives} >= {"taken_on", "change_asked", "reported", "sent_back", "done"}
    outcomes = {oversight.directive_outcome(each, NOW) for each in directives}
    assert outcomes >= {"open", "open_late", "done", "done_late"}
    assert any(each.escalated_at for each in directives)
    assert any(each.task.every and each.reported_at and each.due_at > NOW for each in directives)
    assert list(oversight.directive_faults()) == []
    held, planned = Visit.objects.order_by("begins_at")
    assert (held.state, planned.state) == ("held", "planned")
    assert {each.kind for each in held.findings.all()} == {"praise", "fault", "difficulty", "request"}
    open_there = [each for each in directives if each.matter.closed_at is None and each.office.kind == "commune"]
    assert planned.agenda.filter(text__startswith="NV-").count() == len(open_there) > 0


def test_one_press_signs_in_as_somebody_made_up(client: Client) -> None:
    assert "tiepnhan1" in client.get("/accounts/demo/").content.decode()
    answer = client.post("/accounts/demo/", {"username": "tiepnhan1"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(Account.objects.get(username="tiepnhan1").pk)


def test_a_name_that_nobody_has_signs_nobody_in(client: Client) -> None:
    assert client.post("/accounts/demo/", {"username": "nobody"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_sign_in_page_leads_to_the_made_up_people(client: Client) -> None:
    assert 'href="/accounts/demo/"' in client.get("/accounts/login/").content.decode()


def test_every_sentence_of_the_tour_can_be_seen_by_whom_it_names_or_says_that_it_is_not_there_yet() -> None:
    rows = portal.tour(timezone.localdate(NOW))
    assert [row.id for row in rows] == [f"S{n}" for n in range(1, 16)]
    assert all(row.sentences for row in rows)
    told = [one for row in shipped.read("tour")["rows"] for one in row["sentences"]]
    assert sum("at" in one for one in told) == sum(bool(one.at) for row in rows for one in row.sentences)
    commands = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for one in (one for row in rows for one in row.sentences):
        assert one.vi != one.en
        if one.run:
            assert f"## {one.run}" in commands, one.run
        if one.at:
            assert visitor(one.username).get(one.at).status_code == 200, one.at


def visitor(username: str) -> Client:
    client = Client()
    if username:
        client.force_login(Account.objects.get(username=username))
    return client


def test_the_tour_says_how_much_of_it_can_be_seen_and_leads_there_with_one_press(client: Client) -> None:
    page = client.get("/tour/").content.decode()
    sentences = [one for row in portal.tour(timezone.localdate(NOW)) for one in row.sentences]
    live = sum(one.is_live for one in sentences)
    assert f"Hôm nay đã xem được {live} trong {len(sentences)} câu." in page
    assert page.count("Chưa có") == len(sentences) - live
    assert "can be seen today" in client.get("/en/tour/").content.decode()
    assert 'formaction="/accounts/demo/?to=/desk/board/"' in page
    entered = client.post("/accounts/demo/?to=/desk/board/", {"username": "lanhdao1"})
    assert entered["Location"] == "/desk/board/"


@pytest.mark.parametrize("to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_one_press_never_leads_elsewhere(client: Client, to: str) -> None:
    assert client.post(f"/accounts/demo/?to={to}", {"username": "lanhdao1"})["Location"] == "/desk/"


def test_the_first_page_leads_a_visitor_to_citizen_officer_leader_and_tour(client: Client) -> None:
    page = client.get("/").content.decode()
    assert not client.cookies
    for words in ("Với vai người dân", "Với vai cán bộ", "Với vai lãnh đạo", 'href="/tour/"'):
        assert words in page
    cast = client.get("/accounts/demo/").content.decode()
    assert cast.index("Cán bộ tiếp nhận") < cast.index("Công chức xử lý") < cast.index("Lãnh đạo")
