"""One act on many dossiers: each is done or says why not, and nobody reaches what is not his."""

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from motcua.dossiers import services
from motcua.dossiers.models import Dossier, Returning
from motcua.kernel.matters import WorkItem
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_working_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def test_several_results_are_returned_and_one_that_a_colleague_returned_says_so(client: Client, cast: Cast) -> None:
    numbers = [cast.settled().number for _ in range(3)]
    first = Dossier.objects.get(matter__reference=numbers[0])
    services.return_result(dossier=first, by=cast.here.intake, at=NOW, method="counter", receiver="Người Mẫu")
    client.force_login(cast.here.intake.account)
    listed = client.get("/desk/many/return/").content.decode()
    assert [number in listed for number in numbers] == [False, True, True]
    page = client.post("/desk/many/return/", {"number": numbers, "method": "post", "note": ""}).content.decode()
    assert page.count("<strong>Chưa thực hiện</strong>") == 1
    assert {each.state for each in Dossier.objects.filter(matter__reference__in=numbers)} == {"returned"}
    assert Returning.objects.filter(method="post").count() == 2


def test_an_approver_signs_several_and_each_result_has_the_name_of_its_procedure(client: Client, cast: Cast) -> None:
    numbers = [cast.take_in().number for _ in range(2)]
    client.force_login(cast.here.approver.account)
    client.post("/desk/many/settle/", {"number": numbers})
    assert {each.state for each in Dossier.objects.all()} == {"result_ready"}
    assert {each.results.get().name for each in Dossier.objects.all()} == {"Chứng thực bản sao từ bản chính"}


def test_nothing_of_another_commune_is_listed_or_done(client: Client, cast: Cast) -> None:
    number = cast.settled(town=cast.there).number
    client.force_login(cast.here.intake.account)
    assert number not in client.get("/desk/many/return/").content.decode()
    page = client.post("/desk/many/return/", {"number": [number], "method": "post"}).content.decode()
    assert number not in page
    assert Dossier.objects.get().state == "result_ready"


def test_without_a_tick_nothing_is_done_and_the_page_says_so(client: Client, cast: Cast) -> None:
    cast.settled()
    client.force_login(cast.here.intake.account)
    answer = client.post("/desk/many/return/", {"method": "post"})
    assert answer.status_code == 422
    assert "Đánh dấu ít nhất một hồ sơ" in answer.content.decode()


def test_the_list_asks_the_same_for_one_as_for_many(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        cast.settled()
    client.force_login(cast.here.intake.account)
    client.get("/desk/many/return/")
    with django_assert_max_num_queries(7):
        client.get("/desk/many/return/")
    assert WorkItem.objects.filter(closed_by=None).count() == 5


def test_an_act_that_is_not_done_on_many_has_no_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.here.intake.account)
    assert client.get("/desk/many/refuse/").status_code == 404
