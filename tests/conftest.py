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
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.utils import translation

from motcua.config.checks import machine
from motcua.kernel import localities, protection
from tests import cast as casting
from tests.cast import Cast

# Named here, not in the folders that use them: Chromium is started once for all of them.
pytest_plugins = ["tests.browser.fixtures"]
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
def _tables_may_be_emptied_between_tests() -> Iterator[None]:
    """A transactional test ends by emptying every table, which kept ones refuse: lift that for the emptying."""
    empty_tables = BaseDatabaseOperations.execute_sql_flush

    def lift_and_empty(self: Any, sql_list: list[str]) -> None:
        with protection.lifted(self.connection):
            empty_tables(self, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_and_empty)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Thousands of localities are loaded once for the whole run, and stay when a transactional test empties the rest.

    No test changes them but inside a transaction that is taken back.
    """
    with django_db_blocker.unblock():
        localities.load(datetime(2026, 7, 1, tzinfo=UTC))
    empty = type(connection.ops).sql_flush

    def all_but_localities(self: Any, style: Any, tables: Sequence[str], **more: Any) -> list[str]:
        kept = {localities.Locality._meta.db_table}
        return empty(self, style, [table for table in tables if table not in kept], **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "sql_flush", all_but_localities)
        yield


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
