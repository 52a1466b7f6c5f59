"""What can keep a command from running, and the one sentence a person reads about it.

It does not mend anything; each sentence says what the reader can do.
"""

import errno
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import DatabaseError, InterfaceError
from environs import EnvError

from motcua.config.cli.words import _
from motcua.config.places import AddressNotUnderstood

FAULTS_FOUND, WRONG_USE, CANNOT_RUN = 1, 2, 3


class CannotRun(Exception):
    """The surroundings do not allow it (a taken port, a read-only folder, another kind of database …)."""


def sentence(error: BaseException) -> str | None:
    """The sentence for this error or what caused it; None when nobody has thought of it yet."""
    while error is not None:
        found = _sentence(error)
        if found:
            return found
        error = error.__cause__  # type: ignore[assignment]
    return None


def _sentence(error: BaseException) -> str | None:
    if isinstance(error, CannotRun):
        return str(error)
    if isinstance(error, AddressNotUnderstood):
        return _("MOTCUA_DATABASE_URL cannot be read: it must begin with sqlite:/// or postgres://.")
    if isinstance(error, EnvError):
        return _("A setting has a value that cannot be read: {detail}").format(detail=error)
    if isinstance(error, OSError):
        return _file_sentence(error)
    return _database_sentence(error)


def _file_sentence(error: OSError) -> str | None:
    place = error.filename or ""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _cannot_write().format(place=place)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _disk_full()
    return None


def _database_sentence(error: BaseException) -> str | None:
    """Both engines' own words, because neither gives these troubles a class of their own."""
    if not isinstance(error, DatabaseError | InterfaceError | ImproperlyConfigured):
        return None
    text = str(error).lower()
    for sign, say in _SIGNS:
        if sign in text:
            return say().format(place=settings.DATABASES["default"]["NAME"])
    return None


def _cannot_write() -> str:
    return _(
        "Nothing can be written to {place}: give the account that runs motcua the right to write there, "
        "or name another folder in MOTCUA_DATA. Nothing was changed."
    )


def _disk_full() -> str:
    return _("The disk is full: free some room, then run the same command again. Nothing that was kept is lost.")


def _unreachable() -> str:
    return _(
        "The PostgreSQL server named in MOTCUA_DATABASE_URL does not answer or refuses this account: "
        "check that it runs and that name, password and database are right."
    )


def _not_a_database() -> str:
    return _(
        "The database file is damaged or is not a database: put it aside and restore the newest copy "
        "from the folder backups, or call your provider."
    )


def _driver_missing() -> str:
    return _(
        "MOTCUA_DATABASE_URL names a PostgreSQL server, but its driver is not installed: install motcua[postgres]."
    )


_SIGNS: list[tuple[str, Callable[[], str]]] = [
    ("readonly database", _cannot_write),
    ("unable to open database file", _cannot_write),
    ("database or disk is full", _disk_full),
    ("no space left on device", _disk_full),
    ("file is not a database", _not_a_database),
    ("database disk image is malformed", _not_a_database),
    ("error loading psycopg", _driver_missing),
    ("connection refused", _unreachable),
    ("fatal:", _unreachable),
    ("connection failed", _unreachable),
    ("connection is bad", _unreachable),
    ("connection timeout", _unreachable),
    ("failed to resolve host", _unreachable),
]
