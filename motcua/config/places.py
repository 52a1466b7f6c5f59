"""Where this centre keeps its things: the data folder, the secret made once, the database's address.

It does not create tables or talk to a database; it only turns variables into paths and connection values.
"""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


class AddressNotUnderstood(ValueError):
    """MOTCUA_DATABASE_URL says something that is no database's address."""


def data_folder(value: str) -> Path:
    """The folder named by MOTCUA_DATA, or the user's own share folder, outside any checkout."""
    if value:
        return Path(value).expanduser().resolve()
    share = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(share) / "motcua"


def kept_secret(path: Path) -> str:
    """The secret in this file; made on first use, readable by the owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        return _new_secret(path)


def _new_secret(path: Path) -> str:
    secret = secrets.token_urlsafe(48)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return path.read_text().strip()
    except OSError:
        # A read-only folder is reported by the command that needs it; reading settings must not fail for it.
        return secret
    with os.fdopen(descriptor, "w") as file:
        file.write(secret + "\n")
    return secret


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's connection values: SQLite in the data folder, or what a postgres:// address says."""
    if not url:
        return _sqlite(data / "motcua.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgres(parts.path, parts.hostname, parts.port, parts.username, parts.password, parts.query)
    raise AddressNotUnderstood("MOTCUA_DATABASE_URL must begin with sqlite:// or postgres://")


def _sqlite(path: Path) -> dict[str, Any]:
    return {"ENGINE": "motcua.config.engine.sqlite", "NAME": path, "CONN_MAX_AGE": None, "OPTIONS": {"timeout": 20}}


def _postgres(
    path: str, host: str | None, port: int | None, user: str | None, password: str | None, query: str
) -> dict[str, Any]:
    options: dict[str, Any] = {"application_name": "motcua", **dict(parse_qsl(query))}
    # With a pool, connections are borrowed per request instead of one being kept per thread.
    pool = int(options.pop("pool", 0))
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(path.lstrip("/")),
        "HOST": options.pop("host", None) or host or "",
        "PORT": str(port or ""),
        "USER": unquote(user or ""),
        "PASSWORD": unquote(password or ""),
        "CONN_MAX_AGE": 0 if pool else None,
        "CONN_HEALTH_CHECKS": not pool,
        "OPTIONS": options,
    }
