"""Who serves: the province, its communes, their divisions and centres, each valid from a day to a day.

Nouns: Office (any organisation that handles matters), Installation (the one row that says what this database is).
It does not know people (identity) or decide who may see what (access). Offices are never renamed in place:
a merger or a new name ends one row and begins another, so that a signed paper keeps the name of its day.
"""

from __future__ import annotations

import copy
import functools
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from motcua.kernel import freshness

PROVINCE, COMMUNE, DEPARTMENT, DIVISION, SERVICE_CENTRE = "province", "commune", "department", "division", "centre"
# First words of public addresses that are not communes.
RESERVED_SLUGS = frozenset(
    {
        "api",
        "data",
        "desk",
        "accounts",
        "static",
        "verify",
        "tour",
        "status",
        "en",
        "vi",
        "files",
        "phone",
        "guidance",
        "systems",
        "resume",
        "install-certificate",
    }
)


class OfficeQuerySet(models.QuerySet["Office"]):
    """Offices with the filters that people name."""

    def on(self, day: date) -> OfficeQuerySet:
        """Valid on that day."""
        return self.filter(Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day))

    def communes(self) -> OfficeQuerySet:
        """The People's Committees that people file with."""
        return self.filter(kind=COMMUNE)


class Office(models.Model):
    """An organisation that handles matters: a province, a commune, a department, a division, a service centre."""

    KINDS = [(kind, kind) for kind in (PROVINCE, COMMUNE, DEPARTMENT, DIVISION, SERVICE_CENTRE)]

    code = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    # "68/24871/24871-vh/": every ancestor's code, so that "this office and all below" is one prefix.
    path = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, null=True, unique=True)
    locality = models.ForeignKey("kernel.Locality", models.PROTECT, null=True, blank=True)
    agency_code = models.CharField(max_length=40, blank=True)
    number_pattern = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    # What a division answers for, as data: the route of a version names such a duty, never an office.
    duties = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        indexes = [models.Index(fields=["kind", "name"]), models.Index(fields=["path"])]
        constraints = [
            models.CheckConstraint(
                name="office_ends_after_it_begins", condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from"))
            ),
            models.CheckConstraint(name="commune_has_an_address", condition=~Q(kind=COMMUNE) | Q(slug__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its ancestors and its own, from the province down."""
        return tuple(part for part in self.path.split("/") if part)


class Installation(models.Model):
    """What this database is: whose province, and whether its people are made up. One row, written by setup or demo."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    province = models.ForeignKey(Office, models.PROTECT)
    demo = models.BooleanField()
    # Empty until the last step of the making is done: a half-made database says so instead of serving.
    ready_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="one_installation_per_database", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.province)


@functools.lru_cache(maxsize=1)
def _ready_installation() -> Installation | None:
    return Installation.objects.select_related("province").filter(ready_at__isnull=False).first()


def installation() -> Installation | None:
    """What this database is, once its making is done; remembered, since it never changes afterwards."""
    found = _ready_installation()
    if found is None:
        _ready_installation.cache_clear()
    return found


def forget_installation() -> None:
    """For whoever has just made or replaced the database in this process."""
    _ready_installation.cache_clear()


def is_demo() -> bool:
    """Whether every person here is made up: one-click sign-in and synthetic ids exist only then."""
    found = installation()
    return bool(found and found.demo)


def commune_by_slug(slug: str, day: date) -> Office:
    """The commune at this address; Office.DoesNotExist if there is none on that day."""
    return copy.copy(_commune_by_slug(slug, day, freshness.stamps().offices))


@functools.lru_cache(maxsize=1024)
def _commune_by_slug(slug: str, day: date, _stamp: str) -> Office:
    return Office.objects.communes().on(day).select_related("locality").get(slug=slug)


def communes(day: date) -> OfficeQuerySet:
    """Every commune that people can file with on that day, by name."""
    return Office.objects.communes().on(day).order_by("name", "code")


def commune_of(office: Office) -> Office | None:
    """The commune to which this office belongs, itself included; None for the province and its departments."""
    if office.kind == COMMUNE:
        return office
    return Office.objects.filter(kind=COMMUNE, code__in=office.codes).first()


def above(office: Office) -> Office | None:
    """The office that looks after this one; None above the province."""
    return Office.objects.filter(pk=office.parent_id).first() if office.parent_id else None


def division_for(commune: Office, duty: str, day: date) -> Office:
    """The part of the commune that answers for this duty; the commune itself when none claims it."""
    found = _division_for(commune.pk, duty, day, freshness.stamps().offices)
    return copy.copy(found) if found else commune


@functools.lru_cache(maxsize=4096)
def _division_for(commune: int, duty: str, day: date, _stamp: str) -> Office | None:
    divisions = Office.objects.on(day).filter(parent=commune).order_by("code")
    return next((office for office in divisions if duty in office.duties), None)


def open_office(
    *,
    code: str,
    kind: str,
    name: str,
    valid_from: date,
    parent: Office | None = None,
    **details: Any,
) -> Office:
    """Write a new office under its parent; the service that changes the organisation leaves the event."""
    path = f"{parent.path if parent else ''}{code}/"
    return Office.objects.create(
        code=code, kind=kind, name=name, parent=parent, path=path, valid_from=valid_from, **details
    )
