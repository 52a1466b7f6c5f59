"""A moment: a day with hour and minute."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, Place
from motcua.procedures.fields.date import DateType, day_of, example_day, inputs, parts_of, shown_parts, written

_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})")
_HOUR = re.compile(r"[01]?[0-9]|2[0-3]")
_MINUTE = re.compile(r"[0-5]?[0-9]")


class DatetimeType(DateType):
    """A moment in local time, stored as YYYY-MM-DDTHH:MM."""

    name = "datetime"
    parts = ("hour", "minute", "day", "month", "year")

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """The moment; its day lies within the field's bounds."""
        parts = self._parts(raw)
        day = self.bounded(field, day_of(parts_of(parts)), context)
        if not _HOUR.fullmatch(parts.get("hour", "")):
            raise FieldProblem(_("Write the hour from 0 to 23."), "hour")
        if not _MINUTE.fullmatch(parts.get("minute", "") or "0"):
            raise FieldProblem(_("Write the minutes from 0 to 59."), "minute")
        return f"{day.isoformat()}T{int(parts['hour']):02}:{int(parts.get('minute') or 0):02}"

    def _parts(self, raw: object) -> dict[str, str]:
        if isinstance(raw, Mapping):
            return {part: str(raw.get(part) or "").strip() for part in self.parts}
        match = _ISO.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if match is None:
            raise FieldProblem(_("Write the hour and the day, for example 08:30 on 24/11/1990."))
        return {**parts_of(match[1]), "hour": match[2], "minute": match[3]}

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """08:30, 24/11/1990."""
        day, _t, clock = value.partition("T")
        return f"{clock}, {written(day)}"

    def schema(self, field: Field) -> dict[str, Any]:
        """ISO moments without seconds and zone."""
        return {"type": "string", "pattern": "^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$"}

    def example(self, field: Field) -> str:
        """Half past eight on a day within the bounds."""
        return f"{example_day(field)}T08:30"

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """Five inputs."""
        if isinstance(value, str):
            day, _t, clock = value.partition("T")
            value = {**shown_parts(day), **dict(zip(("hour", "minute"), clock.split(":"), strict=False))}
        return {"parts": inputs(self.parts, shown_parts(value), place)}
