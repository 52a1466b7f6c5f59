"""People and their posts: the list, a new colleague, one person, giving and ending posts, leaving."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel import identity
from motcua.kernel.access import person_of, requires
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.portal import policies, queries, services
from motcua.portal.forms import EmployForm, LastDayForm, PersonForm, PostForm
from motcua.portal.views import page
from motcua.portal.views.links import told_once
from motcua.portal.views.settings import GET_OR_POST


@requires(identity.SETTINGS)
@require_safe
def listed(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who works or worked here."""
    office = page.office_of(request, code)
    text, number = request.GET.get("name", "").strip()[:100], request.GET.get("page", "1")
    n = int(number) if number.isdecimal() and 0 < int(number) < 10_000 else 1
    workers, more = queries.people_found(office, text, timezone.localdate(), n)
    around: dict[str, Any] = {"previous": n - 1, "next": n + 1 if more else 0}
    return page.shown(request, "portal/settings/people.html", office, workers=workers, text=text, **around)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """A new colleague; the link for the password is shown once."""
    office, today = page.office_of(request, code), timezone.localdate()
    form = EmployForm(page.typed(request), offices=queries.offices_below(office, today), today=today)
    made: list[tuple[Person, str]] = []
    act = partial(services.employ_person, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: made.append(act(**form.person(), **form.post()))):
        return told_once(request, office, *made[0])
    return page.shown(request, "portal/settings/person_new.html", office, form)


@requires(identity.SETTINGS)
@require_safe
def one(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One person with the posts here, and what can be done."""
    office, today = page.office_of(request, code), timezone.localdate()
    person = page.person_at(office, pk)
    may = policies.can_change_account(person_of(request), person, today)
    worker = queries.worker(office, person, today)
    away = queries.stand_ins(office, person, today)
    return page.shown(request, "portal/settings/person.html", office, worker=worker, may_account=may, away=away)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def change(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A name, a telephone number or a mail address put right."""
    office = page.office_of(request, code)
    person = page.person_at(office, pk)
    known = {"full_name": person.full_name, "phone": person.phone, "email": person.email}
    form = PersonForm(page.typed(request), initial=known)
    act = partial(services.change_person, person=person, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.cleaned_data)):
        return page.done(request, _("The change is saved."), "settings-person", code, pk)
    return page.shown(request, "portal/settings/person_change.html", office, form, person=page.person_at(office, pk))


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def give(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Another post."""
    office, today = page.office_of(request, code), timezone.localdate()
    person = page.person_at(office, pk)
    form = PostForm(page.typed(request), offices=queries.offices_below(office, today), today=today)
    act = partial(services.give_post, person=person, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(**form.post())):
        return page.done(request, _("The post is given."), "settings-person", code, pk)
    return page.shown(request, "portal/settings/post_give.html", office, form, person=person)


def _post(office: Office, person: Person, pk: int) -> Post:
    try:
        return policies.get_post(office, person, pk)
    except Post.DoesNotExist:
        raise Http404 from None


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def end(request: HttpRequest, code: str, pk: int, post_pk: int) -> HttpResponse:
    """The last day of a post; a post that has not begun is withdrawn."""
    office, today = page.office_of(request, code), timezone.localdate()
    post = _post(office, page.person_at(office, pk), post_pk)
    if post.valid_from > today:
        return _withdraw(request, office, post)
    form = LastDayForm(page.typed(request), today=today, since=post.valid_from)
    act = partial(services.end_post, post=post, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(valid_to=_after(form))):
        return page.done(request, _("The last day of the post is saved."), "settings-person", code, pk)
    return page.shown(request, "portal/settings/post_end.html", office, form, post=post)


def _withdraw(request: HttpRequest, office: Office, post: Post) -> HttpResponse:
    if request.method != "POST":
        return page.shown(request, "portal/settings/post_withdraw.html", office, post=post)
    person = post.person_id
    services.withdraw_post(post=post, **page.who_and_when(request))
    return page.done(request, _("The post is withdrawn."), "settings-person", office.code, person)


def _after(form: LastDayForm) -> date:
    last: date = form.cleaned_data["last_date"]
    return last + timedelta(days=1)


@requires(identity.SETTINGS)
@require_http_methods(GET_OR_POST)
def leave(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Somebody leaves the office."""
    office = page.office_of(request, code)
    person = page.person_at(office, pk)
    form = LastDayForm(page.typed(request), today=timezone.localdate())
    act = partial(services.end_person, person=person, office=office, **page.who_and_when(request))
    if request.method == "POST" and page.carried_out(form, lambda: act(last_date=form.cleaned_data["last_date"])):
        return page.done(request, _("The last day at work is saved."), "settings-person", code, pk)
    return page.shown(request, "portal/settings/person_leave.html", office, form, person=person)
