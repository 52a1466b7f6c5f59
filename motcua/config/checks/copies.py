"""The copies: is there one of last night, was it proven, and does one lie on another disk."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.config.backup import nightly, places
from motcua.config.backup.layout import Copy
from motcua.config.checks.findings import SUPPORT, Finding, fault, ok, warning
from motcua.kernel import duties, organisation

OLD, TOO_OLD = timedelta(hours=30), timedelta(hours=78)
# A disk that is locked away is plugged in once a week.
ELSEWHERE_OLD = timedelta(days=8)
RUN_NOW = _("Run motcua backup now. What kept it from being made by itself: {reason}.")


def copies() -> Iterator[Finding]:
    """The newest copy on this machine is of last night and was restored for trial."""
    found = next(iter(places.own().all()), None)
    if found is not None:
        yield _of(found)
    elif _is_young():
        yield ok("copies", _("The first copy is made this night, at half past one or when the machine is on."))
    else:
        yield fault("copies", _("There is no copy of this centre."), RUN_NOW, reason=_reason())


def _of(copy: Copy) -> Finding:
    proof, age = copy.proof, timezone.now() - copy.manifest.made_at
    said = {"moment": _moment(copy.manifest.made_at), "size": nightly.size_of(copy), "reason": _reason()}
    if proof is not None and not proof.ok:
        advice = _("Have a new one made with motcua backup now; if that is not whole either, the disk may be breaking.")
        sentence = _("The copy of {moment} is not whole: {faults}.")
        return fault("copies", sentence, advice, SUPPORT, faults="; ".join(proof.faults), **said)
    if age > TOO_OLD:
        return fault("copies", _("The last copy is of {moment}."), RUN_NOW, **said)
    if age > OLD:
        return warning("copies", _("The last copy is of {moment}."), RUN_NOW, **said)
    if proof is None:
        return warning("copies", _("The copy of {moment} was not yet restored for trial."), RUN_NOW, **said)
    sentence = _("Copied at {moment} ({size}), restored for trial and compared: everything was the same.")
    return ok("copies", sentence, **said)


def _is_young() -> bool:
    """The centre has not had a night yet."""
    centre = organisation.installation()
    return centre is None or centre.ready_at is None or centre.ready_at > timezone.now() - OLD


def _reason() -> str:
    return duties.duty(nightly.DUTY).failure or "–"


def elsewhere() -> Iterator[Finding]:
    """A copy lies on another disk, so that a broken or burnt machine does not take everything with it."""
    known = places.others()
    if organisation.installation() is None:
        return  # nothing is here yet that could be lost
    last = max((moment for moment in map(places.brought_at, known) if moment), default=None)
    if not known and organisation.is_demo():
        yield ok("elsewhere", _("This is a demonstration: its copies lie on this machine only."))
    elif not known:
        sentence = _("All copies lie on this machine: if it breaks, burns or is stolen, everything is lost.")
        yield warning(
            "elsewhere", sentence, _("Plug in another disk, and run motcua backup use FOLDER with its folder.")
        )
    elif last is None or last < timezone.now() - ELSEWHERE_OLD:
        sentence = _("The last copy on another disk is of {last}.")
        advice = _("Plug that disk in before the evening; the copy is then made by itself in the night.")
        yield warning("elsewhere", sentence, advice, last=_moment(last) if last else "–")
    else:
        yield ok("elsewhere", _("The copy of {last} lies on another disk, too."), last=_moment(last))


def _moment(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y")
