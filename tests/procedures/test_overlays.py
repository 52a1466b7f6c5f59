"""What an office may lay over a procedure, from which day, and that nobody's work is lost or rewritten."""

from datetime import date, timedelta
from typing import Any

import pytest

from motcua.kernel import ledger
from motcua.procedures import policies
from motcua.procedures import queries as procedures
from motcua.procedures import services as catalogue
from motcua.procedures.models import Overlay
from tests.cast import BIRTH, CERTIFY, NOW, OPEN_LIMIT, SAME_DAY, SAMPLE, TODAY, Cast

pytestmark = pytest.mark.django_db
FEE = {"amount": 8000, "kind": "charge", "channel": "direct"}
LATER = TODAY + timedelta(days=17)


def lay(cast: Cast, doc: dict[str, Any], code: str = BIRTH, **changes: Any) -> Overlay:
    given: dict[str, Any] = {
        "office": cast.here.commune,
        "procedure": procedures.procedure(code),
        "doc": doc,
        "legal_source": SAMPLE if {"limit", "fees"} & set(doc) else "",
        "at": NOW,
        "by": cast.here.procedure_manager,
        "effective_from": TODAY,
    }
    return catalogue.make_overlay(**given | changes)


def refused(cast: Cast, doc: dict[str, Any], code: str = BIRTH, **changes: Any) -> set[tuple[str, str]]:
    """Key and reason of every refusal."""
    with pytest.raises(catalogue.OverlayRefused) as caught:
        lay(cast, doc, code, **changes)
    return {(refusal.key, refusal.reason) for refusal in caught.value.refusals}


def test_a_fee_holds_for_its_way_of_filing_and_the_others_keep_what_was_said(cast: Cast) -> None:
    lay(cast, {"mode": "here", "limit": SAME_DAY, "fees": [FEE]})
    read = cast.edition(BIRTH).definition
    assert [(fee.amount, fee.status) for fee in read.channel("direct").fees] == [(8000, "confirmed")]
    assert read.channel("online").fees == ()
    assert cast.edition(BIRTH, cast.there).definition.channel("direct").fees == ()


def test_a_dossier_stays_on_the_overlay_under_which_it_was_filed(cast: Cast) -> None:
    before = cast.file(BIRTH).dossier
    pinned = [each.pk for each in Overlay.objects.filter(office=cast.here.commune, procedure=BIRTH)]
    new = lay(cast, {"mode": "here", "fees": [FEE]})
    before.refresh_from_db()
    assert list(before.overlay_ids) == pinned
    assert list(cast.file(BIRTH).dossier.overlay_ids) == [new.pk]


def test_what_begins_later_replaces_what_would_have_begun_later_still(cast: Cast) -> None:
    lay(cast, {"notes": "Muộn"}, effective_from=LATER)
    sooner = lay(cast, {"notes": "Sớm"}, effective_from=TODAY + timedelta(days=3))
    for day, notes in ((TODAY, None), (sooner.effective_from, "Sớm"), (LATER, "Sớm")):
        edition = procedures.edition_for(cast.here.commune, BIRTH, day)
        assert (edition.definition.notes and edition.definition.notes.vi) == notes
        assert len(edition.overlay_ids) == 1


def test_an_empty_overlay_takes_everything_back(cast: Cast) -> None:
    assert cast.edition(BIRTH).definition.mode == "here"
    lay(cast, {})
    assert cast.edition(BIRTH).definition.mode == "portal"
    assert cast.edition(BIRTH).definition.channel("direct").limit.unit is None


def test_laying_leaves_an_event_of_the_office_without_words(cast: Cast) -> None:
    made = lay(cast, {"notes": "Mang theo bút"})
    event = list(ledger.history(procedures.procedure(BIRTH).matter))[-1]
    assert (event.type, event.office, event.actor) == (
        "procedures.overlay_made",
        cast.here.commune,
        cast.here.procedure_manager,
    )
    assert event.payload["overlay_id"] == made.pk
    assert "bút" not in str(event.payload)


@pytest.mark.parametrize(
    ("doc", "key", "reason"),
    [
        ({"fees": [FEE], "name": "Tên khác"}, "name", "unknown_key"),
        ({"mode": "sometimes"}, "mode", "unknown_mode"),
        ({"limit": {"value": 3}}, "limit", "needs_value_and_unit"),
        ({"limit": {"value": 0, "unit": "month"}}, "limit", "zero_is_the_day_of_receipt"),
        ({"fees": [{"amount": "8000"}]}, "fees", "bad_amount"),
        ({"fees": [{"amount": 1, "channel": "pigeon"}]}, "fees", "unknown_channel"),
        ({"fees": [{"amount": 1, "per": "x" * 200}]}, "fees", "makes_a_fault"),
        ({"counter": 3}, "counter", "makes_a_fault"),
        ({"mode": "here", "limit": SAME_DAY}, "", "nothing_changes"),
    ],
)
def test_what_may_not_be_laid_says_why(cast: Cast, doc: dict[str, Any], key: str, reason: str) -> None:
    assert (key, reason) in refused(cast, doc)
    assert Overlay.objects.filter(office=cast.here.commune, procedure=BIRTH).count() == 1


@pytest.mark.parametrize("doc", [{"limit": {"value": 3, "unit": "day"}}, {"fees": [FEE]}])
def test_a_limit_and_a_fee_need_their_legal_source(cast: Cast, doc: dict[str, Any]) -> None:
    assert refused(cast, doc, legal_source=" ") == {("legal_source", "needs_legal_source")}


def test_a_limit_that_the_province_set_is_no_longer_open_to_the_commune(cast: Cast) -> None:
    lay(cast, {"limit": {"value": 5, "unit": "day"}}, OPEN_LIMIT, office=cast.province, by=None)
    assert ("limit", "limit_is_set_by_law") in refused(cast, {"limit": {"value": 3, "unit": "day"}}, OPEN_LIMIT)


def test_the_past_stays_and_a_day_without_a_version_is_refused(cast: Cast) -> None:
    assert refused(cast, {"notes": "x"}, effective_from=TODAY - timedelta(days=1)) == {
        ("effective_from", "begins_in_the_past")
    }
    version = procedures.procedure(CERTIFY).versions.get()
    catalogue.retire_version(version=version, at=NOW, by=None, effective_to=date(2026, 12, 1))
    assert refused(cast, {"notes": "x"}, CERTIFY, effective_from=date(2026, 12, 1)) == {
        ("effective_from", "no_version_then")
    }


def test_the_second_of_two_managers_learns_that_something_changed(cast: Cast) -> None:
    lay(cast, {"notes": "Một"}, seen=1)
    assert refused(cast, {"notes": "Hai"}, seen=1, by=cast.here.administrator) == {("", "changed_meanwhile")}
    lay(cast, {"notes": "Hai"}, seen=2, by=cast.here.administrator)


def test_only_a_manager_of_the_very_office_lays_its_overlays(cast: Cast) -> None:
    for person in (cast.there.procedure_manager, cast.here.intake, cast.here.leader):
        with pytest.raises(policies.NotAllowed):
            lay(cast, {"notes": "x"}, by=person)
    with pytest.raises(policies.NotAllowed):
        lay(cast, {"notes": "x"}, office=cast.province)
