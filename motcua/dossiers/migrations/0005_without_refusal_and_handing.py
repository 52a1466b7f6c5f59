from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0004_endings_and_returnings")]

    operations = [migrations.DeleteModel(name="Handing"), migrations.DeleteModel(name="Refusal")]
