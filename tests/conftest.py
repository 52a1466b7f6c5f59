"""What every test may rely on: the database chosen for the run with the list of localities in it, tables that can be
emptied between tests, and a cast of offices and people for whoever asks for it.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation

from motcua.config.checks import machine
from motcua.kernel import localities, protection
from tests import cast as casting
from tests.cast import Cast

# Named here, not in the folders that use them: Chromium is started once for all of them.
pytest_plugins = ["tests.browser.fixtures"]
# Tables that stay filled when a transactional test empties the others.
STAYING = {"kernel_locality", "kernel_stamp", "django_content_type", "auth_permission"}
STRICT = os.environ.get("MOTCUA_TEST_STRICT") == "1"
# How long an example takes says how busy the machine is, not whether the claim holds.
hypothesis.settings.register_profile("motcua", deadline=None)
hypothesis.settings.load_profile("motcua")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this run's database has no word for, saying so in a sentence; a strict run fails instead."""
    database = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    for item in items:
        if settings.DATABASE_ABSENT and not STRICT:
            item.add_marker(pytest.mark.skip(reason=settings.DATABASE_ABSENT))
        if database != "postgresql" and item.get_closest_marker("postgres_only"):
            item.add_marker(pytest.mark.skip(reason="said of PostgreSQL only; this run is on SQLite."))
        if database == "postgresql" and item.get_closest_marker("sqlite_only"):
            item.add_marker(pytest.mark.skip(reason="said of SQLite only; this run is on PostgreSQL."))


def pytest_sessionstart() -> None:
    if settings.DATABASE_ABSENT and STRICT:
        pytest.exit(settings.DATABASE_ABSENT, returncode=1)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_quickly_between_tests() -> Iterator[None]:
    """A transactional test ends by emptying every table that it filled, which kept ones refuse: lift that for the
    emptying. What every database holds stays (localities, stamps, the framework's kinds and permissions), so that
    nothing has to be put back after it.
    """

    def statements(self: BaseDatabaseOperations, style: Any, tables: Sequence[str], **more: Any) -> list[str]:
        return _filled([table for table in tables if table not in STAYING])

    def lift_and_empty(self: BaseDatabaseOperations, tables: list[str]) -> None:
        with transaction.atomic(), protection.lifted(self.connection, tables), self.connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')
            if self.connection.vendor == "postgresql":
                # Its triggers return only when nothing is left to be looked after.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "sql_flush", statements)
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_and_empty)
        # What a test broke of the triggers is whole again, as after the signal that this stands for.
        patch.setattr(flush, "emit_post_migrate_signal", lambda *given, **more: protection.install(connection))
        yield


def _filled(tables: Sequence[str]) -> list[str]:
    """Those of the tables that have a row."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM \"{t}\")" for t in tables))
        return [table for (table,) in cursor.fetchall()]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Thousands of localities are loaded once for the whole run.

    No test changes them but inside a transaction that is taken back.
    """
    with django_db_blocker.unblock():
        localities.load(datetime(2026, 7, 1, tzinfo=UTC))


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Two communes with their people, procedures and calendar (tests/cast.py)."""
    yield casting.make()
    casting.forget()


@pytest.fixture(autouse=True)
def _no_jump_of_another_tests_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process remembers when it last looked at the clock; what one test says of the time is not another's."""
    monkeypatch.setattr(machine, "_jumps", machine.Jumps())


@pytest.fixture(autouse=True)
def _in_the_language_of_the_centre() -> None:
    """A request in English leaves its thread in English; no test begins with what another one read."""
    translation.activate(settings.LANGUAGE_CODE)
