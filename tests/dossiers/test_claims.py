"""Number and claim code together open a dossier; nothing else does, and nothing says which of the two was wrong."""

import pytest

from motcua.dossiers import policies, queries, rules, services
from motcua.dossiers.models import Dossier
from tests.cast import NOW, Cast


def test_number_and_code_open_the_dossier_however_they_are_typed(cast: Cast) -> None:
    filed = cast.file()
    code = filed.claim_code
    for typed in (code, code.lower(), f" {code[:5]} {code[5:]} ", f"{code[:5]}-{code[5:]}"):
        assert policies.get_dossier_by_claim(f" {filed.number.lower()} ", typed) == filed.dossier


def test_a_wrong_pair_learns_nothing(cast: Cast) -> None:
    filed, other = cast.file(), cast.file()
    for number, code in [
        (filed.number, other.claim_code),
        ("H36.24-261123-9999", filed.claim_code),
        (filed.number, ""),
        ("", ""),
    ]:
        with pytest.raises(Dossier.DoesNotExist) as caught:
            policies.get_dossier_by_claim(number, code)
        assert str(caught.value) == ""


def test_the_code_itself_is_not_stored(cast: Cast) -> None:
    filed = cast.file()
    row = Dossier.objects.values().get()
    assert filed.claim_code not in str(row)
    assert len(filed.claim_code) == rules.CLAIM_LENGTH


def test_a_new_code_closes_the_first(cast: Cast) -> None:
    filed = cast.file()
    new = services.reissue_claim_code(
        dossier=filed.dossier, by=cast.here.intake, at=NOW, identity_checked_by="citizen_card"
    )
    assert policies.get_dossier_by_claim(filed.number, new) == filed.dossier
    with pytest.raises(Dossier.DoesNotExist):
        policies.get_dossier_by_claim(filed.number, filed.claim_code)
    last = queries.history_of(filed.dossier)[-1]
    assert (last.type, last.payload) == ("dossiers.claim_code_reissued", {"identity_checked_by": "citizen_card"})


def test_a_new_code_is_given_by_this_centre_after_an_identity_check(cast: Cast) -> None:
    filed = cast.file()
    with pytest.raises(ValueError, match="identity"):
        services.reissue_claim_code(dossier=filed.dossier, by=cast.here.intake, at=NOW, identity_checked_by="smile")
    with pytest.raises(policies.NotAllowed):
        services.reissue_claim_code(
            dossier=filed.dossier, by=cast.there.intake, at=NOW, identity_checked_by="citizen_card"
        )
    assert policies.get_dossier_by_claim(filed.number, filed.claim_code) == filed.dossier


def test_a_repeated_request_never_tells_a_code_given_after_an_identity_check(cast: Cast) -> None:
    filed = cast.file(op_id="once", request_sha256="a" * 64)
    services.reissue_claim_code(dossier=filed.dossier, by=cast.here.intake, at=NOW, identity_checked_by="citizen_card")
    assert cast.file(op_id="once", request_sha256="a" * 64).claim_code == ""
