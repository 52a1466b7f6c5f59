"""Changing tables on SQLite while triggers guard some of them."""

from typing import Any

from django.db.backends.sqlite3 import schema as django_schema

from motcua.kernel import protection


class DatabaseSchemaEditor(django_schema.DatabaseSchemaEditor):
    """Lifts the triggers of kept tables while a table is rebuilt: they name columns, and SQLite drops or refuses them.

    They are back at the end of each step, in the same transaction; a migration's own statements meet them.
    """

    def _remake_table(self, *args: Any, **kwargs: Any) -> None:
        with protection.lifted(self.connection):
            super()._remake_table(*args, **kwargs)  # type: ignore[misc]

    def delete_model(self, *args: Any, **kwargs: Any) -> None:
        with protection.lifted(self.connection):
            super().delete_model(*args, **kwargs)

    def alter_db_table(self, *args: Any, **kwargs: Any) -> None:
        with protection.lifted(self.connection):
            super().alter_db_table(*args, **kwargs)

    def alter_field(self, *args: Any, **kwargs: Any) -> None:
        with protection.lifted(self.connection):
            super().alter_field(*args, **kwargs)

    def remove_field(self, *args: Any, **kwargs: Any) -> None:
        with protection.lifted(self.connection):
            super().remove_field(*args, **kwargs)
