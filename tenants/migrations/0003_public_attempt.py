from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenants", "0002_request_immutable"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirmation", "Asked for a link"),
                            ("submission", "Sent a request"),
                            ("status", "Asked for the status of a request that is not known"),
                        ],
                        max_length=12,
                    ),
                ),
                ("source", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "source", "at"], name="public_attempt_recent")],
            },
        ),
    ]
