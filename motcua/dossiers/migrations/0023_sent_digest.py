from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0022_scans")]

    operations = [
        migrations.AddField("upload", "sent_sha256", models.CharField(blank=True, default="", max_length=64), preserve_default=False),
    ]
