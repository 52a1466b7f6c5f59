"""A day, typed as day, month and year."""

import datetime
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import (
    Context,
    FieldProblem,
    FieldType,
    Form,
    Message,
    Path,
    Place,
    said,
)

PARTS = ("day", "month", "year")
LABELS: Mapping[str, Message] = {
    "hour": _("Hour"),
    "minute": _("Minute"),
    "day": _("Day"),
    "month": _("Month"),
    "year": _("Year"),
}
_WRITTEN = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMBER = re.compile(r"[0-9]{1,2}")
_YEAR = re.compile(r"[12][0-9]{3}")
EARLIEST = datetime.date(1850, 1, 1)


class DateType(FieldType):
    """A day, stored as YYYY-MM-DD; `min` and `max` are days or "today"."""

    name = "date"
    template = "procedures/fields/date.html"
    parts: ClassVar[tuple[str, ...]] = PARTS

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """The day, within the field's bounds."""
        return self.bounded(field, day_of(parts_of(raw)), context).isoformat()

    def bounded(self, field: Field, day: datetime.date, context: Context) -> datetime.date:
        """The day, if it lies where the field allows. Raises FieldProblem."""
        least, most = _bound(field.min, context) or EARLIEST, _bound(field.max, context)
        if day < least:
            raise FieldProblem(said(_("Enter %(day)s or a later day."), day=f"{least:%d/%m/%Y}"))
        if most and day > most:
            if field.max == "today":
                raise FieldProblem(_("Enter today or a day in the past."))
            raise FieldProblem(said(_("Enter %(day)s or an earlier day."), day=f"{most:%d/%m/%Y}"))
        return day

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """The parts as they were typed."""
        return typed_parts(data, prefix, self.parts)

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """24/11/1990."""
        return written(value)

    def schema(self, field: Field) -> dict[str, Any]:
        """ISO days."""
        return {"type": "string", "format": "date", "pattern": "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}$"}

    def example(self, field: Field) -> str:
        """A day within written bounds."""
        return example_day(field)

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """Three inputs."""
        return {"parts": inputs(self.parts, shown_parts(value), place, bday=field.prefill == "applicant.birth_date")}

    def missing(self, field: Field) -> Message:
        """Names the question and shows how a day is written."""
        return said(_("Enter “%(label)s”, for example 24/11/1990."), label=field.label)

    def anchor(self, field: Field, prefix: str, path: Path) -> str:
        """The part that is wrong, or the first."""
        return f"{prefix}-{path[0]}" if path and path[0] in self.parts else f"{prefix}-{self.parts[0]}"


def typed_parts(data: Form, prefix: str, parts: tuple[str, ...]) -> dict[str, str] | None:
    """The parts that were typed under this prefix; None when all are blank."""
    found = {part: (data.get(f"{prefix}-{part}") or "").strip() for part in parts}
    return found if any(found.values()) else None


def parts_of(raw: object) -> dict[str, str]:
    """Day, month and year from parts, from 24/11/1990 or from 1990-11-24. Raises FieldProblem."""
    if isinstance(raw, Mapping):
        return {part: str(raw.get(part) or "").strip() for part in PARTS}
    text = "".join(raw.split()) if isinstance(raw, str) else ""
    if match := _WRITTEN.fullmatch(text):
        return dict(zip(PARTS, match.groups(), strict=True))
    if match := _ISO.fullmatch(text):
        return dict(zip(PARTS, reversed(match.groups()), strict=True))
    raise FieldProblem(_("Write the day, the month and the year, for example 24/11/1990."))


def day_of(parts: Mapping[str, str]) -> datetime.date:
    """The day these parts name. Raises FieldProblem at the part that is wrong."""
    if not _NUMBER.fullmatch(parts["day"]):
        raise FieldProblem(_("Write the day in digits, for example 24."), "day")
    if not _NUMBER.fullmatch(parts["month"]):
        raise FieldProblem(_("Write the month in digits, for example 11."), "month")
    if not _YEAR.fullmatch(parts["year"]):
        raise FieldProblem(_("Write the year with four digits, for example 1990."), "year")
    try:
        return datetime.date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise FieldProblem(_("There is no such day. Look at the day and the month again."), "day") from None


def written(value: str) -> str:
    """1990-11-24 as people write it; a bare year stays as it is."""
    return "/".join(reversed(value.split("-")))


def inputs(
    parts: tuple[str, ...], shown: Mapping[str, str], place: Place, *, bday: bool = False, part: str = ""
) -> dict[str, Any]:
    """What _parts.html draws; `part` is the piece of a larger answer that these inputs belong to."""
    wrong = {str(path[-1]) if path else "" for path, _message in place.errors}
    everything = bool({"", part} & wrong) if part else "" in wrong
    items = [
        {
            "name": name,
            "label": LABELS[name],
            "width": "4" if name == "year" else "2",
            "value": shown.get(name, ""),
            "wrong": everything or name in wrong,
            "autocomplete": f"bday-{name}" if bday else "",
        }
        for name in parts
    ]
    return {"id": f"{place.id}-{part}" if part else place.id, "items": items}


def example_day(field: Field) -> str:
    """A day within the written bounds."""
    least, most = (bound if isinstance(bound, str) and bound != "today" else "" for bound in (field.min, field.max))
    return max("1990-11-24", least) if not most else min(max("1990-11-24", least), most)


def shown_parts(value: object) -> Mapping[str, str]:
    """The parts to show for a stored day or for what was typed."""
    if isinstance(value, str):
        return dict(zip(("year", "month", "day"), value.split("-"), strict=False))
    return value if isinstance(value, Mapping) else {}


def _bound(bound: int | str | None, context: Context) -> datetime.date | None:
    if bound == "today":
        return context.today
    return datetime.date.fromisoformat(bound) if isinstance(bound, str) else None
