"""Who gets at which dossier."""

import pytest

from motcua.dossiers import policies
from motcua.dossiers.models import Dossier
from tests.cast import BIRTH, TODAY, Cast


def test_the_desk_of_the_commune_gets_at_its_dossier_and_the_other_commune_does_not(cast: Cast) -> None:
    filed = cast.file(BIRTH)
    for person in (cast.here.intake, cast.here.approver, cast.here.leader):
        assert policies.get_dossier(person, filed.number, TODAY) == filed.dossier
    for person in (cast.there.intake, cast.there.approver, cast.there.leader, cast.there.administrator):
        with pytest.raises(Dossier.DoesNotExist):
            policies.get_dossier(person, filed.number, TODAY)


def test_a_division_gets_at_it_when_its_step_begins(cast: Cast) -> None:
    with pytest.raises(Dossier.DoesNotExist):
        policies.get_dossier(cast.here.case, cast.file(BIRTH).number, TODAY)
    assert policies.get_dossier(cast.here.case, cast.take_in(BIRTH).number, TODAY).state == "received"


def test_a_post_above_counts_and_a_post_beside_does_not(cast: Cast) -> None:
    post = policies.post_for(cast.here.approver, "dossiers.approve", cast.here.civil_status, TODAY)
    assert post.office == cast.here.commune
    with pytest.raises(policies.NotAllowed, match=cast.here.centre.code):
        policies.post_for(cast.here.case, "dossiers.process", cast.here.centre, TODAY)


def test_an_officer_takes_in_for_the_centre_of_the_post(cast: Cast) -> None:
    assert policies.intake_offices(cast.here.intake, TODAY) == (cast.here.centre,)
    assert policies.intake_offices(cast.here.case, TODAY) == ()
