"""`migrate`, which lays the tables of an empty database as they are today instead of repeating how they came to be so.

Every road that makes a centre, or a database for tests, goes through here. tests/kernel/test_history.py walks the whole
history beside it and compares: the same tables, columns, constraints, indexes, triggers and rows.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class Command(migrate.Command):
    """Django's command, but that an empty database is brought to today in one step."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        only_in_part = options["app_label"] or options["plan"] or options["check_unapplied"]
        if not only_in_part and not connection.introspection.table_names():
            lay(connection)
        # What is left to it then is the signal after which permissions, triggers and stamps are put in place.
        super().handle(*args, **options)


def lay(connection: BaseDatabaseWrapper) -> None:
    """Make every table in an empty database and note each migration as done: all of it or nothing."""
    done = MigrationRecorder(connection).Migration
    with connection.schema_editor(atomic=True) as editor:
        editor.create_model(done)
        for room in apps.get_app_configs():
            for model in router.get_migratable_models(room, connection.alias):
                if model._meta.can_migrate(connection):
                    editor.create_model(model)
        names = sorted(MigrationLoader(None).disk_migrations)
        done.objects.using(connection.alias).bulk_create(done(app=room, name=name) for room, name in names)
