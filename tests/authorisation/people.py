"""Who tries: everybody with a post of a role that ships, here, in another commune and in the province; and citizens."""

from __future__ import annotations

from collections.abc import Mapping
from http.cookies import SimpleCookie

from django.test import Client
from django.utils import timezone

from motcua.dossiers.models import Dossier
from motcua.dossiers.online import application, opening
from motcua.dossiers.services import drafts
from motcua.kernel import opening as opening_of
from motcua.kernel.identity import Account, Person, Post, Role
from motcua.kernel.organisation import Office
from motcua.oversight.policies import feedback as feedback_policies
from motcua.oversight.views import feedback_public
from motcua.portal import shipped
from tests.authorisation.things import Things
from tests.cast import BEGUN, BIRTH, NOW
from tests.oversight.departments import World

SHIPPED: Mapping[str, list[str]] = {role["code"]: role["capabilities"] for role in shipped.read("centre")["roles"]}

STAFF = frozenset(
    [
        "intake",
        "case",
        "approver",
        "clerk",
        "leader",
        "administrator",
        "procedures",
        "there",
        "officer",
        "chief",
        "other",
        "governor",
        "keeper",
    ]
)


def roles() -> None:
    """Every role may do what it may do in a new centre."""
    for code, capabilities in SHIPPED.items():
        names = {"name_vi": code, "name_en": code, "capabilities": capabilities}
        Role.objects.update_or_create(code=code, defaults=names)


def staff(world: World) -> dict[str, Person]:
    """By the word that stands in the table."""
    here, justice = world.here, world.justice
    return {
        "intake": here.intake,
        "case": here.case,
        "approver": here.approver,
        "clerk": holder("clerk", here.commune, "records_clerk"),
        "leader": here.leader,
        "administrator": here.administrator,
        "procedures": here.procedure_manager,
        # Somebody of the other commune who may do there whatever a post allows.
        "there": holder("there", world.there.commune),
        "officer": justice.officer,
        "chief": justice.leader,
        "other": world.home.officer,
        "governor": world.governor,
        "keeper": holder("keeper", world.cast.province, "administrator", "procedure_manager"),
        # Not in the table: somebody here who may do whatever a post allows.
        "all": holder("all", world.here.commune),
    }


def held() -> set[str]:
    """The roles that somebody holds who tries alone."""
    return set(
        Post.objects.exclude(person__account__username__in=("all", "there")).values_list("role__code", flat=True)
    )


def holder(name: str, office: Office, *codes: str) -> Person:
    person = Person.objects.create(full_name=f"Người Mẫu {name}")
    Account.objects.create_user(name, None, person=person)
    for code in codes or SHIPPED:
        Post.objects.create(person=person, office=office, role=Role.objects.get(code=code), valid_from=BEGUN)
    return person


def signed_in(person: Person) -> SimpleCookie:
    """The cookies of a browser in which this person has signed in."""
    client = Client()
    client.force_login(person.account)
    return client.cookies


def browser(things: Things) -> SimpleCookie:
    """The cookies of a browser that has shown the codes of these things, and has a draft."""
    now, client = timezone.now(), Client()
    numbers = {each["number"] for name, each in things.own.items() if name.startswith("citizen-") and "number" in each}
    cookie = ""
    for number in numbers:
        cookie = opening.with_dossier(cookie, Dossier.objects.get(matter__reference=number), now)
    client.cookies[opening.COOKIE] = cookie
    said = things.feedback.feedback
    client.cookies[feedback_public.COOKIE] = opening_of.with_proof(
        "", feedback_public.SALT, said.number, feedback_policies.proof_of_claim(said), now
    )
    edition = things.world.cast.edition(BIRTH, things.town)
    draft = drafts.start_draft(commune=things.town.commune, edition=edition, at=NOW)
    client.cookies["draft"] = application.keys_with("", draft.key)
    return client.cookies
