"""The kernel as Django sees it."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


def _install_protection(using: str, **_: Any) -> None:
    from motcua.kernel import freshness, protection, search  # tables can be imported only once every app is known

    protection.install(connections[using])
    search.install(connections[using])
    freshness.install(connections[using])


def _compare_with_the_marks(**_: Any) -> None:
    from motcua.kernel import highwater  # as above

    highwater.compare_again()


class KernelConfig(AppConfig):
    """Words every room shares."""

    name = "motcua.kernel"
    label = "kernel"

    def ready(self) -> None:
        # After every migrate: SQLite drops triggers whenever a migration rebuilds a table.
        post_migrate.connect(_install_protection, dispatch_uid="motcua.protection")
        # Who connects anew may have been given another database: a follower that was promoted, a file put back.
        connection_created.connect(_compare_with_the_marks, dispatch_uid="motcua.highwater")
