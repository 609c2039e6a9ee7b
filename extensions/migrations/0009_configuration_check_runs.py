"""When the configuration check ran last, and what it looked at."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("extensions", "0008_register_devices")]

    operations = [
        migrations.AddField(
            model_name="configuration", name="checked_version", field=models.BigIntegerField(default=0)
        ),
        migrations.AddField(model_name="configuration", name="checked_at", field=models.DateTimeField(null=True)),
    ]
