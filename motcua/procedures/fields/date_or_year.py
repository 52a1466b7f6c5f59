"""A day, or only its year: many older papers know no more."""

import datetime
import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, Message, said
from motcua.procedures.fields.date import DateType, day_of, parts_of

_YEAR = re.compile(r"[12][0-9]{3}")


class DateOrYearType(DateType):
    """Stored as YYYY-MM-DD or YYYY."""

    name = "date_or_year"

    def clean(self, field: Field, raw: Any, context: Context) -> str:
        """The day, or the year when day and month are blank."""
        if isinstance(raw, str) and _YEAR.fullmatch(raw.strip()):
            parts = {"day": "", "month": "", "year": raw.strip()}
        else:
            parts = parts_of(raw)
        if parts["day"] or parts["month"] or not _YEAR.fullmatch(parts["year"]):
            if not parts["day"] and not parts["month"]:
                raise FieldProblem(_("Write the year with four digits, for example 1990."), "year")
            return self.bounded(field, day_of(parts), context).isoformat()
        self.bounded(field, self._within(int(parts["year"]), field, context), context)
        return parts["year"]

    def _within(self, year: int, field: Field, context: Context) -> datetime.date:
        """The day of this year that the upper bound is measured at: a year counts as allowed once it has begun."""
        limit = context.today if field.max == "today" else None
        if isinstance(field.max, str) and field.max != "today":
            limit = datetime.date.fromisoformat(field.max)
        return limit if limit and limit.year == year else datetime.date(year, 12, 31)

    def schema(self, field: Field) -> dict[str, Any]:
        """ISO days or years."""
        return {"type": "string", "pattern": "^[12][0-9]{3}(-[0-9]{2}-[0-9]{2})?$"}

    def missing(self, field: Field) -> Message:
        """Names the question and shows both writings."""
        return said(_("Enter “%(label)s”, for example 24/11/1990, or only the year."), label=field.label)
