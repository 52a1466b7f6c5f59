"""What every template may ask about its page: whose office, which language, who is signed in, whether all is made up.

Everything is asked for only when a template names it, so that a public page costs no query and sets no cookie.
"""

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from motcua.kernel import downtime, health, identity, organisation
from motcua.kernel.downtime import Downtime
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.ui import here
from motcua.ui.here import Here

ENGLISH = "/en"
DESK = ("/desk/", "/accounts/")


class Page:
    """One page being answered; in templates it is called `page`."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _path(self) -> str:
        path = self._request.path
        return path.removeprefix(ENGLISH) if path == ENGLISH or path.startswith(f"{ENGLISH}/") else path

    @cached_property
    def office(self) -> Office | None:
        """The office at whose address this is: what a view left on the request as `office`."""
        return getattr(self._request, "office", None)

    @cached_property
    def prefix(self) -> str:
        """What stands before every address in this language: nothing, or /en."""
        return ENGLISH if (get_language() or "").startswith("en") else ""

    @cached_property
    def home(self) -> str:
        """Where the name in the header leads."""
        slug = self.office.slug if self.office else None
        return f"{self.prefix}/{slug}/" if slug else f"{self.prefix}/"

    @cached_property
    def other_language(self) -> dict[str, str]:
        """The same page in the other language; each language is named in itself."""
        query = self._request.META.get("QUERY_STRING", "") if self._request.method == "GET" else ""
        english = not self.prefix
        address = (ENGLISH if english else "") + (self._path or "/") + (f"?{query}" if query else "")
        return {"code": "en" if english else "vi", "name": "English" if english else "Tiếng Việt", "url": address}

    @cached_property
    def demo(self) -> bool:
        """Whether every person here is made up; said on top of every page."""
        try:
            return organisation.is_demo()
        except DatabaseError:  # a page that reports a broken database must still be drawn
            return False

    @property
    def own_https(self) -> bool:
        """Whether devices can be made to trust this centre's own authority: every page leads there."""
        return bool(settings.HTTPS_OWN)

    @cached_property
    def downtime(self) -> Downtime | None:
        """The planned pause that every page speaks of."""
        try:
            return downtime.shown(timezone.localdate())
        except (DatabaseError, KeyError):  # KeyError: the stamps of a database that is not yet ready
            return None

    @cached_property
    def light(self) -> str:
        """How the centre itself is, for whoever administers: green, amber, red or dark."""
        return health.light(health.conditions(), timezone.now()) if self.may_settings else ""

    @cached_property
    def at_desk(self) -> bool:
        return self._path.startswith(DESK)

    @cached_property
    def person(self) -> Person | None:
        """Who is signed in."""
        user = getattr(self._request, "user", None)
        return getattr(user, "person", None) if user is not None and user.is_authenticated else None

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The posts that whoever is signed in holds today."""
        return identity.posts_of(self.person, timezone.localdate()) if self.person else ()

    @cached_property
    def capabilities(self) -> frozenset[str]:
        return frozenset(capability for post in self.posts for capability in post.role.capabilities)

    @cached_property
    def may_settings(self) -> bool:
        return identity.SETTINGS in self.capabilities

    @cached_property
    def may_procedures(self) -> bool:
        return identity.PROCEDURES in self.capabilities

    @cached_property
    def may_counter(self) -> bool:
        return identity.INTAKE in self.capabilities

    @cached_property
    def may_lead(self) -> bool:
        return identity.LEAD in self.capabilities

    @cached_property
    def may_archive(self) -> bool:
        return self.may_lead or identity.RECORDS in self.capabilities

    @cached_property
    def many_act(self) -> str:
        """The act that this person most likely does on many dossiers; none for who settles nothing."""
        first = {identity.APPROVE: "settle", identity.INTAKE: "return", identity.PROCESS: "advance"}
        return next((act for capability, act in first.items() if capability in self.capabilities), "")

    @cached_property
    def day(self) -> date:
        """Today, where the office is."""
        return timezone.localdate()

    @property
    def here(self) -> Here:
        """What this page is about, in codes."""
        return here.of(self._request)

    @cached_property
    def trouble(self) -> str:
        """Where to say that something does not work here, with what this page knows; empty where no office is named."""
        if self.at_desk:
            return f"{self.prefix}/desk/difficulties/new/?{self.here.query}"
        slug = self.office.slug if self.office else None
        return f"{self.prefix}/{slug}/difficulty/?{self.here.query}" if slug else ""

    @property
    def sign_in(self) -> str:
        return f"{self.prefix}{settings.LOGIN_URL}"


def commune_at(request: HttpRequest, slug: str) -> Office:
    """The commune at this address today, left on the request for its page. Raises Http404 where there is none."""
    try:
        office = organisation.commune_by_slug(slug, timezone.localdate())
    except Office.DoesNotExist:
        raise Http404 from None
    request.office = office  # type: ignore[attr-defined]
    return office


def page(request: HttpRequest) -> dict[str, Page]:
    """The context processor."""
    return {"page": Page(request)}
