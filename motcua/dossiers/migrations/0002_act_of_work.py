"""Open work says what kind of step it is, so that queues ask one index and never the dossiers behind it.

What lies open already is told by the state of its dossier.
"""

from typing import Any

from django.db import migrations

ACT_OF_STATE = {"submitted": "receive", "received": "process", "processing": "process", "result_ready": "return"}


def say(apps: Any, _schema: Any) -> None:
    items = apps.get_model("kernel", "WorkItem").objects.filter(act="", closed_by=None)
    dossiers = apps.get_model("dossiers", "Dossier").objects
    for state, act in ACT_OF_STATE.items():
        items.filter(matter__in=dossiers.filter(state=state).values("matter")).update(act=act)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("kernel", "0003_act_of_work")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
