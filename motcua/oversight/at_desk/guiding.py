"""What the pages of guidance and documents show, made for templates. Reads only."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from motcua.kernel import identity, ledger
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office
from motcua.oversight import policies, queries
from motcua.oversight.models import Guidance, GuidingDocument, Scope
from motcua.oversight.words import wording
from motcua.procedures import queries as procedures
from motcua.ui.here import Here


def office_of(person: Person, day: date) -> Office:
    """Where the person works first of all: what holds there is shown."""
    return identity.posts_of(person, day)[0].office


def list_page(person: Person, day: date, text: str, procedure: str, after: Any) -> dict[str, Any]:
    """What holds here: all of it, what words find, or what is about one procedure."""
    office = office_of(person, day)
    known = procedures.named().get(procedure)
    found = queries.guidance_for(office, day, procedure) if known else queries.guidance_listed(office, day, text, after)
    more = not known and len(found) > queries.PAGE
    return {
        "entries": found[: queries.PAGE],
        "documents": list(queries.documents_for(office, day, procedure)) if known else [],
        "q": text,
        "procedure": known,
        "next": "?" + urlencode({"q": text, "after": str(found[queries.PAGE - 1].id)}) if more else "",
        "feed": feed_address(person),
        "wants_digest": queries.wants_digest(person),
        "mail": person.email,
        "may_publish": bool(policies.publishing_offices(person, day)),
    }


def feed_address(person: Person) -> str:
    """The person's own address of the feed: a reader of feeds cannot sign in."""
    return reverse("guidance-feed", args=[policies.reader_token(person)])


def one_page(person: Person, guidance: Guidance, day: date) -> dict[str, Any]:
    """Everything on an entry's page but the form that is open."""
    older = Guidance.objects.filter(replaced_by=guidance).select_related("matter").first()
    may_change = guidance.matter.closed_at is None and bool(
        identity.post_for(person, day, identity.ANSWER, guidance.office.path)
    )
    return {
        "guidance": guidance,
        "worth": queries.worth_of(guidance, day),
        "older": older,
        "scopes": [scope_in_words(scope) for scope in guidance.matter.scopes.all()],
        "history": history(guidance.matter),
        "may_change": may_change,
    }


def document_page(person: Person, document: GuidingDocument, day: date) -> dict[str, Any]:
    """A document with what it replaces, who has read it, and by which of their posts the reader may say so."""
    read = set(document.readings.values_list("post_id", flat=True))
    posts = identity.posts_of(person, day)
    return {
        "document": document,
        "kind": wording.DOCUMENT_KINDS[document.kind],
        "in_force": queries.is_in_force(document, day),
        "in_place": queries.document_in_place_of(document),
        "takes": list(document.takes.select_related("other__matter").order_by("kind", "id")),
        "amended_by": list(document.taken_by.filter(kind="amends").select_related("document__matter")),
        "files": list(document.files.select_related("file")),
        "scopes": [scope_in_words(scope) for scope in document.matter.scopes.all()],
        "to_read": [post for post in posts if post.pk not in read],
        "readings": readings(person, document, day),
        "entries": list(document.guidance.filter(replaced_by=None).select_related("matter")),
        "history": history(document.matter),
    }


def readings(person: Person, document: GuidingDocument, day: date) -> dict[str, Any]:
    """How many posts of the offices that the reader answers for have read it, and which have not."""
    mine = office_of(person, day)
    area = mine if mine.path.startswith(document.area.path) else document.area
    top = next((post.office for post in identity.posts_of(person, day) if post.office.path <= area.path), mine)
    posts = (
        Post.objects.held_on(day).filter(office__path__startswith=top.path).select_related("person", "office", "role")
    )
    read = set(document.readings.values_list("post_id", flat=True))
    missing = [post for post in posts.order_by("office__path", "id") if post.pk not in read]
    return {"office": top, "read": posts.count() - len(missing), "all": posts.count(), "missing": missing[:50]}


def scope_in_words(scope: Scope) -> dict[str, Any]:
    """What something is about, as people read it."""
    known = procedures.named().get(scope.procedure_code)
    sector = next((each.name_vi for each in procedures.sectors() if each.slug == scope.sector), scope.sector)
    return {
        "procedure": known,
        "sector": sector,
        "step": wording.STEPS_OF_ROUTE.get(scope.step, scope.step),
        "field": scope.field,
    }


def history(matter: Any) -> list[tuple[Any, Any]]:
    """What happened, with its words."""
    return [(event, wording.EVENTS.get(event.type, event.type)) for event in ledger.history(matter)]


def initial(place: Here, day: date) -> dict[str, Any]:
    """What a new entry begins with."""
    return {"procedure": place.procedure, "valid_from": day}


def initial_of(guidance: Guidance) -> dict[str, Any]:
    """What another edition begins with: what the one before it says."""
    scope = guidance.matter.scopes.first()
    return {
        "question": guidance.question,
        "text": guidance.text,
        "procedure": scope.procedure_code if scope else "",
        "sector": "" if scope is None or scope.procedure_code else scope.sector,
        "valid_from": guidance.valid_from,
        "valid_to": guidance.valid_to,
        "document": guidance.document_id,
    }


def place_of(guidance: Guidance) -> Here:
    """The place that another edition keeps."""
    scope = guidance.matter.scopes.first()
    return Here(procedure=scope.procedure_code, step=scope.step, field=scope.field) if scope else Here()


def form_page(place: Here) -> dict[str, Any]:
    """What stands around the form of an edition."""
    step = wording.STEPS_OF_ROUTE.get(place.step, place.step)
    return {"suggestions": suggestions(), "carried": carried(place), "step": step}


def carried(place: Here) -> list[tuple[str, str]]:
    """What a form carries hidden."""
    return [(name, value) for name, value in asdict(place).items() if value and name != "procedure"]


def suggestions() -> list[tuple[str, str]]:
    """Every procedure by code and name, for the list of a field."""
    return [(each.code, each.name.get("vi")) for each in procedures.named().values()]
