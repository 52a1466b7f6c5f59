"""A dossier on a route that forks, meets again, passes over a step, and asks an agency outside."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier, OutsideRequest
from motcua.kernel.identity import Post
from tests.cast import BEGUN, NOW, TODAY, Cast
from tests.dossiers.forked import FORKED, publish

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def forked(cast: Cast) -> str:
    return publish()


def received(cast: Cast, *, survey: bool) -> Dossier:
    dossier = cast.file(FORKED, answers={"wants_survey": survey}).dossier
    return services.receive_dossier(dossier=dossier, by=cast.here.intake, at=NOW)


def open_steps(dossier: Dossier) -> set[str]:
    return {item.step for item in queries.open_items(dossier)}


def officer(cast: Cast) -> Any:
    """Somebody with posts in the division and in the commune itself."""
    post = Post.objects.select_related("role").get(person=cast.here.case)
    Post.objects.create(person=cast.here.case, office=cast.here.commune, role=post.role, valid_from=BEGUN)
    cast.here.case.__dict__.pop("_held_posts", None)
    return cast.here.case


def test_both_branches_are_open_and_the_signature_waits_for_the_later_one(cast: Cast, forked: str) -> None:
    by, dossier = officer(cast), received(cast, survey=False)
    assert open_steps(dossier) == {"register", "health"}
    services.ask_outside(dossier=dossier, by=by, at=NOW + HOUR, reference="12/UBND", step="health")
    services.complete_step(dossier=dossier, by=by, at=NOW + HOUR, step="register")
    assert open_steps(dossier) == {"health"}
    with pytest.raises(services.NothingOpen):
        services.settle_dossier(dossier=dossier, by=cast.here.approver, at=NOW + HOUR, result_name="Kết quả")
    services.note_outside_answer(dossier=dossier, by=by, at=NOW + 2 * HOUR, answer="Đã cấp thẻ", step="health")
    assert open_steps(dossier) == {"sign"}
    assert OutsideRequest.objects.get().answered_by == by
    settled = services.settle_dossier(dossier=dossier, by=cast.here.approver, at=NOW + 3 * HOUR, result_name="Kết quả")
    assert (settled.state, open_steps(settled)) == ("result_ready", {"return"})


def test_a_step_is_walked_only_where_its_condition_holds(cast: Cast, forked: str) -> None:
    by, dossier = officer(cast), received(cast, survey=True)
    services.complete_step(dossier=dossier, by=by, at=NOW + HOUR, step="register")
    assert open_steps(dossier) == {"survey", "health"}


def test_an_agency_cannot_have_answered_what_it_was_not_asked(cast: Cast, forked: str) -> None:
    by, dossier = officer(cast), received(cast, survey=False)
    with pytest.raises(services.NothingOpen):
        services.note_outside_answer(dossier=dossier, by=by, at=NOW, answer="Có", step="health")


def test_of_parallel_steps_everybody_sees_the_one_that_is_theirs(cast: Cast, forked: str) -> None:
    dossier = received(cast, survey=False)
    services.take_work(dossier=dossier, by=officer(cast), at=NOW, step="health")
    items = queries.open_items(dossier)
    own = queries.item_for(cast.here.case, items, TODAY)
    assert own is not None
    assert own.step == "health"
    assert queries.possible_acts(cast.here.case, dossier, own, TODAY) == ("ask-outside",)
