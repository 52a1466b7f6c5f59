"""An empty database is laid as the models are today. Here the whole history is walked beside it, and ends in the same;
rows of an earlier time are carried along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from motcua.kernel import protection

pytestmark = [pytest.mark.long, pytest.mark.usefixtures("_no_test_database")]
NOW = datetime(2026, 7, 1, tzinfo=UTC)
TODAY = date(2026, 7, 1)
# The tables of refusals and returns became others, which know undoing.
BEFORE, AFTER = [("dossiers", "0002_act_of_work")], [("dossiers", "0005_without_refusal_and_handing")]
Shape = dict[tuple[str, str], list[str]]
# The framework's own history gave this table, which nobody here writes to, a smaller key than its models have.
NOT_OURS = ("column", "auth_group_permissions.id")


@pytest.fixture
def _no_test_database(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@contextmanager
def _an_empty_database(name: str, folder: Path) -> Iterator[None]:
    """The process speaks to a new database for a while."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    connection.close()
    before = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name if connection.vendor == "postgresql" else str(folder / name)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{name}"')


def test_what_is_laid_at_once_is_what_the_whole_history_ends_in(tmp_path: Path) -> None:
    with _an_empty_database("laid", tmp_path):
        call_command("migrate", verbosity=0)
        laid, rows_laid = _shape(), _rows()
    with _an_empty_database("walked", tmp_path):
        call_command(migrate.Command(), verbosity=0)
        assert _shape() == laid
        assert _rows() == rows_laid
        assert protection.missing(connection) == []


def test_refusals_and_returns_move_into_the_tables_that_know_undoing(tmp_path: Path) -> None:
    with _an_empty_database("moved", tmp_path):
        old = MigrationExecutor(connection).migrate(BEFORE).apps
        refused, returned = (_row(old, "dossiers", "Dossier", state="submitted").pk for _ in range(2))
        officer = _row(old, "kernel", "Person").pk
        old.get_model("dossiers", "Refusal").objects.create(
            dossier_id=refused, reason_code="incomplete", reason="Ảnh mờ", advice="Chụp lại", by_id=officer, at=NOW
        )
        old.get_model("dossiers", "Handing").objects.create(
            dossier_id=returned, method="post", receiver="Người Mẫu", by_id=officer, at=NOW
        )
        new = MigrationExecutor(connection).migrate(AFTER).apps
        ending = new.get_model("dossiers", "Ending").objects.get()
        said = (ending.dossier_id, ending.kind, ending.reason, ending.advice)
        assert said == (refused, "refused", "Ảnh mờ", "Chụp lại")
        returning = new.get_model("dossiers", "Returning").objects.get()
        assert (returning.dossier_id, returning.method, returning.receiver) == (returned, "post", "Người Mẫu")


def _row(old: Any, room: str, name: str, **given: Any) -> Any:
    """A row with what the table of that time demands, and with the rows that it points at."""
    model = old.get_model(room, name)
    made: dict[str, Any] = {"DateField": TODAY, "DateTimeField": NOW, "BooleanField": False}
    made |= dict.fromkeys(("PositiveSmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField"), 1)
    for field in model._meta.concrete_fields:
        if field.name in given or field.null or field.has_default() or field.auto_created:
            continue
        if field.is_relation:
            related = field.related_model._meta
            given[field.name] = _row(old, related.app_label, related.object_name)
        else:
            given[field.name] = made.get(field.get_internal_type(), f"m{model.objects.count()}")
    return model.objects.create(**given)


def _shape() -> Shape:
    """What the database says of itself, without the order in which columns came."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {(kind, name): _said(kind, sql) for kind, name, sql in cursor.fetchall()}
        found: Shape = {}
        for kind, question in _QUESTIONS.items():
            cursor.execute(question)
            for name, *said in cursor.fetchall():
                found[kind, name] = [str(word) for word in said]
        del found[NOT_OURS]
        return found


_QUESTIONS = {
    "column": "SELECT table_name || '.' || column_name, data_type, character_maximum_length, is_nullable, "
    "column_default, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "constraint": "SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "index": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "trigger": "SELECT tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger "
    "WHERE NOT tgisinternal",
    "function": "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'",
}


def _said(kind: str, sql: str) -> list[str]:
    if kind == "index":
        return [sql]
    if kind == "trigger":
        return sorted(re.findall(r"\S+", re.sub(r"[(),;]", " ", sql)))
    return sorted(_parts(sql[sql.index("(") + 1 : sql.rindex(")")]))


def _parts(inner: str) -> Iterator[str]:
    """What stands between the commas outside of brackets: columns and constraints."""
    depth, part = 0, ""
    for letter in inner:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += letter
    yield part.strip()


def _rows() -> dict[str, int]:
    """How many rows each table holds; both roads leave what the signal after them makes, and nothing else."""
    return {model._meta.db_table: model._default_manager.count() for model in apps.get_models()}
