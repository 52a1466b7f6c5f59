"""What was refused and what was returned until now moves into the tables that also know undoing."""

from typing import Any

from django.db import migrations


def move(apps: Any, _schema: Any) -> None:
    ending, returning = apps.get_model("dossiers", "Ending"), apps.get_model("dossiers", "Returning")
    for old in apps.get_model("dossiers", "Refusal").objects.order_by("pk").iterator():
        said = {"reason_code": old.reason_code, "reason": old.reason, "advice": old.advice}
        ending.objects.create(dossier_id=old.dossier_id, kind="refused", by_id=old.by_id, at=old.at, **said)
    for old in apps.get_model("dossiers", "Handing").objects.order_by("pk").iterator():
        said = {"method": old.method, "receiver": old.receiver, "note": old.note}
        returning.objects.create(dossier_id=old.dossier_id, by_id=old.by_id, at=old.at, **said)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0003_roads")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
