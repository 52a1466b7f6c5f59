"""Who acts: people, their accounts, and the posts they hold over time.

Nouns: Person, Account (how a person signs in), Role (what a post may do, as data), Post (person, office, role, from,
to).
It does not hold citizens: an applicant belongs to a dossier. It does not say which object may be seen (policies of
each room).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from motcua.kernel.organisation import Office

INTAKE, PROCESS, APPROVE, RECORDS, LEAD, SETTINGS, PROCEDURES = (
    "dossiers.intake",
    "dossiers.process",
    "dossiers.approve",
    "dossiers.records",
    "dossiers.lead",
    "settings.manage",
    "procedures.manage",
)
# To answer what communes raise, and to lead those who do: to look first, to give to somebody, to oversee what is late.
ANSWER, OVERSEE = "oversight.answer", "oversight.lead"
CAPABILITIES = (INTAKE, PROCESS, APPROVE, RECORDS, LEAD, SETTINGS, PROCEDURES, ANSWER, OVERSEE)
# To keep the centre itself in order. Whoever does only that handles nobody's matter, and reads none.
ADMINISTERING = frozenset({SETTINGS, PROCEDURES})


class Person(models.Model):
    """Somebody who works here, or did."""

    full_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # The product's own hand: reminders, escalations and imports are acts of a person too, of this one.
    is_system = models.BooleanField(default=False)

    class Meta:
        ordering = ["full_name", "id"]

    def __str__(self) -> str:
        return self.full_name


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts with a hashed password, and reads each with its person, whom every page names."""

    def get_queryset(self) -> models.QuerySet[Account]:
        """One question for both."""
        return super().get_queryset().select_related("person")

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """A new account; without a password nobody can sign in with one."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """How a person signs in."""

    username = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    person = models.OneToOneField(Person, models.PROTECT)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["person"]

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username


class Role(models.Model):
    """What a post may do. Rows, so that an office can cut its work as its people allow."""

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    capabilities = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name_vi


class PostQuerySet(models.QuerySet["Post"]):
    """Posts with the filters that people name."""

    def held_on(self, day: date) -> PostQuerySet:
        """In force on that day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))


class Post(models.Model):
    """That a person holds a role in an office, from a day to a day; regularly, in somebody's absence, or by
    delegation.
    """

    KINDS = [(kind, kind) for kind in ("regular", "acting", "delegated")]

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="posts")
    role = models.ForeignKey(Role, models.PROTECT)
    kind = models.CharField(max_length=10, choices=KINDS, default="regular")
    # Whose absence an acting post bridges; the open work of that person is shown to whoever holds it.
    in_place_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["person", "valid_from"])]
        constraints = [
            models.CheckConstraint(
                name="post_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from"))
            ),
            models.CheckConstraint(
                name="who_stands_in_acts_for_somebody_else_and_for_a_time",
                condition=Q(in_place_of=None)
                | (Q(kind="acting", valid_to__isnull=False) & ~Q(in_place_of=models.F("person"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.role} · {self.office}"


def posts_of(person: Person, day: date) -> tuple[Post, ...]:
    """The posts this person holds that day, with office and role; one query per person object and day."""
    held: dict[date, tuple[Post, ...]] = person.__dict__.setdefault("_held_posts", {})
    if day not in held:
        held[day] = tuple(Post.objects.held_on(day).filter(person=person).select_related("office", "role"))
    return held[day]


def capabilities_of(person: Person, day: date) -> frozenset[str]:
    """Everything this person's posts allow that day, whatever the office."""
    return frozenset(capability for post in posts_of(person, day) for capability in post.role.capabilities)


def offices_worked_for(person: Person, day: date) -> frozenset[int]:
    """The offices whose matters this person works on that day: those of posts that do more than administer."""
    return frozenset(post.office_id for post in posts_of(person, day) if not ADMINISTERING.issuperset(_may(post)))


def offices_administered(person: Person, day: date) -> frozenset[int]:
    """The offices where this person administers only."""
    return frozenset(post.office_id for post in posts_of(person, day)) - offices_worked_for(person, day)


def _may(post: Post) -> Iterable[str]:
    return cast("Iterable[str]", post.role.capabilities)


def post_for(person: Person, day: date, capability: str, path: str, instead_of: int | None = None) -> Post | None:
    """The post by which this person may do that in the office at this path; a post in an office above counts too.

    Of several, the one held in place of whoever has the work (`instead_of`), else one of his own.
    """
    found = [
        post
        for post in posts_of(person, day)
        if capability in post.role.capabilities and path.startswith(post.office.path)
    ]
    standing_in = [post for post in found if instead_of is not None and post.in_place_of_id == instead_of]
    own = [post for post in found if post.in_place_of_id is None]
    return next(iter([*standing_in, *own, *found]), None)


def stood_in_for(person: Person, day: date) -> frozenset[int]:
    """For whom this person stands in that day."""
    return frozenset(post.in_place_of_id for post in posts_of(person, day) if post.in_place_of_id)


def holding(capability: str, path: str, day: date) -> models.QuerySet[Person]:
    """Everybody who may do that in the office at this path; a post in an office above counts too."""
    above = ["/".join(path.split("/")[:n]) + "/" for n in range(1, path.count("/") + 1)]
    roles = [role.pk for role in Role.objects.all() if capability in role.capabilities]
    posts = Post.objects.held_on(day).filter(role__in=roles, office__path__in=above)
    return Person.objects.filter(pk__in=posts.values("person"))


def office_holding(capability: str, path: str, day: date) -> Office | None:
    """The office whose people may do that for the one at this path: itself, when somebody there or above may; else the
    nearest below it with such a post.
    """
    if holding(capability, path, day).exists():
        return Office.objects.get(path=path)
    roles = [role.pk for role in Role.objects.all() if capability in role.capabilities]
    below = Post.objects.held_on(day).filter(role__in=roles, office__path__startswith=path)
    posts = below.select_related("office").order_by(Length("office__path"), "office__path")
    return next((post.office for post in posts[:1]), None)


def system_person() -> Person:
    """The product's own hand."""
    return Person.objects.get_or_create(is_system=True, defaults={"full_name": "Một Cửa"})[0]
