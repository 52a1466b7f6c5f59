"""Visits: lists, what is asked of the hosts already, what was found, and what a conclusion of it begins with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from motcua.kernel import ledger
from motcua.kernel.identity import Person
from motcua.kernel.ledger import Event
from motcua.kernel.organisation import Office
from motcua.oversight import policies
from motcua.oversight.models import Difficulty, Directive, Host, Visit
from motcua.oversight.queries.difficulties import Listed, lines
from motcua.oversight.queries.directives import PAGE, GivenDirective, directive_lines, directives_of
from motcua.oversight.rules.difficulties import UNANSWERED


def visits_listed(person: Person, day: date, after: UUID | None = None) -> list[Visit]:
    """One page of what this person may read, the newest first, with one more when there is a next page."""
    found = policies.visible_visits(person, day).select_related("matter", "office").order_by("-matter_id")
    if after is not None:
        found = found.filter(matter_id__lt=after)
    return list(found[: PAGE + 1])


def visit_of_delegate(person: Person, reference: str, day: date) -> Visit | None:
    """The visit of this number, for whoever goes along; None for everybody else."""
    found = policies.visible_visits(person, day).select_related(*policies.OF_VISIT)
    visit = found.filter(matter__reference=reference).first()
    return visit if visit and policies.may_write(person, visit, day) else None


def last_visit(commune: Office, before: datetime) -> Visit | None:
    """The visit to this commune before that moment."""
    hosts = Host.objects.filter(commune=commune).values("visit")
    found = Visit.objects.filter(pk__in=hosts, state="held", begins_at__lt=before).select_related("matter", "office")
    return found.order_by("-begins_at").first()


def asked_at(visit: Visit, commune: Office) -> list[GivenDirective]:
    """What that visit's conclusions asked of the commune, done or not."""
    found = Directive.objects.filter(task__conclusion__visit=visit, office=commune)
    return directive_lines(found.order_by("due_at", "matter_id"))


def difficulties_open_in(commune: Office) -> list[Listed]:
    """What the commune finds hard and nobody has answered yet, the oldest first. Who asks has seen to the rights."""
    found = Difficulty.objects.filter(commune=commune, state__in=UNANSWERED).order_by("matter_id")
    return lines(found[:PAGE])


def first_agenda(communes: Sequence[Office]) -> list[str]:
    """What the next visit speaks about first: what these communes have open."""
    return [f"{line.reference}, {line.office}: {line.result}"[:500] for line in directives_of(communes)]


def hosts_of(visit: Visit) -> list[Host]:
    """The communes of a visit, in order."""
    return list(visit.hosts.select_related("commune", "visit__matter", "visit__office"))


def history_of_visit(visit: Visit) -> list[Event]:
    """Everything recorded about it, in order."""
    return list(ledger.history(visit.matter))
