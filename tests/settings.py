"""Settings for the tests: the centre's own, in a folder of this run, with a cheap password hasher and no outside world.

MOTCUA_TEST_DATABASE chooses the database: sqlite (the default) or postgres.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import postgres


def _run_folder() -> Path:
    """One folder for the run, made by the first process; each xdist worker keeps its own data folder inside it."""
    if "MOTCUA_TEST_FOLDER" not in os.environ:
        os.environ["MOTCUA_TEST_FOLDER"] = folder = tempfile.mkdtemp(prefix="motcua-tests-")
        maker = os.getpid()
        atexit.register(lambda: shutil.rmtree(folder, ignore_errors=True) if os.getpid() == maker else None)
    return Path(os.environ["MOTCUA_TEST_FOLDER"])


RUN_FOLDER = _run_folder()
os.environ["MOTCUA_DATA"] = str(RUN_FOLDER / os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.environ["MOTCUA_SECRET_KEY"] = "a-key-for-tests-only-never-used-in-a-real-centre"
os.environ.pop("MOTCUA_DATABASE_URL", None)
Path(os.environ["MOTCUA_DATA"]).mkdir(parents=True, exist_ok=True)

# Why the tests cannot run here, in one sentence for whoever reads the output; empty when they can.
DATABASE_ABSENT = ""
match os.environ.setdefault("MOTCUA_TEST_DATABASE", "sqlite"):
    case "sqlite":
        pass
    case "postgres":
        try:
            os.environ["MOTCUA_DATABASE_URL"] = postgres.address()
        except postgres.Absent as reason:
            DATABASE_ABSENT = str(reason)
            os.environ["MOTCUA_DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/absent"
    case other:
        raise ValueError(f"MOTCUA_TEST_DATABASE is sqlite or postgres, not {other!r}")

from motcua.config.settings import *  # noqa: E402, F403
from motcua.config.settings import DATABASES, MOTCUA_DATA, STORAGES  # noqa: E402

if os.environ["MOTCUA_TEST_DATABASE"] == "sqlite":
    # A file, not memory: only a file has the locks, the journal and the several connections of a real centre.
    # What is thrown away need not survive a power cut.
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA synchronous = OFF"
    DATABASES["default"]["TEST"] = {"NAME": str(MOTCUA_DATA / "test.sqlite3")}

# Tables are emptied between tests, which in a centre would be a database that lost what it had committed.
HIGH_WATER = None
DEBUG = False
SECRET_KEY_FALLBACKS: list[str] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
