"""Writing new rows with a statement that is built once for each model.

Django builds its INSERT anew for every row, which costs several times what the database takes to run it; a filing
writes a dozen rows. Only for rows that are new and whole: no signals, no expressions, no update. Everything else is
for the ORM.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.fields import Field

_Fields = tuple["Field[Any, Any]", ...]


def insert(row: models.Model, *, unless_there: bool = False) -> None:
    """Write this new row, in the caller's transaction; its key is set when the database gives it. IntegrityError as
    ever, but with `unless_there` a row that stands already stays as it is.
    """
    using, model = connections["default"], type(row)
    keyed = _keyed(model)
    sql, fields = _statement(model, 1)
    ending = " ON CONFLICT DO NOTHING" if unless_there else _returning(model) if keyed else ""
    with using.cursor() as cursor:
        cursor.execute(sql + ending, _values(row, fields, using))
        if keyed and not unless_there:
            row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, using.alias


def insert_all(rows: Sequence[models.Model]) -> None:
    """Write these new rows of one model at once; keys that the database gives are not read back."""
    if not rows:
        return
    using = connections["default"]
    sql, fields = _statement(type(rows[0]), len(rows))
    with using.cursor() as cursor:
        cursor.execute(sql, [value for row in rows for value in _values(row, fields, using)])


def _values(row: models.Model, fields: _Fields, using: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add=True), using) for field in fields]


@functools.cache
def _keyed(model: type[models.Model]) -> bool:
    """Whether the database gives the key."""
    return isinstance(model._meta.pk, models.AutoField)


@functools.cache
def _returning(model: type[models.Model]) -> str:
    assert model._meta.pk is not None
    return f' RETURNING "{model._meta.pk.column}"'


@functools.lru_cache(maxsize=256)
def _statement(model: type[models.Model], count: int) -> tuple[str, _Fields]:
    """The INSERT for so many rows, and its fields in order; both databases quote names alike."""
    meta = model._meta
    fields = tuple(each for each in meta.local_concrete_fields if not (_keyed(model) and each.primary_key))
    columns, marks = ", ".join(f'"{each.column}"' for each in fields), ", ".join(["%s"] * len(fields))
    values = ", ".join([f"({marks})"] * count)
    return f'INSERT INTO "{meta.db_table}" ({columns}) VALUES {values}', fields  # noqa: S608 - names of our own models
