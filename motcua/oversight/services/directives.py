"""What is done with a directive: taken on, another day asked for and decided, reported, sent back, approved, withdrawn.

Each act checks the state machine and the person's post, in one transaction; whoever comes second is refused with the
state as it is now.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.kernel.identity import Person
from motcua.oversight import policies
from motcua.oversight.events.directives import (
    ChangeAsked,
    ChangeDecided,
    DirectiveApproved,
    DirectiveEnded,
    DirectiveReported,
    DirectiveSentBack,
    DirectiveTakenOn,
    DirectiveWithdrawn,
)
from motcua.oversight.models import Directive
from motcua.oversight.rules import directives as rules
from motcua.oversight.services import course, directing
from motcua.oversight.services.course import Given
from motcua.oversight.services.directing import Incomplete


def take_on(*, directive: Directive, by: Person, at: datetime, assignee: Person | None = None) -> Directive:
    """The office knows of it; whoever is named has it in hand, or whoever says so.

    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        directive, post = directing.begun_by_office(directive, rules.TAKE_ON, by, at)
        taker = assignee or by
        policies.post_below(taker, directive.office, course.day_of(at))
        directive.save(update_fields=["state"])
        directing.move(DirectiveTakenOn(taker.pk), directive, by, post, at, assignee=taker)
    return directive


def ask_change(*, directive: Directive, due_date: date, reason: str, by: Person, at: datetime) -> Directive:
    """Ask for a later day, with the reason; until that is decided the old one holds.

    Raises workflow.Refused, policies.NotAllowed, Incomplete (text, due_date: not later than now).
    """
    with transaction.atomic():
        directive, post = directing.begun_by_office(directive, rules.ASK_CHANGE, by, at)
        wanted = directing.end_of(directive.office, due_date)
        if wanted <= max(at, directive.due_at):
            raise Incomplete("due_date")
        turn = directing.said(directive, "change_asked", reason, by, post, at, due_at=wanted)
        directive.save(update_fields=["state"])
        directing.move(ChangeAsked(turn.pk, wanted), directive, by, post, at)
    return directive


def decide_change(*, directive: Directive, allowed: bool, by: Person, at: datetime, text: str = "") -> Directive:
    """Allow the day that was asked for, or say why not.

    Raises workflow.Refused, policies.NotAllowed, Incomplete (text: no without a reason).
    """
    with transaction.atomic():
        act = rules.ALLOW if allowed else rules.REFUSE
        directive, post = directing.begun_by_issuer(directive, act, by, at)
        asked = directive.turns.filter(kind="change_asked").order_by("-id").first()
        assert asked is not None
        assert asked.due_at is not None
        kind = "allowed" if allowed else "refused"
        turn = directing.said(
            directive, kind, text, by, post, at, due_at=asked.due_at if allowed else None, may_be_silent=allowed
        )
        if allowed:
            directing.enter(directive, "extend", at, until=asked.due_at, reason=f"turn {turn.pk}")
            directing.run_clock(directive, at)
        directive.save(update_fields=["state", "due_at"])
        decided = ChangeDecided(turn.pk, allowed, directive.due_at)
        directing.move(decided, directive, by, post, at, assignee=directing.last_assignee(directive) or asked.by)
    return directive


def report_on(*, directive: Directive, text: str, by: Person, at: datetime, file: Given | None = None) -> Directive:
    """Report what was done; the clock stands still until that is judged. Late or not, this is never blocked.

    Raises workflow.Refused (a report after it is over, or a second one), policies.NotAllowed, Incomplete.
    """
    with transaction.atomic():
        directive, post = directing.begun_by_office(directive, rules.REPORT, by, at)
        turn = directing.said(directive, "report", text, by, post, at, due_at=directive.due_at, file=file)
        directing.enter(directive, "pause", at, reason=f"turn {turn.pk}")
        directive.reported_at = at
        directive.save(update_fields=["state", "reported_at"])
        directing.move(DirectiveReported(turn.pk, directive.due_at), directive, by, post, at)
    return directive


def send_back(*, directive: Directive, missing: str, by: Person, at: datetime) -> Directive:
    """The report is not enough: say what is missing; what was left of the time is left again.

    Raises workflow.Refused, policies.NotAllowed, Incomplete.
    """
    with transaction.atomic():
        directive, post = directing.begun_by_issuer(directive, rules.SEND_BACK, by, at)
        turn = directing.said(directive, "sent_back", missing, by, post, at)
        directing.run_clock(directive, at)
        directive.save(update_fields=["state", "due_at"])
        reported = directive.turns.filter(kind="report").select_related("by").order_by("-id").first()
        assert reported is not None
        directing.move(DirectiveSentBack(turn.pk), directive, by, post, at, assignee=reported.by)
    return directive


def approve_report(*, directive: Directive, by: Person, at: datetime, text: str = "") -> Directive:
    """The report is enough: it is done; a regular one rests until its next period.

    Raises workflow.Refused, policies.NotAllowed.
    """
    with transaction.atomic():
        regular = directive.task.every is not None
        act = rules.APPROVE_PERIOD if regular else rules.APPROVE
        directive, post = directing.begun_by_issuer(directive, act, by, at)
        turn = directing.said(directive, "approved", text, by, post, at, may_be_silent=True)
        if not regular:
            directing.enter(directive, "stop", at)
        directive.save(update_fields=["state"])
        directing.move(DirectiveApproved(turn.pk, regular), directive, by, post, at)
    return directive


def end_directive(*, directive: Directive, reason: str, by: Person, at: datetime) -> Directive:
    """A regular one that rests needs no more reports. Raises workflow.Refused, policies.NotAllowed, Incomplete."""
    with transaction.atomic():
        directive, post = directing.begun_by_issuer(directive, rules.END, by, at)
        turn = directing.said(directive, "ended", reason, by, post, at)
        directing.enter(directive, "stop", at)
        directive.save(update_fields=["state"])
        directing.move(DirectiveEnded(turn.pk), directive, by, post, at)
    return directive


def withdraw_directive(*, directive: Directive, reason: str, by: Person, at: datetime) -> Directive:
    """Take it back, with the reason. Raises workflow.Refused, policies.NotAllowed, Incomplete."""
    with transaction.atomic():
        directive, post = directing.begun_by_issuer(directive, rules.WITHDRAW, by, at)
        turn = directing.said(directive, "withdrawn", reason, by, post, at)
        directing.enter(directive, "stop", at)
        directive.save(update_fields=["state"])
        directing.move(DirectiveWithdrawn(turn.pk), directive, by, post, at)
    return directive
