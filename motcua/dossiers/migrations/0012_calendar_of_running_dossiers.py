"""Dossiers that were received before they pinned a calendar pin the one by which their clock was started."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def pin(apps: Apps, _editor: BaseDatabaseSchemaEditor | None) -> None:
    """From the first line of each clock."""
    dossiers, entries = apps.get_model("dossiers", "Dossier"), apps.get_model("kernel", "ClockEntry")
    first = entries.objects.filter(matter=OuterRef("pk"), seq=1).values("calendar_version")
    dossiers.objects.filter(received_at__isnull=False, calendar_version=None).update(calendar_version=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_escalation"), ("kernel", "0007_acting_in_place")]

    operations = [migrations.RunPython(pin, migrations.RunPython.noop)]
