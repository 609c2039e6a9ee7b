from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("extensions", "0013_fetched_configurations"),
    ]

    operations = [
        # Findings of earlier runs are drawn as they were written, until the check runs at night.
        migrations.AddField(
            model_name="finding",
            name="said",
            field=models.JSONField(default=dict),
        ),
    ]
