"""Who may change a centre: whoever holds a post with the right to its settings in the office or above it.

Another office's people, posts and accounts do not exist for such a person.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from motcua.kernel import identity, organisation
from motcua.kernel.identity import Person, Post
from motcua.kernel.organisation import Office


class NotAllowed(PermissionError):
    """The person holds no post that allows a change of this office."""

    def __init__(self, office: Office) -> None:
        super().__init__(f"{identity.SETTINGS} in {office.code}")
        self.office = office


def post_to_change(person: Person, office: Office, day: date) -> Post | None:
    """The post by which the person may change the office; None for the product's own hand, which needs none."""
    if person.is_system:
        return None
    post = identity.post_for(person, day, identity.SETTINGS, office.path)
    if post is None:
        raise NotAllowed(office)
    return post


def offices_to_change(person: Person, day: date) -> list[Office]:
    """The offices whose settings the person is offered: those of the posts, and every commune below them."""
    posts = [post for post in identity.posts_of(person, day) if identity.SETTINGS in post.role.capabilities]
    if not posts:
        return []
    wanted = Q(pk__in=[post.office_id for post in posts])
    for post in posts:
        wanted |= Q(path__startswith=post.office.path, kind=organisation.COMMUNE)
    return list(Office.objects.on(day).filter(wanted).order_by("path"))


def get_office(person: Person, code: str, day: date) -> Office:
    """The office, for somebody who may change it; Office.DoesNotExist for everybody else."""
    office = Office.objects.on(day).get(code=code)
    if identity.post_for(person, day, identity.SETTINGS, office.path) is None:
        raise Office.DoesNotExist(code)
    return office


def get_person(office: Office, pk: int) -> Person:
    """Somebody who holds, held or will hold a post there or below; Person.DoesNotExist for everybody else."""
    here = Person.objects.filter(posts__office__path__startswith=office.path, is_system=False)
    return here.select_related("account").distinct().get(pk=pk)


def get_post(office: Office, person: Person, pk: int) -> Post:
    """A post of this person there or below; Post.DoesNotExist for every other."""
    here = Post.objects.filter(office__path__startswith=office.path, person=person)
    return here.select_related("office", "role", "person").get(pk=pk)


def can_change_account(by: Person, person: Person, day: date) -> bool:
    """Only when every post that the person holds or will hold lies in the hands of `by`.

    Whoever opens an account for somebody could enter with all its rights, those in another office too.
    """
    unended = Post.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), person=person).select_related("office")
    return by.is_system or all(identity.post_for(by, day, identity.SETTINGS, post.office.path) for post in unended)


def office_left_alone(by: Person, ending: Collection[Post], day: date) -> Office | None:
    """The office that nobody could administer any more if these posts ended, or their accounts; None when all is well.

    Who stays must hold the post without an end and be able to sign in; or it is `by`, through a post above.
    """
    offices = {post.office for post in ending if identity.SETTINGS in post.role.capabilities}
    return next((office for office in sorted(offices, key=str) if not _kept(by, office, ending, day)), None)


def _kept(by: Person, office: Office, ending: Collection[Post], day: date) -> bool:
    staying = Post.objects.held_on(day).filter(office__path__in=_paths(office), valid_to=None)
    staying = staying.exclude(pk__in=[post.pk for post in ending]).select_related("role", "person__account")
    return by.is_system or any(
        identity.SETTINGS in post.role.capabilities and _can_enter(post.person)
        for post in staying
        if post.office_id == office.pk or post.person_id == by.pk
    )


def _paths(office: Office) -> list[str]:
    """Its own path and those of everything above it."""
    return ["/".join(office.codes[: n + 1]) + "/" for n in range(len(office.codes))]


def _can_enter(person: Person) -> bool:
    account = getattr(person, "account", None)
    return bool(account and account.is_active and account.has_usable_password())
