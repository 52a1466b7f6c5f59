"""Acts at the desk: each is done or says why not, whatever the dossier's state; work goes to whoever may do it."""

import html
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.test import Client
from django.utils import timezone

from motcua.dossiers import acts, services
from motcua.dossiers.models import Dossier
from motcua.kernel.identity import Person, Post, Role
from motcua.kernel.matters import WorkItem
from tests import cast as casting
from tests.cast import NOW, Cast

# Where the first thing that comes to mind would not do.
WORDS = {"receiver": "Đỗ Thị Mẫu"}
WORK = sorted(set(acts.ACTS) - {acts.GIVE, acts.REMARK})
STATES = ("submitted", "received", "result_ready", "returned", "refused")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda *given: casting.TODAY)


def act(client: Client, dossier: Dossier, name: str, **given: Any) -> Any:
    return client.post(f"/desk/dossiers/{dossier.number}/{name}/", given)


def words(person: Person, dossier: Dossier, name: str) -> dict[str, Any]:
    """Something sound for each field that the act asks this person."""
    form = acts.form_for(acts.Seen(person, dossier, NOW, casting.TODAY), name)
    other = {"procedure": casting.BIRTH if dossier.procedure_code == casting.CERTIFY else casting.CERTIFY}
    return {each: (WORDS | other).get(each) or typed(field) for each, field in form.fields.items()}


def typed(field: forms.Field) -> Any:
    """What somebody would type or choose."""
    if isinstance(field, forms.ModelChoiceField):
        first = field.queryset.first()
        return first.pk if first else ""
    if isinstance(field, forms.ChoiceField):
        flat = (
            pair for value, label in field.choices for pair in (label if isinstance(label, list) else [(value, label)])
        )
        return next((value for value, _label in flat if value), "")
    if isinstance(field, forms.FileField | forms.TimeField):
        return ""
    if isinstance(field, forms.DateField):
        return "30/11/2026"
    if isinstance(field, forms.DateField):
        return "24/12/2026"
    return "3" if isinstance(field, forms.IntegerField) else "Lời mẫu"


def open_item(dossier: Dossier) -> WorkItem:
    return WorkItem.objects.get(matter=dossier.matter, closed_by=None)


def in_state(cast: Cast, state: str) -> Dossier:
    if state in ("submitted", "refused"):
        dossier = cast.file().dossier
        why = {"reason_code": "incomplete", "reason": "Thiếu.", "advice": ""}
        return (
            dossier
            if state == "submitted"
            else services.refuse_dossier(dossier=dossier, by=cast.here.intake, at=NOW, **why)
        )
    if state == "received":
        return cast.take_in().dossier
    return cast.settled() if state == "result_ready" else cast.returned()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["intake", "approver"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", WORK)
def test_every_act_is_done_or_says_why_not(cast: Cast, client: Client, who: str, state: str, name: str) -> None:
    dossier = in_state(cast, state)
    client.force_login(getattr(cast.here, who).account)
    events = dossier.matter.events.count()
    answer = act(client, dossier, name, **words(getattr(cast.here, who), dossier, name))
    if answer.status_code in (200, 302):
        assert dossier.matter.events.count() > events
        return
    assert answer.status_code == 409
    assert "Chưa thực hiện được" in answer.content.decode()
    assert Dossier.objects.get(pk=dossier.pk).state == dossier.state
    assert dossier.matter.events.count() == events


def everything(cast: Cast) -> Person:
    """Somebody in a small commune who does all of the work."""
    person = Person.objects.create(full_name="Mai Văn Mẫu Một")
    for role in Role.objects.all():
        Post.objects.create(person=person, office=cast.here.commune, role=role, valid_from=casting.TODAY)
    return person


@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES)
def test_no_two_acts_on_one_page_answer_to_the_same_key(cast: Cast, state: str) -> None:
    dossier, person = in_state(cast, state), everything(cast)
    seen = acts.Seen(person, dossier, NOW, casting.TODAY)
    keys = [acts.ACTS[name].key for name in acts.offered(seen)]
    assert len(keys) == len(set(keys)), keys
    assert "F12" not in keys


@pytest.mark.django_db
def test_work_is_given_to_a_colleague_who_may_do_it(cast: Cast, client: Client) -> None:
    dossier, second = cast.file().dossier, casting.colleague(cast.here)
    client.force_login(cast.here.intake.account)
    page = client.get(f"/desk/dossiers/{dossier.number}/", {"act": "give"}).content.decode()
    assert html.escape(second.full_name) in page
    assert cast.here.case.full_name not in page
    assert act(client, dossier, "give", colleague=second.pk).status_code == 302
    assert open_item(dossier).assignee == second
    assert act(client, dossier, "give", colleague=cast.here.case.pk).status_code == 422
    assert open_item(dossier).assignee == second


@pytest.mark.django_db
def test_open_work_says_what_kind_of_step_it_is(cast: Cast) -> None:
    found = [in_state(cast, state) for state in ("submitted", "received", "result_ready")]
    assert [open_item(each).act for each in found] == ["receive", "settle", "return"]


@pytest.mark.django_db
def test_work_that_was_open_before_is_told_by_its_dossier(cast: Cast) -> None:
    found = [in_state(cast, state) for state in ("submitted", "result_ready")]
    WorkItem.objects.update(act="")
    import_module("motcua.dossiers.migrations.0002_act_of_work").say(apps, None)
    assert [open_item(each).act for each in found] == ["receive", "return"]
