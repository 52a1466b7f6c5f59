"""Who gets at what: every address of this room, tried by everybody.

A row says who is let in; everybody else is refused, and whoever is not signed in is asked to. What exists but is not
theirs looks to others as if it did not.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from motcua.kernel.files import keep
from motcua.kernel.identity import Person
from motcua.oversight import services
from motcua.oversight.urls import desk as desk_urls
from tests.cast import NOW, TODAY
from tests.oversight import directing, feedback, visiting
from tests.oversight.departments import World
from tests.oversight.test_guidance import content, document, published

EVERYBODY = frozenset(
    {"intake", "case", "leader", "administrator", "there", "officer", "colleague", "chief", "other", "governor"}
)
ANSWERING = frozenset({"leader", "there", "officer", "colleague", "chief", "other"})
OF_THE_OFFICE = frozenset({"officer", "colleague", "chief"})
# The raising office, its commune's leader (who leads it) and the department that has it.
PARTIES = frozenset({"case", "leader", "administrator"}) | OF_THE_OFFICE
IN_HERE = frozenset({"intake", "case", "leader", "administrator"})
DIRECTING = frozenset({"leader", "there", "chief", "governor"})
ASKED = IN_HERE | {"governor"}
GOVERNOR = frozenset({"governor"})
DELEGATES = GOVERNOR | OF_THE_OFFICE
INVITED = ASKED | OF_THE_OFFICE

# name of the address: (method, who is let in, which of the things it is tried on)
MATRIX: dict[str, tuple[str, frozenset[str], str]] = {
    "difficulties": ("get", EVERYBODY, ""),
    "difficulty-new": ("get", EVERYBODY, ""),
    "difficulty": ("get", PARTIES, "private"),
    "difficulty-file": ("get", PARTIES, "private"),
    "difficulty-act": ("post", PARTIES, "private"),
    "guidance-publish": ("post", OF_THE_OFFICE, "answered"),
    "guidance-list": ("get", EVERYBODY, ""),
    "guidance-new": ("get", ANSWERING, ""),
    "guidance-gaps": ("get", EVERYBODY, ""),
    "guidance-digest": ("post", EVERYBODY, ""),
    "situation-reports": ("get", DIRECTING, ""),
    "situation-report": ("get", frozenset({"leader", "governor"}), "report"),
    "situation-report-write": ("post", frozenset(), "report"),
    "situation-report-drop": ("post", frozenset(), "report"),
    "situation-report-acknowledge": ("post", frozenset({"governor"}), "report"),
    "situation-report-paper": ("get", frozenset({"leader", "governor"}), "report-paper"),
    "feedback-list": ("get", EVERYBODY, ""),
    "feedback-new": ("get", frozenset({"intake", "leader", "there"}), ""),
    "feedback": ("get", frozenset({"intake", "leader"}), "feedback"),
    "feedback-act": ("post", frozenset({"intake", "leader"}), "feedback"),
    "routing": ("get", EVERYBODY, ""),
    "routing-route": ("get", frozenset({"governor"}), ""),
    "routing-limit": ("get", frozenset({"governor"}), ""),
    "guidance": ("get", IN_HERE, "of_commune"),
    "guidance-revise": ("get", frozenset({"leader"}), "of_commune"),
    "guidance-rest": ("post", frozenset({"leader"}), "of_commune"),
    "guidance-withdraw": ("post", OF_THE_OFFICE, "of_department"),
    "documents": ("get", EVERYBODY, ""),
    "document-new": ("get", ANSWERING, ""),
    "document": ("get", EVERYBODY, "document"),
    "document-read": ("post", EVERYBODY, "document"),
    "document-file": ("get", EVERYBODY, "document"),
    "conclusions": ("get", EVERYBODY, ""),
    "conclusion-new": ("get", DIRECTING, ""),
    "conclusion": ("get", ASKED, "conclusion"),
    "conclusion-edit": ("get", GOVERNOR, "draft"),
    "conclusion-issue": ("post", GOVERNOR, "draft"),
    "conclusion-paper": ("get", ASKED, "conclusion"),
    "conclusion-word": ("get", ASKED, "conclusion"),
    "directive-give": ("get", GOVERNOR, "paragraph"),
    "directives": ("get", EVERYBODY, ""),
    "directive-matrix": ("get", EVERYBODY, ""),
    "directive": ("get", ASKED, "directive"),
    "directive-file": ("get", ASKED, "directive"),
    "directive-act": ("post", frozenset({"leader"}), "directive"),
    "visits": ("get", EVERYBODY, ""),
    "visit-new": ("get", DIRECTING, ""),
    "visit": ("get", INVITED, "visit"),
    "visit-edit": ("get", GOVERNOR, "visit"),
    "visit-cancel": ("post", GOVERNOR, "visit"),
    "visit-calendar": ("get", INVITED, "visit"),
    "visit-checklist": ("get", DELEGATES, "visit-host"),
    "visit-photo": ("get", INVITED, "visit-photo"),
    "visit-finding": ("post", DELEGATES, "visit"),
    "visit-close": ("post", GOVERNOR, "visit"),
    "visit-conclude": ("post", GOVERNOR, "visit"),
}
# Tried in test_feedback_pages: they need a file, a code just given, the days to be counted.
ELSEWHERE = frozenset({"feedback-counted", "feedback-file", "feedback-taken"})
# Addresses with a second part beside the number.
TWO_PARTS = frozenset({"directive-give", "visit-checklist", "visit-photo", "situation-report-paper"})
# Let in and told what is wrong with what was sent is let in; refused in words on the page is refused.
LET_IN = {200, 302, 422}
REFUSED = {403, 404, 409}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


def people(world: World) -> dict[str, Person]:
    here = world.here
    return {
        "intake": here.intake,
        "case": here.case,
        "leader": here.leader,
        "administrator": here.administrator,
        "there": world.there.leader,
        "officer": world.justice.officer,
        "colleague": world.justice.colleague,
        "chief": world.justice.leader,
        "other": world.home.officer,
        "governor": world.governor,
    }


def made(world: World, kind: str) -> list[Any]:
    """What stands in the address, made anew for everybody who tries."""
    given = services.Given(keep(b"%PDF-1.4 mau", type="application/pdf"), "m.pdf")
    if kind == "private":
        difficulty = world.raised(shared=False, files=[given])
        return [difficulty.number, difficulty.attachments.get().pk]
    if kind == "answered":
        return [world.answered().number]
    if kind == "of_commune":
        entry = services.publish_guidance(content=content(), office=world.here.commune, by=world.here.leader, at=NOW)
        return [entry.reference]
    if kind == "of_department":
        return [published(world).reference]
    if kind == "document":
        kept = document(world, f"{next(world._numbers)}/HD-MAU", files=[given])
        return [kept.reference, kept.files.get().pk]
    if kind == "feedback":
        return [feedback.sent(world).number]
    if kind.startswith("report"):
        return [_reported(world), *(["docx"] if kind == "report-paper" else [])]
    if kind in ("draft", "conclusion", "paragraph", "directive"):
        return _directed(world, kind, given)
    return _visit(world, kind) if kind.startswith("visit") else []


def _reported(world: World) -> str:
    """A report that the commune here has sent."""
    said = [services.Section("work", "Việc đã làm", "Xong.")]
    by = world.here.leader
    draft = services.draft_report(office=world.here.commune, first=TODAY, last=TODAY, sections=said, by=by, at=NOW)
    return services.send_report(report=draft, by=by, at=NOW).reference


def _visit(world: World, kind: str) -> list[Any]:
    """A visit of the province to the commune here, on which the department goes along."""
    visit = visiting.planned(world, hosts=[world.here.commune])
    if kind == "visit-host":
        return [visit.reference, world.here.slug]
    if kind == "visit-photo":
        seen = {"posted": services.Seen(photos=[keep(b"mau", type="image/jpeg")])}
        host = services.check_host(host=visit.hosts.get(), seen=seen, by=world.governor, at=NOW)
        return [visit.reference, host.checks.get().photos.get().pk]
    return [visit.reference]


def _directed(world: World, kind: str, file: services.Given) -> list[Any]:
    """A conclusion of the province that asks something of the commune here; or its draft."""
    number = {"number": f"{next(world._numbers)}/TB-MAU"}
    if kind == "draft":
        return [directing.drafted(world, **number).reference]
    conclusion = directing.issued(world, **number)
    made = directing.given(world, [world.here.commune], conclusion).directives.get()
    if kind == "directive":
        services.report_on(directive=made, text="Xong.", by=world.here.leader, at=NOW, file=file)
        services.send_back(directive=made, missing="Thiếu.", by=world.governor, at=NOW)
        return [made.reference, made.turns.get(kind="report").pk]
    return [conclusion.reference, 4]


def address(name: str, told: list[Any]) -> str:
    takes = 2 if name.endswith("-file") or name in TWO_PARTS else 1
    acts = {"difficulty-act": "clarify", "directive-act": "report", "feedback-act": "accept"}
    if name in acts:
        return reverse(name, args=[told[0], acts[name]])
    return reverse(name, args=told[:takes] if told else [])


def test_the_matrix_names_every_address_of_the_desk() -> None:
    assert {pattern.name for pattern in desk_urls.urlpatterns} == set(MATRIX) | ELSEWHERE


@pytest.mark.parametrize("name", MATRIX)
def test_who_is_let_in(world: World, client: Client, name: str) -> None:
    method, let_in, kind = MATRIX[name]
    found = {}
    for who, person in people(world).items():
        where = address(name, made(world, kind))
        client.force_login(person.account)
        sent = {"text": "Đã xong."} if name == "directive-act" else {}
        found[who] = getattr(client, method)(where, sent).status_code
    assert {who for who, status in found.items() if status in LET_IN} == let_in, found
    assert all(status in LET_IN | REFUSED for status in found.values()), found
    client.logout()
    assert getattr(client, method)(where).headers["Location"].startswith("/accounts/login/")
