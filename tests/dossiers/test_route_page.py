"""Where a dossier is on its route: who had each step, what is planned, and a picture whose numbers can be trusted."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.dossiers import queries, services
from motcua.dossiers.at_desk import picture
from motcua.procedures.definition import route
from tests.cast import NOW, Cast
from tests.dossiers.forked import FORKED, publish

pytestmark = pytest.mark.django_db


def test_each_step_says_where_it_is_who_has_it_and_when_it_should_be_done(cast: Cast) -> None:
    publish()
    dossier = cast.file(FORKED, answers={"wants_survey": False}).dossier
    dossier = services.receive_dossier(dossier=dossier, by=cast.here.intake, at=NOW)
    services.complete_step(dossier=dossier, by=cast.here.case, at=NOW + timedelta(hours=1), step="register")
    stages = {stage.step.sid: stage for stage in queries.stages_of(dossier)}
    assert {sid: stage.state for sid, stage in stages.items()} == {
        "receive": "done", "register": "done", "survey": "passed", "health": "open", "sign": "ahead", "return": "ahead",
    }  # fmt: skip
    assert stages["register"].person == cast.here.case.full_name
    assert stages["register"].closed_at == NOW + timedelta(hours=1)
    planned = [stages[sid].planned_at for sid in ("receive", "register", "health", "sign", "return")]
    assert planned == sorted(planned)  # type: ignore[type-var]
    assert planned[-1] is not None
    assert planned[-1] <= dossier.due_at
    assert stages["survey"].planned_at is None


def test_the_page_asks_few_questions_and_only_parties_see_it(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    number = cast.take_in().number
    client.force_login(cast.here.intake.account)
    client.get(f"/desk/dossiers/{number}/route/")
    with django_assert_max_num_queries(10):
        page = client.get(f"/desk/dossiers/{number}/route/").content.decode()
    assert "Đang ở đây" in page
    client.force_login(cast.there.intake.account)
    assert client.get(f"/desk/dossiers/{number}/route/").status_code == 404


def test_no_two_boxes_lie_on_each_other_and_lines_run_forward() -> None:
    drawn = picture.of_route(route.STANDARD_ROUTE, range(4))
    places = [(box.x, box.y) for box in drawn.boxes]
    assert len(set(places)) == 4
    assert all(x + picture.WIDTH <= drawn.width and y + picture.HEIGHT <= drawn.height for x, y in places)
    assert [box.of for box in drawn.boxes] == [0, 1, 2, 3]
    assert len(drawn.lines) == 3


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ký", ("Ký", "")),
        ("Tiếp nhận hồ sơ đăng ký", ("Tiếp nhận hồ sơ", "đăng ký")),
        ("x" * 40, ("x" * 17, "x" * 16 + "…")),
    ],
)
def test_a_long_name_is_cut_after_two_lines(name: str, parts: tuple[str, str]) -> None:
    assert picture.parts_of(name) == parts
