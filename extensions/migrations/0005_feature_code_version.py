"""Feature codes count their changes, so that two people do not overwrite each other (UXP-05)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("extensions", "0004_mailbox_links_and_use")]

    operations = [
        migrations.AddField(model_name="featurecode", name="version", field=models.IntegerField(default=1)),
    ]
