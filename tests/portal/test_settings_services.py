"""The acts of an administrator: each leaves an event, nobody reaches another commune, nobody is locked out."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator

from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier
from motcua.kernel import identity, ledger, matters, schedule
from motcua.kernel.calendar import WORKDAY, Day, Session
from motcua.kernel.identity import Account, Person, Post
from motcua.portal import password_links, policies, queries, services
from tests import cast as casting
from tests.cast import NOW, OPEN_LIMIT, TODAY, Cast, Town

MORNING = (Session(time(7, 30), time(11, 30)),)
WEDNESDAY = date(2026, 11, 25)


def acts(town: Town) -> list[str]:
    return [event.type for event in ledger.history(matters.administration_of(town.commune, NOW))]


def by(town: Town, at: Any = NOW) -> dict[str, Any]:
    return {"by": town.administrator, "at": at}


def employ(cast: Cast, **changes: Any) -> tuple[Person, str]:
    given = {
        "full_name": "Trần Mẫu Mới",
        "username": "moi",
        "office": cast.here.centre,
        "role": "intake_officer",
        "valid_from": TODAY,
    }
    return services.employ_person(**given | by(cast.here) | changes)


def second_administrator(cast: Cast, **changes: Any) -> Post:
    given: dict[str, Any] = {"role": "administrator", "office": cast.here.commune, "valid_from": TODAY}
    cast.here.leader.account.set_password("mot-hai-ba-bon")
    cast.here.leader.account.save()
    return services.give_post(person=cast.here.leader, **given | by(cast.here) | changes)


def own_post(person: Person) -> Post:
    return Post.objects.select_related("office", "role", "person").get(person=person)


# --- people and accounts ------------------------------------------------------------------------------------------
def test_a_new_colleague_comes_with_account_post_and_link_or_not_at_all(cast: Cast) -> None:
    person, secret = employ(cast)
    assert identity.posts_of(person, TODAY)[0].office == cast.here.centre
    assert not person.account.has_usable_password()
    assert password_links.account_of(secret, NOW) == person.account
    types = ["portal.person_added", "portal.account_made", "portal.post_given", "portal.password_link_given"]
    events = ledger.history(matters.administration_of(cast.here.centre, NOW))
    assert [event.type for event in events] == types
    with pytest.raises(services.AccountRefused):
        employ(cast, full_name="Trần Mẫu Hai")
    assert not Person.objects.filter(full_name="Trần Mẫu Hai").exists()


def test_a_link_lets_its_person_choose_a_password_once(cast: Cast) -> None:
    person, secret = employ(cast)
    with pytest.raises(services.AccountRefused):
        services.choose_password(secret=secret, password="ngan", at=NOW)
    account = services.choose_password(secret=secret, password="mot-hai-ba-bon", at=NOW)
    assert account.check_password("mot-hai-ba-bon")
    with pytest.raises(services.DeadLink):
        services.choose_password(secret=secret, password="mot-hai-ba-nam", at=NOW)
    event = ledger.history(matters.administration_of(cast.here.centre, NOW)).last()
    assert (event.type, event.actor) == ("portal.password_chosen", person)


@pytest.mark.parametrize("change", ["late", "closed", "spoilt", "replaced"])
def test_a_link_that_is_old_closed_spoilt_or_replaced_is_dead(cast: Cast, change: str) -> None:
    person, secret = employ(cast)
    at = NOW
    if change == "late":
        at = NOW + password_links.VALID_FOR + timedelta(seconds=1)
    elif change == "closed":
        services.close_account(person=person, office=cast.here.commune, **by(cast.here))
    elif change == "spoilt":
        secret = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    else:
        services.give_password_link(person=person, office=cast.here.commune, **by(cast.here))
    with pytest.raises(services.DeadLink):
        password_links.account_of(secret, at)


def test_a_link_ends_the_old_password_and_on_demand_the_second_step(cast: Cast) -> None:
    account = cast.here.intake.account
    account.set_password("mot-hai-ba-bon")
    account.save()
    Authenticator.objects.create(user=account, type="totp", data={})
    given: dict[str, Any] = {"person": cast.here.intake, "office": cast.here.commune, **by(cast.here)}
    services.give_password_link(**given)
    assert not Account.objects.get(pk=account.pk).check_password("mot-hai-ba-bon")
    assert Authenticator.objects.filter(user=account).exists()
    services.give_password_link(**given, remove_second_step=True)
    assert not Authenticator.objects.filter(user=account).exists()


def test_no_event_of_people_carries_a_name_an_address_or_a_secret(cast: Cast) -> None:
    person, secret = employ(cast, phone="0300 000 009", email="moi@vidu.example")
    changed = {"full_name": "Trần Mẫu Khác", "phone": "0300 000 008", "email": ""}
    services.change_person(person=person, office=cast.here.commune, **changed, **by(cast.here))
    payloads = str(list(ledger.Event.objects.values_list("payload", flat=True)))
    assert not any(word in payloads for word in ("Trần", "0300", "vidu", secret, "moi"))
    assert ledger.Event.objects.latest("position").payload["keys"] == ["full_name", "email", "phone"]


def test_an_account_is_nobodys_to_open_who_does_not_reach_all_its_posts(cast: Cast) -> None:
    shared = cast.here.intake
    services.give_post(
        person=shared, office=cast.there.centre, role="intake_officer", valid_from=TODAY, **by(cast.there)
    )
    given: dict[str, Any] = {"person": shared, "office": cast.here.commune, **by(cast.here)}
    for act in (services.give_password_link, services.close_account, services.reopen_account):
        with pytest.raises(services.CannotChange):
            act(**given)
    with pytest.raises(services.CannotChange):
        services.change_person(**given, full_name="Tên khác", email="", phone="")
    services.end_person(**given, last_date=TODAY - timedelta(days=1))
    assert Account.objects.get(person=shared).is_active
    assert [post.office for post in Post.objects.held_on(TODAY).filter(person=shared)] == [cast.there.centre]


def test_the_other_communes_administrator_changes_nothing_here(cast: Cast) -> None:
    post = own_post(cast.here.intake)
    given: dict[str, Any] = {"person": cast.here.intake, "office": cast.here.commune, **by(cast.there)}
    refused = (policies.NotAllowed, services.CannotChange)
    before = ledger.Event.objects.count()
    tries: list[Any] = [
        lambda: employ(cast, **by(cast.there)),
        lambda: services.give_password_link(**given),
        lambda: services.close_account(**given),
        lambda: services.change_person(**given, full_name="X", email="", phone=""),
        lambda: services.end_person(**given, last_date=TODAY),
        lambda: services.end_post(post=post, valid_to=TODAY + timedelta(days=1), **by(cast.there)),
        lambda: services.set_contacts(office=cast.here.commune, address="X", phone="1", **by(cast.there)),
        lambda: services.set_numbering(office=cast.here.commune, agency_code="X1", number_pattern="", **by(cast.there)),
        lambda: services.set_hours(office=cast.here.commune, week={0: MORNING}, valid_from=TODAY, **by(cast.there)),
        lambda: services.set_day(
            office=cast.here.commune, day=Day(WEDNESDAY, "off", "X"), source="X", **by(cast.there)
        ),
        lambda: services.take_back_day(office=cast.here.commune, day=WEDNESDAY, **by(cast.there)),
    ]
    for act in tries:
        with pytest.raises(refused):
            act()
    assert ledger.Event.objects.count() == before
    cast.here.commune.refresh_from_db()
    assert cast.here.commune.address == "Thôn Mẫu 1"


# --- posts ----------------------------------------------------------------------------------------------------------
def test_the_last_administrator_cannot_leave_until_another_can_enter(cast: Cast) -> None:
    me = cast.here.administrator
    post, tomorrow = own_post(me), TODAY + timedelta(days=1)
    with pytest.raises(services.CannotChange):
        services.end_post(post=post, valid_to=tomorrow, **by(cast.here))
    with pytest.raises(services.CannotChange):
        services.end_person(person=me, office=cast.here.commune, last_date=TODAY, **by(cast.here))
    second_administrator(cast)
    services.end_post(post=post, valid_to=tomorrow, **by(cast.here))
    assert not Person.objects.get(pk=me.pk).posts.held_on(tomorrow).exists()


@pytest.mark.parametrize("flaw", ["with an end", "closed", "without a password"])
def test_somebody_who_cannot_stay_or_enter_is_no_other_administrator(cast: Cast, flaw: str) -> None:
    second_administrator(cast, **({"valid_to": TODAY + timedelta(days=30)} if flaw == "with an end" else {}))
    account = cast.here.leader.account
    account.is_active = flaw != "closed"
    if flaw == "without a password":
        account.set_unusable_password()
    account.save()
    post = own_post(cast.here.administrator)
    with pytest.raises(services.CannotChange):
        services.end_post(post=post, valid_to=TODAY + timedelta(days=1), **by(cast.here))


def test_the_provinces_administrator_may_end_a_communes_last_one(cast: Cast) -> None:
    top = cast.there.leader
    cast_hand = identity.system_person()
    given: dict[str, Any] = {"role": "administrator", "office": cast.province, "valid_from": TODAY, "at": NOW}
    services.give_post(person=top, by=cast_hand, **given)
    top.account.set_password("mot-hai-ba-bon")
    top.account.save()
    post = own_post(cast.here.administrator)
    services.end_post(post=post, valid_to=TODAY + timedelta(days=1), by=top, at=NOW)


def test_a_post_is_not_given_twice_for_one_time(cast: Cast) -> None:
    given: dict[str, Any] = {"person": cast.here.intake, "office": cast.here.centre, "role": "intake_officer"}
    with pytest.raises(services.CannotChange):
        services.give_post(**given, valid_from=TODAY, **by(cast.here))
    with pytest.raises(services.CannotChange):
        services.give_post(**given | {"role": "leader"}, valid_from=TODAY, valid_to=TODAY, **by(cast.here))
    services.give_post(**given | {"role": "leader"}, valid_from=TODAY, kind="acting", **by(cast.here))


def test_who_leaves_loses_every_post_here_and_the_sign_in(cast: Cast) -> None:
    person = cast.here.intake
    later = TODAY + timedelta(days=9)
    given: dict[str, Any] = {"person": person, "office": cast.here.commune}
    services.give_post(**given, role="leader", valid_from=later, **by(cast.here))
    with pytest.raises(services.CannotChange):
        services.end_person(**given, last_date=casting.BEGUN - timedelta(days=1), **by(cast.here))
    services.end_person(**given, last_date=TODAY - timedelta(days=1), **by(cast.here))
    assert not Post.objects.filter(person=person).exclude(valid_to=TODAY).exists()
    assert not Account.objects.get(person=person).is_active
    assert "portal.post_withdrawn" in acts(cast.here)
    services.reopen_account(**given, **by(cast.here))
    assert Account.objects.get(person=person).is_active


def test_who_leaves_later_can_still_sign_in_until_then(cast: Cast) -> None:
    person, last = cast.here.intake, TODAY + timedelta(days=5)
    services.end_person(person=person, office=cast.here.commune, last_date=last, **by(cast.here))
    assert Account.objects.get(person=person).is_active
    fresh = Person.objects.get(pk=person.pk)
    assert identity.posts_of(fresh, last)
    assert not identity.posts_of(fresh, last + timedelta(days=1))


def test_only_a_post_that_has_not_begun_is_withdrawn(cast: Cast) -> None:
    with pytest.raises(ValueError, match="not begun"):
        services.withdraw_post(post=own_post(cast.here.intake), **by(cast.here))


# --- hours and days -------------------------------------------------------------------------------------------------
def received(cast: Cast) -> Dossier:
    return cast.take_in(OPEN_LIMIT, limit=casting.limit(3)).dossier


def test_a_day_off_moves_what_comes_later_and_nothing_that_was_promised(cast: Cast) -> None:
    before = received(cast)
    promised = before.due_at
    version = schedule.calendar_for(cast.here.commune).version
    day = Day(WEDNESDAY, "off", "Ngày hội mẫu")
    services.set_day(office=cast.here.commune, day=day, source="TB 12/UBND", **by(cast.here))
    after = received(cast)
    assert schedule.calendar_for(cast.here.commune).version == version + 1
    assert dossiers.due_of(Dossier.objects.get(pk=before.pk)).at == promised
    assert promised is not None
    assert after.due_at == promised + timedelta(days=3)  # over the weekend
    assert "Ngày hội mẫu" in queries.promise(cast.here.commune, NOW).words("vi")
    assert "Ngày hội mẫu" not in queries.promise(cast.there.commune, NOW).words("vi")
    assert acts(cast.here)[-1] == "kernel.calendar_day_set"


def test_new_hours_hold_from_their_day_on(cast: Cast) -> None:
    saturday = date(2026, 12, 5)
    week = dict.fromkeys(range(5), WORKDAY) | {5: MORNING, 6: ()}
    services.set_hours(office=cast.here.commune, week=week, valid_from=date(2026, 12, 1), **by(cast.here))
    calendar = schedule.calendar_for(cast.here.centre)
    assert (calendar.sessions(saturday), calendar.sessions(saturday - timedelta(days=7))) == (MORNING, ())
    assert queries.planned_weeks(cast.here.commune, TODAY)[0].valid_from == date(2026, 12, 1)
    assert not queries.planned_weeks(cast.here.commune, date(2026, 12, 1))
    assert acts(cast.here)[-1] == "kernel.office_hours_set"


@pytest.mark.parametrize(
    ("day", "field"),
    [
        (Day(TODAY - timedelta(days=1), "off", "X"), "date"),
        (Day(date(2026, 11, 24), "swap_work", "X"), "date"),  # a holiday for the whole country
        (Day(date(2026, 11, 28), "off", "X"), "date"),  # a Saturday
    ],
)
def test_past_days_national_days_and_rest_days_are_refused(cast: Cast, day: Day, field: str) -> None:
    with pytest.raises(services.CannotChange) as refused:
        services.set_day(office=cast.here.commune, day=day, source="X", **by(cast.here))
    assert refused.value.field == field


def test_a_day_that_is_only_estimated_can_be_set_by_its_announcement(cast: Cast) -> None:
    estimated = schedule.CalendarDay.objects.filter(office=None, status="estimated").order_by("date").first()
    assert estimated is not None
    day = replace(schedule.as_day(estimated), status="official", name="Nghỉ Tết theo thông báo")
    services.set_day(office=cast.here.commune, day=day, source="TB 1", **by(cast.here))
    assert schedule.calendar_for(cast.here.commune).name_of(estimated.date) == "Nghỉ Tết theo thông báo"
    services.take_back_day(office=cast.here.commune, day=estimated.date, **by(cast.here))
    line = next(each for each in queries.days_of(cast.here.commune, TODAY) if each.date == estimated.date)
    assert (line.own, line.status, line.name) == (False, "estimated", estimated.name)


def test_a_day_taken_back_is_like_any_other(cast: Cast) -> None:
    day = Day(WEDNESDAY, "half", "Tổng kết", sessions=MORNING)
    services.set_day(office=cast.here.commune, day=day, source="TB 12", **by(cast.here))
    assert [line.date for line in queries.days_of(cast.here.commune, TODAY) if line.own] == [WEDNESDAY]
    services.take_back_day(office=cast.here.commune, day=WEDNESDAY, **by(cast.here))
    assert not [line for line in queries.days_of(cast.here.commune, TODAY) if line.own]
    assert schedule.calendar_for(cast.here.commune).sessions(WEDNESDAY) == WORKDAY


@pytest.mark.parametrize(("week", "days"), [({0: MORNING}, -1), (dict.fromkeys(range(7), ()), 0)])
def test_hours_of_the_past_and_weeks_without_work_are_refused(cast: Cast, week: Any, days: int) -> None:
    with pytest.raises(services.CannotChange):
        services.set_hours(
            office=cast.here.commune, week=week, valid_from=TODAY + timedelta(days=days), **by(cast.here)
        )


# --- the office ------------------------------------------------------------------------------------------------------
def test_numbers_are_formed_by_the_new_pattern_from_now_on(cast: Cast) -> None:
    before = cast.take_in().number
    services.set_numbering(
        office=cast.here.commune, agency_code="H36.99", number_pattern="HS-{agency}-{yyyy}-{n}", **by(cast.here)
    )
    assert cast.take_in().number == "HS-H36.99-2026-0001"
    assert Dossier.objects.filter(matter__reference=before).exists()
    assert acts(cast.here)[-1] == "portal.numbering_set"


@pytest.mark.parametrize(
    "pattern",
    ["{agency}-{n}", "{agency", "{agency}/{yy}/{n}", "{agency.x}{yyyy}{n}", "{agency}-{yyyy}-{n:0>999999999}", "x"],
)
def test_a_pattern_that_would_repeat_numbers_or_break_addresses_is_refused(cast: Cast, pattern: str) -> None:
    with pytest.raises(services.CannotChange) as refused:
        services.set_numbering(office=cast.here.commune, agency_code="H36.24", number_pattern=pattern, **by(cast.here))
    assert refused.value.field == "number_pattern"


@pytest.mark.parametrize("code", ["H36.25", "h36.25", "H 36", ""])
def test_another_offices_code_is_refused(cast: Cast, code: str) -> None:
    with pytest.raises(services.CannotChange) as refused:
        services.set_numbering(office=cast.here.commune, agency_code=code, number_pattern="", **by(cast.here))
    assert refused.value.field == "agency_code"


def test_address_and_telephone_are_kept_and_the_event_says_only_which(cast: Cast) -> None:
    services.set_contacts(office=cast.here.commune, address=" Thôn  Mẫu 9 ", phone="0300000000", **by(cast.here))
    cast.here.commune.refresh_from_db()
    assert cast.here.commune.address == "Thôn Mẫu 9"
    last = ledger.Event.objects.latest("position")
    assert (last.type, last.payload["keys"]) == ("portal.contacts_set", ["address"])


def test_every_chain_holds_after_all_of_it(cast: Cast) -> None:
    person, secret = employ(cast)
    services.choose_password(secret=secret, password="mot-hai-ba-bon", at=NOW)
    services.end_person(person=person, office=cast.here.commune, last_date=TODAY, **by(cast.here))
    assert list(ledger.breaks()) == []


def test_people_are_found_without_accents_and_never_in_another_commune(cast: Cast) -> None:
    found, more = queries.people_found(cast.here.commune, "mau ly", TODAY)
    assert [worker.person for worker in found] == [cast.here.case]
    assert not more
    names = {worker.person.full_name for worker in queries.people_found(cast.here.commune, "", TODAY)[0]}
    assert all(name.endswith("Một") for name in names)
    with pytest.raises(Person.DoesNotExist):
        policies.get_person(cast.here.commune, cast.there.intake.pk)
