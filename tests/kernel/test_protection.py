"""Rows that are kept: what the database refuses, the little it lets pass, and that the triggers come back."""

from collections.abc import Callable, Iterator

import pytest
from django.core.management.color import no_style
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from motcua.kernel import protection
from motcua.kernel.protection import declared

Sql = Callable[[str], list[tuple[object, ...]]]

ENTRIES = "CREATE TABLE entry (id integer PRIMARY KEY, code varchar(9) UNIQUE, content text, matter_id varchar(9))"
VERSIONS = "CREATE TABLE edition (id integer PRIMARY KEY, code text UNIQUE, status varchar(9) NOT NULL, until text)"
EVENTS = "CREATE TABLE said_event (id integer PRIMARY KEY, type varchar(60), matter_id varchar(9))"


def run(statement: str) -> list[tuple[object, ...]]:
    """Run one statement in a savepoint of its own, so that a refusal leaves the test going."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def no_tables_yet() -> Iterator[None]:
    """Only what the test declares is kept; what the centre keeps is declared again before the tables are emptied."""
    with pytest.MonkeyPatch.context() as declaring:
        declaring.setattr(declared, "KEPT", {})
        declaring.setattr("motcua.kernel.protection.triggers.KEPT", declared.KEPT)
        declaring.setattr(declared, "EVENTS", "said_event")
        yield


@pytest.fixture
def sql(db: None, no_tables_yet: None) -> Sql:
    """Three throw-away tables: entries are only added, editions freeze when they leave the draft state."""
    for table in (ENTRIES, VERSIONS, EVENTS):
        run(table)
    protection.append_only("entry", blanking=protection.Blanking(columns=("content",), event_type="Erased"))
    protection.append_only("said_event")
    protection.frozen("edition", unless_column="status", equals="draft", may_change=("status", "until"))
    protection.install(connection)
    run("INSERT INTO entry VALUES (1, 'a', 'personal', 'm1'), (2, 'b', 'personal', 'm2')")
    run("INSERT INTO edition VALUES (1, 'v1', 'published', NULL), (2, 'v2', 'draft', NULL)")
    return run


def refused(statement: str) -> bool:
    """Whether the database refuses it in our words, as an IntegrityError."""
    with pytest.raises(IntegrityError, match=declared.IS_KEPT):
        run(statement)
    return True


# --- append-only -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET code = 'c' WHERE id = 1",
        "UPDATE entry SET content = 'other' WHERE id = 1",
        "UPDATE entry SET content = '' WHERE id = 1",
        "UPDATE entry SET id = id",
        "DELETE FROM entry WHERE id = 1",
        "DELETE FROM entry",
        "INSERT INTO entry VALUES (1, 'c', '', 'm1') ON CONFLICT (id) DO UPDATE SET code = 'c'",
    ],
)
def test_a_row_that_was_added_is_never_changed(sql: Sql, statement: str) -> None:
    before = sql("SELECT * FROM entry ORDER BY id")
    assert refused(statement)
    assert sql("SELECT * FROM entry ORDER BY id") == before


def test_rows_are_added_freely(sql: Sql) -> None:
    sql("INSERT INTO entry VALUES (3, 'c', NULL, NULL), (4, NULL, NULL, NULL), (5, NULL, NULL, NULL)")
    assert sql("SELECT count(*) FROM entry") == [(5,)]


def test_a_key_that_is_taken_is_an_integrity_error(sql: Sql) -> None:
    with pytest.raises(IntegrityError):
        sql("INSERT INTO entry VALUES (3, 'a', NULL, NULL)")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO entry VALUES (1, 'z', '', 'm1')",
        "REPLACE INTO entry VALUES (9, 'a', '', 'm1')",
        "REPLACE INTO edition VALUES (1, 'z', 'draft', NULL)",
        "REPLACE INTO edition VALUES (9, 'v1', 'draft', NULL)",
        "UPDATE OR REPLACE edition SET code = 'v1' WHERE id = 2",
        "UPDATE OR REPLACE edition SET id = 1 WHERE id = 2",
    ],
)
def test_replace_is_refused_however_the_connection_is_set(sql: Sql, statement: str, recursive: str) -> None:
    sql(f"PRAGMA recursive_triggers = {recursive}")
    try:
        assert refused(statement)
    finally:
        sql("PRAGMA recursive_triggers = ON")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("index", "statement"),
    [
        ("(lower(code))", "REPLACE INTO edition VALUES (9, 'V1', 'draft', NULL)"),
        ("(status DESC) WHERE status = 'published'", "REPLACE INTO edition VALUES (9, 'z', 'published', NULL)"),
    ],
)
def test_replace_is_refused_on_an_index_over_expressions_or_some_rows(sql: Sql, index: str, statement: str) -> None:
    sql(f"CREATE UNIQUE INDEX extra ON edition {index}")
    protection.install(connection)
    sql("PRAGMA recursive_triggers = OFF")
    try:
        assert refused(statement)
        sql("REPLACE INTO edition VALUES (9, 'z', 'retired', NULL)")
    finally:
        sql("PRAGMA recursive_triggers = ON")


@pytest.mark.postgres_only
@pytest.mark.parametrize("role", ["origin", "replica"])
def test_truncate_and_delete_are_refused_in_every_role_of_a_session(sql: Sql, role: str) -> None:
    sql(f"SET LOCAL session_replication_role = {role}")
    assert refused("TRUNCATE entry")
    assert refused("TRUNCATE entry CASCADE")
    assert refused("DELETE FROM entry")


# --- blanking --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("empty", ["''", "NULL", "'{}'", "'[]'", "'null'"])
def test_personal_content_is_blanked_together_with_the_event_of_its_matter(sql: Sql, empty: str) -> None:
    sql("INSERT INTO said_event VALUES (1, 'Erased', 'm1')")
    sql(f"UPDATE entry SET content = {empty} WHERE id = 1")
    assert sql("SELECT count(*) FROM entry WHERE content = 'personal'") == [(1,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET content = '' WHERE id = 2",
        "UPDATE entry SET content = '', code = 'z' WHERE id = 1",
        "UPDATE entry SET content = '', matter_id = NULL WHERE id = 1",
        "UPDATE entry SET content = 'invented' WHERE id = 1",
        "DELETE FROM entry WHERE id = 1",
    ],
)
def test_an_erasure_event_allows_nothing_but_blanking_in_its_own_matter(sql: Sql, statement: str) -> None:
    sql("INSERT INTO said_event VALUES (1, 'Erased', 'm1'), (2, 'SomethingElse', 'm2')")
    assert refused(statement)


# --- frozen ----------------------------------------------------------------------------------------------------------


def test_a_draft_is_free_until_it_is_published(sql: Sql) -> None:
    sql("UPDATE edition SET code = 'v3' WHERE id = 2")
    sql("UPDATE edition SET code = 'v4', status = 'published' WHERE id = 2")
    assert refused("UPDATE edition SET code = 'v5' WHERE id = 2")
    sql("INSERT INTO edition VALUES (3, 'v6', 'draft', NULL)")
    sql("DELETE FROM edition WHERE id = 3")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edition SET code = 'z' WHERE id = 1",
        "UPDATE edition SET code = NULL, status = 'retired' WHERE id = 1",
        "UPDATE edition SET status = 'draft' WHERE id = 1",
        "DELETE FROM edition WHERE id = 1",
    ],
)
def test_what_was_published_stays_as_it_is(sql: Sql, statement: str) -> None:
    assert refused(statement)


def test_what_was_published_may_be_retired_and_given_an_end(sql: Sql) -> None:
    sql("UPDATE edition SET id = id, code = code, status = 'retired', until = '2027' WHERE id = 1")
    assert sql("SELECT status, until FROM edition WHERE id = 1") == [("retired", "2027")]


def test_a_table_without_drafts_is_frozen_from_the_first_moment(sql: Sql) -> None:
    protection.frozen("edition", may_change=("until",))
    protection.install(connection)
    sql("UPDATE edition SET until = '2027' WHERE id = 2")
    assert refused("UPDATE edition SET status = 'published' WHERE id = 2")
    assert refused("DELETE FROM edition WHERE id = 2")


# --- in place --------------------------------------------------------------------------------------------------------


def a_trigger_of(table: str) -> str:
    return f"{declared.PREFIX}{table}_" + ("rows" if connection.vendor == "postgresql" else "update")


def test_nothing_is_missing_after_installing_and_installing_again_changes_nothing(sql: Sql) -> None:
    assert protection.missing(connection) == []
    with connection.execute_wrapper(_only_read):
        protection.install(connection)


def _only_read(execute: Callable[..., object], statement: str, *rest: object) -> object:
    assert statement.lstrip().startswith(("SELECT", "PRAGMA")), statement
    return execute(statement, *rest)


def test_a_trigger_that_was_dropped_is_missed_and_comes_back(sql: Sql) -> None:
    on = " ON entry" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER {a_trigger_of('entry')}{on}")
    assert protection.missing(connection) == [a_trigger_of("entry")]
    protection.install(connection)
    assert protection.missing(connection) == []
    assert refused("UPDATE entry SET code = 'z' WHERE id = 1")


@pytest.mark.postgres_only
def test_a_trigger_that_was_switched_off_or_hollowed_out_is_missed(sql: Sql) -> None:
    sql(f"ALTER TABLE entry DISABLE TRIGGER {a_trigger_of('entry')}")
    assert protection.missing(connection) == [a_trigger_of("entry")]
    head = "CREATE OR REPLACE FUNCTION motcua_keep_edition() RETURNS trigger LANGUAGE plpgsql"
    sql(f"{head} AS 'BEGIN RETURN NEW; END'")
    assert a_trigger_of("edition") in protection.missing(connection)


def test_the_proof_finds_nothing_that_passes_and_changes_nothing(sql: Sql) -> None:
    before = sql("SELECT * FROM entry ORDER BY id"), sql("SELECT * FROM edition ORDER BY id")
    assert protection.unrefused(connection) == []
    assert (sql("SELECT * FROM entry ORDER BY id"), sql("SELECT * FROM edition ORDER BY id")) == before


def test_the_proof_names_what_passes_without_a_trigger_and_still_changes_nothing(sql: Sql) -> None:
    before = sql("SELECT * FROM edition ORDER BY id")
    with protection.lifted(connection):
        found = protection.unrefused(connection)
    third = "TRUNCATE" if connection.vendor == "postgresql" else "REPLACE"
    assert {"DELETE entry", "DELETE edition", "UPDATE edition", f"{third} entry"} <= set(found)
    assert sql("SELECT * FROM edition ORDER BY id") == before
    assert protection.missing(connection) == []


# --- migrations and tests --------------------------------------------------------------------------------------------


@pytest.fixture
def thing(transactional_db: None, no_tables_yet: None) -> Iterator[type[models.Model]]:
    """A kept table made by Django itself, which knows how to rebuild it."""
    with isolate_apps("django.contrib.contenttypes"):

        class Thing(models.Model):  # noqa: DJ008
            code = models.CharField(max_length=9, unique=True)

            class Meta:
                app_label = "contenttypes"
                db_table = "kept_thing"

    with connection.schema_editor() as editor:
        editor.create_model(Thing)
    protection.append_only("kept_thing")
    protection.install(connection)
    run("INSERT INTO kept_thing (code) VALUES ('a')")
    yield Thing
    with connection.schema_editor() as editor:
        editor.delete_model(Thing)


def test_a_table_that_a_migration_rebuilds_is_kept_again_at_once(thing: type[models.Model]) -> None:
    field = models.IntegerField(default=7)
    field.set_attributes_from_name("size")
    with connection.schema_editor() as editor:
        editor.add_field(thing, field)
    assert protection.missing(connection) == []
    assert refused("UPDATE kept_thing SET size = 8")
    with connection.schema_editor() as editor:
        editor.remove_field(thing, field)
    assert protection.missing(connection) == []
    assert refused("DELETE FROM kept_thing")


def test_a_statement_inside_a_migration_is_refused_too(thing: type[models.Model]) -> None:
    def migrate() -> None:
        with connection.schema_editor() as editor:
            editor.execute("UPDATE kept_thing SET code = 'b'")

    with pytest.raises(IntegrityError, match=declared.IS_KEPT):
        migrate()


def test_emptying_the_tables_after_a_test_is_allowed_and_leaves_them_kept(thing: type[models.Model]) -> None:
    flush = connection.ops.sql_flush(no_style(), ["kept_thing"])
    connection.ops.execute_sql_flush(flush)
    assert run("SELECT count(*) FROM kept_thing") == [(0,)]
    assert protection.missing(connection) == []


@pytest.mark.django_db
def test_every_table_that_the_centre_declares_is_there_and_kept() -> None:
    there = set(connection.introspection.table_names())
    assert set(declared.KEPT) <= there
    assert protection.missing(connection) == []
