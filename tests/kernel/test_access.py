"""Every view says who may use it, and keeps to it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from motcua.kernel import access
from motcua.kernel.identity import Person, Post
from tests.cast import Cast


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


def ask(view: access.View, person: Person | None) -> int:
    request = RequestFactory().get("/desk/?a=1")
    request.user = person.account if person else AnonymousUser()
    return view(request).status_code


def test_a_public_page_is_everybodys(cast: Cast) -> None:
    view = access.public(page)
    assert [ask(view, person) for person in (None, cast.here.intake)] == [200, 200]
    assert view.policy == "public"  # type: ignore[attr-defined]


def test_a_page_for_staff_sends_strangers_to_sign_in_and_back(cast: Cast) -> None:
    view = access.signed_in(page)
    assert ask(view, cast.here.intake) == 200
    request = RequestFactory().get("/desk/?a=1")
    request.user = AnonymousUser()
    assert view(request)["Location"].endswith("next=/desk/%3Fa%3D1")


def test_one_of_the_capabilities_is_enough_and_none_is_not(cast: Cast) -> None:
    view = access.requires("dossiers.intake", "dossiers.approve")(page)
    assert view.policy == "dossiers.intake | dossiers.approve"  # type: ignore[attr-defined]
    assert [ask(view, person) for person in (cast.here.intake, cast.here.leader, None)] == [200, 200, 302]
    with pytest.raises(PermissionDenied):
        ask(view, cast.here.administrator)


def test_an_account_whose_post_has_ended_gets_nowhere(cast: Cast) -> None:
    Post.objects.filter(person=cast.here.intake).update(valid_to=timezone.localdate())
    for view in (access.signed_in(page), access.requires("dossiers.intake")(page)):
        with pytest.raises(PermissionDenied):
            ask(view, cast.here.intake)
