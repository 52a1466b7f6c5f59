"""The ground on which an office lays an overlay on a day, and why one cannot lie there.

Nouns: Ground (the version in force, the overlays above, the office's own). Pages preview with it and the service
decides with it, so that both say the same. It writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.kernel.organisation import Office
from motcua.procedures import definition, rules
from motcua.procedures.definition import Definition
from motcua.procedures.models import Overlay, Procedure, Version
from motcua.procedures.rules import Refusal


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under and beside an overlay of this office on this day."""

    day: date
    version: Version | None
    above: tuple[Overlay, ...]
    own: tuple[Overlay, ...]

    @property
    def base(self) -> dict[str, Any]:
        """The document on which the office lays its own: the law and the offices above; empty without a version."""
        return rules.merged(self.version.doc, [overlay.doc for overlay in self.above]) if self.version else {}

    @property
    def newest(self) -> Overlay | None:
        """The office's last word, whenever it begins."""
        return self.own[-1] if self.own else None

    @property
    def newest_no(self) -> int:
        """The number of the office's last word; 0 before the first. Whoever edits remembers it."""
        return self.own[-1].no if self.own else 0

    @property
    def limit_open(self) -> bool:
        """Whether the office may set a limit."""
        return any(rules.limit_is_open(channel) for channel in self.base.get("channels", ()))

    @property
    def channels(self) -> tuple[str, ...]:
        """The ways of filing, by kind."""
        return tuple(channel["kind"] for channel in self.base.get("channels", ()))

    def before(self) -> Definition:
        """What people read on that day as things are."""
        return definition.parse(rules.merged(self.base, [each.doc for each in self.own if _runs(each, self.day)]))

    def after(self, doc: Mapping[str, Any]) -> Definition:
        """What they would read with this overlay; DefinitionFaults when it makes no page."""
        return definition.parse(rules.merged(self.base, [doc]))


def _runs(overlay: Overlay, day: date) -> bool:
    return overlay.effective_from <= day and (overlay.effective_to is None or overlay.effective_to > day)


def ground_for(office: Office, procedure: Procedure, day: date) -> Ground:
    """The ground of this office under this procedure on that day. Two queries."""
    version = Version.objects.in_force(day).filter(procedure=procedure).order_by("-no").first()
    found = list(
        Overlay.objects.filter(procedure=procedure, office__code__in=office.codes)
        .select_related("office")
        .order_by("office__path", "no")
    )
    above = tuple(each for each in found if each.office_id != office.pk and _runs(each, day))
    return Ground(day, version, above, tuple(each for each in found if each.office_id == office.pk))


def refusals(
    ground: Ground, doc: Mapping[str, Any], legal_source: str, *, today: date, seen: int | None
) -> tuple[Refusal, ...]:
    """Every reason why this overlay cannot be laid now; `seen` is the office's last number that the author saw."""
    found = [*_of_time(ground, today, seen)]
    if ground.version is not None:
        found += rules.overlay_refusals(ground.base, doc, legal_source)
    last = ground.newest
    if last is not None and last.effective_to is None and (last.doc, last.legal_source) == (dict(doc), legal_source):
        found.append(Refusal("", "nothing_changes"))
    if last is None and not doc:
        found.append(Refusal("", "nothing_changes"))
    return tuple(dict.fromkeys(found or _faults(ground, doc)))


def _of_time(ground: Ground, today: date, seen: int | None) -> Iterator[Refusal]:
    if seen is not None and seen != ground.newest_no:
        yield Refusal("", "changed_meanwhile")
    if ground.day < today:
        yield Refusal("effective_from", "begins_in_the_past")
    elif ground.version is None:
        yield Refusal("effective_from", "no_version_then")


def _faults(ground: Ground, doc: Mapping[str, Any]) -> Sequence[Refusal]:
    """What the words of the overlay would make wrong in the document, by key."""
    try:
        ground.after(doc)
    except definition.DefinitionFaults as wrong:
        keys = {next((key for key in doc if key in fault.path), "") for fault in wrong.faults}
        return [Refusal(key, "makes_a_fault") for key in sorted(keys)]
    return ()
