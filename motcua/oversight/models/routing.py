"""Who answers for what, and how long each step may take: rows, because a province arranges its departments itself.

Nothing is edited: the newest row speaks, so that one can see who answered for a field on the day of a difficulty.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.kernel import protection
from motcua.kernel.clock import UNITS

# Which speaks first: a trouble that is not about the procedure itself is its own department's, whatever the procedure;
# then one procedure, one field, everything else.
SCOPES = ("topic", "procedure", "sector", "all")


class Route(models.Model):
    """The department that answers for something, and whether the commune's own leader looks at it first."""

    province = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    scope = models.CharField(
        max_length=10, choices=[(scope, scope) for scope in ("procedure", "sector", "topic", "all")]
    )
    # A procedure's code, a field's slug, a kind of trouble; empty for everything else.
    key = models.CharField(max_length=80, blank=True)
    department = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    leader_first = models.BooleanField(default=False)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["scope", "key", "-id"]
        indexes = [models.Index(fields=["province", "scope", "key", "-id"])]
        constraints = [
            models.CheckConstraint(name="a_route_names_what_it_is_for", condition=Q(scope="all", key="") | ~Q(key="")),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"


class TimeLimit(models.Model):
    """How long a step may take in an office and all below it; the nearest office and the newest row speak."""

    # "difficulty.acknowledge", "petition.settle" …
    clock = models.CharField(max_length=40)
    office = models.ForeignKey("kernel.Office", models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12, choices=[(unit, unit) for unit in UNITS])
    legal_source = models.CharField(max_length=300, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["clock", "-id"]
        indexes = [models.Index(fields=["clock", "office", "-id"])]
        constraints = [models.CheckConstraint(name="a_time_limit_lasts", condition=Q(value__gte=1))]

    def __str__(self) -> str:
        return f"{self.clock}: {self.value} {self.unit}"


protection.append_only("oversight_route")
protection.append_only("oversight_timelimit")
