"""Several matters of one person in one sitting: identity is kept, everything is listed and printed together."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from motcua.dossiers import services
from motcua.dossiers.at_counter import sittings
from tests import cast as casting
from tests.cast import CERTIFY, NOW, OPEN_LIMIT, TODAY, Cast

S = "a" * 32
LIMIT = {"limit-value": "3", "limit-unit": "working_day", "limit-legal_source": casting.SAMPLE}


@pytest.fixture
def officer(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)
    client.force_login(cast.here.intake.account)
    return client


def _typed(sitting: str = S, **changes: Any) -> dict[str, Any]:
    who = {"who-full_name": "Đỗ Thị Mẫu", "who-birth_date": "24/11/1990", "who-citizen_id": "003190000001"}
    return {"op_id": sittings.new_op_id(sitting), "who-phone": "0300000001", **who} | changes


def _two(officer: Client) -> list[Any]:
    first = officer.post(f"/desk/counter/{CERTIFY}/", _typed())
    second = officer.post(f"/desk/counter/{OPEN_LIMIT}/?sitting={S}", _typed(**LIMIT))
    return [first, second]


def test_the_next_matter_of_the_same_person_is_one_press_away_and_asks_nothing_again(officer: Client) -> None:
    done = officer.post(f"/desk/counter/{CERTIFY}/", _typed())
    assert done.context["same_person"] == f"/desk/counter/?sitting={S}"
    assert "Đỗ Thị Mẫu" in officer.get(done.context["same_person"]).content.decode()
    page = officer.get(f"/desk/counter/{OPEN_LIMIT}/?sitting={S}").content.decode()
    for typed in ("Đỗ Thị Mẫu", "24/11/1990", "003190000001", "0300000001"):
        assert f'value="{typed}"' in page


def test_the_questions_have_what_the_person_is_known_by(officer: Client) -> None:
    officer.post(f"/desk/counter/{CERTIFY}/", _typed())
    shown = officer.get(f"/desk/counter/{CERTIFY}/?sitting={S}").context["sheet"]
    assert shown.raw["full_name"] == "Đỗ Thị Mẫu"
    assert sittings.of_key(shown.op_id) == S


def test_the_sitting_lists_what_was_taken_in_and_prints_all_of_it(officer: Client) -> None:
    first, second = (answer.context["filed"] for answer in _two(officer))
    page = officer.get(f"/desk/counter/?sitting={S}").content.decode()
    assert first.number in page
    assert second.number in page
    pages = PdfReader(io.BytesIO(officer.post("/desk/counter/slips.pdf", {"sitting": S}).content)).pages
    text = [each.extract_text() for each in pages]
    assert len(text) == 4
    assert f"{first.claim_code[:5]}-{first.claim_code[5:]}" in text[1]
    assert second.number in text[3]


def test_another_officer_finds_nothing_by_the_name_of_a_sitting(officer: Client, cast: Cast) -> None:
    _two(officer)
    colleague = casting.colleague(cast.here)
    assert sittings.taken(S, colleague, TODAY) == []
    assert sittings.person(S, colleague) is None
    assert sittings.taken("b" * 32, cast.here.intake, TODAY) == []
    assert sittings.taken("a", cast.here.intake, TODAY) == []


def test_a_sitting_is_over_the_next_day(officer: Client, cast: Cast) -> None:
    _two(officer)
    assert len(sittings.taken(S, cast.here.intake, TODAY)) == 2
    assert sittings.taken(S, cast.here.intake, TODAY + timedelta(days=1)) == []
    assert officer.post("/desk/counter/slips.pdf", {"sitting": "b" * 32}).status_code == 404


def test_a_code_given_after_an_identity_check_is_not_told_by_the_sitting(officer: Client, cast: Cast) -> None:
    dossier = _two(officer)[0].context["filed"].dossier
    services.reissue_claim_code(dossier=dossier, by=cast.here.intake, at=NOW, identity_checked_by="citizen_card")
    codes = {each.dossier.number: each.claim_code for each in sittings.taken(S, cast.here.intake, TODAY)}
    assert codes[dossier.number] == ""
