"""Rows of the same few questions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.procedures import conditions
from motcua.procedures.definition import Field
from motcua.procedures.fields._base import Context, FieldProblem, FieldType, Form, Message, Path, Place, said

MOST_ROWS = 50


class TableType(FieldType):
    """A list of rows, each with a value for every column that was filled in. Blank rows are left out."""

    name = "table"
    template = "procedures/fields/table.html"

    def __init__(self, columns: Mapping[str, FieldType]) -> None:
        self._types = columns

    def clean(self, field: Field, raw: Any, context: Context) -> list[dict[str, Any]]:
        """The rows; every cell that is wrong is named at once."""
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            raise FieldProblem(self.missing(field))
        if len(raw) > MOST_ROWS:
            raise FieldProblem(said(_("Write at most %(most)s rows."), most=MOST_ROWS))
        problems: list[tuple[Path, Message]] = []
        cleaned = [self._row(field, row, number, context, problems) for number, row in enumerate(raw)]
        rows = [row for row in cleaned if row]
        least, most = self._bounds(field)
        if not problems and not rows:
            raise FieldProblem(self.missing(field))
        if not problems and len(rows) < least:
            raise FieldProblem(said(_("Write at least %(least)s rows."), least=least))
        if len(rows) > most:
            raise FieldProblem(said(_("Write at most %(most)s rows."), most=most))
        if problems:
            raise FieldProblem.of(problems)
        return rows

    def _row(
        self, field: Field, row: Mapping[str, Any], number: int, context: Context, problems: list[tuple[Path, Message]]
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        if all(conditions.is_empty(row.get(column.sid)) for column in field.columns):
            return values
        for column in field.columns:
            type_, raw = self._types[column.type], row.get(column.sid)
            if conditions.is_empty(raw):
                if column.required:
                    problems.append(((number, column.sid), type_.missing(column)))
                continue
            try:
                values[column.sid] = type_.clean(column, raw, context)
            except FieldProblem as problem:
                problems += [((number, column.sid, *path), message) for path, message in problem.items]
        return values

    def _bounds(self, field: Field) -> tuple[int, int]:
        return field.min_items or 1, min(field.max_items or MOST_ROWS, MOST_ROWS)

    def from_form(self, field: Field, data: Form, prefix: str) -> Any:
        """The rows as they were typed, after the wish to add or remove one."""
        count = data.get(f"{prefix}-rows") or ""
        shown = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() and len(count) < 4 else 0
        removed = data.get("_remove_row")
        rows = [self._typed(field, data, f"{prefix}-{n}") for n in range(shown) if removed != f"{prefix}-{n}"]
        if data.get("_add_row") == prefix:
            rows.append({})
        return rows if len(rows) > 1 or any(rows) else None

    def _typed(self, field: Field, data: Form, prefix: str) -> dict[str, Any]:
        cells = ((c.sid, self._types[c.type].from_form(c, data, f"{prefix}-{c.sid}")) for c in field.columns)
        return {sid: raw for sid, raw in cells if raw is not None}

    def to_text(self, field: Field, value: Any, lang: str) -> str:
        """One line for each row: "Tên: Mẫu; Tuổi: 3"."""
        return "\n".join(self._line(field, row, lang) for row in value)

    def _line(self, field: Field, row: Mapping[str, Any], lang: str) -> str:
        cells = ((c, self._types[c.type].to_text(c, row[c.sid], lang)) for c in field.columns if c.sid in row)
        return "; ".join(f"{column.label.get(lang)}: {text}" for column, text in cells)

    def schema(self, field: Field) -> dict[str, Any]:
        """Lists of rows."""
        properties = {c.sid: {"title": c.label.vi, **self._types[c.type].schema(c)} for c in field.columns}
        row = {"type": "object", "properties": properties, "additionalProperties": False, "minProperties": 1}
        if required := [column.sid for column in field.columns if column.required]:
            row["required"] = required
        least, most = self._bounds(field)
        return {"type": "array", "items": row, "minItems": least, "maxItems": most}

    def example(self, field: Field) -> list[dict[str, Any]]:
        """As many rows as must be, every column filled."""
        return [{c.sid: _example(c, self._types[c.type]) for c in field.columns}] * self._bounds(field)[0]

    def context(self, field: Field, value: Any, place: Place) -> dict[str, Any]:
        """The rows one below another, as a narrow screen needs them."""
        rows: Sequence[Any] = value if isinstance(value, list) and value else [{}] * self._bounds(field)[0]
        drawn = [
            {"index": index, "number": index + 1, "cells": [self._cell(c, row, index, place) for c in field.columns]}
            for index, row in enumerate(rows)
        ]
        return {"rows": drawn, "more": len(drawn) < self._bounds(field)[1]}

    def _cell(self, column: Field, row: Any, index: int, place: Place) -> Any:
        value = row.get(column.sid) if isinstance(row, Mapping) else None
        return self._types[column.type].render(column, value, place.within(index, column.sid))

    def anchor(self, field: Field, prefix: str, path: Path) -> str:
        """The cell that is wrong, or the first."""
        index, sid = (path[0], str(path[1])) if len(path) > 1 else (0, field.columns[0].sid)
        column = next((each for each in field.columns if each.sid == sid), field.columns[0])
        return self._types[column.type].anchor(column, f"{prefix}-{index}-{column.sid}", path[2:])

    def missing(self, field: Field) -> Message:
        """Asks for one row."""
        return said(_("Fill in at least one row of “%(label)s”."), label=field.label)


def _example(column: Field, type_: FieldType) -> Any:
    return type_.example(column) if column.example is None else column.example
