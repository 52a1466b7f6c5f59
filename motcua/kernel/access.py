"""Every address names who may use it: decorators that check and that a test can read.

Nouns: policy (the sentence a view carries). It decides by capability only; which dossier, which office is for the
policies
of the room that owns the object.
"""

import functools
from collections.abc import Callable
from datetime import date
from typing import Any, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from motcua.kernel import identity
from motcua.kernel.identity import Person

P = ParamSpec("P")
View = Callable[..., HttpResponseBase]


def _named(view: View, policy: str) -> View:
    view.policy = policy  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may use this address."""
    return _named(view, "public")


def by_key(view: View) -> View:
    """Another system, by the key that it was given; the view asks for it before anything else."""
    return _named(view, "the key of another system")


def signed_in(view: View) -> View:
    """Anybody with an account and a post may use this address."""
    return _checked(view, "signed_in", lambda person, day: bool(identity.posts_of(person, day)))


def requires(*capabilities: str) -> Callable[[View], View]:
    """Only a person one of whose posts carries one of these capabilities today."""

    def decorate(view: View) -> View:
        return _checked(
            view,
            " | ".join(capabilities),
            lambda person, day: not identity.capabilities_of(person, day).isdisjoint(capabilities),
        )

    return decorate


def _checked(view: View, policy: str, allows: Callable[[Person, date], bool]) -> View:
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not allows(person_of(request), timezone.localdate()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return _named(guarded, policy)


def person_of(request: HttpRequest) -> Person:
    """Who is signed in; one query per request."""
    return cast("Person", request.user.person)  # type: ignore[union-attr]
