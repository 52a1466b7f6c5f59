"""A world that many tests begin with is written by the services once per process, afterwards copied in as rows.

Nouns: world (what a maker wrote and returned), snapshot (its rows as statements, its objects as bytes). A snapshot is
what the maker added to the database and changed in it; triggers run for copied rows as for any other.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models.sql import InsertQuery

from motcua.kernel.freshness import Stamp
from motcua.kernel.localities import Locality

World = TypeVar("World")
# The database itself writes stamps whenever rows come; nobody makes localities but the run.
_LEFT_ALONE = {Stamp, Locality}
_Rows = dict[type[models.Model], dict[Any, dict[str, Any]]]


@dataclass(frozen=True)
class Snapshot:
    """Rows to write, and what the maker returned."""

    inserts: list[tuple[str, Any]]
    changed: list[tuple[type[models.Model], Any, dict[str, Any]]]
    returned: bytes


_taken: dict[str, Snapshot] = {}


def made_once(name: str, make: Callable[[], World]) -> World:
    """What `make` returns, with the rows that it writes; it is called once per process and name.

    Where a test has given away the numbers of these rows already, it is called again.
    """
    if name in _taken:
        try:
            return _copied_in(_taken[name])  # type: ignore[no-any-return]
        except IntegrityError:
            return make()
    with transaction.atomic():
        before = _rows()
        world = make()
        _taken[name] = _difference(before, _rows(), world)
    return world


def _copied_in(snapshot: Snapshot) -> Any:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement, values in snapshot.inserts:
            cursor.execute(statement, values)
        for model, pk, values in snapshot.changed:
            model._base_manager.filter(pk=pk).update(**values)
    return pickle.loads(snapshot.returned)


def _rows() -> _Rows:
    wanted = (model for model in apps.get_models(include_auto_created=True) if model not in _LEFT_ALONE)
    return {model: {row["pk"]: row for row in model._base_manager.values("pk", *_columns(model))} for model in wanted}


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _difference(before: _Rows, after: _Rows, world: Any) -> Snapshot:
    inserts: list[tuple[str, Any]] = []
    changed = []
    for model, rows in after.items():
        inserts += _inserts(model, [pk for pk in rows if pk not in before[model]])
        changed += [
            (model, pk, {name: value for name, value in row.items() if before[model][pk][name] != value})
            for pk, row in rows.items()
            if pk in before[model] and before[model][pk] != row
        ]
    return Snapshot(inserts, changed, pickle.dumps(world))


def _inserts(model: type[models.Model], added: list[Any]) -> Iterator[tuple[str, Any]]:
    if added:
        query = InsertQuery(model)
        query.insert_values(model._meta.concrete_fields, list(model._base_manager.filter(pk__in=added)), raw=True)
        yield from query.get_compiler(connection=connection).as_sql()
