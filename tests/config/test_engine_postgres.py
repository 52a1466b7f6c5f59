"""How an address of PostgreSQL becomes a connection, and that a pool is used when the address says so."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from motcua.config import places


def test_a_connection_says_whose_it_is_and_stays_open() -> None:
    said = places.database("postgres://motcua:a%2Fb@db:5433/centre?sslmode=require", Path())
    assert (said["NAME"], said["HOST"], said["PORT"], said["PASSWORD"]) == ("centre", "db", "5433", "a/b")
    assert said["OPTIONS"] == {"application_name": "motcua", "sslmode": "require"}
    assert said["CONN_MAX_AGE"] is None


def test_a_pool_named_in_the_address_lends_connections_instead() -> None:
    said = places.database("postgres://db/centre?pool=8", Path())
    assert said["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 8}
    assert said["CONN_MAX_AGE"] == 0


@pytest.mark.postgres_only
def test_a_pool_really_lends(django_db_blocker: DjangoDbBlocker) -> None:
    options = {**settings.DATABASES["default"]["OPTIONS"], "pool": {"min_size": 1, "max_size": 2}}
    pooled = {**connection.settings_dict, "NAME": "postgres", "OPTIONS": options, "CONN_MAX_AGE": 0}
    lent = ConnectionHandler({"default": pooled}).create_connection("default")
    with django_db_blocker.unblock():
        with lent.cursor() as cursor:
            cursor.execute("SHOW application_name")
            assert cursor.fetchone() == ("motcua",)
        lent.close()
        lent.close_pool()
