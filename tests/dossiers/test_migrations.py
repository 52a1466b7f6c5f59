"""What lay in the tables before a change of them lies in the new ones afterwards."""

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import Cast

BEFORE, AFTER = [("dossiers", "0002_act_of_work")], [("dossiers", "0005_without_refusal_and_handing")]


@pytest.mark.django_db(transaction=True)
def test_refusals_and_returns_move_into_the_tables_that_know_undoing(cast: Cast) -> None:
    refused, returned = cast.file().dossier, cast.file().dossier
    executor = MigrationExecutor(connection)
    old = executor.migrate(BEFORE).apps
    officer = cast.here.intake.pk
    old.get_model("dossiers", "Refusal").objects.create(
        dossier_id=refused.pk,
        reason_code="incomplete",
        reason="Ảnh mờ",
        advice="Chụp lại",
        by_id=officer,
        at=refused.filed_at,
    )
    old.get_model("dossiers", "Handing").objects.create(
        dossier_id=returned.pk, method="post", receiver="Người Mẫu", by_id=officer, at=returned.filed_at
    )
    new = MigrationExecutor(connection).migrate(AFTER).apps
    ending = new.get_model("dossiers", "Ending").objects.get()
    assert (ending.dossier_id, ending.kind, ending.reason, ending.advice) == (
        refused.pk,
        "refused",
        "Ảnh mờ",
        "Chụp lại",
    )
    returning = new.get_model("dossiers", "Returning").objects.get()
    assert (returning.dossier_id, returning.method, returning.receiver) == (returned.pk, "post", "Người Mẫu")
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    # As after every migrate: tables that were made anew have their refusals again.
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
