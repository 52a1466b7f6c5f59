"""The settings pages: for those who hold the right, in their own office only; every refusal is said."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from motcua.dossiers import queries as dossiers
from motcua.kernel import schedule
from motcua.kernel.identity import Account, Person, Post
from motcua.kernel.ledger import Event
from motcua.portal import services
from tests import cast as casting
from tests.cast import Cast

Settings = Callable[[Person], Client]
PAGES = (
    "",
    "people/",
    "people/new/",
    "hours/",
    "days/",
    "days/new/",
    "numbers/",
    "contacts/",
    "bank/",
    "late/",
    "scanner/",
    "history/",
)
OF_A_PERSON = ("", "change/", "absence/", "absence/end/", "leave/", "link/", "account/", "posts/new/")
NEW = {
    "full_name": "Trần Mẫu Mới",
    "username": "moi",
    "phone": "",
    "email": "",
    "role": "intake_officer",
    "kind": "regular",
    "first_date": "23/11/2026",
    "last_date": "",
}


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    day_of = timezone.localdate
    monkeypatch.setattr(timezone, "now", lambda: casting.NOW)
    monkeypatch.setattr(timezone, "localdate", lambda at=casting.NOW: day_of(at))


@pytest.fixture
def settings_of(client: Client) -> Settings:
    def sign_in(person: Person) -> Client:
        client.force_login(person.account)
        return client

    return sign_in


def at(cast: Cast, rest: str = "", person: Person | None = None) -> str:
    start = f"/desk/settings/{cast.here.commune.code}/"
    return f"{start}people/{person.pk}/{rest}" if person else start + rest


def addresses(cast: Cast) -> list[str]:
    post = Post.objects.get(person=cast.here.intake)
    own = [at(cast, rest, cast.here.intake) for rest in (*OF_A_PERSON, f"posts/{post.pk}/end/")]
    return [at(cast, rest) for rest in PAGES] + own


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


# --- who may ------------------------------------------------------------------------------------------------
def test_every_page_opens_for_the_offices_administrator_in_both_languages(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    for address in addresses(cast):
        for start in ("", "/en"):
            assert client.get(start + address).status_code == 200, address


def test_the_start_leads_to_the_only_office(cast: Cast, settings_of: Settings) -> None:
    assert settings_of(cast.here.administrator).get("/desk/settings/").headers["Location"] == at(cast)


def test_who_holds_the_right_above_chooses_among_the_offices_below(cast: Cast, settings_of: Settings) -> None:
    post = Post.objects.get(person=cast.here.administrator)
    post.office = cast.province
    post.save()
    client = settings_of(cast.here.administrator)
    page = client.get("/desk/settings/").content.decode()
    for office in (cast.province, cast.here.commune, cast.there.commune):
        assert f"/desk/settings/{office.code}/" in page
    assert client.get(f"/desk/settings/{cast.province.code}/people/new/").status_code == 200


def test_another_communes_administrator_finds_nothing_and_changes_nothing(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.there.administrator)
    before = Event.objects.count()
    for address in addresses(cast):
        assert client.get(address).status_code == 404, address
        assert client.post(address, NEW).status_code in (404, 405), address
    assert Event.objects.count() == before


def test_another_communes_person_does_not_exist_under_the_own_address(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    foreign = Post.objects.get(person=cast.there.intake)
    for rest in (*OF_A_PERSON, f"posts/{foreign.pk}/end/"):
        assert client.get(at(cast, rest, cast.there.intake)).status_code == 404, rest
        assert client.post(at(cast, rest, cast.there.intake), NEW).status_code in (404, 405), rest
    assert client.get(at(cast, f"posts/{foreign.pk}/end/", cast.here.intake)).status_code == 404
    assert cast.there.intake.full_name not in client.get(at(cast, "people/")).content.decode()
    given = NEW | {"office": cast.there.centre.code}
    assert client.post(at(cast, "people/new/"), given).status_code == 422
    assert not Account.objects.filter(username="moi").exists()


def test_without_the_right_there_are_no_settings(cast: Cast, settings_of: Settings) -> None:
    assert Client().get(at(cast)).status_code == 302
    client = settings_of(cast.here.leader)
    for address in ("/desk/settings/", *addresses(cast)):
        assert client.get(address).status_code == 403, address


def test_the_procedures_of_the_office_are_one_step_away_once_they_have_an_address(
    cast: Cast, settings_of: Settings
) -> None:
    try:
        address = f"{reverse('manage-procedures')}?office={cast.here.commune.code}"
    except NoReverseMatch:
        address = ""
    client = settings_of(cast.here.administrator)
    page = client.get(at(cast)).content.decode()
    assert ("Thủ tục tại đây" in page) == bool(address)
    if address:
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_somebody_without_an_account_has_none_to_open(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    person = Person.objects.create(full_name="Lò Mẫu")
    post = Post.objects.get(person=cast.here.intake)
    Post.objects.create(person=person, office=post.office, role=post.role, valid_from=casting.BEGUN)
    assert client.get(at(cast, "", person)).status_code == 200
    for act in ("link/", "account/"):
        assert client.post(at(cast, act, person)).status_code == 404


# --- how much is asked --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rest", "most"),
    [("", 7), ("people/", 10), ("people/new/", 9), ("hours/", 10), ("days/", 9), ("numbers/", 8), ("history/", 8)],
)
def test_a_page_asks_few_questions(cast: Cast, settings_of: Settings, rest: str, most: int) -> None:
    assert queries(settings_of(cast.here.administrator), at(cast, rest)) <= most


def test_a_long_list_of_people_asks_as_little_as_a_short_one(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    few = queries(client, at(cast, "people/"))
    for n in range(60):
        person = Person.objects.create(full_name=f"Lò Mẫu {n}")
        Post.objects.create(
            person=person, office=cast.here.centre, role_id=Post.objects.first().role_id, valid_from=casting.BEGUN
        )
    assert queries(client, at(cast, "people/")) == few
    assert "page=2" in client.get(at(cast, "people/")).content.decode()
    assert client.get(at(cast, "people/?page=2")).status_code == 200
    assert queries(client, at(cast, "people/?name=lo+mau+7")) == few


# --- acts ---------------------------------------------------------------------------------------------------
def link_in(page: str) -> str:
    found = re.search(r"http://testserver(/accounts/password/new/[^<\s]+)", page)
    assert found
    return found[1]


def test_a_new_colleague_chooses_a_password_by_the_link_and_signs_in(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    answer = client.post(at(cast, "people/new/"), NEW | {"office": cast.here.centre.code})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    link, theirs = link_in(answer.content.decode()), Client()
    assert "moi" in theirs.get(link).content.decode()
    for given in ({}, {"password": "ngan", "again": "ngan"}, {"password": "mot-hai-ba-bon", "again": "khac"}):
        assert theirs.post(link, given).status_code == 422
    password = {"password": "mot-hai-ba-bon", "again": "mot-hai-ba-bon"}
    assert theirs.post(link, password).headers["Location"] == "/accounts/login/"
    assert theirs.post(link, password).status_code == 404
    signed = theirs.post("/accounts/login/", {"login": "moi", "password": "mot-hai-ba-bon"})
    assert signed.headers["Location"] == "/desk/"
    assert theirs.get("/desk/").status_code == 200


def test_a_new_link_signs_its_person_out_everywhere(cast: Cast, settings_of: Settings) -> None:
    theirs = Client()
    theirs.force_login(cast.here.intake.account)
    answer = settings_of(cast.here.administrator).post(at(cast, "link/", cast.here.intake))
    assert link_in(answer.content.decode())
    assert theirs.get("/desk/").status_code == 302


def test_the_sign_in_is_closed_and_opened_again(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    for active in (False, True):
        assert client.post(at(cast, "account/", cast.here.intake)).status_code == 302
        assert Account.objects.get(person=cast.here.intake).is_active is active


def test_what_was_typed_stays_beside_the_sentence_that_says_how_to_mend_it(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    given = NEW | {"office": cast.here.centre.code, "first_date": "32/11/2026", "email": "khong", "username": "intake1"}
    answer = client.post(at(cast, "people/new/"), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(word in page for word in ("Trần Mẫu Mới", "32/11/2026", 'value="khong"', "intake1"))
    assert {"first_date", "email"} <= set(answer.context["form"].errors)
    answer = client.post(at(cast, "people/new/"), given | {"first_date": "23/11/2026", "email": ""})
    assert set(answer.context["form"].errors) == {"username"}


def test_the_last_administrator_is_told_why_not(cast: Cast, settings_of: Settings) -> None:
    me = cast.here.administrator
    client = settings_of(me)
    post = Post.objects.get(person=me)
    for address in (at(cast, f"posts/{post.pk}/end/", me), at(cast, "leave/", me)):
        answer = client.post(address, {"last_date": "30/11/2026"})
        assert answer.status_code == 422
        assert cast.here.commune.name in str(answer.context["form"].non_field_errors())
    for act in ("link/", "account/"):
        assert client.post(at(cast, act, me)).status_code == 422
    assert Post.objects.get(pk=post.pk).valid_to is None


def test_a_post_is_given_ended_and_withdrawn(cast: Cast, settings_of: Settings) -> None:
    client, person = settings_of(cast.here.administrator), cast.here.intake
    given = {
        "role": "leader",
        "office": cast.here.commune.code,
        "kind": "acting",
        "first_date": "1/12/2026",
        "last_date": "31/12/2026",
    }
    assert client.post(at(cast, "posts/new/", person), given).status_code == 302
    post = Post.objects.get(person=person, role__code="leader")
    assert (post.kind, str(post.valid_from), str(post.valid_to)) == ("acting", "2026-12-01", "2027-01-01")
    assert client.post(at(cast, "posts/new/", person), given).status_code == 422
    assert client.post(at(cast, f"posts/{post.pk}/end/", person)).status_code == 302
    assert not Post.objects.filter(pk=post.pk).exists()
    post = Post.objects.get(person=person)
    early, late = {"last_date": "1/1/2026"}, {"last_date": "30/11/2026"}
    assert client.post(at(cast, f"posts/{post.pk}/end/", person), early).status_code == 422
    assert client.post(at(cast, f"posts/{post.pk}/end/", person), late).status_code == 302
    assert str(Post.objects.get(pk=post.pk).valid_to) == "2026-12-01"


def test_somebody_who_also_works_elsewhere_is_shown_without_the_account(cast: Cast, settings_of: Settings) -> None:
    by: dict[str, Any] = {"by": cast.there.administrator, "at": casting.NOW, "valid_from": casting.TODAY}
    services.give_post(person=cast.here.intake, office=cast.there.centre, role="intake_officer", **by)
    client = settings_of(cast.here.administrator)
    page = client.get(at(cast, "", cast.here.intake)).content.decode()
    assert "intake1" not in page
    assert cast.there.commune.name not in page
    assert client.post(at(cast, "link/", cast.here.intake)).status_code == 422


def test_a_name_is_put_right(cast: Cast, settings_of: Settings) -> None:
    given = {"full_name": "Trần Văn Mẫu Nhận", "phone": "abc", "email": ""}
    client = settings_of(cast.here.administrator)
    assert client.post(at(cast, "change/", cast.here.intake), given).status_code == 422
    assert client.post(at(cast, "change/", cast.here.intake), given | {"phone": "0300 000 001"}).status_code == 302
    assert Person.objects.get(pk=cast.here.intake.pk).phone == "0300 000 001"


def week(**changes: str) -> dict[str, str]:
    usual = {f"day_{n}": "07:30-11:30, 13:00-17:00" if n < 5 else "" for n in range(7)}
    return usual | {"valid_from": "1/12/2026"} | changes


def test_hours_are_typed_in_one_line_a_day(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    for wrong in ({"day_0": "7 to 5"}, {"day_0": "13:00-17:00, 07:30-11:30"}, {"day_0": "25:00-26:00"}):
        answer = client.post(at(cast, "hours/"), week(**wrong))
        assert set(answer.context["form"].errors) == {"day_0"}
        assert wrong["day_0"] in answer.content.decode()
    assert client.post(at(cast, "hours/"), week(valid_from="1/1/2026")).status_code == 422
    assert client.post(at(cast, "hours/"), {"valid_from": "1/12/2026"}).status_code == 422
    assert client.post(at(cast, "hours/"), week(day_5="7h30 - 11h")).status_code == 302
    assert "07:30-11:00" in client.get(at(cast, "hours/")).content.decode()
    assert schedule.calendar_for(cast.here.centre).is_working_day(casting.TODAY + timedelta(days=12))


DAY = {"date": "25/11/2026", "kind": "off", "name": "Ngày hội mẫu", "hours": "", "source": "TB 12/UBND"}


def test_a_day_off_is_added_explained_and_taken_back(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    answer = client.post(at(cast, "days/new/"), DAY, follow=True)
    said = str([str(message) for message in answer.context["messages"]])
    assert "27/11/2026" in said
    assert "30/11/2026" in said
    assert "Ngày hội mẫu" in answer.content.decode()
    back = at(cast, "days/2026-11-25/back/")
    assert client.get(back).status_code == 200
    assert client.post(back).status_code == 302
    assert client.get(back).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"date": ""}, "date"),
        ({"date": "24/11/2026"}, "date"),
        ({"date": "20/11/2026"}, "date"),
        ({"source": ""}, "source"),
        ({"name": " "}, "name"),
        ({"kind": "half"}, "hours"),
        ({"hours": "07:30-11:30"}, "hours"),
        ({"kind": "ordinary"}, "kind"),
    ],
)
def test_a_day_that_cannot_be_is_refused_at_its_field(
    cast: Cast, settings_of: Settings, changes: dict[str, str], field: str
) -> None:
    if field == "date" and changes["date"] == "24/11/2026":
        changes = changes | {"kind": "swap_work"}
    answer = settings_of(cast.here.administrator).post(at(cast, "days/new/"), DAY | changes)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-25", "2026-02-30", "2026-11-20"])
def test_only_an_own_day_to_come_is_taken_back(cast: Cast, settings_of: Settings, day: str) -> None:
    assert settings_of(cast.here.administrator).post(at(cast, f"days/{day}/back/")).status_code == 404


def test_the_number_of_tomorrow_is_shown_before_it_is_given(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    given = {"agency_code": "H36.99", "number_pattern": "{agency}-{yyyy}-{n}"}
    assert "H36.24-261123-0001" in client.get(at(cast, "numbers/")).content.decode()
    wrong = client.post(at(cast, "numbers/"), given | {"number_pattern": "{n}"})
    assert wrong.status_code == 422
    assert "H36.24-261123-0001" in wrong.content.decode()
    assert client.post(at(cast, "numbers/"), given).status_code == 302
    assert "H36.99-2026-0001" in client.get(at(cast, "numbers/")).content.decode()


def test_the_address_of_the_office_stands_on_pages_for_citizens(cast: Cast, settings_of: Settings) -> None:
    given = {"address": "Số 1, Thôn Mẫu 7", "phone": "0300 000 777"}
    assert settings_of(cast.here.administrator).post(at(cast, "contacts/"), given).status_code == 302
    page = Client().get(f"/{cast.here.slug}/").content.decode()
    assert "Số 1, Thôn Mẫu 7" in page
    assert "0300 000 777" in page


def test_what_was_changed_names_who_did_what_about_whom(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    client.post(at(cast, "people/new/"), NEW | {"office": cast.here.centre.code})
    page = client.get(at(cast, "history/")).content.decode()
    assert page.count("Trần Mẫu Mới") == 4
    assert cast.here.administrator.full_name in page
    assert client.get(at(cast, "history/?before=1")).status_code == 200


# --- passwords by mail --------------------------------------------------------------------------------------
@pytest.mark.parametrize("rest", ["", "done/", "key/1-abc/", "key/done/"])
def test_no_password_is_sent_by_mail_and_the_page_says_whom_to_ask(
    client: Client, db: None, mailoutbox: list[Any], rest: str
) -> None:
    page = client.get(f"/en/accounts/password/reset/{rest}")
    assert page.status_code == 200
    assert "ask the administrator" in page.content.decode()
    assert client.post(f"/accounts/password/reset/{rest}", {"email": "intake1@vidu.example"}).status_code == 405
    assert not mailoutbox


def test_a_link_that_nobody_made_says_so(client: Client, db: None) -> None:
    assert client.get("/accounts/password/new/nothing/").status_code == 404


def test_the_account_for_fees_is_set_and_a_wrong_one_says_how_to_mend_it(cast: Cast, settings_of: Settings) -> None:
    client = settings_of(cast.here.administrator)
    wrong = client.post(at(cast, "bank/"), {"holder": "UBND mẫu", "bank": "VCB", "account": "1 2"})
    assert wrong.status_code == 422
    assert "Nhập sáu chữ số, ví dụ 970415." in wrong.content.decode()
    client.post(at(cast, "bank/"), {"holder": "UBND mẫu", "bank": "970415", "account": "113366668888"})
    assert "113366668888" in client.get(at(cast, "bank/")).content.decode()


def test_late_work_is_told_as_the_office_wants_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.here.administrator.account)
    address = f"/desk/settings/{cast.here.commune.code}/late/"
    assert client.get(address).status_code == 200
    rungs = {f"role_{n}": "-" for n in range(1, 5)} | {f"when_{n}": "after" for n in range(1, 5)}
    hours = {"hours_1": "6", "when_1": "before", "hours_2": "0"}
    wrong = client.post(address, {**rungs, **hours, "hours_3": "0"})
    assert wrong.status_code == 422
    assert 'value="6"' in wrong.content.decode()
    assert client.post(address, {**rungs, **hours, "role_2": "leader"}).status_code == 302
    ladder = dossiers.ladder_of(cast.here.centre)
    assert [(each.when, each.hours, each.role) for each in ladder.levels] == [("before", 6, ""), ("after", 0, "leader")]
    assert client.post(address, rungs).status_code == 302
    assert dossiers.ladder_of(cast.here.centre).office_id is None
    assert client.get(f"/desk/settings/{cast.there.commune.code}/late/").status_code == 404
