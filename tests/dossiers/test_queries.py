"""The desk's lists and look-ups, and what a healthy archive says of itself."""

import pytest

from motcua.dossiers import queries, rules, services
from motcua.dossiers.models import Dossier
from motcua.kernel.matters import WorkItem
from tests.cast import BIRTH, CERTIFY, NOW, TODAY, Cast, applicant


@pytest.mark.parametrize(
    "text",
    ["H36.24-261123-0001", "h36.24-261123-0001", "0001", "do thi mau", "Đỗ Thị", "24/11/1990", "0300000001",
     "84300000001", "0300 000 001", "003190000001", "http://vidu.example/status/?number=H36.24-261123-0001"],
)  # fmt: skip
def test_a_dossier_is_found_by_what_people_say(cast: Cast, text: str) -> None:
    dossier = cast.file().dossier
    assert queries.found(cast.here.intake, text, TODAY) == [dossier]
    assert queries.found(cast.there.intake, text, TODAY) == []


@pytest.mark.parametrize("text", ["", "  ", "31/02/1990", "khong ai ten vay", "***"])
def test_what_nobody_is_called_finds_nothing(cast: Cast, text: str) -> None:
    cast.file()
    assert queries.found(cast.here.intake, text, TODAY) == []


def test_possible_acts_are_those_that_the_services_then_do(cast: Cast) -> None:
    dossier = cast.file(BIRTH).dossier
    here = cast.here

    def acts(who: object, dossier: Dossier) -> tuple[str, ...]:
        return queries.possible_acts(who, dossier, queries.open_item(dossier), TODAY)  # type: ignore[arg-type]

    assert acts(here.intake, dossier) == (rules.RECEIVE, rules.REFUSE)
    assert acts(cast.there.intake, dossier) == acts(here.case, dossier) == ()
    dossier = services.receive_dossier(dossier=dossier, by=here.intake, at=NOW)
    assert acts(here.case, dossier) == (rules.ADVANCE,)
    dossier = services.complete_step(dossier=dossier, by=here.case, at=NOW)
    assert acts(here.approver, dossier) == acts(here.leader, dossier) == (rules.SETTLE,)
    dossier = services.settle_dossier(dossier=dossier, by=here.leader, at=NOW, result_name="Giấy khai sinh")
    assert acts(here.intake, dossier) == (rules.RETURN,)


def test_an_open_request_alike_is_pointed_out_until_it_is_finished(cast: Cast) -> None:
    dossier = cast.settled()
    same = {"full_name": applicant().full_name.upper(), "birth_date": "1990-11-24"}
    for who in ({"citizen_id": "003190000001"}, {"full_name": applicant().full_name, "birth_date": "1990-11-24"}):
        assert queries.open_alike(cast.here.commune, CERTIFY, who) == [dossier]
    assert queries.open_alike(cast.there.commune, CERTIFY, same) == []
    services.return_result(dossier=dossier, by=cast.here.intake, at=NOW, method="post", receiver="Người Mẫu")
    assert queries.open_alike(cast.here.commune, CERTIFY, {"citizen_id": "003190000001"}) == []


def test_a_healthy_archive_has_nothing_to_say(cast: Cast) -> None:
    cast.file(), cast.take_in(BIRTH), cast.settled(), cast.returned()
    assert list(queries.inconsistencies()) == []


def test_a_dossier_that_nobody_has_is_named(cast: Cast) -> None:
    dossier = cast.file().dossier
    WorkItem.objects.update(closed_by=queries.history_of(dossier)[0])
    assert list(queries.inconsistencies()) == [f"{dossier.number} is submitted and has 0 open steps"]
