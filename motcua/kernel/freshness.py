"""Stamps that change whenever rows of a kind change: what was read under a stamp may be kept as long as it stands.

Nouns: topic (a kind of rows that is read with every request and changes a few times a year), Stamps (all of them, one
tiny query). The database itself writes a new stamp at each change, whoever makes it; stamps are random, so that one
taken back with its transaction never returns for other content. It keeps nothing itself: callers put the stamp into
the key of what they keep.
"""

# ruff: noqa: S608 - every name in these statements comes from this module and the models, none from outside.

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper

OFFICES, CATALOGUE, CALENDAR, POSTINGS = "offices", "catalogue", "calendar", "postings"
TOPICS = (OFFICES, CATALOGUE, CALENDAR, POSTINGS)
# Which tables each topic is about; upper rooms add theirs with `watch`.
_WATCHED: dict[str, str] = {
    "kernel_office": OFFICES,
    "kernel_calendarversion": CALENDAR,
}
_held: ContextVar[Stamps | None] = ContextVar("held stamps", default=None)


class Stamp(models.Model):
    """The stamp of one topic."""

    topic = models.CharField(max_length=20, primary_key=True)
    stamp = models.CharField(max_length=40)

    class Meta:
        ordering = ["topic"]

    def __str__(self) -> str:
        return f"{self.topic} {self.stamp}"


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamp of every topic at one moment."""

    offices: str
    catalogue: str
    calendar: str
    postings: str


def watch(table: str, topic: str) -> None:
    """Changes of this table change the topic's stamp; said beside the model."""
    _WATCHED[table] = topic


def stamps() -> Stamps:
    """What is fresh now. One tiny query, or none inside `held`."""
    return _held.get() or _read()


@contextmanager
def held() -> Iterator[None]:
    """One reading of the stamps for a whole act that changes none of the watched rows: a filing, a page. Inside another
    one it is that one's.
    """
    token = _held.set(_held.get() or _read())
    try:
        yield
    finally:
        _held.reset(token)


def _read() -> Stamps:
    # Not through the ORM: this stands in every request, and building the query costs ten times its running.
    with connection.cursor() as cursor:
        cursor.execute("SELECT topic, stamp FROM kernel_stamp")
        found = dict(cursor.fetchall())
    return Stamps(*(found[topic] for topic in TOPICS))


_NAME = "motcua_stamp_"
_NEW = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()::text"}
_ACTS = ("insert", "update", "delete")


def install(using: BaseDatabaseWrapper) -> None:
    """Make the rows and triggers; after every migrate, since a rebuilt table loses its triggers."""
    there = set(using.introspection.table_names())
    if Stamp._meta.db_table not in there:
        return
    new = _NEW[using.vendor]
    with using.cursor() as cursor:
        for topic in TOPICS:
            cursor.execute(f"INSERT INTO kernel_stamp VALUES ('{topic}', {new}) ON CONFLICT DO NOTHING")
        for table, topic in _WATCHED.items():
            if table in there:
                for statement in _statements(using.vendor, table, topic, new):
                    cursor.execute(statement)


def _statements(vendor: str, table: str, topic: str, new: str) -> Iterator[str]:
    change = f"UPDATE kernel_stamp SET stamp = {new} WHERE topic = '{topic}'"
    if vendor == "sqlite":
        for act in _ACTS:
            yield f"DROP TRIGGER IF EXISTS {_NAME}{table}_{act}"
            yield f"CREATE TRIGGER {_NAME}{table}_{act} AFTER {act} ON {table} BEGIN {change}; END"
        return
    function = f"{_NAME}{topic}"
    yield (
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {change}; RETURN NULL; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {_NAME}{table} ON {table}"
    yield (
        f"CREATE TRIGGER {_NAME}{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )
